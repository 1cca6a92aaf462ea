import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// The node's Merkle log in its store: every changeset that verifies, in order of arrival, behind one genesis entry.
///
/// Over the same leaves there is a tree under SHA-256, kept as leaves come, and in a GM network one under SM3, whose nodes are
/// kept up to the newest checkpoint and follow from the leaves behind it.
package struct LogKeeper {
    let reader: StoreReader
    let hash: HashAlgorithm

    package init(reader: StoreReader, _ hash: HashAlgorithm = .sha256) {
        self.reader = reader
        self.hash = hash
    }

    private var tree: MerkleTree { MerkleTree(hash) }

    /// The first leaf: SHA-256 of `["tk-genesis", network, node, epoch]`.
    package static func genesis(network: NetworkID, node: NodeID, epoch: Epoch) -> Hash32 {
        var encoder = CBOREncoder()
        encoder.arrayHeader(4)
        encoder.text("tk-genesis")
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.byteString(epoch.bytes)
        return sha256(encoder.bytes)
    }

    func reading(_ position: MerklePosition) throws -> Hash32? {
        if position.level == 0 { return try reader.leaf(position.index).map { tree.leafHash($0) } }
        return try reader.logNode(hash.table, level: position.level, position: position.index)
    }

    package func root(size: UInt64) throws -> Hash32 { try tree.root(size: size, reading: reading) }

    package func inclusionProof(index: UInt64, size: UInt64) throws -> [Hash32] {
        guard size <= (try reader.leafCount()) else { throw LogError(.indexOutOfRange, "size \(size)") }
        return try tree.inclusionProof(index: index, size: size, reading: reading)
    }

    package func consistencyProof(from: UInt64, to: UInt64) throws -> [Hash32] {
        guard to <= (try reader.leafCount()) else { throw LogError(.sizesOutOfOrder, "size \(to)") }
        return try tree.consistencyProof(from: from, to: to, reading: reading)
    }

    /// Appends an identity; gives its index.
    package static func append(_ identity: Hash32, _ writer: StoreWriter) throws -> UInt64 {
        let size = try writer.reader.leafCount()
        var frontier = try MerkleFrontier(.sha256, size: size) { try LogKeeper(reader: writer.reader).reading($0) }
        try writer.insertLeaf(size, identity)
        for node in frontier.append(identity) where node.position.level > 0 {
            try writer.insertLogNode(level: node.position.level, position: node.position.index, node.hash)
        }
        return size
    }

    /// Keeps the nodes of the tree under SM3 up to the newest leaf; costs as much as came since the last time.
    static func followUnderSM3(_ writer: StoreWriter) throws {
        let size = try writer.reader.leafCount()
        // Whole pairs are covered; a last leaf without its neighbour is taken again.
        let start = try writer.reader.logNodeCount(.sm3, level: 1) * 2
        guard start < size else { return }
        let keeper = LogKeeper(reader: writer.reader, .sm3)
        var frontier = try MerkleFrontier(.sm3, size: start, reading: keeper.reading)
        for position in start..<size {
            guard let identity = try writer.reader.leaf(position) else { throw LogError(.missingLeaf, "index \(position)") }
            for node in frontier.append(identity) where node.position.level > 0 {
                try writer.insertLogNode(.sm3, level: node.position.level, position: node.position.index, node.hash)
            }
        }
    }
}

extension HashAlgorithm {
    /// Where the nodes of the tree under this hash lie.
    var table: LogTreeTable { self == .sm3 ? .sm3 : .sha256 }
}
