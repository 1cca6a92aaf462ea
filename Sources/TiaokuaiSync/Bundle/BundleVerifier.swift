import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
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

    /// A file of which nothing could be read: sealed to others, no bundle, gone.
    public struct Unread: Sendable {
        public let path: String
        public let error: any Error
    }

    public let network: NetworkID
    public let files: [File]
    public let unread: [Unread]
    public let waiting: [Waiting]
    public let forks: [Fork]
    public let feeds: [FeedEnd]
    /// Files whose sender no credential among them speaks of: their ends and statements can't be judged.
    public let strangers: [NodeID]

    public let digest: StateDigest

    /// How many things are damaged, refused, void, cut short, forked (and nobody owned up to it) or could not be read. What waits, or comes from a stranger, is no fault: the
    /// rest is in other files.
    public var faults: Int {
        forks.count { $0.repair == nil } + unread.count
            + files.reduce(0) { count, file in
                let isStranger = file.report.header.map { strangers.contains($0.from) } ?? false
                return count + file.report.damaged.count + file.report.void.count + BundleVerification.refused(file.report).count
                    + (file.report.isComplete || isStranger ? 0 : 1)
            }
    }

    /// What can't be told for want of another file.
    public var isWhole: Bool { waiting.isEmpty && strangers.isEmpty }

    private static func refused(_ report: ImportReport) -> [Reception] {
        report.refused.filter { if case .refused(_, NodeError.Code.unknownNode.rawValue, _) = $0 { false } else { true } }
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
    /// A file that can't be read is named beside the others. Where none can, its error is thrown: `notABundle`, a `SealError`,
    /// `fileUnreadable`. Throws `noRootStatement` when no file holds the root statements, `wrongNetwork`.
    public static func verify<Answer>(
        _ paths: [String], root: Hash32, keys: SealingKeyring = [], progress: (String, UInt64) -> Void = { _, _ in },
        _ body: (BundleVerification, NodeView) throws -> Answer
    ) throws -> Answer {
        var roots: [UInt64: [UInt8]] = [:]
        var unread: [BundleVerification.Unread] = []
        for path in paths {
            do {
                try look(for: &roots, in: path, keys)
            } catch let error where error is SealError || error is NodeError {
                unread.append(.init(path: path, error: error))
            }
        }
        let paths = paths.filter { path in !unread.contains { $0.path == path } }
        if paths.isEmpty, let first = unread.first { throw first.error }
        guard !roots.isEmpty else { throw NodeError(.noRootStatement) }
        return try Node.verifying(rootEnvelopes: roots.sorted { $0.key < $1.key }.map(\.value), root: root) { node in
            let first = try paths.map { path in try BundleFile.take(node, .path(path), keys: keys, progress: { progress(path, $0) }).report }
            // A file's end and its statements may need a credential of a later file: with all of them held they are judged again.
            let files = try zip(paths, first).map { path, report in
                let again = try BundleFile.take(node, .path(path), keys: keys, progress: { progress(path, $0) }).report
                var report = report
                (report.isComplete, report.refused, report.statements) = (again.isComplete, again.refused, max(report.statements, again.statements))
                return BundleVerification.File(path: path, report: report)
            }
            return try node.ask { view in try body(try result(of: files, unread, view), view) }
        }
    }

    /// The root statements of one file; throws `notABundle` where no frame is whole.
    private static func look(for roots: inout [UInt64: [UInt8]], in path: String, _ keys: SealingKeyring) throws {
        var (frames, isSealed) = (0, false)
        try BundleFile.inspect(path: path, keys: keys) { found in
            if case .sealed = found { isSealed = true }
            guard case .item(.frame(let frame, _)) = found else { return }
            frames += 1
            guard frame.type == .rootStatement, let number = try? SignedRoot(frame.payload).statement.number, roots[number] == nil else { return }
            roots[number] = frame.payload
        }
        if frames == 0, !isSealed { throw NodeError(.notABundle) }
    }

    private static func result(of files: [BundleVerification.File], _ unread: [BundleVerification.Unread], _ view: NodeView) throws -> BundleVerification {
        guard let network = view.settings.network else { throw NodeError(.notEnrolled) }
        let rows = try view.reader.feeds()
        let feeds = Dictionary(uniqueKeysWithValues: rows.map { ($0.ref, $0.feed) })
        let waiting = try view.reader.waiting().compactMap { row -> BundleVerification.Waiting? in
            let changeset = try view.reader.changeset(row.changeset)
            return feeds[changeset.feed].map { .init(id: row.id, feed: $0, sequence: changeset.sequence, what: row.what, item: row.item) }
        }
        let ends = try rows.flatMap { row in try view.reader.heads(ofFeed: row.ref).map { BundleVerification.FeedEnd(feed: row.feed, sequence: $0.sequence, head: $0.id) } }
        return BundleVerification(
            network: network, files: files, unread: unread, waiting: waiting, forks: try view.forks(), feeds: ends,
            strangers: Set(files.compactMap(\.report.header?.from)).filter { view.trust?.credentials(of: $0).isEmpty != false }.sorted(),
            digest: try view.digest(of: try view.reader.partitions().map(\.partition).filter { $0 != .local }))
    }
}
