import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What bundles come to when they are checked with nothing but a network's root: no node, no earlier knowledge.
public struct BundleVerification: Sendable {
    public struct File: Sendable {
        public let path: String
        public let report: ImportReport
    }

    /// What waits after all files for something that is in none of them.
    public struct Waiting: Hashable, Sendable {
        public let id: ChangesetID
        public let feed: Feed
        public let sequence: UInt64
        public let what: String
        public let item: Hash32
    }

    public struct FeedEnd: Hashable, Sendable {
        public let feed: Feed
        public let sequence: UInt64
        public let head: ChangesetID
    }

    public let network: NetworkID
    public let files: [File]
    public let waiting: [Waiting]
    public let forks: [Fork]
    public let feeds: [FeedEnd]
    public let digest: StateDigest

    /// Nothing is damaged, refused, void, cut short or forked. What waits is no fault: it is in another file.
    public var isClean: Bool {
        forks.isEmpty && files.allSatisfy { $0.report.isComplete && $0.report.damaged.isEmpty && $0.report.refused.isEmpty && $0.report.void.isEmpty }
    }
}

/// Checks bundle files without a node: signatures along the credential chains from the root, digests, order, gaps, forks.
public enum BundleVerifier {
    /// - Parameters:
    ///   - paths: one or more files, in any order.
    ///   - root: the network's id, or the thumbprint of a root key.
    ///   - keys: those that open what is sealed.
    ///
    ///   - body: gets what was found, and a view of it all that lives no longer.
    ///
    /// Throws `notABundle`, `notAGrant` when no file holds the root statements, `wrongNetwork`, and a `SealError` for a file
    /// that none of the keys opens.
    public static func verify<Answer>(
        _ paths: [String], root: Hash32, keys: [SealingKey] = [], progress: (String, UInt64) -> Void = { _, _ in },
        _ body: (BundleVerification, NodeView) throws -> Answer
    ) throws -> Answer {
        var roots: [UInt64: [UInt8]] = [:]
        for path in paths {
            try BundleFile.inspect(path: path, keys: keys) { found in
                guard case .item(.frame(let frame, _)) = found, frame.type == .rootStatement else { return }
                let number = try SignedRoot(frame.payload).statement.number
                if roots[number] == nil { roots[number] = frame.payload }
            }
        }
        return try Node.verifying(rootEnvelopes: roots.sorted { $0.key < $1.key }.map(\.value), root: root) { node in
            let files = try paths.map { path in
                BundleVerification.File(path: path, report: try BundleFile.take(node, path: path, keys: keys) { progress(path, $0) }.report)
            }
            return try node.ask { view in try body(try result(of: files, view), view) }
        }
    }

    private static func result(of files: [BundleVerification.File], _ view: NodeView) throws -> BundleVerification {
        guard let network = view.settings.network else { throw NodeError(.notEnrolled) }
        let rows = try view.reader.feeds()
        let feeds = Dictionary(uniqueKeysWithValues: rows.map { ($0.ref, $0.feed) })
        let waiting = try view.reader.waiting().compactMap { row -> BundleVerification.Waiting? in
            let changeset = try view.reader.changeset(row.changeset)
            return feeds[changeset.feed].map { .init(id: row.id, feed: $0, sequence: changeset.sequence, what: row.what, item: row.item) }
        }
        let ends = try rows.flatMap { row in try view.reader.heads(ofFeed: row.ref).map { BundleVerification.FeedEnd(feed: row.feed, sequence: $0.sequence, head: $0.id) } }
        return BundleVerification(
            network: network, files: files, waiting: waiting, forks: try view.forks(), feeds: ends,
            digest: try view.digest(of: try view.reader.partitions().map(\.partition).filter { $0 != .local }))
    }
}
