import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// Envelopes for exchange between COSE libraries: seven to sign, seven to verify.
enum Gluecose {
    static let suite = ExternalSuite("gluecose-sign1", vectors: 14, others: ["gluecose-schema.cddl"]) { folder in
        try ["sign1-sign", "sign1-verify"].map { kind in
            var row = folder.row("\(kind)-*", expecting: 7)
            for path in try folder.files(withExtension: "json") where path.hasPrefix(kind) { try judge(path, folder.json(path), in: &row) }
            return row
        }
    }

    private static func judge(_ path: String, _ test: Test, in row: inout SuiteRow) throws {
        let external = try hex(test.sign?.external ?? test.verify?.external ?? "")
        guard let encoded = test.sign?.expectedOutput.cborHex ?? test.verify?.taggedCOSESign1.cborHex else { throw SuiteFolder.Malformed("neither signs nor verifies") }
        let bytes = try hex(encoded)
        guard test.alg == "ES256" else {
            row.judge(path, try Verdict.of { try verifyStrictly(bytes, ExampleKey.another(), externalAAD: external) }, demanding: .profile("wrongAlgorithm"))
            if test.key.crv != nil { row.demand(try Verdict.of { _ = try test.key.verifyingKey() } == .refused("unsupportedSuite"), "\(path): its key") }
            return
        }
        let key = try test.key.verifyingKey()
        let verdict = try Verdict.of { try verifyStrictly(bytes, key, externalAAD: external) }
        row.judge(path, verdict, demanding: .accept(if: test.verify?.shouldVerify ?? true))
        guard let sign = test.sign, let signer = try test.key.signingKey() else { return }
        // ECDSA is randomised: what is signed must be equal, and our own signature must hold.
        let read = try COSESign1(decoding: bytes)
        row.demand(try read.signatureInput(externalAAD: external).hex == sign.tbsHex.cborHex, "\(path): what is signed")
        row.demand(read.protectedBytes.hex == sign.protectedHeaders.cborHex && read.unprotected.encode().hex == sign.unprotectedHeaders.cborHex, "\(path): headers")
        let ours = try COSESigner.signEnvelope(
            protected: read.protected, unprotected: read.unprotected, payload: hex(sign.payload), detached: sign.detached, externalAAD: external, key: signer)
        row.demand(ours.encode().dropLast(64) == bytes.dropLast(64), "\(path): our envelope but for the signature")
        row.demand(try Verdict.of { try verifyStrictly(ours.encode(), key, externalAAD: external) }.isAccepted, "\(path): our own signature")
    }

    private struct Test: Decodable {
        struct Bytes: Decodable { let cborHex: String }
        struct Sign: Decodable {
            let payload: String
            let protectedHeaders, unprotectedHeaders, tbsHex, expectedOutput: Bytes
            let external: String?
            let detached: Bool
        }
        struct Verify: Decodable {
            let taggedCOSESign1: Bytes
            let external: String?
            let shouldVerify: Bool
        }
        enum CodingKeys: String, CodingKey {
            case alg, key
            case sign = "sign1::sign"
            case verify = "sign1::verify"
        }
        let alg: String
        let key: ExampleKey
        let sign: Sign?
        let verify: Verify?
    }
}
