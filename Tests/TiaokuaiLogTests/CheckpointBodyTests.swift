import TiaokuaiLog
import TiaokuaiModel
import Testing

@Suite struct CheckpointBodyTests {
    @Test func itIsOriginSizeAndRootOnThreeLines() throws {
        let body = try CheckpointBody(origin: "example.org/条块", size: 0, root: MerkleTree.sha256.emptyRoot)
        #expect(body.text == "example.org/条块\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
    }

    @Test func anOriginThatCouldForgeALineIsRefused() {
        for origin in ["", "a\nb", "a\r", "a\u{0}", "a\u{85}b", "a\u{2028}b", String(repeating: "a", count: 256)] {
            #expect(throws: LogError(.malformedOrigin, String(origin.prefix(40)))) { try CheckpointBody(origin: origin, size: 1, root: .zero) }
        }
        #expect(throws: Never.self) { try CheckpointBody(origin: String(repeating: "a", count: 255), size: .max, root: .zero) }
    }
}
