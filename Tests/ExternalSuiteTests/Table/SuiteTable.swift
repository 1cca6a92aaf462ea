import Foundation
import TestKit

/// The table of a run as Markdown, and the part of Docs/Testing.md that must be equal to it.
enum SuiteTable {
    static let page = packageRoot.appendingPathComponent("Docs/Testing.md")
    static let opening = "<!-- suites:begin -->\n"
    static let closing = "<!-- suites:end -->"

    static func markdown(_ rows: [SuiteRow]) -> String {
        var lines = ["| file | found | accepted | refused, as it says | refused by our profile | left out, and why |", "| --- | --- | --- | --- | --- | --- |"]
        lines += rows.map { row in
            let cells = [row.path, "\(row.found)", "\(row.accepted)", codes(row.refused), codes(row.profile), reasons(row.leftOut) + (row.note.isEmpty ? "" : "; \(row.note)")]
            return "| \(cells.joined(separator: " | ")) |"
        }
        let total = rows.reduce(0) { $0 + $1.found }
        let left = rows.reduce(0) { $0 + $1.leftOut.values.reduce(0, +) }
        lines.append("")
        lines.append("Rows: \(rows.count). Vectors: \(total), of which \(total - left) run and \(left) are left out.")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What stands between the marks of the page; nil when they are missing.
    static func onThePage() throws -> String? {
        let text = try String(contentsOf: page, encoding: .utf8)
        return between(text).map { String(text[$0]) }
    }

    /// Puts a table between the marks.
    static func putOnThePage(_ table: String) throws {
        var text = try String(contentsOf: page, encoding: .utf8)
        guard let range = between(text) else { return }
        text.replaceSubrange(range, with: table)
        try text.write(to: page, atomically: true, encoding: .utf8)
    }

    private static func between(_ text: String) -> Range<String.Index>? {
        guard let begin = text.range(of: opening), let end = text.range(of: closing), begin.upperBound <= end.lowerBound else { return nil }
        return begin.upperBound..<end.lowerBound
    }

    /// Most frequent first, so that a row begins with what it is about.
    private static func codes(_ counts: [String: Int]) -> String {
        let total = counts.values.reduce(0, +)
        guard counts.count > 1 else { return counts.first.map { "\($0.value) `\($0.key)`" } ?? "0" }
        return "\(total): " + sorted(counts).map { "\($0.value) `\($0.key)`" }.joined(separator: ", ")
    }

    private static func reasons(_ counts: [String: Int]) -> String {
        counts.isEmpty ? "0" : sorted(counts).map { "\($0.value): \($0.key)" }.joined(separator: "; ")
    }

    private static func sorted(_ counts: [String: Int]) -> [(key: String, value: Int)] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    }
}
