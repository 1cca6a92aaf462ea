import Foundation
import TestKit
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// 国密: the standards' own values, and hostile SM2 signatures.
enum NationalSuites {
    static let standards = ExternalSuite("sm2-sm3-gbt", vectors: 47) { folder in
        try [annex(folder), digests(folder), signatures(folder)]
    }

    /// GB/T 32918.5 Annex A.2. Its k is given, ours is drawn, so its signature is verified and ours only holds.
    private static func annex(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("gbt32918-5-annexA2-sign.json", expecting: 1)
        let example = try folder.json("gbt32918-5-annexA2-sign.json", as: Annex.self)
        let signer = try SigningKey(.sm2, secret: hex(example.secret))
        let message = Array(example.message.utf8)
        row.judge("A.2", .accepted(signer.verifyingKey.isValid(signature: try hex(example.r + example.s), for: message)), demanding: .accept)
        row.demand(signer.verifyingKey.rawBytes.hex == "04" + example.x + example.y, "the public key")
        row.demand(sm3(try hex(example.za) + message).hex == example.e, "e = SM3(ZA ‖ M)")
        row.demand(signer.verifyingKey.isValid(signature: try signer.sign(message), for: message), "our own signature")
        return row
    }

    private static func digests(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("sm3.json", expecting: 3)
        for (index, test) in try folder.json("sm3.json", as: [Digest].self).enumerated() {
            row.judge("\(index)", .accepted(sm3(try hex(test.msg)).hex == test.digest, orRefused: "another digest"), demanding: .accept)
        }
        return row
    }

    private static func signatures(_ folder: SuiteFolder) throws -> SuiteRow {
        let name = "sm2_sm3_verify_generated.json"
        var row = folder.row(name, expecting: 43)
        for test in try folder.json(name, as: SignatureFile.self).tests {
            let (point, signature, message) = (try hex(test.pub), try hex(test.signature), try hex(test.msg))
            let verdict = try Verdict.of {
                if !(try VerifyingKey(.sm2, rawBytes: point)).isValid(signature: signature, for: message) { throw TrustError(.wrongSignature) }
            }
            // Only one distinguishing id is ours; under any other a good signature is somebody else's.
            let isOurs = try hex(test.id) == Array("1234567812345678".utf8)
            let isValid = test.result == "valid"
            row.judge("tcId \(test.tcId)", verdict, demanding: isOurs || !isValid ? .accept(if: isValid) : .profile("wrongSignature"))
        }
        return row
    }

    private struct Annex: Decodable {
        let message, secret, x, y, za, e, r, s: String
        enum CodingKeys: String, CodingKey {
            case message, e, r, s
            case secret = "private_key"
            case x = "public_x"
            case y = "public_y"
            case za = "ZA"
        }
    }

    private struct Digest: Decodable { let msg, digest: String }

    private struct SignatureFile: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let id, pub, msg, signature, result: String
            enum CodingKeys: String, CodingKey {
                case tcId, id, pub, msg, result
                case signature = "sig_raw"
            }
        }
        let tests: [Case]
    }
}
