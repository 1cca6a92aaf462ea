import TestKit
import TiaokuaiModel

@testable import TiaokuaiTrust

/// Hostile signatures, keys and shared secrets, each with its published verdict.
enum WycheproofSignatures {
    static func rows(_ folder: SuiteFolder) throws -> [SuiteRow] {
        try [
            raw("ed25519_test.json", .ed25519, 151, in: folder), raw("ecdsa_secp256r1_sha256_p1363_test.json", .p256, 262, in: folder),
            der("ecdsa_secp256r1_sha256_test.json", 484, in: folder),
        ]
    }

    private static func raw(_ name: String, _ suite: Suite, _ expected: Int, in folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row(name, expecting: expected)
        for group in try folder.json(name, as: WycheproofFile<Group>.self).testGroups {
            let key = try VerifyingKey(suite, rawBytes: hex(group.publicKey.pk ?? group.publicKey.uncompressed ?? ""))
            for test in group.tests {
                let holds = key.isValid(signature: try hex(test.sig), for: try hex(test.msg))
                row.judge("tcId \(test.tcId)", .accepted(holds), demanding: .accept(if: test.result == "valid"))
            }
        }
        return row
    }

    /// COSE carries raw r‖s, so DER is only what libcrypto hands to us: each goes through the conversion that signing uses.
    private static func der(_ name: String, _ expected: Int, in folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row(name, expecting: expected)
        for group in try folder.json(name, as: WycheproofFile<Group>.self).testGroups {
            let key = try VerifyingKey(.p256, rawBytes: hex(group.publicKey.uncompressed ?? ""))
            for test in group.tests {
                let verdict: Verdict
                if let signature = Curve.raw(fromDER: try hex(test.sig)) {
                    verdict = .accepted(key.isValid(signature: signature, for: try hex(test.msg)))
                } else {
                    verdict = .refused("no raw signature")
                }
                row.judge("tcId \(test.tcId)", verdict, demanding: .accept(if: test.result == "valid"))
            }
        }
        return row
    }

    private struct Group: Decodable {
        struct PublicKey: Decodable { let pk, uncompressed: String? }
        struct Case: Decodable {
            let tcId: Int
            let msg, sig, result: String
        }
        let publicKey: PublicKey
        let tests: [Case]
    }
}

/// What the files of Wycheproof have in common.
struct WycheproofFile<Group: Decodable>: Decodable {
    let testGroups: [Group]
}
