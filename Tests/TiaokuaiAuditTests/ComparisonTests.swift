import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync

@Suite struct ComparisonTests {
    private static func compare(_ left: Node, _ right: Node) throws -> HistoryComparison {
        try left.ask { here in try right.ask { there in try HistoryComparer.compare(here, there, own: [.left, .right]) } }
    }

    @Test func nodesOfOneHistoryAgree() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 2)
            let found = try ComparisonTests.compare(province["zy"], province["gs"])
            #expect(found.contradictions == 0)
            #expect(found.shared > 5)
            #expect(found.checkpoints > 3)
        }
    }

    /// What a county owned up to is told, and is no alarm: at one node beside itself least of all.
    @Test func aForkThatWasOwnedUpToIsNoContradiction() throws {
        try withTemporaryFolder { folder in
            let scene = try ArchiveScene(in: folder)
            let gs = scene.province["gs"]
            for other in [try scene.province.copy(of: "gs", as: "copy"), scene.province["zy"]] {
                let found = try ComparisonTests.compare(gs, other)
                #expect(!found.splits.isEmpty && !found.branchings.isEmpty)
                #expect(found.contradictions == 0 && found.splits.allSatisfy(\.isRepaired))
            }
        }
    }

    /// The database and the key are one person's: an earlier image goes back in place, and another history is written on it, signed
    /// and consistent in itself. The node's own audit finds nothing; what others keep does.
    @Test func aRewriteByWhoeverHasDatabaseAndKeyIsFoundByWhatOthersKeep() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 2)
            try province["zy"].store.backUp(to: province.path("image"))
            try province.play(2)
            try province.putBack(province.path("image"), at: "zy")
            for round in 3..<7 {
                try province.report("zy", "620700.gov", round)
                _ = try province["zy"].checkpoint()
                try province["zy"].seal()
            }
            _ = try province["zy"].checkpoint()
            let alone = try HistoryAudit.run(province["zy"])
            #expect(alone.faults == 0, "\(alone.findings)")
            for other in ["gs", "gt"] {
                let found = try ComparisonTests.compare(province["zy"], province[other])
                let split = try #require(found.splits.first, "\(other)")
                #expect(split.node == (try province["zy"].settings().node))
                let evidence = try #require(split.evidence)
                let checked = try EvidenceCheck.check(evidence)
                #expect(checked.standsAlone)
                #expect(checked.node == split.node)
            }
            // The feed that was written twice shows where both branches are.
            let forked = try ComparisonTests.compare(province["gs"], province["zy"])
            let branching = try #require(forked.branchings.first)
            let fork = try ForkEvidenceCheck.check(try #require(branching.evidence))
            #expect(fork.sequence == branching.sequence)
        }
    }

    @Test func aLogThatWasCutShortIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            try province["zy"].store.backUp(to: province.path("image"))
            try province.play(1)
            try province.putBack(province.path("image"), at: "zy")
            let found = try ComparisonTests.compare(province["gs"], province["zy"])
            #expect(found.shortened.map(\.owner) == [.right])
            #expect(found.contradictions > 0)
        }
    }

    /// A repair excuses what came behind the branch, and nothing before it.
    @Test func aForkThatWasOwnedUpToExcusesNothingBeforeIt() throws {
        try withTemporaryFolder { folder in
            let scene = try ArchiveScene(in: folder)
            let gt = scene.province["gt"]
            try gt.ask { view in
                let from = try #require(try view.repairedFrom)
                let size = try view.reader.leafCount()
                #expect(from > 1 && from < size)
                func findings(at size: UInt64) throws -> [LogFinding.Code] {
                    var body = try #require(try view.reader.heldCheckpoints(of: view.settings.node).first).checkpoint
                    (body.size, body.root) = (size, sha256([1]))
                    var check = LogCheck(
                        view.reader, network: try #require(view.settings.network), node: view.settings.node, epoch: view.settings.epoch, hashes: [.sha256])
                    return try check.run(signed: [LogCheck.Signed(id: sha256([2]), checkpoint: body)], repairedFrom: from).map(\.code)
                }
                #expect(try findings(at: from) == [.rootDiffers])
                #expect(try findings(at: from + 1) == [])
            }
            // Its own log, put into another order before the fork and signed by nobody: whoever kept a checkpoint names it.
            let taken = try scene.province.copy(of: "gt", as: "taken")
            try taken.store.close()
            try DatabaseQueue(path: scene.province.path("taken") + "/" + Store.fileName).write { db in
                try db.execute(sql: "UPDATE leaf SET identity = randomblob(32) WHERE position = 1")
                try db.execute(sql: "DELETE FROM log_node")
            }
            let after = try Node(opening: scene.province.path("taken"), surroundings: scene.province.surroundings)
            #expect(try ComparisonTests.compare(gt, scene.province["zy"]).contradictions == 0)
            #expect(try ComparisonTests.compare(after, scene.province["zy"]).contradictions > 0)
        }
    }

    /// An epoch stands in the settings, which nobody signs.
    @Test func anEpochThatNobodySignedIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            try province["zy"].backUp(to: province.path("backup"))
            let signed = try Node.restore(from: province.path("backup"), to: province.path("restored"), surroundings: province.surroundings)
            #expect(try HistoryAudit.run(signed).faults == 0)
            let epoch = try signed.settings().epoch
            let own = try signed.ask { view in try view.reader.heldCheckpoints(of: view.settings.node).filter { $0.checkpoint.epoch == epoch }.map { Data($0.id.bytes) } }
            #expect(own.count == 1)
            try signed.store.close()
            try DatabaseQueue(path: province.path("restored") + "/" + Store.fileName).write { db in
                for id in own { try db.execute(sql: "DELETE FROM statement WHERE id = ?", arguments: [id]) }
            }
            let restored = try Node(opening: province.path("restored"), surroundings: province.surroundings)
            func codes() throws -> [AuditFinding.Code] { try HistoryAudit.run(restored).findings.filter(\.isFault).map(\.code) }
            #expect(try codes() == [.epochUnsigned])
            #expect(try restored.logFindings().map(\.code) == [.epochUnsigned])
            let before = try ComparisonTests.compare(restored, province["gs"])
            #expect(before.superseded.map(\.isSigned) == [false] && before.contradictions == 1)
            _ = try restored.checkpoint()
            #expect(try codes() == [])
            let after = try ComparisonTests.compare(restored, province["gs"])
            #expect(after.superseded.map(\.isSigned) == [true] && after.contradictions == 0)
        }
    }

    /// What a node signed and showed it keeps: without its checkpoints its times of arrival are anybody's. Its backup is older, and no alarm.
    @Test func ownCheckpointsThatWereTakenAwayAreNamedByWhoeverHasThem() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            let backup = try province.copy(of: "zy", as: "backup")
            try province.play(1)
            _ = try province["zy"].checkpoint()
            let zy = try province["zy"].settings().node
            #expect(try ComparisonTests.compare(province["zy"], backup).dropped.isEmpty)
            let taken = try province.copy(of: "zy", as: "taken")
            try taken.store.close()
            try DatabaseQueue(path: province.path("taken") + "/" + Store.fileName).write { db in
                try db.execute(sql: "DELETE FROM statement WHERE type = ? AND node = ?", arguments: [Int64(FrameType.checkpoint.rawValue), Data(zy.hash.bytes)])
            }
            let after = try Node(opening: province.path("taken"), surroundings: province.surroundings)
            for other in [province["gs"], backup] {
                let found = try ComparisonTests.compare(other, after)
                #expect(found.splits.isEmpty && found.shortened.isEmpty)
                #expect(found.dropped.map(\.owner) == [.right])
                #expect(found.dropped.allSatisfy { $0.node == zy && !$0.sizes.isEmpty })
                #expect(found.contradictions == 1)
            }
        }
    }

    @Test func whatOneHasAndTheOtherLacksIsTold() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            try province.report("gt", "620724.gov", 5)
            try province["gt"].seal()
            let found = try ComparisonTests.compare(province["gt"], province["zy"])
            #expect(found.contradictions == 0)
            let lacking = found.lacking.filter { $0.side == .right }
            #expect(lacking.map(\.count) == [1])
            #expect(lacking.first?.isAdmitted == true)
        }
    }

    /// A stick that the province kept is enough: bundles are a view like any other.
    @Test func aStickShowsARewriteToo() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            try province["zy"].store.backUp(to: province.path("image"))
            try province.play(1)
            let stick = province.path("kept.tkb")
            let to = try province["zy"].settings().node
            _ = try BundleFile.export(province["gs"], to: to, path: stick, known: Heads([]), isSealed: false)
            let source = try HistorySource(path: stick)
            let root = try #require(try HistorySource(path: province.path("zy")).network())
            let before = try source.read(root: root, keys: []) { there in try province["zy"].ask { here in try HistoryComparer.compare(here, there, own: [.left]) } }
            #expect(before.contradictions == 0)
            try province.putBack(province.path("image"), at: "zy")
            for round in 3..<7 {
                try province.report("zy", "620700.gov", round)
                try province["zy"].seal()
            }
            let after = try source.read(root: root, keys: []) { there in try province["zy"].ask { here in try HistoryComparer.compare(here, there, own: [.left]) } }
            #expect(after.contradictions > 0)
            #expect(after.branchings.first?.evidence != nil)
        }
    }

    @Test func whereNothingLiesIsSaid() throws {
        try withTemporaryFolder { folder in
            #expect(throws: AuditError(.nothingThere, ["path": folder.path])) { try HistorySource(path: folder.path) }
            #expect(throws: NodeError.self) { try HistorySource(path: folder.path + "/none") }
        }
    }

    @Test func twoNetworksAreNotCompared() throws {
        try withTemporaryFolder { folder in
            let one = try Province(in: folder.appendingPathComponent("one"), rounds: 0, counties: 0)
            let two = try Province(in: folder.appendingPathComponent("two"), rounds: 0, keys: KeyPlan(suite: .p256), counties: 0)
            #expect(throws: AuditError.self) { try ComparisonTests.compare(one["gs"], two["gs"]) }
        }
    }
}
