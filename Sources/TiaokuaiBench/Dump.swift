import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// A progress record with the nine fields of the workload.
public struct ProgressLine: Hashable, Sendable {
    public let id, region, line, indicator, period, note, author, ts: String
    public let value: ExactDecimal

    public var json: String {
        func quoted(_ text: String) -> String {
            var out = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"": out += "\\\""
                case "\\": out += "\\\\"
                case "\n": out += "\\n"
                case _ where scalar.value < 0x20: out += "\\u00" + (scalar.value < 16 ? "0" : "1") + String(scalar.value & 15, radix: 16)
                default: out.unicodeScalars.append(scalar)
                }
            }
            return out + "\""
        }
        let texts = [("id", id), ("region", region), ("line", line), ("indicator", indicator), ("period", period)]
        let head = texts.map { "\"\($0.0)\":\(quoted($0.1))" }.joined(separator: ",")
        return "{\(head),\"value\":\(value),\"note\":\(quoted(note)),\"author\":\(quoted(author)),\"ts\":\(quoted(ts))}"
    }

    /// One line of the workload's digest: two decimals, as the generator prints them.
    var digestLine: String {
        let text = value.description
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let places = parts.count > 1 ? String(parts[1]) : ""
        return "\(id)|\(region)|\(line)|\(indicator)|\(period)|\(parts[0]).\(places)\(String(repeating: "0", count: max(0, 2 - places.count)))|\(note)|\(author)|\(ts)"
    }
}

extension Workload {
    /// Every progress record as it stands; only reads.
    public static func dump(_ path: String, _ body: (ProgressLine) throws -> Void) throws {
        let node = try Node(opening: path)
        try node.ask { view in
            try view.forEachPlainRecord(of: ProgressKind.table.name) { record, operation in
                func text(_ number: FieldNumber) -> String { record[number]?.text ?? "" }
                guard let id = record.key.values.first?.bytes, let value = record[ProgressKind.value]?.decimal else { return }
                try body(
                    ProgressLine(
                        id: Workload.text(uuid: id), region: record.key.partition.place?.text ?? "", line: text(ProgressKind.line), indicator: text(ProgressKind.indicator),
                        period: text(ProgressKind.period), note: text(ProgressKind.note), author: operation.person.text, ts: Workload.text(operation.written), value: value))
            }
        }
    }

    /// The digest with which the province must end: SHA-256 over the sorted lines.
    public static func digest(_ path: String) throws -> String {
        var lines: [String] = []
        try dump(path) { lines.append($0.digestLine) }
        // By bytes, as the generator sorts.
        lines.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let hasher = Hasher256()
        for line in lines { hasher.update(Array((line + "\n").utf8)) }
        return hasher.finish().hex
    }
}
