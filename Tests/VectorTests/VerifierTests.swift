import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode

/// Tests/Verifier, which shares no line with us, over the golden files and over what real nodes write.
@Suite(.serialized) struct VerifierTests {
    struct Outcome: Decodable {
        struct Item: Decodable {
            let type: String
            let verdict: String
            let operations: [String]?
            let heads: [String]?
        }
        let items: [Item]
        let complete: Bool
    }

    @Test func itAgreesOnEveryGoldenFile() throws {
        let run = try PythonVerifier.run(["--vectors", VectorFiles.folder.path])
        guard let run else { return }
        #expect(run.status == 0, "\(run.out)")
        #expect(run.out.contains("\"files\": \(try VectorFiles.all().filter { !["sealed", "sealedValue"].contains($0.kind) }.count),"))
    }

    /// Sealed files and values are opened by a script of their own.
    @Test func itsOpenerAgreesOnEverySealedFileAndValue() throws {
        guard let run = try PythonVerifier.run(["seal", "--vectors", VectorFiles.folder.path]) else { return }
        #expect(run.status == 0, "\(run.out)")
        #expect(run.out.contains("\"files\": \((GoldenTests.counts["sealed"] ?? 0) + (GoldenTests.counts["sealedValue"] ?? 0)),"))
    }

    @Test func itAgreesOnBundlesOfRealNodes() throws {
        try withTemporaryFolder { folder in
            let nodes = try RealNodes(in: folder)
            let network = try #require(try nodes.province.settings().network)
            let (written, bundles) = try nodes.work()
            var restored: Set<String> = []
            for path in bundles {
                guard let run = try PythonVerifier.run([path, "--network", network.description]) else { return }
                #expect(run.status == 0, "\(run.out)")
                let outcome = try JSONDecoder().decode(Outcome.self, from: Data(run.out.utf8))
                #expect(outcome.complete && outcome.items.allSatisfy { $0.verdict == "valid" })
                restored.formUnion(outcome.items.flatMap { $0.operations ?? [] })
            }
            // It restores the operations to the identities that were acknowledged when they were written.
            #expect(written.allSatisfy { restored.contains($0.description) })
            let down = try Data(contentsOf: URL(fileURLWithPath: bundles[2]))
            guard let run = try PythonVerifier.run([bundles[2]]) else { return }
            let outcome = try JSONDecoder().decode(Outcome.self, from: Data(run.out.utf8))
            #expect(outcome.items.contains { ($0.heads ?? []).count >= 2 }, "a receipt with proofs")

            // One flipped byte in any item, and it is not complete.
            var random = SplitMix64(seed: 11)
            let altered = folder.appendingPathComponent("altered.tkb")
            for _ in 0..<5 {
                var bytes = [UInt8](down)
                bytes[Int.random(in: bytes.indices, using: &random)] ^= 1
                try Data(bytes).write(to: altered)
                #expect(try PythonVerifier.run([altered.path])?.status == 1)
            }
            #expect(try PythonVerifier.run([bundles[0], "--network", Hash32.zero.hex])?.status == 1)
        }
    }
}
