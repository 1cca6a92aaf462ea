import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// COSE_Sign1 envelopes that others signed: the working group's examples and those of gluecose.
@Suite struct COSEVectorTests {
    struct Key: Decodable {
        let kty: String
        let crv: String?
        let x, y, d: String?
        let xHex, yHex, dHex: String?

        enum CodingKeys: String, CodingKey {
            case kty, crv, x, y, d
            case xHex = "x_hex"
            case yHex = "y_hex"
            case dHex = "d_hex"
        }

        /// Nil for curves that no suite of ours has.
        var suite: Suite? {
            switch crv {
            case "P-256": .p256
            case "Ed25519": .ed25519
            default: nil
            }
        }

        func verifyingKey() throws -> VerifyingKey? {
            guard let suite, let x = bytes(x, xHex) else { return nil }
            return try VerifyingKey(suite, rawBytes: suite == .ed25519 ? x : [4] + x + (bytes(y, yHex) ?? []))
        }

        func signingKey() throws -> SigningKey? {
            guard let suite, let secret = bytes(d, dHex) else { return nil }
            return try SigningKey(suite, secret: secret)
        }

        private func bytes(_ base64url: String?, _ hex: String?) -> [UInt8]? {
            base64url.flatMap { [UInt8](base64url: $0) } ?? hex.flatMap { [UInt8](hex: $0) }
        }
    }

    struct Example: Decodable {
        struct Input: Decodable {
            struct Sign0: Decodable {
                let key: Key
                let alg: String?
                let external: String?
                let protected: Header?
            }
            struct Header: Decodable { let alg: String? }
            let sign0: Sign0?
        }
        struct Intermediates: Decodable {
            let signed: String?
            enum CodingKeys: String, CodingKey { case signed = "ToBeSign_hex" }
        }
        struct Output: Decodable { let cbor: String }
        let title: String
        let fail: Bool?
        let input: Input
        let intermediates: Intermediates?
        let output: Output
    }

    @Test(arguments: [
        ("sign1-tests", 9, 9), ("eddsa-examples", 4, 1), ("ecdsa-examples", 8, 1), ("countersign", 14, 2), ("countersign1", 8, 1), ("RFC8152", 17, 1),
        ("CWT", 5, 1),
    ]) func theWorkingGroupsExamplesGiveTheirVerdicts(_ name: String, _ found: Int, _ run: Int) throws {
        guard let folder = sharedVectors("cose-wg-examples")?.appendingPathComponent(name) else { return }
        let paths = files(below: folder, withExtension: "json")
        #expect(paths.count == found)
        var table = VectorTable("cose-wg-examples/\(name)")
        for path in paths {
            let example = try JSONDecoder().decode(Example.self, from: Data(contentsOf: path))
            guard let sign = example.input.sign0 else {
                table.leaveOut("not a COSE_Sign1")
                continue
            }
            let bytes = try #require([UInt8](hex: example.output.cbor))
            guard let key = try sign.key.verifyingKey(), sign.alg == "ES256" || sign.alg == "EdDSA" else {
                table.leaveOut("\(sign.alg ?? "?") on \(sign.key.crv ?? "?") is unsupported")
                #expect(throws: (any Error).self) { try strictlyVerified(bytes, anyKey()) }
                continue
            }
            table.ran()
            try check(example, sign, bytes, key)
        }
        table.show()
        #expect(table.run == run)
    }

    private func check(_ example: Example, _ sign: Example.Input.Sign0, _ bytes: [UInt8], _ key: VerifyingKey) throws {
        let external = [UInt8](hex: sign.external ?? "") ?? []
        let holds = (try? strictlyVerified(bytes, key, external)) != nil
        if example.fail == true {
            #expect(!holds, "\(example.title)")
            let tolerant = try? COSESign1(decoding: bytes, profile: .tolerant)
            if let tolerant { #expect(throws: TrustError.self) { try COSESigner.verify(tolerant, key: key, externalAAD: external) } }
            return
        }
        let read = try COSESign1(decoding: bytes, profile: .tolerant)
        let input = try read.signatureInput(externalAAD: external)
        #expect(key.isValid(signature: read.signature, for: input), "\(example.title)")
        // A newer example that signs other bytes than it lists would show here.
        if let expected = example.intermediates?.signed { #expect(input.hex == expected.lowercased(), "\(example.title)") }
        #expect(holds == profileAdmits(read, bytes), "\(example.title)")
        if sign.key.suite == .ed25519, let signer = try sign.key.signingKey() {
            let again = try COSESigner.signEnvelope(
                protected: read.protected, unprotected: read.unprotected, payload: read.payload ?? [], externalAAD: external, key: signer)
            #expect(again == read, "\(example.title)")
        }
    }

    /// Envelopes without a tag, with unsorted headers, or with alg outside the protected header are good signatures that
    /// the profile refuses.
    private func profileAdmits(_ read: COSESign1, _ bytes: [UInt8]) -> Bool {
        read.encode() == bytes && read.protected.algorithm != nil
    }

    private func strictlyVerified(_ bytes: [UInt8], _ key: VerifyingKey, _ external: [UInt8] = []) throws {
        try COSESigner.verify(COSESign1(decoding: bytes), key: key, externalAAD: external)
    }

    private func anyKey() throws -> VerifyingKey {
        try SigningKey(.ed25519, secret: [UInt8](repeating: 4, count: 32)).verifyingKey
    }

    struct Gluecose: Decodable {
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
            case title, alg, key
            case sign = "sign1::sign"
            case verify = "sign1::verify"
        }
        let title, alg: String
        let key: Key
        let sign: Sign?
        let verify: Verify?
    }

    @Test func gluecoseGivesItsVerdicts() throws {
        guard let folder = sharedVectors("gluecose-sign1") else { return }
        let paths = files(below: folder, withExtension: "json")
        #expect(paths.count == 14)
        var table = VectorTable("gluecose-sign1")
        for path in paths {
            let test = try JSONDecoder().decode(Gluecose.self, from: Data(contentsOf: path))
            let external = try #require([UInt8](hex: test.sign?.external ?? test.verify?.external ?? ""))
            let bytes = try #require([UInt8](hex: test.sign?.expectedOutput.cborHex ?? test.verify?.taggedCOSESign1.cborHex ?? ""))
            guard test.alg == "ES256", let key = try test.key.verifyingKey() else {
                table.leaveOut("\(test.alg) is unsupported")
                #expect(throws: TrustError.self) { try strictlyVerified(bytes, anyKey(), external) }
                continue
            }
            table.ran()
            #expect(((try? strictlyVerified(bytes, key, external)) != nil) == (test.verify?.shouldVerify ?? true), "\(test.title)")
            guard let sign = test.sign, let signer = try test.key.signingKey() else { continue }
            // ECDSA is randomised: what is signed must be equal, and our own signature must hold.
            let read = try COSESign1(decoding: bytes)
            #expect(try read.signatureInput(externalAAD: external).hex == sign.tbsHex.cborHex)
            #expect(read.protectedBytes.hex == sign.protectedHeaders.cborHex && read.unprotected.encode().hex == sign.unprotectedHeaders.cborHex)
            let ours = try COSESigner.signEnvelope(
                protected: read.protected, unprotected: read.unprotected, payload: [UInt8](hex: sign.payload) ?? [], externalAAD: external, key: signer)
            #expect(ours.encode().prefix(bytes.count - 64) == bytes.prefix(bytes.count - 64))
            try strictlyVerified(ours.encode(), key, external)
        }
        table.show()
        #expect(table.run == 4 && table.leftOut == 10)
    }
}
