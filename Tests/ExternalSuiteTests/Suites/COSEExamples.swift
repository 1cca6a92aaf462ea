import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// The COSE working group's examples. Its COSE_Sign1 files are judged by the letter of the RFC and by our profile; every
/// other message is refused as none.
enum COSEExamples {
    static let suite = ExternalSuite("cose-wg-examples", vectors: 75, others: ["KeySet.txt"]) { folder in
        try [("sign1-tests", 9), ("ecdsa-examples", 8), ("eddsa-examples", 4), ("countersign", 14), ("countersign1", 8), ("RFC8152", 17), ("CWT", 5), ("sign-tests", 10)]
            .map { try row(of: $0, count: $1, in: folder) }
    }

    private static func row(of name: String, count: Int, in folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("\(name)/*", expecting: count)
        for path in try folder.files(below: name, withExtension: "json") {
            let example = try folder.json(path, as: Example.self)
            let bytes = try hex(example.output.cbor)
            guard let sign = example.input.sign0 else {
                // Its outer form says enough, or before that the order of its headers.
                let demand: Demand = example.fail == true ? .refuse : .profile("malformedEnvelope", "unsortedKeys")
                row.judge(path, try Verdict.of { _ = try COSESign1(decoding: bytes) }, demanding: demand)
                let tolerant = try Verdict.of { _ = try COSESign1(decoding: bytes, profile: .tolerant) }
                row.demand(tolerant == .refused("malformedEnvelope"), "\(path): the tolerant reader")
                continue
            }
            if sign.isOurs, let key = try? sign.key.verifyingKey() {
                try judge(path, example, sign, bytes, key, in: &row)
            } else {
                try refuse(path, sign, bytes, in: &row)
            }
        }
        return row
    }

    /// Good signatures that the profile refuses: alg outside the protected header; no tag; headers in no order.
    private static let stricter = [
        "sign1-tests/sign-pass-01.json": "algorithmNotProtected", "sign1-tests/sign-pass-03.json": "malformedEnvelope",
        "countersign/signed1-01.json": "unsortedKeys", "countersign/signed1-02.json": "unsortedKeys", "countersign1/signed1-01.json": "unsortedKeys",
    ]

    private static func judge(_ path: String, _ example: Example, _ sign: Example.Sign0, _ bytes: [UInt8], _ key: VerifyingKey, in row: inout SuiteRow) throws {
        let external = try hex(sign.external ?? "")
        let demand: Demand = example.fail == true ? .refuse : stricter[path].map { .profile($0) } ?? .accept
        row.judge(path, try Verdict.of { try verifyStrictly(bytes, key, externalAAD: external) }, demanding: demand)
        guard example.fail != true else {
            let tolerant = try Verdict.of { try COSESigner.verify(COSESign1(decoding: bytes, profile: .tolerant), key: key, externalAAD: external) }
            row.demand(!tolerant.isAccepted, "\(path): the tolerant reader accepts it")
            return
        }
        // What the profile refuses holds all the same: it is the letter of the RFC that says so.
        let read = try COSESign1(decoding: bytes, profile: .tolerant)
        let input = try read.signatureInput(externalAAD: external)
        row.demand(key.isValid(signature: read.signature, for: input), "\(path): the signature by the RFC")
        if let expected = example.intermediates?.signed { row.demand(input.hex == expected.lowercased(), "\(path): what is signed") }
        guard demand == .accept, let signer = try sign.key.signingKey() else { return }
        let ours = try COSESigner.signEnvelope(
            protected: read.protected, unprotected: read.unprotected, payload: read.payload ?? [], externalAAD: external, key: signer)
        row.demand(ours.encode().dropLast(64) == bytes.dropLast(64), "\(path): our envelope but for the signature")
        if signer.suite == .ed25519 { row.demand(ours == read, "\(path): our signature, which is deterministic") }
        row.demand(try Verdict.of { try verifyStrictly(ours.encode(), key, externalAAD: external) }.isAccepted, "\(path): our own signature")
    }

    /// Well-formed envelopes of another algorithm or curve: the key is refused where the curve is the reason, and the
    /// envelope under any key that we have.
    private static func refuse(_ path: String, _ sign: Example.Sign0, _ bytes: [UInt8], in row: inout SuiteRow) throws {
        // Ed448 goes by the same number as Ed25519, so with EdDSA it is the signature that fails.
        let code = sign.alg == "EdDSA" ? "wrongSignature" : "wrongAlgorithm"
        row.judge(path, try Verdict.of { try verifyStrictly(bytes, ExampleKey.another()) }, demanding: .profile(code))
        if sign.key.suite == nil {
            row.demand(try Verdict.of { _ = try sign.key.verifyingKey() } == .refused("unsupportedSuite"), "\(path): its key")
        }
    }

    struct Example: Decodable {
        struct Input: Decodable { let sign0: Sign0? }
        struct Sign0: Decodable {
            let key: ExampleKey
            let alg: String?
            let external: String?
            var isOurs: Bool { alg == "ES256" || alg == "EdDSA" }
        }
        struct Intermediates: Decodable {
            let signed: String?
            enum CodingKeys: String, CodingKey { case signed = "ToBeSign_hex" }
        }
        struct Output: Decodable { let cbor: String }
        let fail: Bool?
        let input: Input
        let intermediates: Intermediates?
        let output: Output
    }
}
