import Foundation
import Testing
import TiaokuaiModel
import TiaokuaiWork

/// Docs/YourOwnDomain.md against the files that its pieces are cut from, which other tests publish, compile and run.
@Suite struct DomainPageTests {
    private struct Piece {
        let path: String
        let text: String
    }

    private static let page = Result { try read("Docs/YourOwnDomain.md") }

    private static func read(_ path: String) throws -> String { try String(contentsOf: ExampleNetwork.root.appendingPathComponent(path), encoding: .utf8) }

    /// Each `<!-- path -->` with the block of code below it.
    private func pieces() throws -> [Piece] {
        var out: [Piece] = []
        let lines = try DomainPageTests.page.get().components(separatedBy: "\n")
        for (index, line) in lines.enumerated() where line.hasPrefix("<!-- ") && line.contains("/") && lines[index + 1].hasPrefix("```") {
            let path = line.dropFirst(5).prefix { $0 != " " }
            out.append(Piece(path: String(path), text: lines[(index + 2)...].prefix { $0 != "```" }.joined(separator: "\n")))
        }
        return out
    }

    @Test func everyPieceStandsInItsFile() throws {
        let pieces = try pieces()
        #expect(pieces.count == 8)
        for piece in pieces {
            let file = try DomainPageTests.read(piece.path)
            #expect(file.contains(piece.text + "\n"), "\(piece.path): \(piece.text.prefix(60))")
        }
    }

    @Test func everyBlockOfCodeHasItsFile() throws {
        let fenced = try DomainPageTests.page.get().components(separatedBy: "\n").filter { $0.hasPrefix("```yaml") || $0.hasPrefix("```swift") }
        #expect(try fenced.count == pieces().count)
    }

    @Test func theTableOfFaultsHasEveryCode() throws {
        let page = try DomainPageTests.page.get()
        let codes = page.components(separatedBy: "\n").filter { $0.hasPrefix("| `form") }.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        #expect(codes.sorted() == KindFault.Code.allCases.map(\.rawValue).sorted())
    }

    /// The words of Docs/Formats/Form.md are those that a form is read by.
    @Test func thePageOfTheFormatHasEveryFieldOfTheRecord() throws {
        let page = try DomainPageTests.read("Docs/Formats/Form.md")
        for field in FormKind.table.ownFields { #expect(page.contains("| \(field.number.index) | `\(field.name)` |"), "\(field.name)") }
    }
}
