import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

// Checkpoints, proofs and asks as they lie in the store.

extension StoreReader {
    /// Checkpoints held of one node, all epochs, by size.
    package func heldCheckpoints(of node: NodeID) throws -> [HeldCheckpoint] {
        try statements(.checkpoint, node: node).map(HeldCheckpoint.init)
    }

    /// Proofs held of one node's log, all epochs, by newer size.
    package func heldProofs(of node: NodeID) throws -> [ConsistencyReceipt] {
        try statements(.consistency, node: node).map { try DecodedStatements.proof($0.envelope) }
    }

    /// The epoch of the checkpoint that its node wrote last: what comes late, of an epoch that ended, doesn't bring that back.
    static func currentEpoch(_ held: [HeldCheckpoint]) -> Epoch? {
        held.max { ($0.checkpoint.written, $0.received, $0.id) < ($1.checkpoint.written, $1.received, $1.id) }?.checkpoint.epoch
    }

    func header(_ changeset: ChangesetRef) throws -> ChangesetHeader {
        try DecodedStatements.header(try envelope(changeset))
    }

    /// The newest ask of each asker about one node's log, as envelopes.
    func asks(of node: NodeID) throws -> [NodeID: [UInt8]] {
        guard let bytes = try meta(StoreReader.askKey(node)) else { return [:] }
        var reader = CBORReader(bytes)
        var out: [NodeID: [UInt8]] = [:]
        for _ in 0..<(try reader.arrayHeader()) {
            try reader.arrayHeader(expecting: 2)
            out[NodeID(try reader.hash())] = try reader.byteString()
        }
        return out
    }

    static func askKey(_ node: NodeID) -> String { "ask/\(node.hash.hex)" }

    /// The newest receipt that one node made for another and that passes through here.
    func passingReceipt(from node: NodeID, to addressee: NodeID) throws -> [UInt8]? { try meta(StoreReader.passingKey(node, addressee)) }

    static func passingKey(_ node: NodeID, _ addressee: NodeID) -> String { "\(passing)\(addressee.hash.hex)/\(node.hash.hex)" }

    /// Where this node's own receipt lies that waits to be carried on to one it doesn't talk to itself.
    static func ownReceiptKey(_ addressee: NodeID) -> String { "\(waiting)\(addressee.hash.hex)" }

    private static let passing = "receipt/"
    private static let waiting = "vouched/"

    /// Receipts that lie beside the statements: those that pass through, and this node's own that wait to be carried.
    package func looseReceipts() throws -> [[UInt8]] {
        try (metaKeys(prefix: StoreReader.passing) + metaKeys(prefix: StoreReader.waiting)).compactMap { try meta($0) }
    }

    /// Checkpoints of a node in its receipts that are on their way.
    func vouchedCheckpoints(of node: NodeID) throws -> [Checkpoint] {
        try looseReceipts().compactMap { envelope in
            guard let receipt = try? Receipt(UnverifiedStatement(envelope, .receipt).claimed), receipt.node == node else { return nil }
            return try? Checkpoint(UnverifiedStatement(receipt.checkpoint, .checkpoint).claimed)
        }
    }

    /// Size of each node's log as it was last handed to a peer.
    func shownLogs(to peer: NodeID) throws -> [NodeID: LogAsk.Size] {
        guard let bytes = try meta(StoreReader.shownKey(peer)) else { return [:] }
        var reader = CBORReader(bytes)
        var out: [NodeID: LogAsk.Size] = [:]
        for _ in 0..<(try reader.arrayHeader()) {
            try reader.arrayHeader(expecting: 3)
            let node = NodeID(try reader.hash())
            guard let epoch = Epoch(bytes: try reader.byteString(limit: 16)) else { throw StoreError(.inconsistent, "shown logs") }
            out[node] = LogAsk.Size(epoch: epoch, size: try reader.unsigned())
        }
        return out
    }

    static func shownKey(_ peer: NodeID) -> String { "shown/\(peer.hash.hex)" }
}

extension StoreWriter {
    func setAsks(of node: NodeID, _ asks: [NodeID: [UInt8]]) throws {
        var encoder = CBOREncoder(reserving: 512)
        encoder.arrayHeader(asks.count)
        for (asker, envelope) in asks.sorted(by: { $0.key < $1.key }) {
            encoder.arrayHeader(2)
            encoder.byteString(asker.hash)
            encoder.byteString(envelope)
        }
        try setMeta(StoreReader.askKey(node), encoder.bytes)
    }

    func setShownLogs(to peer: NodeID, _ shown: [NodeID: LogAsk.Size]) throws {
        var encoder = CBOREncoder(reserving: 128)
        encoder.arrayHeader(shown.count)
        for (node, size) in shown.sorted(by: { $0.key < $1.key }) {
            encoder.arrayHeader(3)
            encoder.byteString(node.hash)
            encoder.byteString(size.epoch.bytes)
            encoder.unsigned(size.size)
        }
        try setMeta(StoreReader.shownKey(peer), encoder.bytes)
    }
}

extension StoreReader {
    /// The newest ask of each asker about one node's log.
    package func askEnvelopes(of node: NodeID) throws -> [[UInt8]] { try asks(of: node).sorted { $0.key < $1.key }.map(\.value) }
}
