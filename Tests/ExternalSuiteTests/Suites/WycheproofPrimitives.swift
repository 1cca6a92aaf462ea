import TestKit
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// What sealing stands on: key agreement, derivation, authenticated encryption, keyed hashes.
enum WycheproofPrimitives {
    static let suite = ExternalSuite("wycheproof", vectors: 3_298, others: ["LICENSE"]) { folder in
        try WycheproofSignatures.rows(folder) + [
            agreement("x25519_test.json", .x25519, 518, in: folder), agreement("ecdh_secp256r1_ecpoint_test.json", .p256, 355, in: folder),
            derivation("hkdf_sha256_test.json", 86, in: folder), encryption("aes_gcm_test.json", 316, in: folder) { [128: .aes128GCM, 256: .aes256GCM][$0] },
            encryption("chacha20_poly1305_test.json", 325, in: folder) { _ in .chaCha20Poly1305 }, keyedHash("hmac_sha256_test.json", .sha256, 174, in: folder),
            keyedHash("hmac_sm3_test.json", .sm3, 174, in: folder), unused("aes_wrap_test.json", 165, "no key is wrapped so: HPKE and SM2 wrap ours", in: folder),
            unused("sm4_gcm_test.json", 104, "libcrypto 3.0 has no SM4-GCM: the GM suite is SM4-CTR with HMAC-SM3", in: folder),
            unused("sm4_ccm_test.json", 184, "libcrypto 3.0 has no SM4-CCM", in: folder),
        ]
    }

    /// "Acceptable" covers public keys of small order (refused: the secret would be zero) and unusual ones (agreed on), and
    /// the compressed point, which our formats don't carry.
    private static func agreement(_ name: String, _ curve: SealingCurve, _ expected: Int, in folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row(name, expecting: expected)
        for test in try folder.json(name, as: WycheproofFile<Group<Agreement>>.self).testGroups.flatMap(\.tests) {
            let secret = try hex(test.private).drop { $0 == 0 }
            let padded = curve == .x25519 ? try hex(test.private) : [UInt8](repeating: 0, count: max(0, 32 - secret.count)) + secret
            let point = try hex(test.public)
            var shared: [UInt8] = []
            let verdict = try Verdict.of { shared = try SealingKey(curve, secret: padded).agree(with: SealingPublicKey(curve, rawBytes: point)) }
            let demand: Demand =
                if test.flags.contains("ZeroSharedSecret") {
                    .profile("keyAgreementFailed")
                } else if test.flags.contains("CompressedPublic") {
                    .profile("malformedKey")
                } else {
                    .accept(if: test.result != "invalid")
                }
            row.judge("tcId \(test.tcId)", verdict, demanding: demand, also: !verdict.isAccepted || shared.hex == test.shared)
        }
        return row
    }

    private static func derivation(_ name: String, _ expected: Int, in folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row(name, expecting: expected)
        for test in try folder.json(name, as: WycheproofFile<Group<Derivation>>.self).testGroups.flatMap(\.tests) {
            let (secret, salt, info) = (try hex(test.ikm), try hex(test.salt), try hex(test.info))
            var derived: [UInt8] = []
            let verdict = try Verdict.of { derived = try HKDF.expand(HKDF.extract(salt: salt, secret: secret), info: info, count: test.size) }
            row.judge("tcId \(test.tcId)", verdict, demanding: .accept(if: test.result == "valid"), also: !verdict.isAccepted || derived.hex == test.okm)
        }
        return row
    }

    /// Nonces of 12 bytes and tags of 16 are all that ours have. Another nonce is refused; where the suite admits it, that
    /// is our profile.
    private static func encryption(
        _ name: String, _ expected: Int, in folder: SuiteFolder, algorithm: (Int) -> AuthenticatedCipher.Algorithm?
    ) throws -> SuiteRow {
        var row = folder.row(name, expecting: expected)
        for group in try folder.json(name, as: WycheproofFile<EncryptionGroup>.self).testGroups {
            guard let algorithm = algorithm(group.keySize) else {
                row.leaveOut("no suite of ours has keys of \(group.keySize) bits", group.tests.count)
                continue
            }
            for test in group.tests {
                let (nonce, aad, message) = (try hex(test.iv), try hex(test.aad), try hex(test.msg))
                let sealed = try hex(test.ct + test.tag)
                let cipher = try AuthenticatedCipher(algorithm, key: hex(test.key))
                let opened = cipher.open(sealed[...], nonce: nonce, aad: aad)
                let isOurs = nonce.count == AuthenticatedCipher.nonceBytes
                let verdict = Verdict.accepted(opened != nil, orRefused: isOurs ? "not authentic" : "nonce length")
                let isValid = test.result == "valid"
                let sealedByUs = try? cipher.seal(message[...], nonce: nonce, aad: aad)
                let isSealedRight = isOurs ? (sealedByUs == sealed) == isValid : sealedByUs == nil
                row.judge(
                    "tcId \(test.tcId)", verdict, demanding: isOurs || !isValid ? .accept(if: isValid) : .profile("nonce length"),
                    also: isSealedRight && (opened == nil || opened == message))
            }
        }
        return row
    }

    /// Our tags have 32 bytes; the suite's shorter ones are their beginnings.
    private static func keyedHash(_ name: String, _ digest: KeyedHash.Digest, _ expected: Int, in folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row(name, expecting: expected)
        for group in try folder.json(name, as: WycheproofFile<TagGroup>.self).testGroups {
            for test in group.tests {
                let tag = try KeyedHash(digest, key: hex(test.key)).tag(hex(test.msg)[...]).prefix(group.tagSize / 8)
                let holds = KeyedHash.isEqual(tag, try hex(test.tag))
                row.judge("tcId \(test.tcId)", .accepted(holds, orRefused: "another tag"), demanding: .accept(if: test.result == "valid"))
            }
        }
        return row
    }

    private static func unused(_ name: String, _ expected: Int, _ reason: String, in folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row(name, expecting: expected)
        row.leaveOut(reason, try folder.json(name, as: WycheproofFile<Group<Unread>>.self).testGroups.reduce(0) { $0 + $1.tests.count })
        return row
    }

    private struct Group<Case: Decodable>: Decodable { let tests: [Case] }

    private struct Agreement: Decodable {
        let tcId: Int
        let `public`, `private`, shared, result: String
        let flags: [String]
    }

    private struct Derivation: Decodable {
        let tcId, size: Int
        let ikm, salt, info, okm, result: String
    }

    private struct EncryptionGroup: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let key, iv, aad, msg, ct, tag, result: String
        }
        let keySize: Int
        let tests: [Case]
    }

    private struct TagGroup: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let key, msg, tag, result: String
        }
        let tagSize: Int
        let tests: [Case]
    }

    private struct Unread: Decodable { let tcId: Int }
}
