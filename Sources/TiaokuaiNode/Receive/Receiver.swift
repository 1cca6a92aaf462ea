import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// The receiving of items within one transaction.
struct Receiver {
    let node: Node
    let writer: StoreWriter
    let logs: HeldLogs
    var settings: NodeSettings
    let network: NetworkID
    var applier: Applier
    var understanding: Understanding { applier.understanding }
    var receptions: [Reception] = []
    /// What came of everything since the last time.
    mutating func takeReceptions() -> [Reception] {
        defer { receptions = [] }
        return receptions
    }
    /// Changesets whose last missing item has come.
    var released: [ChangesetRef] = []
    /// A changeset that turns out unreadable half-way is undone by itself; otherwise its error ends the transaction.
    let undoing: Bool
    let unsigned: Unsigned

    /// Which changesets may come without their signatures.
    enum Unsigned: Equatable {
        case none
        /// Those that the store they come from holds so.
        case asHeld
        /// Those that this statement sums up.
        case snapshot(Hash32)

        /// What is noted beside such a changeset.
        var snapshot: Hash32? {
            switch self {
            case .none: nil
            case .asHeld: .zero
            case .snapshot(let id): id
            }
        }
    }

    init(node: Node, _ writer: StoreWriter, _ settings: NodeSettings, undoing: Bool = true, unsigned: Unsigned = .none) throws {
        self.undoing = undoing
        self.unsigned = unsigned
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
        if let held, held.leaf != nil, unsigned != .none, unverified.isSummed {
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
            signed = try unsigned != .none && unverified.isSummed ? unverified.summed(under: key) : unverified.verified(by: key)
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
}
