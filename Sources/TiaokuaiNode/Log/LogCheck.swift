import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore

/// Makes a node's own log again, from its entries alone, and holds it against everything that was said of it: the changesets'
/// rows, the nodes kept above the entries, and every root that the node signed. One pass, a few hashes of memory.
package struct LogCheck {
    /// A root that the node signed for its log.
    package struct Signed: Sendable {
        let id: Hash32
        let checkpoint: Checkpoint

        package init(id: Hash32, checkpoint: Checkpoint) {
            self.id = id
            self.checkpoint = checkpoint
        }
    }

    let reader: StoreReader
    let network: NetworkID
    let node: NodeID
    let epoch: Epoch
    let hashes: [HashAlgorithm]
    private(set) var findings: [LogFinding] = []

    package init(_ reader: StoreReader, network: NetworkID, node: NodeID, epoch: Epoch, hashes: [HashAlgorithm]) {
        self.reader = reader
        self.network = network
        self.node = node
        self.epoch = epoch
        self.hashes = hashes
    }

    /// What is wrong with the log as it lies here, and the size that it has.
    ///
    /// - Parameters:
    ///   - signed: the node's own checkpoints, of whatever epoch: those of an earlier one are of a log that is gone.
    ///   - repairedFrom: how far the two logs of a fork that the node's unit owned up to are one; behind that the other machine's
    ///     roots are no finding. Nil without such a fork.
    package mutating func run(signed: [Signed], repairedFrom: UInt64?, progress: (UInt64, UInt64) -> Void = { _, _ in }) throws -> [LogFinding] {
        let size = try reader.leafCount()
        // A log has its genesis entry at least.
        if size == 0 { add(.entryMissing, at: 0) }
        let rows = try reader.leafRows()
        // An entry that was put far out: what lies between would be looked for to the end of days.
        guard size / 2 <= rows + 1_024 else {
            add(.entryMissing, at: rows)
            return findings
        }
        try checkEpoch(signed)
        let ours = signed.filter { one in one.checkpoint.epoch == epoch && repairedFrom.map { one.checkpoint.size <= $0 } ?? true }
        for one in ours where one.checkpoint.size > size { add(.logShorter, one) }
        let bySize = Dictionary(grouping: ours, by: \.checkpoint.size)
        var frontiers = hashes.map { MerkleFrontier(MerkleTree($0)) }
        for position in 0..<size {
            let identity = try identity(at: position)
            for index in frontiers.indices {
                for made in frontiers[index].append(identity) where made.position.level > 0 { try compare(made, hashes[index]) }
            }
            for one in bySize[position + 1] ?? [] { compare(one, frontiers) }
            if position % 1_024 == 0 { progress(position, size) }
        }
        try countNodes(size)
        return findings
    }

    /// An epoch is in the settings, which nobody signs: what the node signed in it says that it is one.
    private mutating func checkEpoch(_ signed: [Signed]) throws {
        let feeds = try reader.feeds().filter { $0.feed.node == node }
        let others = Set(signed.map(\.checkpoint.epoch) + feeds.map(\.feed.epoch)).subtracting([epoch])
        let isSigned = try signed.contains { $0.checkpoint.epoch == epoch } || feeds.contains { try $0.feed.epoch == epoch && !reader.heads(ofFeed: $0.ref).isEmpty }
        if !isSigned, !others.isEmpty { add(.epochUnsigned, at: 0, fact: "\(others.count)") }
    }

    private mutating func add(_ code: LogFinding.Code, at entry: UInt64, _ item: Hash32? = nil, fact: String = "") {
        findings.append(LogFinding(code, entry: entry, item: item, fact: fact))
    }

    private mutating func add(_ code: LogFinding.Code, _ one: Signed, fact: String = "") {
        findings.append(LogFinding(code, checkpoint: one.id, size: one.checkpoint.size, epoch: one.checkpoint.epoch, fact: fact))
    }

    /// The entry at a position: the genesis, or the identity of a changeset that is held and says the same.
    private mutating func identity(at position: UInt64) throws -> Hash32 {
        guard let identity = try reader.leaf(position) else {
            add(.entryMissing, at: position)
            return .zero
        }
        if position == 0 {
            if identity != LogKeeper.genesis(network: network, node: node, epoch: epoch) { add(.genesisDiffers, at: 0, identity) }
        } else if try reader.leafPosition(of: identity) != position {
            add(.entryRepeated, at: position, identity)
        } else if try reader.changesetRef(ChangesetID(identity)) == nil {
            add(.entryUnknown, at: position, identity)
        }
        return identity
    }

    private mutating func compare(_ made: MerkleNode, _ hash: HashAlgorithm) throws {
        let kept = try reader.logNode(hash.table, level: made.position.level, position: made.position.index)
        // Under SM3 nodes are kept up to the newest checkpoint and follow from the entries behind it.
        if kept == nil, hash == .sm3 { return }
        if kept != made.hash {
            add(.logNodeDiffers, at: made.position.index << UInt64(made.position.level), fact: "\(hash.rawValue) \(made.position.level).\(made.position.index)")
        }
    }

    private mutating func compare(_ one: Signed, _ frontiers: [MerkleFrontier]) {
        for hash in HashAlgorithm.allCases {
            let made = hashes.firstIndex(of: hash).map { frontiers[$0].root }
            if one.checkpoint.root(hash) != made { add(.rootDiffers, one, fact: hash.rawValue) }
        }
    }

    /// Nodes above entries that are not there.
    private mutating func countNodes(_ size: UInt64) throws {
        for hash in hashes {
            for level in 1..<63 {
                let (most, kept) = (size >> UInt64(level), try reader.logNodeRows(hash.table, level: level))
                if kept == 0, most == 0 { break }
                if UInt64(kept) > most { add(.logNodeDiffers, at: most << UInt64(level), fact: "\(hash.rawValue) \(level).\(most)") }
            }
        }
    }
}
