import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// What a store holds of others' logs and of its own, each read once within one transaction. Whoever inserts a statement says so here.
final class HeldLogs {
    private let reader: StoreReader
    private var checkpoints: [NodeID: [HeldCheckpoint]] = [:]
    private var proofs: [NodeID: [ConsistencyReceipt]] = [:]

    init(_ reader: StoreReader) { self.reader = reader }

    /// Checkpoints held of one node, all epochs.
    func checkpoints(of node: NodeID) throws -> [HeldCheckpoint] {
        if let held = checkpoints[node] { return held }
        let held = try reader.heldCheckpoints(of: node)
        checkpoints[node] = held
        return held
    }

    /// Proofs held of one node's log, all epochs.
    func proofs(of node: NodeID) throws -> [ConsistencyReceipt] {
        if let held = proofs[node] { return held }
        let held = try reader.heldProofs(of: node)
        proofs[node] = held
        return held
    }

    /// A statement was inserted.
    func note(_ row: StatementRow) throws {
        guard let node = row.node else { return }
        if row.type == .checkpoint { try checkpoints[node]?.append(HeldCheckpoint(row)) }
        if row.type == .consistency { try proofs[node]?.append(DecodedStatements.proof(row.envelope)) }
    }

    /// What a node's own checkpoints of its newest epoch come to; nil when none is held.
    func line(of node: NodeID) throws -> LogLine? {
        let held = try checkpoints(of: node)
        guard let epoch = StoreReader.currentEpoch(held) else { return nil }
        return LogLine(epoch, held, try proofs(of: node))
    }
}

/// What statements and headers say, by their bytes: a store's are read again at every meeting, and never change. Long ones are
/// decoded each time, so that at most 16 MiB of each sort is kept whatever others send.
enum DecodedStatements {
    private static let maximumBytes = 4_096

    private static func answer<Answer>(_ memo: Memo<[UInt8], Answer>, _ envelope: [UInt8], _ decode: () throws -> Answer) rethrows -> Answer {
        envelope.count <= maximumBytes ? try memo.answer(envelope, decode) : try decode()
    }

    private static let checkpoints = Memo<[UInt8], Checkpoint>(maximum: 4_096)
    private static let proofs = Memo<[UInt8], ConsistencyReceipt>(maximum: 4_096)
    private static let headers = Memo<[UInt8], ChangesetHeader>(maximum: 4_096)
    private static let asks = Memo<[UInt8], Ask>(maximum: 1_024)

    struct Ask: Sendable {
        /// Identity of the statement.
        let id: Hash32
        let ask: LogAsk
    }

    static func checkpoint(_ envelope: [UInt8]) throws -> Checkpoint {
        try answer(checkpoints, envelope) { try Checkpoint(UnverifiedStatement(envelope, .checkpoint).claimed) }
    }

    static func proof(_ envelope: [UInt8]) throws -> ConsistencyReceipt { try answer(proofs, envelope) { try ConsistencyReceipt(envelope) } }

    static func header(_ envelope: [UInt8]) throws -> ChangesetHeader {
        try answer(headers, envelope) { try UnverifiedChangeset(ChangesetItem(envelope: envelope, compressedBody: [])).header }
    }

    static func ask(_ envelope: [UInt8]) throws -> Ask {
        try answer(asks, envelope) {
            let statement = try UnverifiedStatement(envelope, .ask)
            return Ask(id: statement.id, ask: try LogAsk(statement.claimed))
        }
    }
}

/// Proofs of this process's own logs that were signed already: whether there is anything to tell is found by making what would be told.
enum OwnProofs {
    private static let signed = Memo<Step, Proof>(maximum: 4_096)

    struct Proof: Sendable {
        let id: Hash32
        let bytes: [UInt8]
    }

    private struct Step: Hashable {
        let node: NodeID
        let epoch: Epoch
        let hash: HashAlgorithm
        let older, newer: UInt64
        let root: Hash32
        let key: Hash32
    }

    /// - Parameter path: asked for only where the proof wasn't signed yet.
    static func proof(
        of node: NodeID, _ epoch: Epoch, _ hash: HashAlgorithm, from older: UInt64, to newer: UInt64, _ root: Hash32, _ key: any Signer, path: () throws -> [Hash32]
    ) throws -> Proof {
        try signed.answer(Step(node: node, epoch: epoch, hash: hash, older: older, newer: newer, root: root, key: key.verifyingKey.thumbprint)) {
            let bytes = try ConsistencyReceipt.sign(hash, node: node, epoch: epoch, older: older, newer: newer, path: try path(), newRoot: root, key: key)
            return Proof(id: try ConsistencyReceipt(bytes).id, bytes: bytes)
        }
    }
}
