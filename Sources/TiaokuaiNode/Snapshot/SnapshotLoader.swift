import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// What came of a snapshot that was taken in.
public struct LoadedSnapshot: Sendable {
    public let statement: SnapshotStatement
    /// Of the statement's signed bytes.
    public let id: Hash32
    /// Changesets that are new here, and those among them without their signatures.
    public let entered, summed: Int
    /// Partitions whose state was derived here and equals the statement's.
    public let compared: [Partition]
    /// Partitions of which this node holds more than the statement names, so that it can't be compared.
    public let notCompared: [Partition]
}

// Everything in one transaction, in this order (Docs/Formats/Snapshot.md, "Order of checks"):
//
//   statement → sender → checkpoint        take(_:) of a `snapshot` frame
//   each changeset, as ever                take(_:) of `summary` and `changeset` frames
//   count, heads, vouchers, state          finish()

/// Takes a snapshot in, frame by frame, within one transaction; any error ends it and nothing is left behind.
public final class SnapshotLoader {
    private let node: Node
    private let writer: StoreWriter
    private let undoing: Bool
    private var receiver: Receiver
    private var opened: (statement: SnapshotStatement, id: Hash32, bytes: [UInt8], limits: [FeedID: UInt64])?
    /// The item before, for one that follows it.
    private var last: ChangesetID?
    private var carried: UInt64 = 0
    private var entered = 0

    fileprivate init(_ node: Node, _ writer: StoreWriter, undoing: Bool) throws {
        self.node = node
        self.writer = writer
        self.undoing = undoing
        receiver = try Receiver(node: node, writer, try Node.settings(writer.reader), undoing: undoing)
    }

    /// Frames of a bundle as they come, header and trailer left out; gives what came of them. Throws `SnapshotError`.
    public func take(_ frames: [Frame]) throws -> [Reception] {
        var statements: [Reception] = []
        do {
            for frame in frames {
                switch frame.type {
                case .snapshot: try open(frame.payload)
                case .summary: try takePage(try SummaryPage(frame.payload))
                case .changeset: try takeWhole(try UnverifiedChangeset(try ChangesetItem(frame.payload)))
                default: statements.append(try receiver.receiveStatement(frame.payload, frame.type))
                }
            }
            return try settled() + statements
        } catch let error as FormatError {
            throw SnapshotError(.malformed, ["reason": error.description])
        }
    }

    /// True when a key that some credential held by now gives the node has signed the statement.
    public func isSigned(_ statement: UnverifiedStatement, by node: NodeID) -> Bool {
        guard let key = receiver.understanding.key(of: node, thumbprint: statement.keyID) else { return false }
        return (try? statement.verified(by: key)) != nil
    }

    /// What has come is in effect; anything but entered or held before ends it.
    private func settled() throws -> [Reception] {
        try receiver.finish()
        let receptions = receiver.takeReceptions()
        for reception in receptions {
            switch reception {
            case .accepted, .void: entered += 1
            case .duplicate, .statement: continue
            case .waiting(let id, let what, let item): throw SnapshotError(.refused, ["item": id.hash.hex, "reason": "\(what.rawValue) \(item.hex)"])
            case .refused(let digest, let code, let fact): throw SnapshotError(.refused, ["item": digest.hex, "reason": "\(code) \(fact)"])
            }
        }
        return receptions
    }

    // MARK: Statement

    private func open(_ bytes: [UInt8]) throws {
        guard opened == nil else { throw SnapshotError(.notASnapshot, ["reason": "two statements"]) }
        _ = try settled()
        let unverified = try UnverifiedStatement(bytes, .snapshot)
        let statement = try SnapshotStatement(unverified.claimed)
        let settings = try Node.settings(writer.reader)
        guard statement.network == settings.network else { throw NodeError(.wrongNetwork, ["network": statement.network.short]) }
        guard statement.to == settings.node else { throw SnapshotError(.forAnother, ["node": statement.to.short]) }
        let view = try NodeView(node: node, reader: writer.reader, settings: settings)
        // One that was rotated since signs for its day; one that was cut for no day.
        guard view.isAbove(statement.node, settings.node), let key = receiver.understanding.key(of: statement.node, thumbprint: unverified.keyID),
            view.trust?.isCut(key.coseKey, of: statement.node) == false
        else {
            throw SnapshotError(.notFromAbove, ["node": statement.node.short])
        }
        do {
            _ = try unverified.verified(by: key)
        } catch {
            throw SnapshotError(.wrongSignature, ["node": statement.node.short])
        }
        try check(statement.checkpoint, of: statement)
        var limits: [FeedID: UInt64] = [:]
        for head in statement.heads.heads { limits[head.feed.id] = max(limits[head.feed.id] ?? 0, head.sequence) }
        opened = (statement, unverified.id, bytes, limits)
        receiver = try Receiver(node: node, writer, settings, undoing: undoing, unsigned: .snapshot(unverified.id))
    }

    private func check(_ envelope: [UInt8], of statement: SnapshotStatement) throws {
        let unverified = try UnverifiedStatement(envelope, .checkpoint)
        let checkpoint = try Checkpoint(unverified.claimed)
        let isOfSender = checkpoint.node == statement.node && checkpoint.network == statement.network && checkpoint.hashes == receiver.understanding.logHashes
        guard isOfSender, let key = receiver.understanding.key(of: statement.node, thumbprint: unverified.keyID), (try? unverified.verified(by: key)) != nil else {
            throw SnapshotError(.wrongCheckpoint, ["node": statement.node.short])
        }
    }

    // MARK: Pages

    private func takePage(_ page: SummaryPage) throws {
        guard let opened else { throw SnapshotError(.notASnapshot, ["reason": "a page before the statement"]) }
        for item in page.items {
            let changeset = try item.changeset(after: last)
            last = changeset.id
            carried += 1
            guard let limit = opened.limits[changeset.header.feed.id], changeset.header.sequence <= limit else {
                throw SnapshotError(.beyondHeads, ["item": changeset.id.hash.hex])
            }
            try receiver.receive(changeset)
        }
    }

    /// Without its signature a changeset stands on a page, where it is counted.
    private func takeWhole(_ changeset: UnverifiedChangeset) throws {
        guard !changeset.isSummed else { throw SnapshotError(.unvouched, ["item": changeset.id.hash.hex]) }
        try receiver.receive(changeset)
    }

    // MARK: The end

    fileprivate func finish() throws -> LoadedSnapshot {
        _ = try settled()
        guard let (statement, id, bytes, _) = opened else { throw SnapshotError(.notASnapshot, ["reason": "no statement"]) }
        guard carried == statement.summed else { throw SnapshotError(.incomplete, ["reason": "\(carried)/\(statement.summed)"]) }
        for head in statement.heads.heads {
            guard let held = try writer.reader.changeset(head.id), held.state != .waiting else {
                throw SnapshotError(.incomplete, ["reason": head.id.hash.hex])
            }
        }
        var summed = 0
        // Whatever road it took: every changeset of a feed lies below one of its heads.
        for row in try writer.reader.feeds() {
            let stretch = try writer.reader.summed(inFeed: row.ref)
            if stretch.isEmpty { continue }
            for head in try writer.reader.heads(ofFeed: row.ref) {
                guard let ref = try writer.reader.changesetRef(head.id), try writer.reader.snapshot(of: ref) == nil else {
                    throw SnapshotError(.unvouched, ["item": head.id.hash.hex])
                }
            }
            summed += stretch.count { $0.snapshot == id }
        }
        let (compared, notCompared) = try compareStates(statement)
        let now = node.surroundings.now()
        let size = try Checkpoint(UnverifiedStatement(statement.checkpoint, .checkpoint).claimed).size
        try writer.insertStatement(StatementRow(id: id, type: .snapshot, node: statement.node, number: size, envelope: bytes, received: now))
        try writer.insertJournal(written: now, code: "snapshot", record: nil, facts: "\(statement.node.hash.hex) \(id.hex) \(summed)")
        return LoadedSnapshot(statement: statement, id: id, entered: entered, summed: summed, compared: compared, notCompared: notCompared)
    }

    /// Where exactly the statement's heads are held, of the partition and of all policy, the state derived here is the statement's.
    private func compareStates(_ statement: SnapshotStatement) throws -> (compared: [Partition], not: [Partition]) {
        let view = try NodeView(node: node, reader: writer.reader, settings: try Node.settings(writer.reader))
        let held = try view.heads(ofPartitionsIn: statement.heads)
        let named = Dictionary(grouping: statement.heads.heads, by: \.feed.partition).mapValues { Set($0.map(\.id)) }
        let policyIsEqual = held.allSatisfy { !$0.key.isPolicy || named[$0.key] == $0.value }
        let pending = Set(try view.reader.pending().map { try view.reader.record($0.record).key.partition })
        var (compared, not): ([Partition], [Partition]) = ([], [])
        for state in statement.states {
            guard policyIsEqual, held[state.partition] == named[state.partition], !pending.contains(where: { $0 == state.partition || $0.isPolicy }) else {
                not.append(state.partition)
                continue
            }
            guard try view.digest(of: [state.partition]).derived == state.derived else {
                throw SnapshotError(.stateDiffers, ["partition": state.partition.description, "node": statement.node.short])
            }
            compared.append(state.partition)
        }
        return (compared, not)
    }
}

extension Node {
    /// Takes a snapshot in: whatever `body` hands to the loader, in one transaction, durable when this returns; nothing is kept when it throws.
    ///
    /// - Parameter body: is run a second time where something turns out unreadable half-way, which a node that takes one changeset at a time holds as void.
    public func loadSnapshot(_ body: (SnapshotLoader) throws -> Void) throws -> LoadedSnapshot {
        do {
            return try loadSnapshot(undoing: false, body)
        } catch let error as SnapshotError where error.code == .malformed {
            return try loadSnapshot(undoing: true, body)
        }
    }

    private func loadSnapshot(undoing: Bool, _ body: (SnapshotLoader) throws -> Void) throws -> LoadedSnapshot {
        do {
            return try transaction { writer in
                guard try Node.settings(writer.reader).network != nil else { throw NodeError(.notEnrolled) }
                let loader = try SnapshotLoader(self, writer, undoing: undoing)
                try body(loader)
                return try loader.finish()
            }
        } catch {
            // What was understood on the way is undone, and its generation will be given again.
            forgetUnderstanding()
            throw error
        }
    }
}
