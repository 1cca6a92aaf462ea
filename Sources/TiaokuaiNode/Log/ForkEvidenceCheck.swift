import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// What evidence of a fork says, once everything in it was checked.
public struct CheckedFork: Hashable, Sendable {
    public let network: NetworkID
    public let feed: Feed
    public let sequence: UInt64
    /// The two changesets, ascending.
    public let first, second: ChangesetID
    /// Both keys are the node's first one, by which it is named: no credential is needed to believe it.
    public let standsAlone: Bool
}

/// Checks evidence of a fork with nothing but itself.
public enum ForkEvidenceCheck {
    /// Throws `FormatError` and `TrustError`; `malformedItem` where the two may well stand in one chain. A restore begins a new
    /// epoch, and so another feed: it never comes to evidence.
    public static func check(_ evidence: ForkEvidence) throws -> CheckedFork {
        let first = try side(evidence.first)
        let second = try side(evidence.second)
        guard first.header.network == second.header.network, first.header.feed == second.header.feed, first.header.sequence == second.header.sequence,
            first.id < second.id
        else { throw NodeError(.malformedItem, ["reason": "the two changesets are not of one feed and sequence"]) }
        let node = first.header.feed.node
        return CheckedFork(
            network: first.header.network, feed: first.header.feed, sequence: first.header.sequence, first: first.id, second: second.id,
            standsAlone: first.signer == node && second.signer == node)
    }

    private static func side(_ side: ForkEvidence.Side) throws -> (header: ChangesetHeader, id: ChangesetID, signer: NodeID) {
        let unverified = try UnverifiedChangeset(ChangesetItem(envelope: side.envelope, compressedBody: []))
        let key = try VerifyingKey(coseKey: side.key)
        _ = try unverified.verified(by: key)
        return (unverified.header, unverified.id, key.nodeID)
    }
}

extension NodeView {
    /// The evidence of each fork held, in the order of `forks()`; of more than two branches the first two. Left out where the
    /// credential of a branch grants nothing any more.
    public func forkEvidence() throws -> [(fork: Fork, evidence: ForkEvidence)] {
        try forks().compactMap { fork in
            let sides = try fork.branches.prefix(2).compactMap { id -> ForkEvidence.Side? in
                guard let row = try reader.changeset(id) else { return nil }
                let changeset = try UnverifiedChangeset(row.item)
                // Without its signature it is nobody's word to a third.
                guard !changeset.isSummed else { return nil }
                let header = changeset.header
                return understanding.keys[header.credential].map { ForkEvidence.Side(key: $0.coseKey, envelope: row.item.envelope) }
            }
            return sides.count == 2 ? (fork, ForkEvidence(first: sides[0], second: sides[1])) : nil
        }
    }
}
