import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// Snapshot + tail = full replay.
@Suite struct SnapshotTests {
    /// Cut anywhere, and whatever order the tail comes in: the state is that of a node that took everything, signatures and all.
    @Test(arguments: [1, 2, 3] as [UInt64]) func snapshotAndTailAreTheFullReplay(seed: UInt64) throws {
        try withTemporaryFolder(inMemory: true) { folder in
            var scene = try SnapshotScene(in: folder, seed: seed)
            var cuts: [(name: String, made: SnapshotFile.Made)] = []
            for cut in 0..<3 {
                try scene.play(14)
                cuts.append(("cut\(cut)", try scene.make("cut\(cut)")))
            }
            try scene.play(10)
            try scene.meet()
            let full = try scene.copy(as: "full")
            try scene.deliver(try scene.tail(behind: Heads([])), to: full)
            let whole = try scene.digest(full)
            #expect(whole == (try scene.digest(scene.superior)))
            #expect(try #require(cuts.last).made.statement.summed > 4)
            for (name, made) in cuts {
                let node = try scene.copy(as: "from-\(name)")
                let loaded = try SnapshotFile.load(node, path: scene.network.path(name + ".tkb"))
                #expect(loaded.snapshot.notCompared == [])
                #expect(loaded.snapshot.compared.contains(.work("620724", nil)))
                #expect(UInt64(loaded.snapshot.summed) == made.statement.summed)
                #expect(try SnapshotScene.summed(node) == loaded.snapshot.summed)
                try scene.deliver(scene.shuffled(try scene.tail(behind: made.statement.heads), seed: seed), to: node)
                let digest = try scene.digest(node)
                #expect(digest == whole, "\(name)")
                #expect(try node.replayFindings() == [])
            }
        }
    }

    /// A stolen key is found out later than the snapshot was made: what it said before is void behind the cut, at once.
    @Test func aCutIntoThePastTakesEffectBehindASnapshot() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let scene = try SnapshotScene(in: folder)
            let network = scene.network
            try network.reports("gt", ["14.2"])
            try scene.meet()
            try network.carry("zy", to: "gs")
            try network.reports("gt", ["99", "98"])
            try scene.meet()
            let made = try scene.make()
            try network.cut("gt", by: "gs", as: TestNetwork.province)
            try network.carry("gs", to: "zy")
            let (full, node) = (try scene.copy(as: "full"), try scene.copy(as: "node"))
            try scene.deliver(try scene.tail(behind: Heads([])), to: full)
            _ = try SnapshotFile.load(node, path: network.path("snapshot.tkb"))
            let before = try scene.digest(node)
            try scene.deliver(try scene.tail(behind: made.statement.heads), to: node)
            let (after, whole) = (try scene.digest(node), try scene.digest(full))
            #expect(after == whole)
            #expect(after.derived != before.derived)
        }
    }

    /// What comes again with its signature is verified and kept; nothing else changes.
    @Test func signaturesThatComeLaterFillTheHistoryUp() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            var scene = try SnapshotScene(in: folder)
            try scene.play(20)
            try scene.meet()
            _ = try scene.make()
            let node = try scene.copy(as: "node")
            _ = try SnapshotFile.load(node, path: scene.network.path("snapshot.tkb"))
            let (count, digest) = (try SnapshotScene.changesets(node), try scene.digest(node))
            let items = try scene.tail(behind: Heads([])).filter { $0.type == .changeset }
            // One bit of a signature, or of a body, and it is not kept.
            let summed = try node.store.read { reader in Set(try reader.summedRefs().map { try reader.changesetLink($0).id }) }
            let item = try #require(try items.map { try ChangesetItem($0.payload) }.first { summed.contains(try UnverifiedChangeset($0).id) })
            var forged = item.envelope
            forged[forged.count - 1] ^= 1
            let wrong = try node.receive([ChangesetItem(envelope: forged, compressedBody: item.compressedBody)])
            #expect(wrong.contains { if case .refused(_, "wrongSignature", _) = $0 { true } else { false } })
            let spoilt = try node.receive([ChangesetItem(envelope: item.envelope, compressedBody: try Zstd.compress([0]))])
            #expect(spoilt.contains { if case .refused = $0 { true } else { false } })
            #expect(try SnapshotScene.summed(node) == summed.count)
            try scene.deliver(items, to: node)
            #expect(try SnapshotScene.summed(node) == 0)
            #expect(try SnapshotScene.changesets(node) == count)
            #expect(try scene.digest(node) == digest)
            #expect(try node.replayFindings() == [])
        }
    }

    /// The sender hears from the new node's receipt what it has, and sends only what is new.
    @Test func theTailBeginsWhereTheSnapshotEnds() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            var scene = try SnapshotScene(in: folder)
            try scene.play(20)
            try scene.meet()
            _ = try scene.make(isSealed: true)
            _ = try SnapshotFile.load(scene.receiver, path: scene.network.path("snapshot.tkb"))
            try scene.network.carry("new", to: "zy")
            let (new, city) = (try scene.network.id("new"), try scene.network.id("zy"))
            #expect(try Exporter(scene.superior, to: new).plan.isEmpty)
            try scene.network.report("new", TestNetwork.countyFood, "17.5")
            try scene.network.carry("new", to: "zy")
            try scene.network.carry("zy", to: "new")
            #expect(try scene.digest(scene.receiver) == scene.digest(scene.superior))
            // What it holds without signatures it does not hand on, and says who can.
            let exporter = try Exporter(scene.receiver, to: city, known: Heads([]))
            let summed = try scene.receiver.store.read { try $0.summedRefs() }
            #expect(exporter.plan.allSatisfy { !summed.contains($0.ref) } && !exporter.plan.isEmpty)
            let stretch = try #require(exporter.withheld.first)
            #expect(stretch.holder == city)
            let range = try #require(FeedRange("\(stretch.feed.id.hash.hex.prefix(8)):\(stretch.from)"))
            #expect { try Exporter(scene.receiver, to: [city], again: [range]) } throws: {
                let error = $0 as? SnapshotError
                return error?.code == .historyLacking && error?.facts["node"] == city.short
            }
            #expect { try SnapshotFile.make(scene.receiver, for: city, path: scene.network.path("no.tkb")) } throws: {
                ($0 as? SnapshotError)?.code == .historyLacking
            }
        }
    }

    /// A node with work of its own keeps it, and says what it could not compare.
    @Test func aReturningNodeKeepsItsUnsentWork() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            var scene = try SnapshotScene(in: folder)
            try scene.play(8)
            try scene.meet()
            try scene.network.carry("zy", to: "new")
            try scene.network.reports("new", ["21.5"])
            try scene.network.report("new", TestNetwork.county, "22.5")
            try scene.play(20)
            try scene.meet()
            _ = try scene.make(isSealed: true)
            let held = try SnapshotScene.changesets(scene.receiver)
            let loaded = try SnapshotFile.load(scene.receiver, path: scene.network.path("snapshot.tkb"))
            #expect(loaded.snapshot.notCompared == [.work("620724", nil)])
            #expect(loaded.snapshot.entered > 0 && loaded.snapshot.summed > 0)
            #expect(try SnapshotScene.changesets(scene.receiver) == held + loaded.snapshot.entered)
            // What it held with a signature keeps it.
            #expect(try SnapshotScene.summed(scene.receiver) == loaded.snapshot.summed)
            #expect(UInt64(loaded.snapshot.summed) < loaded.snapshot.statement.summed)
            try scene.network.carry("new", to: "zy")
            #expect(try scene.digest(scene.receiver) == scene.digest(scene.superior))
            #expect(try scene.receiver.replayFindings() == [])
        }
    }

    /// The file holds what a bundle would hold, in fewer bytes, and nothing of anybody else.
    @Test func nothingIsInTheFileThatTheReceiverMayNotHave() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            var scene = try SnapshotScene(in: folder)
            let elsewhere = RecordKey(.work("620702", nil), CellKind.table.name, ["grainReserveDays", "2020-08"])
            try scene.network["gz"].write([Draft(key: elsewhere, unit: "620702.gov", person: "clerk", fields: [.init(CellKind.value, .decimal(try ExactDecimal(parsing: "3.5")))])])
            try scene.network.carry("gz", to: "zy")
            try scene.play(30)
            try scene.meet()
            let made = try scene.make()
            var ids: Set<ChangesetID> = []
            var last: ChangesetID?
            for frame in try scene.frames() {
                switch frame.type {
                case .changeset: ids.insert(try UnverifiedChangeset(ChangesetItem(frame.payload)).id)
                case .summary:
                    for item in try SummaryPage(frame.payload).items {
                        let changeset = try item.changeset(after: last)
                        #expect(changeset.isSummed && changeset.header.feed.partition == .work("620724", nil))
                        last = changeset.id
                        ids.insert(changeset.id)
                    }
                default: continue
                }
            }
            let plan = try Exporter(scene.superior, to: try scene.network.id("new"), known: Heads([])).plan
            #expect(ids == Set(plan.map(\.id)))
            #expect(!plan.contains { $0.feed.partition == .work("620702", nil) || $0.feed.partition == .policy("620702") })
            #expect(made.statement.states.map(\.partition) == [.policy("620700"), .policy("620724"), .work("620724", nil)])
            let full = try BundleFile.export(scene.superior, to: try scene.network.id("new"), path: scene.network.path("full.tkb"), known: Heads([]), isSealed: false)
            #expect(made.file.bytes < full.bytes)
        }
    }

    /// Whoever holds the history can say whether a statement is true, also when it has grown since.
    @Test func aStatementIsConfirmedOrRefutedByTheHistory() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            var scene = try SnapshotScene(in: folder)
            try scene.play(25)
            try scene.meet()
            let made = try scene.make()
            let statement = try SnapshotFile.statement(scene.superior, path: scene.network.path("snapshot.tkb"))
            try scene.play(10)
            try scene.meet()
            try scene.network.carry("zy", to: "gs")
            for name in ["zy", "gs"] {
                let checked = try scene.network[name].checkSnapshot(statement)
                #expect(checked.isSigned && checked.lacking == [] && checked.differing == [] && !checked.isRefuted)
                #expect(checked.equal == made.statement.states.map(\.partition))
            }
            var lie = made.statement
            lie.states = lie.states.map { .init(partition: $0.partition, derived: $0.partition.isPolicy ? $0.derived : .zero) }
            let forged = try scene.superior.sign(lie.explicitForm, as: .snapshot)
            let refuted = try scene.network["gs"].checkSnapshot(forged)
            #expect(refuted.isRefuted && refuted.differing == [.work("620724", nil)])
            // Somewhere where not all of it is held nothing is said of that partition.
            let elsewhere = try scene.network["gz"].checkSnapshot(statement)
            #expect(elsewhere.lacking.contains { $0.feed.partition == .work("620724", nil) })
            #expect(!elsewhere.equal.contains(.work("620724", nil)) && !elsewhere.differing.contains(.work("620724", nil)))
        }
    }
}
