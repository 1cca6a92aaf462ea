import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

@testable import TiaokuaiTrust

/// The order of credentials, beside what says of it in one sentence: the first listed before which none of those that wait must come.
@Suite struct GrantOrderTests {
    private static let names = ["a", "b", "c"]

    /// Credentials over few nodes, units and regions, so that many touch; three issuers, each of whom knows what it issued before.
    private static func grants(_ random: inout SplitMix64, _ count: Int) -> [GrantOperation] {
        (0..<count).map { number in
            let region = ["620700", "620724", "620721"].randomElement(using: &random) ?? "620700"
            let units = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                CredentialContent.WrittenUnit(
                    UnitID(unchecked: "620700.u\(Int.random(in: 0..<6, using: &random))"), RegionID(unchecked: region), isGovernment: random.chance(oneIn: 3))
            }
            let content = ChainScene.content("n\(Int.random(in: 0..<count, using: &random))", RegionID(unchecked: region), units: units)
            let issuer = names.randomElement(using: &random) ?? "a"
            let issue = TiaokuaiTrust.Issue(node: ChainScene.node(issuer), partition: .policy("620700"), changeset: nil, position: Int64.random(in: 0..<8, using: &random))
            // One operation may be carried twice.
            let id = OperationID(sha256(Array("\(random.chance(oneIn: 6) ? max(0, number - 1) : number)".utf8)))
            return GrantOperation(id: id, content: content, issuerUnit: "620000.gov", issue: issue)
        }
    }

    private static func isBefore(_ one: TiaokuaiTrust.Issue, _ other: TiaokuaiTrust.Issue) -> Bool { one.node == other.node && one.position < other.position }

    private static func touches(_ left: GrantOperation, _ right: GrantOperation) -> Bool {
        left.content.subject == right.content.subject
            || left.content.writes.contains { one in
                right.content.writes.contains { $0.unit == one.unit || $0.isGovernment && one.isGovernment && $0.region == one.region }
            }
    }

    /// The next of those that wait, as the sentence has it.
    private static func next(_ grants: [GrantOperation], _ waiting: Set<Int>) -> Int? {
        waiting.sorted().first { one in
            !waiting.contains { grants[$0].id != grants[one].id && touches(grants[$0], grants[one]) && isBefore(grants[$0].issue, grants[one].issue) }
        }
    }

    @Test func eachComesWhereTheSentencePutsItThoughSomeWaitAgain() {
        var (random, blocked) = (SplitMix64(seed: 1), 0)
        for _ in 0..<300 {
            let grants = GrantOrderTests.grants(&random, Int.random(in: 0...14, using: &random))
            var order = GrantOrder(grants, isBefore: GrantOrderTests.isBefore)
            var (waiting, refused) = (Set(grants.indices), [Int]())
            while let wanted = GrantOrderTests.next(grants, waiting) {
                if wanted != waiting.min() { blocked += 1 }
                #expect(order.next() == wanted)
                waiting.remove(wanted)
                if random.chance(oneIn: 3) {
                    refused.append(wanted)
                } else {
                    for index in refused { order.putBack(index) }
                    waiting.formUnion(refused)
                    refused = []
                }
            }
            #expect(order.next() == nil)
        }
        #expect(blocked > 100)
    }
}
