import Testing
import TiaokuaiHash
import TiaokuaiModel

@testable import TiaokuaiMerge

/// Who had seen whom, kept in two ways: what they answer is the same, and is what walking the graph says.
@Suite struct AncestryTests {
    /// xorshift, so that a seed is a graph.
    private struct Numbers {
        var state: UInt64
        mutating func below(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
    }

    private func id(_ number: Int) -> OperationID { OperationID(sha256(Array("\(number)".utf8))) }

    /// `width` branches that join now and then.
    private func history(_ seed: UInt64, count: Int, width: Int) -> [JudgedOperation] {
        var numbers = Numbers(state: seed &* 0x9e37_79b9_7f4a_7c15 | 1)
        var heads: [Int] = []
        return (0..<count).map { number in
            var seen: Set<Int> = []
            for _ in 0..<numbers.below(3) where !heads.isEmpty { seen.insert(heads[numbers.below(heads.count)]) }
            if numbers.below(4) == 0, number > 0 { seen.insert(numbers.below(number)) }
            if heads.count >= width { for head in heads.prefix(1 + numbers.below(width)) { seen.insert(head) } }
            heads.removeAll { seen.contains($0) }
            heads.append(number)
            let operation = Operation(
                record: RecordID(sha256([])), unit: U.countyLine, person: "clerk", written: Written(milliseconds: 0),
                origin: Origin(epoch: Epoch(high: 0, low: 1), number: UInt64(number)), seen: seen.map(id).sorted(), fields: [.init(F.value, 1)])
            return JudgedOperation(id(number), operation)
        }
    }

    @Test func strandsAndBitsAnswerAlike() {
        for seed in 1...40 as ClosedRange<UInt64> {
            let given = history(seed, count: 70, width: 2 + Int(seed % 9))
            let (bits, strands) = (RecordGraph(given), RecordGraph(given, rowLimit: 0))
            #expect(strands.strand(of: 0) != nil && bits.strand(of: 0) == nil)
            var past: [Set<Int>] = []
            for (position, parents) in bits.parents.enumerated() {
                past.append(parents.reduce(into: Set(parents)) { $0.formUnion(past[$1]) })
                let seen = Set((0..<bits.count).filter { bits.isSeen($0, by: position) })
                let same = Set((0..<bits.count).filter { strands.isSeen($0, by: position) })
                #expect(seen == past[position], "seed \(seed), bits at \(position)")
                #expect(same == past[position], "seed \(seed), strands at \(position)")
            }
            var (own, other) = (CausalList(), CausalList())
            for position in stride(from: 0, to: bits.count, by: 1 + Int(seed % 3)) {
                own.append(position, in: bits)
                other.append(position, in: strands)
            }
            #expect(own.latest == other.latest)
            #expect(own.lastParallelToNone == other.lastParallelToNone)
            let members = own.positions
            let comparable = members.last { one in members.allSatisfy { $0 == one || past[one].contains($0) || past[$0].contains(one) } }
            #expect(own.lastParallelToNone == comparable)
            for member in members { #expect(own.successor(of: member) == members.first { past[$0].contains(member) }) }
            for bound in 0..<bits.count {
                let held = members.filter { $0 == bound || past[bound].contains($0) }
                let latest = held.filter { one in !held.contains { past[$0].contains(one) } }
                #expect(own.latest(upTo: bound, in: bits) == latest, "seed \(seed), bits up to \(bound)")
                #expect(other.latest(upTo: bound, in: strands) == latest, "seed \(seed), strands up to \(bound)")
            }
        }
    }

    @Test func aWalkMarksThePastOfEachAndNothingElse() {
        for seed in 1...20 as ClosedRange<UInt64> {
            let graph = RecordGraph(history(seed, count: 50, width: 4))
            var marked: [Int] = []
            var starts: [Int] = []
            var visited: Set<Int> = []
            PastWalk(graph: graph).go { at, added in
                starts.append(marked.count)
                marked += added
                visited.insert(at)
                let past = Set((0..<graph.count).filter { $0 == at || graph.isSeen($0, by: at) })
                #expect(Set(marked) == past && marked.count == past.count, "seed \(seed) at \(at)")
                #expect(Array(added) == added.sorted())
            } leave: { _ in
                marked.removeSubrange((starts.popLast() ?? 0)...)
            }
            #expect(marked.isEmpty && visited.count == graph.count)
        }
    }

    @Test func bitsMadeWhenAskedForAnswerAlikeHoweverFewAreKept() {
        for seed in 1...30 as ClosedRange<UInt64> {
            let graph = RecordGraph(history(seed, count: 200, width: 2 + Int(seed % 9)))
            let all = AncestorRows(graph.parents)
            var numbers = Numbers(state: seed)
            for limit in [1, 7, 60, 10_000] {
                let search = AncestorSearch(graph.parents, wordLimit: limit)
                for _ in 0..<300 {
                    let later = 1 + numbers.below(graph.count - 1)
                    let earlier = numbers.below(later)
                    #expect(search.isSeen(earlier, by: later) == all.isSeen(earlier, by: later), "seed \(seed), \(earlier) by \(later), \(limit) kept")
                    // One row may be more than the limit.
                    #expect(search.words <= max(limit, 4))
                }
                let members = (0..<graph.count).filter { _ in numbers.below(3) == 0 }
                let set = members.reduce(into: PositionSet()) { $0.insert($1) }
                for bound in stride(from: 0, to: graph.count, by: 11) {
                    #expect(search.latest(of: members, before: bound) == all.latest(of: set, before: bound), "seed \(seed), up to \(bound), \(limit) kept")
                }
            }
        }
    }

    /// Sixty branches that all learn of each other in every round.
    private func braid(rounds: Int) -> [JudgedOperation] {
        var given: [JudgedOperation] = []
        var heads: [OperationID] = []
        for round in 0..<rounds {
            var next: [OperationID] = []
            for branch in 0..<60 {
                let number = round * 60 + branch
                let operation = Operation(
                    record: RecordID(sha256([])), unit: U.countyLine, person: "clerk", written: Written(milliseconds: 0),
                    origin: Origin(epoch: Epoch(high: 0, low: 1), number: UInt64(number)), seen: heads.sorted(), fields: [.init(F.value, 1)])
                given.append(JudgedOperation(id(number), operation))
                next.append(id(number))
            }
            heads = next
        }
        return given
    }

    @Test func aHistoryThatStrandsWouldBlowUpIsKeptAsBitsThatAreMadeWhenAskedFor() {
        let given = braid(rounds: 12)
        let graph = RecordGraph(given, rowLimit: 0, strandLimit: 100)
        #expect(AncestorStrands(graph.parents, budget: 100) == nil)
        #expect(graph.strand(of: 0) == nil && !graph.isKeptAsRows)
        let bits = RecordGraph(given)
        for later in stride(from: 1, to: graph.count, by: 7) {
            for earlier in 0..<later { #expect(graph.isSeen(earlier, by: later) == bits.isSeen(earlier, by: later)) }
        }
        var (own, other) = (CausalList(), CausalList())
        for position in stride(from: 0, to: graph.count, by: 3) {
            own.append(position, in: graph)
            other.append(position, in: bits)
        }
        #expect(own.latest == other.latest)
        for bound in stride(from: 0, to: graph.count, by: 13) { #expect(own.latest(upTo: bound, in: graph) == other.latest(upTo: bound, in: bits)) }
    }
}
