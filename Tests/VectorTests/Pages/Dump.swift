import TiaokuaiModel

/// CBOR in hexadecimal, an item a line, with what each item is beside it: the worked examples of the pages.
struct Dump {
    private let bytes: [UInt8]
    /// By path, such as `5.0` for the first part of the sixth item.
    private let labels: [String: String]
    private var offset = 0
    private var lines: [String] = []
    private static let perLine = 32

    static func text(_ bytes: [UInt8], _ labels: [String: String]) -> String {
        var dump = Dump(bytes: bytes, labels: labels)
        while dump.offset < bytes.count { dump.item(path: "", depth: 0) }
        return dump.lines.joined(separator: "\n")
    }

    private init(bytes: [UInt8], labels: [String: String]) {
        self.bytes = bytes
        self.labels = labels
    }

    private mutating func item(path: String, depth: Int) {
        let start = offset
        let (major, argument) = head()
        let isText = major == 3
        let content = major == 2 || isText ? Array(bytes[offset..<offset + argument]) : []
        offset += content.count
        var notes = labels[path].map { [$0] } ?? []
        if isText { notes.append("\"\(String(decoding: content, as: UTF8.self))\"") }
        add(Array(bytes[start..<offset - content.count]), content, depth, notes.joined(separator: ": "))
        switch major {
        case 4: for index in 0..<argument { item(path: Dump.join(path, "\(index)"), depth: depth + 1) }
        case 5:
            for index in 0..<argument {
                item(path: Dump.join(path, "\(index)k"), depth: depth + 1)
                item(path: Dump.join(path, "\(index)"), depth: depth + 2)
            }
        case 6: item(path: Dump.join(path, "t"), depth: depth + 1)
        default: break
        }
    }

    private static func join(_ path: String, _ part: String) -> String { path.isEmpty ? part : "\(path).\(part)" }

    private mutating func head() -> (major: UInt8, argument: Int) {
        let first = bytes[offset]
        let information = first & 31
        offset += 1
        guard information >= 24, information < 28 else { return (first >> 5, Int(information)) }
        let width = 1 << Int(information - 24)
        defer { offset += width }
        return (first >> 5, bytes[offset..<offset + width].reduce(0) { $0 << 8 | Int($1) })
    }

    private mutating func add(_ head: [UInt8], _ content: [UInt8], _ depth: Int, _ note: String) {
        let indent = String(repeating: "  ", count: depth)
        let rows = stride(from: 0, to: content.count, by: Dump.perLine).map { Array(content[$0..<min($0 + Dump.perLine, content.count)]).hex }
        let first = indent + head.hex + (rows.first.map { " " + $0 } ?? "")
        lines.append(note.isEmpty ? first : first + "  # " + note)
        for row in rows.dropFirst() { lines.append(indent + String(repeating: " ", count: head.count * 2 + 1) + row) }
    }
}
