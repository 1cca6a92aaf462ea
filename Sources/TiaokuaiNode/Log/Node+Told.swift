import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

// What two nodes last told each other over a wire, so that a third meeting with nothing new needs not repeat it. A page counts once
// the other side says the same of it: who lost it has another digest.

extension Node {
    /// Keeps what goes to a peer when a session is closed: the digest over its frames, and which statements stand in it.
    ///
    /// `frames` is all that there was to tell, also what went in earlier pages.
    public func noteTold(to peer: NodeID, page: Hash32, _ frames: [Frame]) throws {
        var encoder = CBOREncoder(reserving: 64 + frames.count * 34)
        encoder.arrayHeader(2)
        encoder.byteString(page)
        let ids = try frames.map { try $0.statementID() }.sorted()
        encoder.arrayHeader(ids.count)
        for id in ids { encoder.byteString(id) }
        let kept = encoder.bytes
        try keep(NodeView.toldKey(peer), kept)
    }

    /// Keeps that a peer's closing page came whole.
    public func noteHeard(from peer: NodeID, page: Hash32) throws { try keep(NodeView.heardKey(peer), page.bytes) }

    private func keep(_ key: String, _ bytes: [UInt8]) throws {
        guard try store.read({ try $0.meta(key) }) != bytes else { return }
        try store.write { try $0.setMeta(key, bytes) }
    }

    /// Of these, what the peer is not known to have: all, unless it heard the last page that it was told.
    public func untold(_ frames: [Frame], to peer: NodeID, heard: Hash32) throws -> [Frame] {
        let told = try ask { try $0.told(to: peer) }
        return told.digest == heard ? try frames.filter { try !told.ids.contains($0.statementID()) } : frames
    }

    /// Something would go to the peer now that was not in what it was told last: a grown log, a proof, a receipt on its way, an ask.
    /// Changes nothing.
    public func hasUntold(for peer: NodeID) throws -> Bool {
        _ = try keys.signer()
        let (told, isGrown) = try ask { view in
            let told = try view.told(to: peer).ids
            let size = try view.reader.leafCount()
            return (told, try !view.reader.statements(.checkpoint, node: view.settings.node).contains { $0.number == size && told.contains($0.id) })
        }
        if isGrown { return true }
        let frames = try withoutTrace { writer in
            let settings = try Node.settings(writer.reader)
            let own = Frame(.checkpoint, try self.checkpoint(writer, settings))
            return [own] + (try self.logStatements(for: peer, beside: [], isLive: true, writer, settings))
        }
        return try !frames.allSatisfy { told.contains(try $0.statementID()) }
    }

    private struct Undone<Answer: Sendable>: Error { let answer: Answer }

    /// What the body comes to, in a transaction that is undone.
    private func withoutTrace<Answer: Sendable>(_ body: (StoreWriter) throws -> Answer) throws -> Answer {
        do {
            try store.write { throw Undone(answer: try body($0)) }
        } catch let undone as Undone<Answer> {
            return undone.answer
        }
        throw StoreError(.inconsistent, "a transaction that was to be undone")
    }
}

extension NodeView {
    static func toldKey(_ peer: NodeID) -> String { "told/\(peer.hash.hex)" }
    static func heardKey(_ peer: NodeID) -> String { "heard/\(peer.hash.hex)" }

    fileprivate func told(to peer: NodeID) throws -> (digest: Hash32, ids: Set<Hash32>) {
        guard let bytes = try reader.meta(NodeView.toldKey(peer)) else { return (.zero, []) }
        var form = CBORReader(bytes)
        try form.arrayHeader(expecting: 2)
        let digest = try form.hash()
        var ids: Set<Hash32> = []
        for _ in 0..<(try form.arrayHeader()) { ids.insert(try form.hash()) }
        return (digest, ids)
    }

    /// Digest of the closing page that went to a peer last; zeros before the first.
    public func toldDigest(to peer: NodeID) throws -> Hash32 { try told(to: peer).digest }

    /// Digest of the closing page that came whole from a peer last; zeros before the first.
    public func heardDigest(from peer: NodeID) throws -> Hash32 { try reader.meta(NodeView.heardKey(peer)).flatMap { Hash32(bytes: $0) } ?? .zero }
}

extension Frame {
    /// The identity of the statement in it, under which a store keeps it.
    func statementID() throws -> Hash32 {
        switch type {
        case .checkpoint: try UnverifiedStatement(payload, .checkpoint).id
        case .receipt: try UnverifiedStatement(payload, .receipt).id
        case .ask: try UnverifiedStatement(payload, .ask).id
        case .consistency: try ConsistencyReceipt(payload).id
        default: sha256(payload)
        }
    }
}
