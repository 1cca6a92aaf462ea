import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// The node's Merkle log in its store: every changeset that verifies, in order of arrival, behind one genesis entry.
struct LogKeeper {
    let reader: StoreReader

    /// The first leaf: SHA-256 of `["tk-genesis", network, node, epoch]`.
    static func genesis(network: NetworkID, node: NodeID, epoch: Epoch) -> Hash32 {
        var encoder = CBOREncoder()
        encoder.arrayHeader(4)
        encoder.text("tk-genesis")
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.byteString(epoch.bytes)
        return sha256(encoder.bytes)
    }

    func reading(_ position: MerklePosition) throws -> Hash32? {
        if position.level == 0 { return try reader.leaf(position.index).map { MerkleTree.sha256.leafHash($0) } }
        return try reader.logNode(level: position.level, position: position.index)
    }

    func root(size: UInt64) throws -> Hash32 { try MerkleTree.sha256.root(size: size, reading: reading) }

    func inclusionProof(index: UInt64, size: UInt64) throws -> [Hash32] {
        guard size <= (try reader.leafCount()) else { throw LogError(.indexOutOfRange, "size \(size)") }
        return try MerkleTree.sha256.inclusionProof(index: index, size: size, reading: reading)
    }

    func consistencyProof(from: UInt64, to: UInt64) throws -> [Hash32] {
        guard to <= (try reader.leafCount()) else { throw LogError(.sizesOutOfOrder, "size \(to)") }
        return try MerkleTree.sha256.consistencyProof(from: from, to: to, reading: reading)
    }

    /// Appends an identity; gives its index.
    static func append(_ identity: Hash32, _ writer: StoreWriter) throws -> UInt64 {
        let size = try writer.reader.leafCount()
        var frontier = try MerkleFrontier(.sha256, size: size) { try LogKeeper(reader: writer.reader).reading($0) }
        try writer.insertLeaf(size, identity)
        for node in frontier.append(identity) where node.position.level > 0 {
            try writer.insertLogNode(level: node.position.level, position: node.position.index, node.hash)
        }
        return size
    }

    /// The log's identities, read again from the leaves, against the nodes kept above them; the positions that differ.
    func findings() throws -> [String] {
        var frontier = MerkleFrontier(.sha256)
        var out: [String] = []
        for position in 0..<(try reader.leafCount()) {
            guard let identity = try reader.leaf(position) else {
                out.append("leaf \(position) missing")
                continue
            }
            for node in frontier.append(identity) where node.position.level > 0 {
                if try reader.logNode(level: node.position.level, position: node.position.index) != node.hash {
                    out.append("log node \(node.position.level).\(node.position.index)")
                }
            }
        }
        return out
    }
}
