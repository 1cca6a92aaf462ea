import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiTrust

/// Hostile signatures and keys, each with its published verdict.
@Suite struct WycheproofTests {
    private struct File<Group: Decodable>: Decodable {
        let numberOfTests: Int
        let testGroups: [Group]
    }

    private struct SignatureGroup: Decodable {
        struct PublicKey: Decodable {
            let pk: String?
            let uncompressed: String?
        }
        struct Case: Decodable {
            let tcId: Int
            let msg, sig, result: String
        }
        let publicKey: PublicKey
        let tests: [Case]
    }

    private struct AgreementGroup: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let `public`, `private`, shared, result: String
            let flags: [String]
        }
        let tests: [Case]
    }

    @Test(arguments: [("ed25519_test.json", Suite.ed25519, 151), ("ecdsa_secp256r1_sha256_p1363_test.json", .p256, 262)])
    func everySignatureGetsItsVerdict(_ name: String, _ suite: Suite, _ expected: Int) throws {
        guard let file = try vectors("wycheproof", name, as: File<SignatureGroup>.self) else { return }
        var table = VectorTable("wycheproof/\(name)")
        for group in file.testGroups {
            let key = try VerifyingKey(suite, rawBytes: try #require([UInt8](hex: group.publicKey.pk ?? group.publicKey.uncompressed ?? "")))
            for test in group.tests {
                let message = try #require([UInt8](hex: test.msg))
                let signature = try #require([UInt8](hex: test.sig))
                #expect(key.isValid(signature: signature, for: message) == (test.result == "valid"), "tcId \(test.tcId)")
                table.ran()
            }
        }
        table.show()
        #expect(table.run == expected && file.numberOfTests == expected)
    }

    /// COSE carries raw r‖s, so of the DER suite those run whose signature is one: the rest can't reach us.
    @Test func signaturesInDERGetTheirVerdictOnceTheyAreRaw() throws {
        let name = "ecdsa_secp256r1_sha256_test.json"
        guard let file = try vectors("wycheproof", name, as: File<SignatureGroup>.self) else { return }
        var table = VectorTable("wycheproof/\(name)")
        for group in file.testGroups {
            let key = try VerifyingKey(.p256, rawBytes: try #require([UInt8](hex: group.publicKey.uncompressed ?? "")))
            for test in group.tests {
                let message = try #require([UInt8](hex: test.msg))
                guard let signature = try #require([UInt8](hex: test.sig)).rawSignature else {
                    #expect(test.result == "invalid", "tcId \(test.tcId)")
                    table.leaveOut("DER that no raw signature stands for")
                    continue
                }
                #expect(key.isValid(signature: signature, for: message) == (test.result == "valid"), "tcId \(test.tcId)")
                table.ran()
            }
        }
        table.show()
        #expect(table.run + table.leftOut == 484 && table.run >= 170)
    }

    /// "Acceptable" covers public keys of small order (refused: the secret would be zero) and unusual ones (agreed on).
    @Test func everyAgreementGetsItsVerdict() throws {
        guard let file = try vectors("wycheproof", "x25519_test.json", as: File<AgreementGroup>.self) else { return }
        var table = VectorTable("wycheproof/x25519_test.json")
        for test in file.testGroups.flatMap(\.tests) {
            let key = try SealingKey(secret: try #require([UInt8](hex: test.private)))
            let peer = try SealingPublicKey(rawBytes: try #require([UInt8](hex: test.public)))
            let shared = try? key.agree(with: peer)
            if test.flags.contains("ZeroSharedSecret") {
                #expect(shared == nil, "tcId \(test.tcId)")
            } else {
                #expect(test.result != "invalid" && shared?.hex == test.shared, "tcId \(test.tcId)")
            }
            table.ran()
        }
        table.show()
        #expect(table.run == 518 && file.numberOfTests == 518)
    }
}

extension Array<UInt8> {
    /// The raw form of a signature in strict DER whose numbers fit; nil for every other encoding.
    fileprivate var rawSignature: [UInt8]? {
        guard count >= 8, self[0] == 0x30, Int(self[1]) == count - 2, self[1] < 0x80 else { return nil }
        var position = 2
        var raw: [UInt8] = []
        for _ in 0..<2 {
            guard position + 2 <= count, self[position] == 2, self[position + 1] < 0x80 else { return nil }
            let end = position + 2 + Int(self[position + 1])
            guard end <= count, end > position + 2 else { return nil }
            let number = Array(self[position + 2..<end])
            let isMinimal = number.count == 1 || number[0] != 0 || number[1] >= 0x80
            let digits = Array(number.drop { $0 == 0 })
            guard number[0] < 0x80, isMinimal, digits.count <= 32 else { return nil }
            raw += [UInt8](repeating: 0, count: 32 - digits.count) + digits
            position = end
        }
        return position == count ? raw : nil
    }
}
