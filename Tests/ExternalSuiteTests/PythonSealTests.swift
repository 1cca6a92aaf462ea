import Foundation
import TestKit
import Testing
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// Sealed files of ours, opened by Tests/Verifier/seal.py, which was written from Docs/Formats/Seal.md alone. Left out with a
/// note where Python or its packages can't be had.
@Suite(.serialized) struct PythonSealTests {
    @Test(arguments: [(SealingCurve.x25519, 70_000, SealingCurve.x25519), (.p256, 0, .x25519), (.sm2, 200_000, .sm2), (.sm2, 16_384, .p256), (.x25519, 70_000, .sm2)])
    func itOpensWhatWeSeal(_ curve: SealingCurve, _ count: Int, beside: SealingCurve) throws {
        var random = SplitMix64(seed: UInt64(count))
        let content = random.bytes(count)
        let secret = random.bytes(32)
        let other = try SealingKey.generate(beside)
        let (sealed, _) = try seal(content, to: [SealingKey(curve, secret: secret).publicKey, other.publicKey])
        guard let run = try open(sealed, curve, secret) else { return }
        #expect(run.status == 0)
        let length = SealLimits.padded(UInt64(count))
        #expect(
            run.out == """
                {"bytes": \(count), "content": "\(sha256(content).hex)", "length": \(length), "receivers": 2, "suite": \([curve, beside].contains(.sm2) ? 2 : 1)}

                """)
    }

    @Test(arguments: [SealingCurve.x25519, .sm2]) func itRefusesWhatWeRefuse(_ curve: SealingCurve) throws {
        var random = SplitMix64(seed: 9)
        let secret = random.bytes(32)
        let (sealed, head) = try seal(random.bytes(70_000), to: [SealingKey(curve, secret: secret).publicKey])
        let stranger = random.bytes(32)
        guard let run = try open(sealed, curve, stranger) else { return }
        #expect(run.out == "{\"refused\": \"notForTheseKeys\"}\n")
        #expect(try open(ByteMutation.flip(bit: (head - 1) * 8).applied(to: sealed), curve, secret)?.out == "{\"refused\": \"alteredHead\"}\n")
        #expect(try open(ByteMutation.flip(bit: (sealed.count - 1) * 8).applied(to: sealed), curve, secret)?.out == "{\"refused\": \"alteredChunk 1\"}\n")
        #expect(try open(Array(sealed.dropLast()), curve, secret)?.out == "{\"refused\": \"truncated\"}\n")
        #expect(try open(sealed + [0], curve, secret)?.out == "{\"refused\": \"trailingBytes\"}\n")
    }

    private func seal(_ content: [UInt8], to keys: [SealingPublicKey]) throws -> (bytes: [UInt8], head: Int) {
        let writer = try SealWriter(to: keys, atMost: UInt64(content.count))
        try writer.append(content)
        writer.finish()
        var sealed: [UInt8] = []
        while let bytes = try writer.next() { sealed += bytes }
        return (sealed, writer.head.byteCount)
    }

    private func open(_ sealed: [UInt8], _ curve: SealingCurve, _ secret: [UInt8]) throws -> Child.Outcome? {
        try withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("sealed.tkb")
            try Data(sealed).write(to: file)
            return try PythonVerifier.run(["seal", file.path, "--curve", "\(curve)", "--secret", secret.hex])
        }
    }
}
