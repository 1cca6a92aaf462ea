// The same files written as TOML 1.0. What ours need of it: comments, dotted, bare and quoted keys, tables, arrays of
// tables, basic and literal strings on one line or several, integers, booleans, arrays, inline tables. Floats and dates
// are read and are nothing of ours, as in YAML.
extension YAMLTree {
    /// Throws `OfficeError.badFile` (`malformedTOML`, `duplicateKey`, `tooLarge`) with the line.
    init(toml text: String, file: String) throws {
        guard text.utf8.count <= YAMLTree.maximumBytes else { throw TOMLReader.Fault(.tooLarge, "\(text.utf8.count)", line: 1).error(file) }
        var reader = TOMLReader(text)
        do {
            self = try reader.document()
        } catch {
            throw error.error(file)
        }
    }
}

/// Reads forward only; a value is built in nodes that later tables may still add to.
struct TOMLReader {
    struct Fault: Error {
        let code: FileFault.Code
        let fact: String
        let line: Int

        init(_ code: FileFault.Code, _ fact: String, line: Int) {
            self.code = code
            self.fact = fact
            self.line = line
        }

        func error(_ file: String) -> OfficeError {
            OfficeError(.badFile, ["file": file], faults: [FileFault(file: file, code: code.rawValue, fact: fact, line: line)])
        }
    }

    /// A table while it grows.
    private final class Table {
        enum Entry {
            case value(YAMLTree)
            case table(Table)
            case tables([Table])
        }
        let line: Int
        var entries: [(key: String, line: Int, entry: Entry)] = []
        /// Named by a header or written inline: naming it again is a mistake.
        var isClosed = false

        init(line: Int) { self.line = line }

        func index(of key: String) -> Int? { entries.firstIndex { $0.key == key } }

        var tree: YAMLTree {
            .mapping(
                entries.map { key, line, entry in
                    switch entry {
                    case .value(let value): (key, line, value)
                    case .table(let table): (key, line, table.tree)
                    case .tables(let tables): (key, line, .list(tables.map(\.tree), line: line))
                    }
                }, line: line)
        }
    }

    let scalars: [Unicode.Scalar]
    var position = 0
    var line = 1
    private var nodes = 0
    private static let maximumDepth = 32

    init(_ text: String) {
        // A line ends with LF or CR LF; a lone CR is a character that no value may hold.
        scalars = Array(text.unicodeScalars)
    }

    mutating func document() throws(Fault) -> YAMLTree {
        let root = Table(line: 1)
        var current = root
        while true {
            skipBlank(acrossLines: true)
            guard let next = peek() else { return root.tree }
            if next == "[" {
                current = try header(root)
            } else {
                try pair(into: current, depth: 0)
            }
            try endOfLine()
        }
    }

    // MARK: Tables

    private mutating func header(_ root: Table) throws(Fault) -> Table {
        advance()
        let isArray = peek() == "["
        if isArray { advance() }
        let path = try keyPath()
        try expect("]")
        if isArray { try expect("]") }
        var table = root
        for key in path.dropLast() { table = try descend(table, key) }
        let last = path[path.count - 1]
        let made = Table(line: line)
        switch table.index(of: last).map({ table.entries[$0].entry }) {
        case nil:
            table.entries.append((last, line, isArray ? .tables([made]) : .table(made)))
            made.isClosed = !isArray
            return made
        case .tables(let tables)? where isArray:
            guard let index = table.index(of: last) else { throw Fault(.duplicateKey, last, line: line) }
            table.entries[index].entry = .tables(tables + [made])
            return made
        case .table(let known)? where !isArray && !known.isClosed:
            known.isClosed = true
            return known
        default: throw Fault(.duplicateKey, path.joined(separator: "."), line: line)
        }
    }

    /// The table under a key, made if it is not there; of an array of tables the last.
    private func descend(_ table: Table, _ key: String) throws(Fault) -> Table {
        guard let index = table.index(of: key) else {
            let made = Table(line: line)
            table.entries.append((key, line, .table(made)))
            return made
        }
        switch table.entries[index].entry {
        case .table(let known): return known
        case .tables(let known): if let last = known.last { return last }
        case .value: break
        }
        throw Fault(.duplicateKey, key, line: line)
    }

    private mutating func pair(into table: Table, depth: Int) throws(Fault) {
        let start = line
        let path = try keyPath()
        try expect("=")
        skipBlank(acrossLines: false)
        let value = try value(depth: depth)
        var target = table
        for key in path.dropLast() {
            target = try descend(target, key)
            if target.isClosed { throw Fault(.duplicateKey, key, line: start) }
        }
        let last = path[path.count - 1]
        guard target.index(of: last) == nil else { throw Fault(.duplicateKey, last, line: start) }
        target.entries.append((last, start, .value(value)))
    }

    private mutating func keyPath() throws(Fault) -> [String] {
        var path: [String] = []
        while true {
            skipBlank(acrossLines: false)
            path.append(try key())
            guard path.count <= TOMLReader.maximumDepth else { throw Fault(.tooLarge, "\(path.count)", line: line) }
            skipBlank(acrossLines: false)
            guard peek() == "." else { return path }
            advance()
        }
    }

    private mutating func key() throws(Fault) -> String {
        if let quote = peek(), quote == "\"" || quote == "'" { return try string() }
        var out = ""
        while let scalar = peek(), scalar.isBareKey {
            out.unicodeScalars.append(scalar)
            advance()
        }
        guard !out.isEmpty else { throw malformed() }
        return out
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(Fault) -> YAMLTree {
        nodes += 1
        guard nodes <= YAMLTree.maximumNodes, depth < TOMLReader.maximumDepth else { throw Fault(.tooLarge, "\(nodes)", line: line) }
        let start = line
        switch peek() {
        case "\"", "'": return .text(try string(), line: start)
        case "[": return .list(try array(depth: depth), line: start)
        case "{":
            let table = Table(line: start)
            try inline(table, depth: depth)
            return table.tree
        default: return try plain(start)
        }
    }

    private mutating func array(depth: Int) throws(Fault) -> [YAMLTree] {
        advance()
        var out: [YAMLTree] = []
        while true {
            skipBlank(acrossLines: true)
            if peek() == "]" { break }
            out.append(try value(depth: depth + 1))
            skipBlank(acrossLines: true)
            guard peek() == "," else { break }
            advance()
        }
        try expect("]")
        return out
    }

    private mutating func inline(_ table: Table, depth: Int) throws(Fault) {
        advance()
        skipBlank(acrossLines: false)
        while peek() != "}" {
            try pair(into: table, depth: depth + 1)
            skipBlank(acrossLines: false)
            guard peek() == "," else { break }
            advance()
        }
        try expect("}")
        table.isClosed = true
    }

    /// An integer, a boolean, or something that is nothing of ours.
    private mutating func plain(_ start: Int) throws(Fault) -> YAMLTree {
        var word = ""
        while let scalar = peek(), !",]}#\n\r\t".unicodeScalars.contains(scalar) {
            // A date and its time may have one space between them; anything else ends here.
            if scalar == " ", !(word.count == 10 && word.dropFirst(4).first == "-") { break }
            word.unicodeScalars.append(scalar)
            advance()
        }
        switch word {
        case "true": return .boolean(true, line: start)
        case "false": return .boolean(false, line: start)
        case "": throw malformed()
        default:
            let digits = word.filter { $0 != "_" }
            if let number = Int64(digits), !digits.drop(while: { $0 == "-" || $0 == "+" }).hasPrefix("0") || number == 0 { return .integer(number, line: start) }
            guard word.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 || $0 == " " }), word.contains(where: \.isNumber) || word.hasSuffix("inf") || word.hasSuffix("nan")
            else { throw Fault(.malformedTOML, String(word.prefix(40)), line: start) }
            return .other(word, line: start)
        }
    }
}
