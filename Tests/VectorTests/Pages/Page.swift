import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel

/// A page of Docs/Formats with parts that are made: `<!-- made: limits -->` to `<!-- end -->`.
struct Page {
    static let names = ["Changeset", "Credential", "Log", "Bundle", "Seal", "Snapshot", "Wire"]

    let url: URL
    let text: String

    init(_ name: String) throws {
        url = packageRoot.appendingPathComponent("Docs/Formats/\(name).md")
        text = try String(contentsOf: url, encoding: .utf8)
    }

    /// What stands between the marks, by its name.
    var made: [(name: String, range: Range<String.Index>)] {
        var parts: [(String, Range<String.Index>)] = []
        var rest = text.startIndex..<text.endIndex
        while let open = text.range(of: "<!-- made: ", range: rest), let close = text.range(of: " -->\n", range: open.upperBound..<text.endIndex),
            let end = text.range(of: "<!-- end -->", range: close.upperBound..<text.endIndex)
        {
            parts.append((String(text[open.upperBound..<close.lowerBound]), close.upperBound..<end.lowerBound))
            rest = end.upperBound..<text.endIndex
        }
        return parts
    }

    /// The page with every such part made again.
    func remade() throws -> String {
        var out = text
        for part in made.reversed() { out.replaceSubrange(part.range, with: try Page.part(part.name)) }
        return out
    }

    /// Names such as `body/new` in the page's own text.
    var references: [String] {
        let kinds = Set(GoldenTests.counts.keys)
        return text.components(separatedBy: "`").filter { word in
            let parts = word.split(separator: "/")
            return parts.count == 2 && kinds.contains(String(parts[0])) && !word.contains(where: \.isWhitespace)
        }
    }

    private static func part(_ name: String) throws -> String {
        let words = name.split(separator: " ", maxSplits: 1).map(String.init)
        switch words[0] {
        case "limits": return try limits()
        case "vectors": return try vectors(of: words[1])
        case "example": return "```\n\(try Examples.text(words[1]))\n```\n"
        default: return "no such part: \(name)\n"
        }
    }

    private static func vectors(of kind: String) throws -> String {
        let rows = try VectorFiles.all().filter { $0.kind == kind }.map { "| \($0.name) | \($0.fact) | \($0.expect) |" }
        return (["| `\(kind)/…` | fact | verdict |", "| --- | --- | --- |"] + rows).joined(separator: "\n") + "\n"
    }
}

// The table of limits: values from the code, reasons from the comments above them.
extension Page {
    static let limitValues: [String: Int] = [
        "envelopeBytes": Limits.envelopeBytes, "statementBytes": Limits.statementBytes, "bodyBytes": Limits.bodyBytes,
        "operationsPerChangeset": Limits.operationsPerChangeset, "operationBytes": Limits.operationBytes, "frameBytes": Limits.frameBytes,
        "tableEntries": Limits.tableEntries, "fieldsPerOperation": Limits.fieldsPerOperation, "keyValues": Limits.keyValues,
        "resumptions": Limits.resumptions, "headsPerStatement": Limits.headsPerStatement, "wishesPerAsk": Limits.wishesPerAsk,
        "namesPerCredential": Limits.namesPerCredential, "summaryPageBytes": Limits.summaryPageBytes, "summedBodyBytes": Limits.summedBodyBytes,
        "summedPerPage": Limits.summedPerPage,
    ]

    /// Names and comments as they stand in the source.
    static func limitReasons() throws -> [(name: String, reason: String)] {
        let source = try String(contentsOf: packageRoot.appendingPathComponent("Sources/TiaokuaiFormat/Limits.swift"), encoding: .utf8)
        var reason: [String] = []
        var out: [(String, String)] = []
        for line in source.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            if line.hasPrefix("///") {
                reason.append(String(line.dropFirst(3)).trimmingCharacters(in: .whitespaces))
            } else {
                if line.hasPrefix("public static let "), let name = line.split(separator: " ").dropFirst(3).first {
                    out.append((String(name), reason.joined(separator: " ")))
                }
                reason = []
            }
        }
        return out
    }

    private static func limits() throws -> String {
        let rows = try limitReasons().map { "| \($0.name) | \(limitValues[$0.name].map(grouped) ?? "?") | \($0.reason) |" }
        return (["| limit | value | reason |", "| --- | ---: | --- |"] + rows).joined(separator: "\n") + "\n"
    }

    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.indices.map { (digits.count - $0) % 3 == 0 && $0 > 0 ? ",\(digits[$0])" : "\(digits[$0])" }.joined()
    }
}
