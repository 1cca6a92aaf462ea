import Testing
import TiaokuaiHash
import TiaokuaiModel

@Suite struct HashTests {
    @Test func sha256GivesThePublishedDigests() {
        #expect(sha256([UInt8]()).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(sha256(Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(sha256(million).hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func sm3GivesTheDigestsOfTheStandard() {
        #expect(sm3([]).hex == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b")
        #expect(sm3(Array("abc".utf8)).hex == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        let repeated = Array(String(repeating: "abcd", count: 16).utf8)
        #expect(sm3(repeated).hex == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
    }

    @Test(arguments: HashAlgorithm.allCases) func oneHasherGivesManyDigests(_ algorithm: HashAlgorithm) {
        let hasher = Hasher256(algorithm)
        for length in 0..<300 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let expected = digest(bytes, by: algorithm)
            hasher.update(Array(bytes.prefix(length / 3)))
            hasher.update(bytes[(length / 3)...])
            #expect(hasher.finish() == expected)
            #expect(hasher.hash(bytes) == expected)
        }
    }

    @Test func hashForgetsWhatWasNotFinished() {
        let hasher = Hasher256()
        hasher.update([1, 2, 3])
        #expect(hasher.hash([4]) == sha256([4]))
        #expect(hasher.finish() == sha256([UInt8]()))
    }

    @Test func aHashUpdatesAsItsBytes() {
        let hasher = Hasher256()
        let hash = sha256([7])
        hasher.update(hash)
        #expect(hasher.finish() == sha256(hash.bytes))
    }

    @Test func aSliceHashesAsItsBytes() {
        let bytes: [UInt8] = Array(0..<200)
        #expect(sha256(bytes[50..<120]) == sha256(Array(bytes[50..<120])))
    }

    @Test func manyTasksHashAtOnce() async {
        let expected = (0..<64).map { sha256([UInt8](repeating: UInt8($0), count: 120)) }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<2_000).allSatisfy { round in
                        let index = round % 64
                        return sha256([UInt8](repeating: UInt8(index), count: 120)) == expected[index]
                    }
                }
            }
            for await allRight in group { #expect(allRight) }
        }
    }
}
