import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiWork

/// Where faults of one file are gathered, so that a clerk gets all of them at once.
final class FaultList {
    let file: String
    private(set) var faults: [FileFault] = []
    static let maximum = 200

    init(file: String) { self.file = file }

    func add(_ code: FileFault.Code, _ fact: String, line: Int? = nil, row: Int? = nil, column: Int? = nil, keyPath: String? = nil) {
        add(code: code.rawValue, fact, line: line, row: row, column: column, keyPath: keyPath)
    }

    func add(code: String, _ fact: String, line: Int? = nil, row: Int? = nil, column: Int? = nil, keyPath: String? = nil) {
        guard faults.count < FaultList.maximum else { return }
        faults.append(FileFault(file: file, code: code, fact: fact, line: line, row: row, column: column, keyPath: keyPath))
    }

    /// Throws `badFile` when there is any.
    func check() throws {
        guard faults.isEmpty else { throw OfficeError(.badFile, ["file": file, "count": "\(faults.count)"], faults: faults) }
    }
}

/// One mapping of a file, read key by key; what was not asked for is unknown.
final class FileEntry {
    let path: String
    let line: Int
    let faults: FaultList
    private var values: [String: YAMLTree] = [:]
    private var lines: [String: Int] = [:]
    private var order: [String] = []
    private var asked: Set<String> = []

    init(_ tree: YAMLTree, path: String, _ faults: FaultList) {
        self.path = path
        self.faults = faults
        line = tree.line
        guard case .mapping(let entries, _) = tree else {
            faults.add(.wrongType, "mapping", line: tree.line, keyPath: path)
            return
        }
        for entry in entries {
            values[entry.key] = entry.value
            lines[entry.key] = entry.line
            order.append(entry.key)
        }
    }

    func keyPath(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func fault(_ code: FileFault.Code, _ fact: String, at key: String? = nil) {
        faults.add(code, fact, line: key.flatMap { lines[$0] } ?? line, keyPath: key.map(keyPath) ?? path)
    }

    func fault(_ error: EntryError, at key: String) {
        faults.add(code: error.code.rawValue, error.fact, line: lines[key] ?? line, keyPath: keyPath(key))
    }

    func has(_ key: String) -> Bool { values[key] != nil }

    /// Every key that nobody asked for is unknown.
    func finish() {
        for key in order where !asked.contains(key) { fault(.unknownKey, key, at: key) }
    }

    private func take(_ key: String, _ isRequired: Bool) -> YAMLTree? {
        asked.insert(key)
        if let value = values[key] { return value }
        if isRequired { fault(.missingKey, key) }
        return nil
    }

    private func wrong(_ key: String, _ expected: String) { fault(.wrongType, expected, at: key) }

    // MARK: Types

    func text(_ key: String) -> String { optionalText(key, isRequired: true) ?? "" }

    func optionalText(_ key: String, isRequired: Bool = false) -> String? {
        guard let tree = take(key, isRequired) else { return nil }
        guard case .text(let text, _) = tree, text.utf8.count <= Value.maximumBytes else {
            wrong(key, "text")
            return nil
        }
        return text
    }

    func texts(_ key: String) -> [String]? {
        guard let tree = take(key, false) else { return nil }
        guard case .list(let list, _) = tree else {
            wrong(key, "list of text")
            return nil
        }
        var out: [String] = []
        for item in list {
            guard case .text(let text, _) = item else {
                faults.add(.wrongType, "text", line: item.line, keyPath: keyPath(key))
                continue
            }
            out.append(text)
        }
        return out
    }

    /// True or left out.
    func yes(_ key: String) -> Bool {
        guard let tree = take(key, false) else { return false }
        guard case .boolean(true, _) = tree else {
            wrong(key, "true")
            return false
        }
        return true
    }

    func integer(_ key: String) -> Int64 {
        guard let tree = take(key, true) else { return 0 }
        guard case .integer(let number, _) = tree else {
            wrong(key, "integer")
            return 0
        }
        return number
    }

    func optionalInteger(_ key: String) -> Int64? { has(key) ? integer(key) : nil }

    func entries(_ key: String) -> [FileEntry] {
        guard let tree = take(key, false) else { return [] }
        guard case .list(let list, _) = tree else {
            wrong(key, "list")
            return []
        }
        return list.enumerated().map { FileEntry($1, path: "\(keyPath(key))[\($0)]", faults) }
    }

    func entry(_ key: String, isRequired: Bool = false) -> FileEntry? { take(key, isRequired).map { FileEntry($0, path: keyPath(key), faults) } }

    // MARK: Values of the model

    func word(_ key: String, among words: [String], isRequired: Bool = false) -> String? {
        guard let text = optionalText(key, isRequired: isRequired) else { return nil }
        if !words.contains(text) { fault(.badValue, text, at: key) }
        return text
    }

    private func named<Name: PermanentName>(_ text: String, _ key: String, _ fallback: Name) -> Name {
        if let name = try? Name(checking: text) { return name }
        if !text.isEmpty || has(key) { fault(.badValue, text, at: key) }
        return fallback
    }

    func unit(_ key: String) -> UnitID { named(text(key), key, "unknown") }
    func optionalUnit(_ key: String) -> UnitID? { optionalText(key).map { named($0, key, "unknown") } }
    func kind(_ key: String) -> KindName { named(text(key), key, "unknown") }
    func person(_ key: String) -> PersonID { named(text(key), key, "unknown") }
    func line(_ key: String) -> LineID? { optionalText(key).map { named($0, key, "unknown") } }
    func region(_ key: String) -> RegionID { named(text(key), key, "unknown") }
    func units(_ key: String) -> [UnitID]? { texts(key)?.map { named($0, key, "unknown") } }
    func author(_ key: String, isRequired: Bool) -> Author? {
        guard let entry = entry(key, isRequired: isRequired) else { return nil }
        let author = Author(unit: entry.unit("unit"), person: entry.person("as"))
        entry.finish()
        return author
    }

    func day(_ key: String) -> Day { optionalDay(key, isRequired: true) ?? Day(number: 0) }

    func optionalDay(_ key: String, isRequired: Bool = false) -> Day? {
        guard let text = optionalText(key, isRequired: isRequired) else { return nil }
        guard let day = try? Day(parsing: text) else {
            fault(.badValue, text, at: key)
            return nil
        }
        return day
    }

    func period(_ key: String) -> String { optionalPeriod(key, isRequired: true) ?? "" }

    func optionalPeriod(_ key: String, isRequired: Bool = false) -> String? {
        guard let text = optionalText(key, isRequired: isRequired) else { return nil }
        if (try? Period(parsing: text)) == nil { fault(.badValue, text, at: key) }
        return text
    }

    /// Digits with at most one point.
    func figure(_ key: String) -> ExactDecimal? {
        guard let text = optionalText(key) else { return nil }
        guard let value = try? ExactDecimal(parsing: text) else {
            fault(.badValue, text, at: key)
            return nil
        }
        return value
    }

    /// `value` in `measure`, as a figure in the base measure.
    func figure(_ key: String, measureKey: String, base: String) -> ExactDecimal? {
        guard figure(key) != nil, let text = optionalText(key), let measure = optionalText(measureKey, isRequired: true) else { return nil }
        do throws(EntryError) {
            return try FigureReader(measure: base).read(text + measure)
        } catch {
            fault(error, at: error.code == .measureMismatch || error.code == .unknownMeasure ? measureKey : key)
            return nil
        }
    }
}
