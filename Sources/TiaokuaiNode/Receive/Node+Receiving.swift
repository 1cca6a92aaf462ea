import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

extension Node {
    /// Takes one changeset, whatever road it came by; one transaction, durable when this returns. Idempotent.
    ///
    /// In strata: limits and digest → signature by the named credential → commit with log leaf → trust, policy, content.
    public func receive(_ item: ChangesetItem) throws -> [Reception] { try receive([item]) }

    /// The same for several, in one transaction: what a random index costs is paid once for all of them.
    public func receive(_ items: [ChangesetItem]) throws -> [Reception] { try receive(items, snapshot: nil) }

    /// The same for what a store holds, summed up or not, taken into a fresh one.
    func receiveHeld(_ items: [ChangesetItem]) throws -> [Reception] { try receive(items, snapshot: .zero) }

    private func receive(_ items: [ChangesetItem], snapshot: Hash32?) throws -> [Reception] {
        do {
            return try receive(items, undoing: false, snapshot: snapshot)
        } catch is FormatError {
            // Decoded, and yet unreadable where it meets what is held: each is taken under its own savepoint, which costs a
            // copy of every page that it touches.
            forgetUnderstanding()
            return try receive(items, undoing: true, snapshot: snapshot)
        }
    }

    private func receive(_ items: [ChangesetItem], undoing: Bool, snapshot: Hash32?) throws -> [Reception] {
        var readable: [UnverifiedChangeset] = []
        var refused: [Reception] = []
        for item in items {
            do throws(FormatError) {
                readable.append(try UnverifiedChangeset(item))
            } catch {
                refused.append(.refused(digest: sha256(item.bytes), code: error.code.rawValue, fact: error.description))
            }
        }
        let reader = ContentReader(readable)
        defer { reader.stop() }
        return try transaction { writer in
            var receiver = try Receiver(node: self, writer, try Node.settings(writer.reader), undoing: undoing, snapshot: snapshot)
            for (index, unverified) in readable.enumerated() { try receiver.receive(unverified) { reader.content(of: index) } }
            try receiver.finish()
            return refused + receiver.receptions
        }
    }

    /// Takes a root statement, checkpoint, receipt, consistency receipt, ask or evidence.
    public func receive(_ bytes: [UInt8], _ type: FrameType) throws -> Reception { try receive([Frame(type, bytes)])[0] }

    /// The same for several, in one transaction.
    public func receive(_ frames: [Frame]) throws -> [Reception] {
        let receptions = try transaction { writer in
            var receiver = try Receiver(node: self, writer, try Node.settings(writer.reader))
            return try frames.map { try receiver.receiveStatement($0.payload, $0.type) }
        }
        if receptions.contains(where: { if case .statement(.rootStatement, _) = $0 { true } else { false } }) { try raiseMarker() }
        return receptions
    }

    /// Keeps the highest root statement known beside the store, where an old image of the store doesn't undo it. In a copied
    /// folder nothing is written: its marker is not its own.
    private func raiseMarker() throws {
        let settings = try settings()
        guard let marker = try? Marker(in: folder), (try? marker.check(in: folder)) != nil, marker.epoch == settings.epoch else { return }
        if marker.rootStatement < settings.rootStatement { try Marker.write(epoch: settings.epoch, rootStatement: settings.rootStatement, in: folder) }
    }
}

/// The receiving of items within one transaction.
struct Receiver {
    let node: Node
    let writer: StoreWriter
    let logs: HeldLogs
    private(set) var settings: NodeSettings
    let network: NetworkID
    private var applier: Applier
    var understanding: Understanding { applier.understanding }
    private(set) var receptions: [Reception] = []
    /// What came of everything since the last time.
    mutating func takeReceptions() -> [Reception] {
        defer { receptions = [] }
        return receptions
    }
    /// Changesets whose last missing item has come.
    private var released: [ChangesetRef] = []
    /// A changeset that turns out unreadable half-way is undone by itself; otherwise its error ends the transaction.
    private let undoing: Bool
    /// The statement by which changesets come without their signatures; nil where none may.
    private let snapshot: Hash32?

    init(node: Node, _ writer: StoreWriter, _ settings: NodeSettings, undoing: Bool = true, snapshot: Hash32? = nil) throws {
        self.undoing = undoing
        self.snapshot = snapshot
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        self.node = node
        self.writer = writer
        logs = HeldLogs(writer.reader)
        self.settings = settings
        self.network = network
        applier = try node.applier(writer, settings)
    }

    /// Brings what is left into effect; after the last of several changesets.
    func finish() throws { try applier.finish() }

    mutating func receive(_ unverified: UnverifiedChangeset) throws { try receive(unverified) { ChangesetContent(unverified) } }

    /// `content` is asked for at most once, and only when the changeset has come as far as its body.
    mutating func receive(_ unverified: UnverifiedChangeset, content: () -> ChangesetContent) throws {
        try receiveOne(unverified, content)
        // What was released is received in turn; a worklist, since a long gap may release thousands, one after the other.
        while let next = released.popLast() {
            let row = try writer.reader.changeset(next)
            guard row.state == .waiting else { continue }
            let released = try UnverifiedChangeset(row.item)
            try receiveOne(released) { ChangesetContent(released) }
        }
    }

    private mutating func receiveOne(_ unverified: UnverifiedChangeset, _ read: () -> ChangesetContent) throws {
        let header = unverified.header
        if let fault = fault(of: header) {
            return refuse(unverified, fault.rawValue, header.feed.partition.description)
        }
        let held = try writer.reader.changeset(unverified.id)
        if let held, held.state != .waiting {
            if try !unverified.isSummed && writer.reader.snapshot(of: held.ref) != nil { return try complete(held, unverified, read) }
            receptions.append(.duplicate(unverified.id.hash))
            return
        }
        // One that waits here and was verified is worth more than a copy without its signature.
        if let held, held.leaf != nil, snapshot != nil, unverified.isSummed {
            let whole = try UnverifiedChangeset(held.item)
            if !whole.isSummed { return try receiveOne(whole) { ChangesetContent(whole) } }
        }
        let isHeld = held != nil
        guard header.rootStatement <= settings.rootStatement else { return try wait(unverified, isHeld, .rootStatement, header.credential, verified: false) }
        guard let key = applier.understanding.keys[header.credential] else {
            return try wait(unverified, isHeld, .credential, header.credential, verified: false)
        }
        let signed: SignedChangeset
        do {
            signed = try snapshot != nil && unverified.isSummed ? unverified.summed(under: key) : unverified.verified(by: key)
            guard applier.understanding.contents[header.credential]?.subject == header.feed.node else {
                throw TrustError(.wrongKey, "the credential is another node's")
            }
        } catch let error as TrustError {
            try forget(unverified)
            return refuse(unverified, error.code.rawValue, error.fact)
        }
        // Nobody below a place has a word in its partitions; passed on, it would wait for ever where the author is unknown.
        guard let credential = applier.understanding.contents[header.credential], node.regions.lodges(credential.region, in: header.feed.partition) else {
            try forget(unverified)
            return refuse(unverified, NodeError.Code.outsidePartition.rawValue, header.feed.partition.description)
        }
        // A body that fails its digest is damage, not a statement: another copy may be whole.
        let content = read()
        if case .damaged(let error) = content {
            try forget(unverified)
            return refuse(unverified, error.code.rawValue, error.detail)
        }
        if isHeld, let ref = try writer.reader.changesetRef(unverified.id) { try writer.setItem(ref, signed.item) }
        if let predecessor = header.predecessor {
            guard let before = try writer.reader.changeset(predecessor), before.state != .waiting else {
                return try wait(unverified, isHeld, .predecessor, predecessor.hash, verified: true)
            }
            // A head vouches for its gapless feed, so a chain neither skips nor comes from another feed.
            guard before.sequence + 1 == header.sequence, try writer.reader.feedRef(header.feed) == before.feed else {
                return refuse(unverified, FormatError.Code.malformedHeader.rawValue, "predecessor")
            }
        }
        try enter(signed, content, isHeld: isHeld)
        try release(signed)
    }

    private func fault(of header: ChangesetHeader) -> NodeError.Code? {
        guard header.network == network else { return .wrongNetwork }
        guard header.isRehearsal == settings.isRehearsal else { return .rehearsalMismatch }
        // A node never takes in a partition outside its credential, and `local` has no wire form.
        let trust = applier.understanding.trust
        let receives = trust?.receives(settings.node, header.feed.partition, reaching: node.reaches) ?? false
        // Also one whose superior changed its key before anybody held what it had granted: the grant will be carried again.
        let isAdmitted = trust?.credentials(of: settings.node).contains(where: \.isStanding) ?? false
        return receives || !isAdmitted && node.mayReceiveUnadmitted(header.feed.partition, settings) ? nil : .outsidePartition
    }

    /// The signature of a changeset that was summed up has come: it is verified like any other and kept.
    private mutating func complete(_ held: ChangesetRow, _ unverified: UnverifiedChangeset, _ read: () -> ChangesetContent) throws {
        guard let key = applier.understanding.keys[unverified.header.credential] else {
            return receptions.append(.duplicate(unverified.id.hash))
        }
        do {
            _ = try unverified.verified(by: key)
        } catch {
            return refuse(unverified, error.code.rawValue, error.fact)
        }
        if case .damaged(let error) = read() { return refuse(unverified, error.code.rawValue, error.detail) }
        try writer.setItem(held.ref, unverified.item)
        try writer.deleteSummed(held.ref)
        receptions.append(.duplicate(unverified.id.hash))
    }

    private mutating func refuse(_ unverified: UnverifiedChangeset, _ code: String, _ fact: String) {
        receptions.append(.refused(digest: sha256(unverified.item.bytes), code: code, fact: fact))
    }

    /// A copy that waited unread and does not verify makes room for another.
    private func forget(_ unverified: UnverifiedChangeset) throws {
        guard let held = try writer.reader.changeset(unverified.id), held.leaf == nil, held.item == unverified.item else { return }
        try writer.deleteUnverified(held.ref)
    }

    /// Keeps the bytes until what they wait for comes. What verifies is logged at once: it has arrived.
    private mutating func wait(_ unverified: UnverifiedChangeset, _ isHeld: Bool, _ what: WaitingFor, _ item: Hash32, verified: Bool) throws {
        if !isHeld {
            guard try writer.reader.waiting().count < Node.maximumWaiting else { return refuse(unverified, "tooManyWaiting", "") }
            let leaf = verified ? try LogKeeper.append(unverified.id.hash, writer) : nil
            let header = unverified.header
            let ref = try writer.insertChangeset(
                unverified.id, feed: try writer.feedRef(header.feed), sequence: header.sequence, predecessor: header.predecessor, state: .waiting, leaf: leaf,
                received: node.surroundings.now(), item: unverified.item)
            try writer.insertWaiting(ref, what: what.rawValue, item: item)
        } else if let ref = try writer.reader.changesetRef(unverified.id) {
            try writer.deleteWaiting(ref)
            try writer.insertWaiting(ref, what: what.rawValue, item: item)
        }
        receptions.append(.waiting(unverified.id, what: what, item: item))
    }

    private mutating func enter(_ signed: SignedChangeset, _ content: ChangesetContent, isHeld: Bool) throws {
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
        if let snapshot, signed.isSummed { try writer.insertSummed(ref, by: snapshot) }
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
    private mutating func release(_ signed: SignedChangeset) throws {
        released += try writer.reader.waiting(for: signed.id.hash)
        guard signed.header.feed.partition.isPolicy else { return }
        for row in try writer.reader.waiting() where row.what == WaitingFor.credential.rawValue && applier.understanding.keys[row.item] != nil {
            released.append(row.changeset)
        }
    }

    // MARK: Statements

    mutating func receiveStatement(_ bytes: [UInt8], _ type: FrameType) throws -> Reception {
        do {
            switch type {
            case .rootStatement: return try receiveRoot(bytes)
            case .checkpoint: return try receiveCheckpoint(bytes)
            case .receipt: return try receiveReceipt(bytes)
            case .consistency: return try receiveConsistency(bytes)
            case .ask: return try receiveAsk(bytes)
            case .evidence: return try receiveEvidence(bytes)
            case .snapshot, .summary: return .refused(digest: sha256(bytes), code: NodeError.Code.snapshotInside.rawValue, fact: "")
            default: return .refused(digest: sha256(bytes), code: NodeError.Code.malformedItem.rawValue, fact: "\(type)")
            }
        } catch let error as FormatError {
            return .refused(digest: sha256(bytes), code: error.code.rawValue, fact: error.description)
        } catch let error as TrustError {
            return .refused(digest: sha256(bytes), code: error.code.rawValue, fact: error.fact)
        }
    }

    private mutating func receiveRoot(_ bytes: [UInt8]) throws -> Reception {
        let signed = try SignedRoot(bytes)
        let chain = try writer.reader.statements(.rootStatement).map { try SignedRoot($0.envelope) }
        // The same content with other signatures is the same statement.
        if chain.contains(where: { $0.content == signed.content }) { return .duplicate(signed.rowID) }
        // Statement 1 was pinned at enrolment; a later one names it and is signed by the keys of the one before.
        guard let newest = chain.last else { return .refused(digest: signed.rowID, code: NodeError.Code.notEnrolled.rawValue, fact: "") }
        guard signed.isNext(after: newest) else {
            return .refused(digest: signed.rowID, code: NodeError.Code.wrongNetwork.rawValue, fact: "root statement \(signed.statement.number)")
        }
        try signed.verify(after: newest)
        let number = signed.statement.number
        try writer.insertStatement(
            StatementRow(id: signed.rowID, type: .rootStatement, node: nil, number: number, envelope: bytes, received: node.surroundings.now()))
        settings.rootStatement = number
        try writer.setMeta(NodeSettings.key, settings.encode())
        // Who may do what can hang on it: everything is settled again.
        applier = try node.applier(writer, settings)
        try applier.rejudgeAll()
        for row in try writer.reader.waiting() where row.what == WaitingFor.rootStatement.rawValue {
            let held = try writer.reader.changeset(row.changeset)
            if held.state == .waiting { try receive(try UnverifiedChangeset(held.item)) }
        }
        try finish()
        return .statement(.rootStatement, signed.rowID)
    }
}

extension Node {
    /// Changesets that wait at one time; beyond it a sender is asked to come again.
    static let maximumWaiting = 10_000
}

extension Node {
    public struct NotKept: Error { let result: any Sendable }

    /// Receives for trial: everything happens within one transaction, which is then undone.
    public func tryOut<Result: Sendable>(_ body: (@escaping ([Frame]) throws -> [Reception]) throws -> Result) throws -> Result {
        do {
            try store.write { writer in
                // Forgotten before the transaction ends: its generation number will be given again.
                defer { forgetUnderstanding() }
                let result = try body { frames in
                    var receiver = try Receiver(node: self, writer, try Node.settings(writer.reader))
                    guard frames.first?.type == .changeset else { return try frames.map { try receiver.receiveStatement($0.payload, $0.type) } }
                    for frame in frames { try receiver.receive(try UnverifiedChangeset(try ChangesetItem(frame.payload))) }
                    try receiver.finish()
                    return receiver.receptions
                }
                throw NotKept(result: result)
            }
        } catch let trial as NotKept {
            guard let result = trial.result as? Result else { throw NodeError(.malformedItem) }
            return result
        }
        throw NodeError(.malformedItem)
    }
}
