import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// What a node knew when its log had P entries is what a fresh node knows that received exactly those.
@Suite struct PastTests {
    /// Reports, determinations and plans of three tiers with a matrix that is turned, a machine put back from a backup and a
    /// stolen key that is cut. Every item that the province holds in the end.
    private func history(_ seed: UInt64, _ body: (TestNetwork, [ChangesetItem]) throws -> Void) throws {
        try withTemporaryFolder { folder in
            var random = SplitMix64(seed: seed)
            var network = try TestNetwork(in: folder, seed: seed)
            try network.enrolCityAndCounty()
            try network.publishGrain(mode: .lineFirst)
            func speak() throws {
                for _ in 0..<2 {
                    let key = [TestNetwork.grainKey, TestNetwork.september].randomElement(using: &random)!
                    let (name, unit) = [("gt", TestNetwork.countyFood), ("gt", TestNetwork.county), ("zy", TestNetwork.cityFood)].randomElement(using: &random)!
                    try network.report(name, unit, "\(Int.random(in: 10...20, using: &random)).\(Int.random(in: 0...9, using: &random))", key: key)
                }
                try network.carry("gt", to: "zy")
                if Bool.random(using: &random) { try network.carry("zy", to: "gt") }
            }
            for _ in 0..<2 { try speak() }
            try network.publishGrain(mode: .blockFirst)
            try network["gt"].backUp(to: network.path("backup"))
            for _ in 0..<2 { try speak() }
            network.add("gt", try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings))
            try network.carry("zy", to: "gt")
            for _ in 0..<2 { try speak() }
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network.report("gt", TestNetwork.countyFood, "99", key: TestNetwork.october)
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            try body(network, try network.items(network["gs"]))
        }
    }

    private func verifying<Result>(_ network: TestNetwork, _ body: (Node) throws -> Result) throws -> Result {
        let (envelopes, id) = try network["gs"].ask { view in (try view.reader.statements(.rootStatement).map(\.envelope), try #require(view.settings.network)) }
        return try Node.verifying(rootEnvelopes: envelopes, root: id.hash, surroundings: network.surroundings, body)
    }

    private struct Sight: Equatable {
        let digest: StateDigest
        let disputed: [RecordID]
        let waiting: [ChangesetID]
        let records: Int
        let values: [FieldNumber: Value]?
    }

    private func sight(_ node: Node, _ partitions: [Partition]) throws -> Sight {
        try node.ask { view in
            Sight(
                digest: try view.digest(of: partitions), disputed: try view.reader.disputedRecords().map { try view.reader.record($0).id }.sorted(),
                waiting: try view.reader.waiting().map(\.id).sorted(), records: try view.reader.recordCount(),
                values: try view.recordRef(TestNetwork.grainKey).map { try view.effective($0).values })
        }
    }

    /// At every position of the node's log.
    private func expectTheSame(_ node: Node, _ network: TestNetwork, sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
        let leaves = try node.store.read { reader in try (1..<reader.leafCount()).compactMap { try reader.leaf($0) } }
        let partitions = try node.ask { try $0.reader.partitions().map(\.partition).filter { $0 != .local } }
        var waited = 0
        try verifying(network) { fresh in
            for position in 1...UInt64(leaves.count + 1) {
                if position > 1 {
                    let item = try #require(try node.store.read { try $0.changeset(ChangesetID(leaves[Int(position) - 2]))?.item })
                    _ = try fresh.receive(item)
                }
                let past = try node.past(try node.ask { try $0.horizon(position: position) })
                let (then, expected) = (try sight(past, partitions), try sight(fresh, partitions))
                #expect(then == expected, "position \(position)", sourceLocation: sourceLocation)
                waited += expected.waiting.count
            }
        }
        return waited
    }

    @Test(arguments: [1, 2] as [UInt64]) func atEveryPositionThePastIsWhatAFreshNodeKnowsThatReceivedSoMuch(_ seed: UInt64) throws {
        try history(seed) { network, items in
            #expect(try expectTheSame(network["gs"], network) == 0)
            // Another auditor gets them in any order, so that some wait for what lies before them.
            var random = SplitMix64(seed: seed)
            let waited = try verifying(network) { auditor in
                for item in items.shuffled(using: &random) { _ = try auditor.receive(item) }
                return try expectTheSame(auditor, network)
            }
            #expect(waited > 0)
        }
    }

    @Test func aPastIsOnlyReadAndHasNothingThatWasNotSealed() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            try network.report("gt", TestNetwork.countyFood, "15.1")
            let size = try network["gt"].store.read { try $0.leafCount() }
            let past = try network["gt"].past(try network["gt"].ask { try $0.horizon(position: size) })
            #expect(try network.value(past) == TestNetwork.days("14.2"))
            #expect(try past.store.read { try $0.pendingCount() } == 0)
            #expect { try past.write([TestNetwork.draft("16")]) } throws: { ($0 as? StoreError)?.code == .readOnly }
            #expect(try network.value(network["gt"]) == TestNetwork.days("15.1"))
            for position in [0, size + 1] {
                #expect { try network["gt"].ask { try $0.horizon(position: position) } } throws: { ($0 as? NodeError)?.code == .beyondLog }
            }
        }
    }

    @Test func changesetsOfThePastAreThoseOfThePresentToTheByte() throws {
        try withTemporaryFolder { folder in
            let node = try TestNetwork.reported(in: folder)["gs"]
            let rows = try node.store.read { reader in try reader.changesets().map { try reader.changeset($0) } }
            let past = try node.past(try node.ask { try $0.horizon(position: UInt64(rows.count)) })
            let then = try past.store.read { reader in try reader.changesets().map { try reader.changeset($0) } }
            // The genesis entry counts, so the last of them is beyond.
            #expect(then == Array(rows.dropLast()))
            #expect(!then.isEmpty)
        }
    }

    @Test func aDayMeansEverythingThatHadComeByItsEnd() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let node = network["zy"]
            let all = try node.store.read { try $0.leafCount() }
            let day = try #require(
                try node.ask { view in
                    var last: Written?
                    try view.forEachLogEntry { entry in
                        last = entry.known
                        return true
                    }
                    return last?.day
                })
            #expect(try node.ask { try $0.horizon(day: day).position } == all)
            #expect(try node.ask { try $0.horizon(day: Day(number: day.number - 1)).position } <= 1)
        }
    }

    @Test func whatAnotherNodeKnewIsTakenFromItsOwnReceipts() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let gs = try network.node("gs")
            let size = { try network["zy"].store.read { try $0.leafCount() } }
            let before = try size()
            // The province has never met the county.
            let gt = try network.node("gt")
            #expect { try network["gs"].ask { try $0.horizon(position: try $0.reader.leafCount(), knownBy: gt) } } throws: {
                ($0 as? NodeError)?.code == .noReceipt
            }
            try network.carry("gs", to: "zy")
            try network.report("gt", TestNetwork.countyFood, "15.1")
            try network.carry("gt", to: "zy")
            #expect(try size() > before)
            let past = try network["zy"].past(try network["zy"].ask { try $0.horizon(position: try $0.reader.leafCount(), knownBy: gs) })
            #expect(try network.value(past) == TestNetwork.days("14.2"))
            #expect(try network.value(network["zy"]) == TestNetwork.days("15.1"))
        }
    }

    @Test func noEntryCameBeforeTheOneBeforeItWhateverTheClockSays() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let (envelopes, id) = try network["gs"].ask { view in (try view.reader.statements(.rootStatement).map(\.envelope), try #require(view.settings.network)) }
            let clock = Locked(Int64(1_600_000_000_000))
            var backwards = network.surroundings
            backwards.now = {
                clock.with {
                    $0 -= 86_400_000; return Written(milliseconds: $0)
                }
            }
            try Node.verifying(rootEnvelopes: envelopes, root: id.hash, surroundings: backwards) { auditor in
                for item in try network.items(network["gs"]) { _ = try auditor.receive(item) }
                var times: [Written] = []
                var stated: [Written] = []
                try auditor.ask { view in
                    try view.forEachLogEntry { entry in
                        times.append(entry.known)
                        stated.append(entry.entry.received)
                        return true
                    }
                }
                #expect(times.count > 2 && times == times.sorted() && stated == stated.sorted().reversed())
            }
        }
    }

    /// An entry's time costs no walk from the checkpoint before it, and is what the walk over all of them gives, whatever the rows say.
    @Test(arguments: 1...6)
    func fromAnyPositionTimesAreThoseOfTheWholeWalk(_ seed: UInt64) throws {
        try history(seed) { network, _ in
            var random = SplitMix64(seed: seed)
            let node = network["zy"]
            let size = try node.store.read { try $0.leafCount() }
            try DatabaseQueue(path: node.folder.storePath).write { db in
                for leaf in 1..<Int64(size) where Bool.random(using: &random) {
                    let moved = [Int64.random(in: -400_000_000...400_000_000, using: &random), .random(in: -5...5, using: &random)].randomElement(using: &random)!
                    try db.execute(sql: "UPDATE changeset SET received = received + ? WHERE leaf = ?", arguments: [moved, leaf])
                }
            }
            try node.ask { view in
                var whole: [LogEntry] = []
                try view.forEachLogEntry { entry in
                    whole.append(entry)
                    return true
                }
                #expect(whole.count == Int(size) - 1 && whole.contains { $0.outside != 0 } && whole.contains { $0.isSealed })
                for position in 0...size {
                    var rest: [LogEntry] = []
                    try view.forEachLogEntry(from: position) { entry in
                        rest.append(entry)
                        return true
                    }
                    #expect(rest == whole.filter { $0.position >= position })
                }
            }
        }
    }
}
