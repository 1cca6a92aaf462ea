import Foundation
import Testing

/// The table of rules and cases in Docs/Testing.md: every rule and every listed case has a row, every name in it is a test, and
/// every test here stands in the rows that its name begins with.
@Suite struct CaseTableTests {
    private struct Row {
        let id: String
        let tests: [String]
        let note: String
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Those that the design lists; C13, C18 and the like were never given out.
    private static let cases = [
        1...12, 14...17, 19...19, 21...21, 23...27, 30...36, 38...40, 42...42, 44...45, 47...50,
    ].flatMap { $0 }

    private func rows() throws -> [Row] {
        let page = try String(contentsOf: CaseTableTests.root.appendingPathComponent("Docs/Testing.md"), encoding: .utf8)
        let begin = try #require(page.range(of: "<!-- cases:begin -->"))
        let end = try #require(page.range(of: "<!-- cases:end -->"))
        return page[begin.upperBound..<end.lowerBound].split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, cells[1].wholeMatch(of: /[RCS]\d+/) != nil else { return nil }
            return Row(id: cells[1], tests: cells[2].matches(of: /`(\w+)`/).map { String($0.1) }, note: cells[3])
        }
    }

    private func tests(in folder: String) throws -> Set<String> {
        let files = FileManager.default.enumerator(at: CaseTableTests.root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        var names: Set<String> = []
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /@Test[^\n]*?func (\w+)\(/) { names.insert(String(match.1)) }
        }
        return names
    }

    @Test func everyRuleAndEveryListedCaseHasARow() throws {
        let ids = try rows().map(\.id)
        let wanted = (1...21).map { "R\($0)" } + CaseTableTests.cases.map { $0 < 10 ? "C0\($0)" : "C\($0)" }
        #expect(Set(wanted).subtracting(ids).isEmpty)
        #expect(Set(ids).count == ids.count)
        for row in try rows() where row.tests.isEmpty { #expect(!row.note.isEmpty, "\(row.id) has neither a test nor a reason") }
    }

    @Test func everyNameInTheTableIsATest() throws {
        let known = try tests(in: "Tests")
        for row in try rows() { for name in row.tests { #expect(known.contains(name), "\(row.id): \(name)") } }
    }

    @Test func everyTestHereStandsInTheRowsThatItsNameBeginsWith() throws {
        let rows = Dictionary(uniqueKeysWithValues: try rows().map { ($0.id, Set($0.tests)) })
        for name in try tests(in: "Tests/TiaokuaiCaseTests") {
            guard let prefix = name.prefixMatch(of: /(?:[rcs]\d+)+/) else { continue }
            for part in prefix.0.matches(of: /([rcs])(\d+)/) {
                let letter = part.1.uppercased()
                let id = letter == "R" ? "R\(part.2)" : letter + (part.2.count == 1 ? "0" : "") + part.2
                #expect(rows[id]?.contains(name) == true, "\(id): \(name)")
            }
        }
    }
}
