import TestKit
import Testing

@Suite struct TestKitTests {
    @Test func splitMixGivesThePublishedSequence() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect((0..<3).map { _ in generator.next() } == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func everyOrderComesOnce() {
        let orders = permutations(of: [1, 2, 3, 4])
        #expect(orders.count == 24)
        #expect(Set(orders).count == 24)
        #expect(orders.first == [1, 2, 3, 4])
        #expect(permutations(of: [Int]()) == [[]])
    }

    @Test func everyDamageChangesTheBytes() {
        var generator = SplitMix64(seed: 7)
        let bytes = Array("three tiers".utf8)
        let damaged = mutations(of: bytes, random: 500, donor: bytes, using: &generator)
        #expect(damaged.count > bytes.count * 9 + 400)
        #expect(damaged.allSatisfy { $0 != bytes })
        #expect(ByteMutation.flip(bit: 0).applied(to: [1]) == [0x81])
        #expect(ByteMutation.splice([9, 9, 9], over: 1..<2).applied(to: [1, 2, 3]) == [1, 9, 9, 9, 3])
        #expect(ByteMutation.truncate(1).applied(to: [1, 2]) == [1])
        #expect(ByteMutation.insert([7], at: 99).applied(to: [1]) == [1, 7])
    }

    @Test func aTemporaryFolderIsGoneAfterwards() async throws {
        let folder = try withTemporaryFolder { $0 }
        #expect((try? folder.checkResourceIsReachable()) != true)
        let other = try await withTemporaryFolder { folder in
            await Task.yield(); return folder
        }
        #expect(other != folder && (try? other.checkResourceIsReachable()) != true)
    }
}
