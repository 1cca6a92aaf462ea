import Foundation
import TestKit
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// 国密 in the form of libcrypto's own tests: blocks of `key = value`, the first line of each its operation.
enum EVPTests {
    static let suite = ExternalSuite("openssl-tongsuo-sm", vectors: 38) { folder in
        try [asymmetric(folder), digests(folder), keyedHashes(folder), ciphers(folder)]
    }

    /// SM2 with one key. A signature over a digest that is given is nothing that ours does: it hashes ZA and the message.
    private static func asymmetric(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("evppkey_sm2.txt", expecting: 11)
        let text = try folder.text("evppkey_sm2.txt")
        let secret = try secret(inPEM: text)
        for (index, block) in Block.all(in: text, of: ["Verify", "Decrypt", "Sign", "KeyGen"]).enumerated() {
            let name = "\(block.operation) \(index)"
            switch block.operation {
            case "Decrypt" where block["Ctrl"] ?? "digest:SM3" == "digest:SM3":
                let key = try SealingKey(.sm2, secret: secret)
                let (ciphertext, plaintext) = (try block.bytes("Input"), try block.bytes("Output"))
                var opened: [UInt8] = []
                let verdict = try Verdict.of { opened = try key.decrypt(ciphertext) }
                row.judge(name, verdict, demanding: .accept, also: opened == plaintext)
                row.demand(try key.decrypt(key.publicKey.encrypt(plaintext)) == plaintext, "\(name): our own ciphertext")
                let altered = ByteMutation.flip(bit: ciphertext.count * 8 - 1).applied(to: ciphertext)
                row.demand(try Verdict.of { _ = try key.decrypt(altered) } == .refused("decryptionFailed"), "\(name): altered")
            case "Decrypt": row.leaveOut("SM2 with another digest")
            case "KeyGen":
                let verdict = try Verdict.of {
                    let key = try SigningKey.generate(.sm2)
                    if !key.verifyingKey.isValid(signature: try key.sign([1]), for: [1]) { throw TrustError(.wrongSignature) }
                }
                row.judge(name, verdict, demanding: .accept)
            default: row.leaveOut("signature over a digest that is given; ours is over ZA and the message")
            }
        }
        return row
    }

    /// The scalar stands behind the version of RFC 5915's structure.
    private static func secret(inPEM text: String) throws -> [UInt8] {
        let lines = text.components(separatedBy: "\n").drop { $0 != "-----BEGIN PRIVATE KEY-----" }.dropFirst().prefix { !$0.hasPrefix("-----") }
        let der = try base64(lines.joined())
        let marker: [UInt8] = [2, 1, 1, 4, 32]
        guard let start = der.indices.first(where: { der[$0...].starts(with: marker) }), der.count >= start + 37 else { throw SuiteFolder.Malformed("no private key") }
        return Array(der[start + 5..<start + 37])
    }

    private static func digests(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("evpmd_sm3.txt", expecting: 10)
        for (index, block) in Block.all(in: try folder.text("evpmd_sm3.txt"), of: ["Digest"]).enumerated() {
            guard block["Digest"] == "SM3" else {
                row.leaveOut("another digest")
                continue
            }
            row.judge("\(index)", .accepted(sm3(try block.bytes("Input")).bytes == (try block.bytes("Output")), orRefused: "another digest"), demanding: .accept)
        }
        return row
    }

    private static func keyedHashes(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("evpmac_sm3.txt", expecting: 4)
        for (index, block) in Block.all(in: try folder.text("evpmac_sm3.txt"), of: ["MAC"]).enumerated() {
            guard block["MAC"] == "HMAC", block["Algorithm"] == "SM3" else {
                row.leaveOut("another keyed hash")
                continue
            }
            let tag = try KeyedHash(.sm3, key: block.bytes("Key")).tag(block.bytes("Input")[...])
            row.judge("\(index)", .accepted(tag == (try block.bytes("Output")), orRefused: "another tag"), demanding: .accept)
        }
        return row
    }

    private static func ciphers(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("evpciph_sm4.txt", expecting: 13)
        for (index, block) in Block.all(in: try folder.text("evpciph_sm4.txt"), of: ["Cipher"]).enumerated() {
            guard block["Cipher"] == "SM4-CTR" else {
                row.leaveOut(["SM4-GCM", "SM4-CCM", "SM4-XTS"].contains(block["Cipher"]) ? "modes that libcrypto 3.0 lacks" : "modes that the GM suite has no use for")
                continue
            }
            let (plaintext, ciphertext) = (try block.bytes("Plaintext"), try block.bytes("Ciphertext"))
            let cipher = try CounterCipher(key: block.bytes("Key"))
            let start = try block.bytes("IV").reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
            let isRight = try cipher.apply(plaintext[...], from: start) == ciphertext && cipher.apply(ciphertext[...], from: start) == plaintext
            row.judge("\(index)", .accepted(isRight, orRefused: "another ciphertext"), demanding: .accept)
            // Any block can be had by itself, as chunks need it.
            row.demand(try cipher.apply(plaintext[32...], from: start &+ 2) == Array(ciphertext[32...]), "\(index): from its third block on")
        }
        return row
    }
}

/// One test of an `evp_test` file.
private struct Block {
    let operation: String
    private let values: [String: String]

    static func all(in text: String, of operations: Set<String>) -> [Block] {
        text.components(separatedBy: "\n\n").compactMap { Block($0, of: operations) }
    }

    private init?(_ text: String, of operations: Set<String>) {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let pairs = lines.compactMap { line -> (String, String)? in
            guard let sign = line.firstIndex(of: "=") else { return nil }
            return (line[..<sign].trimmingCharacters(in: .whitespaces), line[line.index(after: sign)...].trimmingCharacters(in: .whitespaces))
        }
        guard let operation = pairs.first(where: { operations.contains($0.0) })?.0 else { return nil }
        self.operation = operation
        values = Dictionary(pairs) { first, _ in first }
    }

    subscript(_ name: String) -> String? { values[name] }

    /// Hexadecimal, or text in quotes.
    func bytes(_ name: String) throws -> [UInt8] {
        guard let value = values[name] else { throw SuiteFolder.Malformed("\(operation) without \(name)") }
        return value.hasPrefix("\"") ? Array(value.dropFirst().dropLast().utf8) : try hex(value)
    }
}
