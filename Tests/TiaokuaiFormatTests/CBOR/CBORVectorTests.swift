import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel

/// Published items, read at test time from the vectors beside the package.
@Suite struct CBORVectorTests {
    private struct Example: Decodable {
        let hex: String
        let roundtrip: Bool
    }

    private struct StrictFile: Decodable {
        struct Case: Decodable {
            let hex: String
            let cls: String
            let expect: String
        }
        let numberOfTests: Int
        let tests: [Case]
    }

    @Test func theExamplesOfTheStandardAreReadAndWrittenAgain() throws {
        guard let folder = sharedVectors("cbor-test-vectors") else { return }
        let examples = try JSONDecoder().decode([Example].self, from: Data(contentsOf: folder.appendingPathComponent("appendix_a.json")))
        #expect(examples.count == 82)
        var counts = (deterministic: 0, strict: 0, refused: 0)
        // Simple value 24 in two bytes: an example of RFC 7049 that RFC 8949 §3.3 declared not well-formed.
        for example in examples where example.hex != "f818" {
            let bytes = try #require([UInt8](hex: example.hex))
            let item = try CBORItem.decode(bytes, mode: .tolerant)
            #expect((item.encode() == bytes) == example.roundtrip, "\(example.hex)")
            if let found = try? CBORItem.decode(bytes, mode: .deterministic) {
                counts.deterministic += 1
                #expect(found == item && example.roundtrip)
            } else {
                #expect(!example.roundtrip, "\(example.hex)")
            }
            if let found = try? CBORItem.decode(bytes) {
                counts.strict += 1
                #expect(found.encode() == bytes)
            } else {
                counts.refused += 1
            }
        }
        print(
            "cbor-test-vectors/appendix_a.json: run 81, left out 1 (1 × not well-formed since RFC 8949); strict profile admits \(counts.strict), refuses \(counts.refused)"
        )
        #expect(counts.deterministic == 64)
        #expect(counts.strict == 42)
    }

    @Test func everyItemThatIsNotDeterministicIsRefused() throws {
        guard let folder = sharedVectors("cbor-deterministic") else { return }
        let file = try JSONDecoder().decode(StrictFile.self, from: Data(contentsOf: folder.appendingPathComponent("cbor_strict_decode.json")))
        #expect(file.tests.count == 137 && file.numberOfTests == 137)
        for test in file.tests {
            let bytes = try #require([UInt8](hex: test.hex))
            let accepted = (try? CBORItem.decode(bytes)) != nil
            #expect(accepted == (test.expect == "accept"), "\(test.hex) \(test.cls)")
            var reader = CBORReader(bytes)
            #expect(((try? reader.skipItem()) != nil && reader.isAtEnd) == accepted, "\(test.hex) \(test.cls)")
            let deterministic = (try? CBORItem.decode(bytes, mode: .deterministic)) != nil
            let tolerant = (try? CBORItem.decode(bytes, mode: .tolerant)) != nil
            switch test.cls {
            case "not-well-formed", "invalid-utf8": #expect(!deterministic && !tolerant, "\(test.hex) \(test.cls)")
            case "not-deterministic": #expect(!deterministic, "\(test.hex)")
            default: break
            }
        }
        print("cbor-deterministic/cbor_strict_decode.json: run 137, left out 0")
    }
}
