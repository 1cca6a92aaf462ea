/// Where in an answer a value stands.
///
///     value                          a key
///     claims[0].verdict.code         an index, keys
///     claims[unit.id=620724.ndrc]    the entries of a list in which a path has a value (several brackets: all must hold)
///     claims[value?]                 the entries that have the path; [value!] those that do not
///     disputes.#                     how many entries
///
/// A key after a list means its first entry.
struct JSONPath {
    private enum Step {
        case key(String)
        case index(Int)
        case holds(path: JSONPath, value: String)
        case has(path: JSONPath, isWanted: Bool)
        case count
    }

    let text: String
    private var steps: [Step] = []

    /// Throws `TableError` for a path that can't be read.
    init(_ text: String) throws {
        self.text = text
        var rest = Substring(text)
        while let first = rest.first {
            if first == "." {
                rest.removeFirst()
            } else if first == "[" {
                guard let end = rest.firstIndex(of: "]") else { throw TableError("path without ]: \(text)") }
                steps.append(try JSONPath.bracket(rest[rest.index(after: rest.startIndex)..<end]))
                rest = rest[rest.index(after: end)...]
            } else {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                steps.append(name == "#" ? .count : .key(String(name)))
                rest = rest.dropFirst(name.count)
            }
        }
    }

    private static func bracket(_ inside: Substring) throws -> Step {
        if let index = Int(inside) { return .index(index) }
        if let equals = inside.firstIndex(of: "=") {
            return .holds(path: try JSONPath(String(inside[..<equals])), value: String(inside[inside.index(after: equals)...]))
        }
        guard inside.last == "?" || inside.last == "!" else { throw TableError("bracket that is neither index nor condition: \(inside)") }
        return .has(path: try JSONPath(String(inside.dropLast())), isWanted: inside.last == "?")
    }

    /// The value there, or nil.
    func value(in root: JSONValue) -> JSONValue? {
        var current = root
        for step in steps {
            guard let next = JSONPath.take(step, current), next != .null else { return nil }
            current = next
        }
        return current
    }

    /// Something on the way to the value, or the record that it is about, is marked as made up.
    func isMadeUp(in root: JSONValue) -> Bool {
        var current = root
        if JSONPath.isMarked(current) { return true }
        for step in steps {
            // A key after a list means its first entry.
            if case .key = step, case .list(let items) = current, let first = items.first, JSONPath.isMarked(first) { return true }
            guard let next = JSONPath.take(step, current) else { return false }
            current = next
            if JSONPath.isMarked(current) { return true }
        }
        return false
    }

    private static func isMarked(_ value: JSONValue) -> Bool {
        guard case .object(let fields) = value else { return false }
        if fields["isSample"] == .boolean(true) { return true }
        if case .object(let record)? = fields["record"] { return record["isSample"] == .boolean(true) }
        return false
    }

    private static func take(_ step: Step, _ value: JSONValue) -> JSONValue? {
        switch (step, value) {
        case (.count, .list(let items)): .integer(Int64(items.count))
        case (.key(let name), .object(let fields)): fields[name]
        case (.key, .list(let items)): items.first.flatMap { take(step, $0) }
        case (.index(let index), .list(let items)): items.indices.contains(index) ? items[index] : nil
        case (.holds(let path, let wanted), .list(let items)): .list(items.filter { path.value(in: $0)?.scalar == wanted })
        case (.has(let path, let isWanted), .list(let items)): .list(items.filter { (path.value(in: $0) != nil) == isWanted })
        default: nil
        }
    }
}
