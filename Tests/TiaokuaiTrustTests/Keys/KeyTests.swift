import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

@Suite struct KeyTests {
    private func key(_ suite: Suite, seed: UInt64 = 1) throws -> SigningKey {
        var generator = SplitMix64(seed: seed)
        return try SigningKey(suite, secret: generator.bytes(32))
    }

    private func code(_ body: () throws -> Void) -> TrustError.Code? {
        do { try body() } catch { return (error as? TrustError)?.code }
        return nil
    }

    @Test(arguments: Suite.allCases) func aSignatureHoldsForItsBytesAndKeyOnly(_ suite: Suite) throws {
        let signer = try key(suite)
        let message = Array("高台县发改局: 14.2".utf8)
        let signature = try signer.sign(message)
        #expect(signature.count == 64)
        #expect(signer.verifyingKey.isValid(signature: signature, for: message))
        #expect(!signer.verifyingKey.isValid(signature: signature, for: message + [0]))
        #expect(try !key(suite, seed: 2).verifyingKey.isValid(signature: signature, for: message))
        for damaged in [ByteMutation.flip(bit: 3), .flip(bit: 300), .truncate(63), .truncate(0), .insert([0], at: 64)] {
            #expect(!signer.verifyingKey.isValid(signature: damaged.applied(to: signature), for: message))
        }
        #expect(!signer.verifyingKey.isValid(signature: [UInt8](repeating: 0, count: 64), for: message))
        #expect(try signer.verifyingKey.isValid(signature: signer.sign([]), for: []))
    }

    @Test func ed25519SignsTheSameTwice() throws {
        // RFC 8032 §7.1, test 1.
        let secret = try #require([UInt8](hex: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        let signer = try SigningKey(.ed25519, secret: secret)
        #expect(signer.verifyingKey.rawBytes.hex == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let expected =
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        #expect(try signer.sign([]).hex == expected)
        #expect(try signer.sign([]).hex == expected)
    }

    @Test func thePublicPointOfAnSM2KeyIsThatOfTheStandard() throws {
        let secret = try #require([UInt8](hex: "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"))
        let key = try SigningKey(.sm2, secret: secret).verifyingKey
        #expect(
            key.rawBytes.hex == "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
    }

    /// GB/T 32918.5 annex A.2, the sample of the whole standard: its digest Z is over the identity `1234567812345678`, and its
    /// signature holds here. With another identity, or none, as libcrypto has it unless told, it would not.
    @Test func sm2SignsUnderTheIdentityOfTheStandard() throws {
        func hex(_ text: String) throws -> [UInt8] { try #require([UInt8](hex: text)) }
        let key = try SigningKey(.sm2, secret: try hex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"))
        let a = try hex("fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc")
        let b = try hex("28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93")
        let generator = try hex("32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7" + "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0")
        let identity = Array("1234567812345678".utf8)
        let z = sm3([0, UInt8(identity.count * 8)] + identity + a + b + generator + key.verifyingKey.rawBytes[1...])
        #expect(z.hex == "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3")
        let r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        let s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        let message = Array("message digest".utf8)
        #expect(key.verifyingKey.isValid(signature: try hex(r + s), for: message))
        #expect(key.verifyingKey.isValid(signature: try key.sign(message), for: message))
    }

    @Test(arguments: Suite.allCases) func aKeySurvivesItsEncodings(_ suite: Suite) throws {
        let signer = try key(suite)
        let encoded = signer.verifyingKey.coseKey
        #expect(try CBORItem.decode(encoded).encode() == encoded)
        let read = try VerifyingKey(coseKey: encoded)
        #expect(read == signer.verifyingKey && read.hashValue == signer.verifyingKey.hashValue)
        #expect(read.nodeID == NodeID(sha256(encoded)))
        let file = try signer.fileBytes
        let again = try SigningKey(fileBytes: file)
        #expect(again.verifyingKey == signer.verifyingKey)
        #expect(try again.fileBytes == file)
        #expect(try read.isValid(signature: again.sign([1]), for: [1]))
    }

    @Test func theThumbprintIsThatOfRFC9679() throws {
        // RFC 9679 §6, whose key is a P-256 one.
        let x = "65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d"
        let y = "1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c"
        let key = try VerifyingKey(.p256, rawBytes: try #require([UInt8](hex: "04" + x + y)))
        #expect(key.thumbprint.hex == "496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec")
    }

    @Test func generatedKeysDiffer() throws {
        for suite in Suite.allCases {
            let keys = try (0..<4).map { _ in try SigningKey.generate(suite) }
            #expect(Set(keys.map(\.verifyingKey)).count == 4)
            #expect(try keys[0].verifyingKey.isValid(signature: keys[0].sign([9]), for: [9]))
        }
    }

    @Test func badKeysAreRefused() throws {
        for count in [0, 31, 33, 64] {
            #expect(code { _ = try VerifyingKey(.ed25519, rawBytes: [UInt8](repeating: 5, count: count)) } == .malformedKey)
            #expect(code { _ = try SigningKey(.ed25519, secret: [UInt8](repeating: 5, count: count)) } == .malformedKey)
        }
        for suite in [Suite.p256, .sm2] {
            let zeros = [UInt8](repeating: 0, count: 32)
            #expect(code { _ = try SigningKey(suite, secret: zeros) } == .malformedKey, "scalar 0")
            #expect(code { _ = try SigningKey(suite, secret: [UInt8](repeating: 255, count: 32)) } == .malformedKey, "beyond the order")
            var point = try key(suite).verifyingKey.rawBytes
            point[64] ^= 1
            #expect(code { _ = try VerifyingKey(suite, rawBytes: point) } == .malformedKey, "off the curve")
            #expect(code { _ = try VerifyingKey(suite, rawBytes: [2] + Array(point[1..<33])) } == .malformedKey, "compressed")
            #expect(code { _ = try VerifyingKey(suite, rawBytes: [4] + zeros + zeros) } == .malformedKey)
        }
        let other = try key(.p256).verifyingKey.rawBytes
        #expect(code { _ = try VerifyingKey(.sm2, rawBytes: other) } == .malformedKey, "a point of another curve")
    }

    @Test func keysOfSmallOrderAreRefused() throws {
        let orders = [
            "0100000000000000000000000000000000000000000000000000000000000000", "0000000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ]
        for hex in orders {
            var bytes = try #require([UInt8](hex: hex))
            #expect(code { _ = try VerifyingKey(.ed25519, rawBytes: bytes) } == .smallOrderKey)
            bytes[31] |= 0x80
            #expect(code { _ = try VerifyingKey(.ed25519, rawBytes: bytes) } == .smallOrderKey)
        }
        // y = p + 3: not small, but a second spelling of y = 3.
        let second = [0xf0] + [UInt8](repeating: 255, count: 30) + [0x7f]
        #expect(code { _ = try VerifyingKey(.ed25519, rawBytes: second) } == .malformedKey)
    }

    @Test func aKeyHasOneSpelling() throws {
        var generator = SplitMix64(seed: 9_053)
        for suite in Suite.allCases {
            let bytes = try key(suite).verifyingKey.coseKey
            for damaged in mutations(of: bytes, random: 500, donor: bytes, using: &generator) {
                if let read = try? VerifyingKey(coseKey: damaged) { #expect(read.coseKey == damaged) }
            }
        }
        #expect(code { _ = try VerifyingKey(coseKey: CBORItem.map([.init(1, 1), .init(-1, 7), .init(-2, .bytes([1]))]).encode()) } == .unsupportedSuite)
    }

    @Test func everyFaultOfAKeyFileHasItsCode() throws {
        let good = try key(.ed25519).fileBytes
        func edited(_ index: Int, _ item: CBORItem) throws -> [UInt8] {
            var parts = try #require(try CBORItem.decode(good).array)
            parts[index] = item
            return CBORItem.array(parts).encode()
        }
        func fault(_ bytes: [UInt8]) -> TrustError.Code? { code { _ = try SigningKey(fileBytes: bytes) } }
        #expect(fault(good) == nil)
        #expect(fault(try edited(0, "tk-other")) == .malformedKeyFile)
        #expect(fault(try edited(1, 2)) == .keyFileVersion)
        #expect(fault(try edited(2, 1)) == .unsupportedSuite)
        #expect(fault(try edited(2, 7)) == .malformedKeyFile)
        #expect(fault(try edited(3, -36)) == .unsupportedSuite)
        #expect(fault(try edited(5, ["scrypt", 17, 8, 1, .bytes([UInt8](repeating: 0, count: 16))])) == .keyFileSealed)
        #expect(fault(try edited(6, .bytes([1, 2]))) == .malformedKey)
        #expect(fault(good + [0]) == .malformedKeyFile)
        #expect(fault([]) == .malformedKeyFile)
        #expect(fault([UInt8](repeating: 0x80, count: 5_000)) == .malformedKeyFile)
        #expect(code { _ = try SealingKey(fileBytes: good) } == .otherPurpose)
    }

    @Test func manyTasksUseOneKeyAtOnce() async throws {
        for suite in Suite.allCases {
            let signer = try key(suite)
            await withTaskGroup(of: Bool.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        (0..<20).allSatisfy { round in
                            let message = [UInt8(task), UInt8(round)]
                            guard let signature = try? signer.sign(message) else { return false }
                            return signer.verifyingKey.isValid(signature: signature, for: message)
                                && !signer.verifyingKey.isValid(signature: signature, for: [UInt8(task)])
                        }
                    }
                }
                for await allRight in group { #expect(allRight) }
            }
        }
    }
}
