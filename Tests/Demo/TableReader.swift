import Yams

/// Something in the table of expectations, or in how the demo was called, is wrong: not a finding about Tiaokuai.
struct TableError: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// One mapping of the table. A key that nobody asked for is an error, so that a slip of the pen never weakens the table.
final class TableEntry {
    let line: Int
    private let fields: [(key: String, node: Node)]
    private var asked: Set<String> = []

    init(_ node: Node) throws {
        line = node.mark?.line ?? 0
        guard let mapping = node.mapping else { throw TableError("line \(line): a mapping is missing") }
        fields = mapping.map { ($0.key.string ?? "", $0.value) }
    }

    func node(_ key: String) -> Node? {
        asked.insert(key)
        return fields.first { $0.key == key }?.node
    }

    func optionalText(_ key: String) throws -> String? {
        guard let node = node(key) else { return nil }
        guard let text = node.scalar?.string else { throw TableError("line \(line): \(key) is not a text") }
        return text
    }

    func text(_ key: String) throws -> String {
        guard let text = try optionalText(key) else { throw TableError("line \(line): \(key) is missing") }
        return text
    }

    func words(_ key: String) throws -> Words? {
        guard let node = node(key) else { return nil }
        let entry = try TableEntry(node)
        let words = Words(zh: try entry.text("zh"), en: try entry.text("en"))
        try entry.finish()
        return words
    }

    func entries(_ key: String) throws -> [TableEntry] {
        guard let node = node(key) else { return [] }
        guard let items = node.sequence else { throw TableError("line \(line): \(key) is not a list") }
        return try items.map { try TableEntry($0) }
    }

    func texts(_ key: String) throws -> [String] {
        guard let node = node(key) else { return [] }
        guard let items = node.sequence else { throw TableError("line \(line): \(key) is not a list") }
        return try items.map { item in
            guard let text = item.scalar?.string else { throw TableError("line \(line): \(key) holds something that is not a text") }
            return text
        }
    }

    /// Pairs in the order of the file.
    func pairs(_ key: String) throws -> [(String, String)] {
        guard let node = node(key) else { return [] }
        guard let mapping = node.mapping else { throw TableError("line \(line): \(key) is not a mapping") }
        return try mapping.map { pair in
            guard let name = pair.key.string, let text = pair.value.scalar?.string else {
                throw TableError("line \(line): \(key) holds something that is not a text")
            }
            return (name, text)
        }
    }

    /// Every mapping in this one, by its key.
    func children() throws -> [(String, TableEntry)] {
        asked.formUnion(fields.map(\.key))
        return try fields.map { ($0.key, try TableEntry($0.node)) }
    }

    func finish() throws {
        for (key, _) in fields where !asked.contains(key) { throw TableError("line \(line): unknown key \(key)") }
    }
}
