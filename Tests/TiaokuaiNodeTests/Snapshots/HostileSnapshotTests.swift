import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

/// Snapshots that lie, are damaged, or are another's: each refused by its own check, and nothing left behind.
@Suite struct HostileSnapshotTests {
    /// An honest snapshot, taken apart.
    struct Case {
        let scene: SnapshotScene
        let frames: [Frame]
        let statement: SnapshotStatement

        init(in folder: URL) throws {
            var scene = try SnapshotScene(in: folder)
            try scene.network.reports("gt", ["11.1", "11.2", "11.3"])
            try scene.play(16)
            try scene.meet()
            let made = try scene.make()
            self.scene = scene
            statement = made.statement
            frames = try scene.frames()
        }

        func node(_ name: String = "node") throws -> Node { try scene.copy(as: name) }

        func signed(by name: String = "zy", _ change: (inout SnapshotStatement) throws -> Void) throws -> Frame {
            var statement = statement
            try change(&statement)
            return Frame(.snapshot, try scene.network[name].sign(statement.explicitForm, as: .snapshot))
        }

        func with(_ statement: Frame) -> [Frame] { frames.map { $0.type == .snapshot ? statement : $0 } }

        /// The pages' items, changed; `sum` signs a statement that counts them.
        func withItems(counting: Bool = false, _ change: (inout [SummedItem]) throws -> Void) throws -> [Frame] {
            var items = try frames.filter { $0.type == .summary }.flatMap { try SummaryPage($0.payload).items }
            try change(&items)
            let page = Frame(.summary, try SummaryPage(items).encode())
            let statement = try signed { if counting { $0.summed = UInt64(items.count) } }
            var out = counting ? with(statement) : frames
            let first = out.firstIndex { $0.type == .summary } ?? 0
            out.removeAll { $0.type == .summary }
            out.insert(page, at: first)
            return out
        }

        /// What the loader says, and whether it left nothing.
        func verdict(_ frames: [Frame], at node: Node) throws -> (error: SnapshotError?, isClean: Bool) {
            func state() throws -> [Int] {
                try node.store.read { [try $0.changesets().count, try $0.summedCount(), try $0.statementCount(.snapshot), Int(try $0.leafCount()), try $0.journal(limit: 1_000).count] }
            }
            let before = try (state(), scene.digest(node))
            do {
                _ = try node.loadSnapshot { loader in for frame in frames { _ = try loader.take([frame]) } }
                return (nil, false)
            } catch let error as SnapshotError {
                let after = try (state(), scene.digest(node))
                return (error, before == after)
            }
        }
    }

    private func expect(_ code: SnapshotError.Code, _ name: String, _ all: Case, _ frames: [Frame]) throws { try expect(code, "", name, all, frames) }

    private func expect(_ code: SnapshotError.Code, _ reason: String, _ name: String, _ all: Case, _ frames: [Frame]) throws {
        let verdict = try all.verdict(frames, at: try all.node(name))
        #expect(verdict.error?.code == code, "\(name): \(String(describing: verdict.error))")
        if !reason.isEmpty { #expect(verdict.error?.facts["reason"]?.contains(reason) == true, "\(name): \(String(describing: verdict.error))") }
        #expect(verdict.isClean, "\(name) left something behind")
    }

    @Test func aStatementThatIsNotFromAboveOrNotForThisNodeIsRefused() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let all = try Case(in: folder)
            let network = all.scene.network
            let honest = try all.node("honest")
            _ = try honest.loadSnapshot { loader in for frame in all.frames { _ = try loader.take([frame]) } }
            try expect(.forAnother, "other", all, all.with(try all.signed { $0.to = try network.id("gz") }))
            // A neighbour, and one below who says that it is above.
            try expect(.notFromAbove, "county", all, all.with(try all.signed(by: "gt") { $0.node = try network.id("gt") }))
            try expect(.notFromAbove, "in another's name", all, all.with(try all.signed(by: "gt") { _ in }))
            try expect(.notFromAbove, "sibling", all, all.with(try all.signed(by: "gz") { $0.node = try network.id("gz") }))
            var forged = try #require(all.frames.first { $0.type == .snapshot }).payload
            forged[forged.count - 1] ^= 1
            try expect(.wrongSignature, "bit", all, all.with(Frame(.snapshot, forged)))
            try expect(.wrongCheckpoint, "other's checkpoint", all, all.with(try all.signed { $0.checkpoint = try network["gs"].checkpoint() }))
            try expect(.wrongCheckpoint, "unsigned checkpoint", all, all.with(try all.signed { $0.checkpoint[$0.checkpoint.count - 1] ^= 1 }))
            let error = #expect(throws: NodeError.self) { try all.verdict(all.with(try all.signed { $0.network = NetworkID(.zero) }), at: try all.node("network")) }
            #expect(error?.code == .wrongNetwork)
        }
    }

    @Test func aSuperiorWhoseKeyWasCutMakesNoSnapshot() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let all = try Case(in: folder)
            let node = try all.node()
            try all.scene.network.carry("zy", to: "gs")
            try all.scene.network.cut("zy", by: "gs", as: TestNetwork.province)
            let cut = try all.scene.network.frames("gs", to: "new", known: Heads([]))
            try all.scene.deliver(cut, to: node)
            let error = try all.verdict(all.frames, at: node).error
            #expect(error?.code == .notFromAbove, "\(String(describing: error))")
        }
    }

    @Test func whatIsLackingOrTooMuchIsRefused() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let all = try Case(in: folder)
            try expect(.notASnapshot, "nothing", all, Array(all.frames.prefix { $0.type != .snapshot }))
            try expect(.notASnapshot, "page first", all, all.frames.filter { $0.type != .snapshot })
            try expect(.notASnapshot, "twice", all, all.frames.flatMap { $0.type == .snapshot ? [$0, $0] : [$0] })
            try expect(.incomplete, "counted wrongly", all, all.with(try all.signed { $0.summed += 1 }))
            // All of a feed, its head too, and the count made to fit.
            let work = Partition.work("620724", nil)
            let below = all.frames.filter { $0.type != .summary && !((try? TestNetwork.header($0).feed.partition == work) ?? false) }
            try expect(.incomplete, "a feed withheld", all, try all.withoutPages(below))
            let tips = all.frames.filter { $0.type != .changeset || ((try? TestNetwork.header($0).feed.partition != work) ?? true) }
            try expect(.incomplete, "heads withheld", all, tips)
            try expect(
                .refused, "predecessor", "item withheld", all,
                try all.withItems(counting: true) {
                    $0.removeFirst(); $0[0] = try all.standingAlone(1)
                })
            try expect(
                .beyondHeads, "head not named", all,
                all.with(
                    try all.signed { statement in
                        statement.heads = Heads(statement.heads.heads.filter { $0.feed.partition != work })
                        statement.states.removeAll { $0.partition == work }
                    }))
            try expect(
                .beyondHeads, "head named lower", all,
                all.with(
                    try all.signed { statement in
                        statement.heads = Heads(statement.heads.heads.map { Heads.Head(feed: $0.feed, sequence: 1, id: $0.id) })
                    }))
        }
    }

    @Test func whatAnAuthorDidNotSayIsRefused() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let all = try Case(in: folder)
            // Another word in the middle of a feed: what comes after names another predecessor.
            let items = try all.items()
            let middle = items.count / 2
            try expect(.refused, "body altered", all, try all.withItems { $0[middle] = SummedItem(protected: $0[middle].protected, follows: $0[middle].follows, body: $0[middle].body + [0]) })
            // A branch that nobody signed: the same said at another second.
            try expect(.unvouched, "branch", all, try all.withItems(counting: true) { $0.append(try all.branch(from: 2)) })
            let loose = Frame(.changeset, try all.branch(from: 2).changeset(after: nil).item.bytes)
            try expect(.unvouched, "not on a page", all, all.frames + [loose])
            try expect(.refused, "wrongKey", "other credential", all, try all.withItems(counting: true) { $0[0] = try all.edited(0) { $0.credential = all.credential(of: "zy") } })
            try expect(.refused, "wrongKey", "other key", all, try all.withItems(counting: true) { $0[0] = try all.rekeyed(0) })
            try expect(.refused, "credential", "unknown credential", all, try all.withItems(counting: true) { $0[0] = try all.edited(0) { $0.credential = .zero } })
            try expect(.refused, "wrongNetwork", "other network", all, try all.withItems(counting: true) { $0[0] = try all.edited(0) { $0.network = NetworkID(.zero) } })
            let foreign = try all.edited(0) { $0.feed = Feed(node: $0.feed.node, epoch: $0.feed.epoch, partition: .work("620702", nil)) }
            let frames = try all.withItems(counting: true) { $0.append(foreign) }
            try expect(.beyondHeads, "other partition", all, frames)
            let named = try all.signed { statement in
                statement.summed = UInt64(items.count + 1)
                let feed = Feed(node: try all.scene.network.id("gt"), epoch: try all.scene.network["gt"].settings().epoch, partition: .work("620702", nil))
                statement.heads = Heads(statement.heads.heads + [Heads.Head(feed: feed, sequence: 9, id: ChangesetID(.zero))])
                statement.states = (statement.states + [.init(partition: feed.partition, derived: .zero)]).sorted { $0.partition < $1.partition }
            }
            try expect(.refused, "outsidePartition", "other partition named", all, frames.map { $0.type == .snapshot ? named : $0 })
            try expect(.stateDiffers, "state", all, all.with(try all.signed { $0.states = $0.states.map { .init(partition: $0.partition, derived: .zero) } }))
        }
    }

    @Test func whatIsMalformedIsRefused() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let all = try Case(in: folder)
            let place = try #require(all.frames.firstIndex { $0.type == .summary })
            func page(_ name: String, _ payload: [UInt8]) throws {
                var frames = all.frames
                frames[place] = Frame(.summary, payload)
                try expect(.malformed, name, all, frames)
            }
            let whole = all.frames[place].payload
            try page("cut off", Array(whole.dropLast()))
            try page("left over", whole + [0])
            var bomb = CBOREncoder()
            bomb.arrayHeader(2)
            bomb.unsigned(UInt64(Limits.summaryPageBytes) + 1)
            bomb.byteString(try Zstd.compress([0]))
            try page("too long", bomb.bytes)
            try expect(.malformed, "follows nothing", all, try all.withItems { $0[0] = SummedItem(protected: $0[1].protected, follows: true, body: $0[0].body) })
            try expect(.malformed, "follows and names", all, try all.withItems { $0[1] = SummedItem(protected: try all.standingAlone(1).protected, follows: true, body: $0[1].body) })
            try expect(.malformed, "states left out", all, all.with(try all.signed { $0.states.removeFirst() }))
            try expect(.malformed, "no statement", all, all.with(Frame(.snapshot, [0xf6])))
        }
    }

    @Test func aFileThatIsDamagedOrNotTakenAsASnapshotLeavesNoPage() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let all = try Case(in: folder)
            let path = all.scene.network.path("snapshot.tkb")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let node = try all.node()
            for (name, changed) in [("bit", bytes.count / 2), ("cut", -1)] {
                var copy = bytes
                if changed < 0 { copy.removeLast(bytes.count / 4) } else { copy[changed] ^= 1 }
                try copy.write(to: URL(fileURLWithPath: all.scene.network.path("\(name).tkb")))
                let before = try SnapshotScene.changesets(node)
                #expect(throws: SnapshotError.self, "\(name)") { try SnapshotFile.load(node, path: all.scene.network.path("\(name).tkb")) }
                #expect(try SnapshotScene.changesets(node) == before)
            }
            // As a bundle its whole items are taken, its pages are named, and nothing unsigned comes in.
            let report = try BundleFile.import(node, path: path)
            let refused = report.refused.filter { if case .refused(_, "snapshotInside", _) = $0 { true } else { false } }
            #expect(refused.count == all.frames.count { $0.type == .snapshot || $0.type == .summary })
            #expect(try SnapshotScene.summed(node) == 0)
            let unsigned = try #require(all.items().first).changeset(after: nil)
            let receptions = try node.receive([unsigned.item])
            #expect(receptions.contains { if case .refused = $0 { true } else { false } })
            #expect(throws: (any Error).self) { try SnapshotFile.make(all.scene.superior, for: try all.scene.network.id("gs"), path: all.scene.network.path("up.tkb")) }
        }
    }
}

extension HostileSnapshotTests.Case {
    func items() throws -> [SummedItem] { try frames.filter { $0.type == .summary }.flatMap { try SummaryPage($0.payload).items } }

    /// The changesets of the items as they come out.
    func changesets() throws -> [UnverifiedChangeset] {
        var last: ChangesetID?
        return try items().map { item in
            let changeset = try item.changeset(after: last)
            last = changeset.id
            return changeset
        }
    }

    /// An item that names its predecessor itself.
    func standingAlone(_ index: Int) throws -> SummedItem { try SummedItem(try changesets()[index], after: nil) ?? items()[index] }

    func edited(_ index: Int, _ change: (inout ChangesetHeader) -> Void) throws -> SummedItem {
        let changeset = try changesets()[index]
        var header = changeset.header
        change(&header)
        return try remade(changeset, header, sealed: changeset.sealed)
    }

    func branch(from index: Int) throws -> SummedItem {
        let changeset = try changesets()[index]
        return try remade(changeset, changeset.header, sealed: changeset.sealed.map { Written(milliseconds: $0.milliseconds + 1_000) })
    }

    /// An item whose header names another key than its credential has.
    func rekeyed(_ index: Int) throws -> SummedItem {
        let changeset = try changesets()[index]
        return try remade(changeset, changeset.header, sealed: changeset.sealed) { $0.keyID = Hash32.zero.bytes }
    }

    private func remade(
        _ changeset: UnverifiedChangeset, _ header: ChangesetHeader, sealed: Written?, _ change: (inout COSEHeader) -> Void = { _ in }
    ) throws -> SummedItem {
        var protected = try COSESign1(decoding: changeset.item.envelope).protected
        var form = CBOREncoder()
        header.encode(into: &form)
        protected[ChangesetHeader.label] = .bytes(form.bytes)
        protected.claims = COSEClaims(issuer: header.feed.node.hash.hex, issuedAt: (sealed?.milliseconds ?? 0) / 1_000)
        change(&protected)
        return SummedItem(protected: protected.encode(), follows: false, body: try changeset.body())
    }

    func credential(of name: String) -> Hash32 { (try? scene.network[name].settings().credential) ?? .zero }

    /// Frames without pages under a statement that counts none.
    func withoutPages(_ frames: [Frame]) throws -> [Frame] {
        let statement = try signed { $0.summed = 0 }
        return frames.map { $0.type == .snapshot ? statement : $0 }
    }
}
