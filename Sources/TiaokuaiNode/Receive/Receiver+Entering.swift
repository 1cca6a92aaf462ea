import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

// A changeset that was verified, or is vouched for, comes into the log and into effect.

extension Receiver {
    mutating func enter(_ signed: SignedChangeset, _ content: ChangesetContent, isHeld: Bool) throws {
        let header = signed.header
        let feed = try writer.feedRef(header.feed)
        let rivals = try writer.reader.changesets(inFeed: feed, from: header.sequence, through: header.sequence).filter {
            $0.id != signed.id && $0.state != .waiting
        }
        let ref: ChangesetRef
        if isHeld, let held = try writer.reader.changeset(signed.id) {
            ref = held.ref
            if held.leaf == nil { try writer.setLeaf(ref, try LogKeeper.append(signed.id.hash, writer)) }
            try writer.setState(ref, .applied)
            try writer.deleteWaiting(ref)
        } else {
            let leaf = try LogKeeper.append(signed.id.hash, writer)
            ref = try writer.insertChangeset(
                signed.id, feed: feed, sequence: header.sequence, predecessor: header.predecessor, state: .applied, leaf: leaf,
                received: node.surroundings.now(), item: signed.item)
        }
        if let snapshot = unsigned.snapshot, signed.isSummed { try writer.insertSummed(ref, by: snapshot) }
        if !rivals.isEmpty {
            try writer.insertJournal(
                written: node.surroundings.now(), code: "fork", record: nil, facts: "\(header.feed.node.hash.hex) \(header.feed.partition) \(header.sequence)")
        }
        applier.resolver.remember(ChangesetLink(ref: ref, id: signed.id, feed: feed, sequence: header.sequence, predecessor: header.predecessor))
        let operations: [CarriedOperation]
        do {
            operations = try resolved(content, signed, feed)
        } catch let error as FormatError {
            return try void(signed, ref, error.code.rawValue)
        }
        guard undoing else { return try bringIn(operations, signed, ref, feed) }
        do {
            try writer.undoingOnError { try bringIn(operations, signed, ref, feed) }
        } catch let error as FormatError {
            applier = try node.applier(writer, settings)
            try void(signed, ref, error.code.rawValue)
        }
    }

    private mutating func bringIn(_ operations: [CarriedOperation], _ signed: SignedChangeset, _ ref: ChangesetRef, _ feed: Int64) throws {
        // Where a node has several epochs, what was in whose past hangs on which of their changesets are held.
        let named = signed.header.feed
        if named.partition.isPolicy, try writer.reader.feeds().contains(where: { $0.feed.node == named.node && $0.feed.partition == named.partition && $0.ref != feed }) {
            applier.noteOrder()
        }
        try apply(operations, signed, ref, feed)
        if applier.understanding.trust?.drawsLine(at: signed.id, of: signed.header.feed.node) == true {
            try applier.finish()
            try applier.rejudge(signed.header.feed.node)
        }
        receptions.append(.accepted(signed.id, operations: operations.count))
    }

    /// Everything is whole before anything is applied, so that an unreadable body leaves no trace but itself.
    private func resolved(_ content: ChangesetContent, _ signed: SignedChangeset, _ feed: Int64) throws -> [CarriedOperation] {
        let header = signed.header
        let (applier, resolver) = (applier, applier.resolver)
        let operations: [CarriedOperation]
        switch content {
        case .damaged(let error), .unreadable(let error): throw error
        case .operations(let read):
            operations = try read.resolved { delta, index in
                let ancestor = try resolver.ancestor(ofFeed: feed, sequence: header.sequence, predecessor: header.predecessor, delta: delta)
                return try applier.previous(at: Place(ancestor, Int64(index)))
            }
        }
        // A body that shows personal data is void as a whole: every holder derives that from its bytes.
        guard operations.allSatisfy({ $0.operation.personalFieldInClear == nil }) else {
            throw FormatError(.personalField, at: 0, "")
        }
        return operations
    }

    private func apply(_ operations: [CarriedOperation], _ signed: SignedChangeset, _ ref: ChangesetRef, _ feed: Int64) throws {
        let header = signed.header
        let resolver = applier.resolver
        var records: [RecordRef] = []
        records.reserveCapacity(operations.count)
        for (index, carried) in operations.enumerated() {
            let record: RecordRef
            switch carried.carriage {
            case .new(let values):
                record = try applier.recordRef(carried.operation.record, kind: carried.kind, partition: header.feed.partition, key: values)
            case .next(let delta, let position, _):
                if delta == 0 {
                    record = records[Int(position)]
                } else {
                    let ancestor = try resolver.ancestor(ofFeed: feed, sequence: header.sequence, predecessor: header.predecessor, delta: delta)
                    record = try resolver.recordRef(at: Place(ancestor, Int64(position)))
                }
            }
            records.append(record)
            try applier.apply(
                carried.id, carried.operation, to: record, kind: carried.kind, place: Place(ref, Int64(index)), node: header.feed.node, changeset: signed.id)
        }
        try writer.setRecordRefs(ref, records)
        // What is undone by itself is finished by itself; otherwise a record or policy that several speak of is settled once.
        if undoing || applier.mustFinish { try applier.finish() }
    }

    private mutating func void(_ signed: SignedChangeset, _ ref: ChangesetRef, _ code: String) throws {
        try writer.setState(ref, .void, reason: code)
        receptions.append(.void(signed.id, code: code))
    }

    /// What waited for this changeset, or for a credential that it carried, is received again.
    mutating func release(_ signed: SignedChangeset) throws {
        released += try writer.reader.waiting(for: signed.id.hash)
        guard signed.header.feed.partition.isPolicy else { return }
        for row in try writer.reader.waiting() where row.what == WaitingFor.credential.rawValue && applier.understanding.keys[row.item] != nil {
            released.append(row.changeset)
        }
    }
}
