import Testing

@testable import TiaokuaiOffice

/// Files made to break their reader: each is a fault of the file, within its limits, and never an end of the program.
@Suite struct HostileFileTests {
    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// Each level names the one before nine times: 9¹² values in a few lines.
    private static let aliases: String = {
        let lines = (1..<12).map { level in "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]" }
        return (["a0: &a0 [x,x,x,x,x,x,x,x,x]"] + lines).joined(separator: "\n")
    }()

    private static let files: [(text: String, code: String)] = [
        ("a: \(repeated("[", 100_000))", "malformedYAML"),
        ("a: \(repeated("{a: ", 3_000))1\(repeated("}", 3_000))", "malformedYAML"),
        ("a:\n\(repeated("- ", 3_000))x", "malformedYAML"),
        (aliases, "tooLarge"),
        ("a: \"\(repeated("x", 10 << 20))\"", "tooLarge"),
        ("a: \u{0}", "malformedYAML"),
        ("a: [1", "malformedYAML"),
        ("a: 1\na: 2", "duplicateKey"),
    ]

    @Test func aHostileYAMLFileIsAFault() {
        for (text, code) in HostileFileTests.files {
            let error = #expect(throws: OfficeError.self) { try YAMLTree(parsing: text, file: "a.yaml") }
            #expect(error?.faults.map(\.code) == [code], "\(text.prefix(20))")
        }
    }
}
