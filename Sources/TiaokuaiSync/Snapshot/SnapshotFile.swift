import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiStore
import TiaokuaiTrust

/// Snapshots as files: a bundle in which the work of others is summed up (Docs/Formats/Snapshot.md).
public enum SnapshotFile {
    /// What was written.
    public struct Made: Sendable {
        public let file: WrittenBundle
        public let statement: SnapshotStatement
        /// Of the statement's signed bytes.
        public let id: Hash32
        /// Changesets carried with their signatures.
        public let whole: Int
    }

    /// What was taken in.
    public struct Loaded: Sendable {
        public let snapshot: LoadedSnapshot
        public let report: ImportReport
    }

    private static let tries = 20

    /// Writes a snapshot for a node below this one, sealed to it unless `isSealed` is false. Returns only when the file was read back from the medium.
    ///
    /// Throws `SnapshotError`, `unknownNode`, `volumeTooSmall` when it is too much for one file.
    public static func make(
        _ node: Node, for peer: NodeID, path: String, isSealed: Bool = true, volumeBytes: Int64 = BundleFile.Options.defaultVolumeBytes,
        handler: Handler? = nil
    ) throws -> Made {
        for _ in 0..<tries {
            let plan = try SnapshotPlan(try Exporter(node, to: peer, known: Heads([])))
            // Packed twice, since a sealed file's length is fixed before its content: the second time it is written.
            var payload: Int64 = 0
            let summed = try plan.frames(nil) { payload += BundleVolumes.bytes(ofPayload: Int64($0.payload.count)) }
            guard let statement = try node.snapshotStatement(for: peer, heads: plan.heads, summed: summed) else { continue }
            return try write(plan, statement, payload, path, isSealed: isSealed, limit: volumeBytes, handler)
        }
        throw SnapshotError(.noInstant)
    }

    private static func write(
        _ plan: SnapshotPlan, _ statement: [UInt8], _ payload: Int64, _ path: String, isSealed: Bool, limit: Int64, _ handler: Handler?
    ) throws -> Made {
        let (exporter, node) = (plan.exporter, plan.exporter.node)
        let keys = isSealed ? try BundleFile.sealingKeys(of: exporter.peers, node) : nil
        // Header and trailer.
        let content = payload + BundleVolumes.bytes(ofPayload: Int64(statement.count)) + Int64(BundleVolumes.trailerBytes) * 2
        guard BundleVolumes.fileBytes(content, receivers: keys?.count) <= limit else {
            throw NodeError(.volumeTooSmall, ["bytes": "\(limit)", "needed": "\(BundleVolumes.fileBytes(content, receivers: keys?.count))"])
        }
        var sink = try BundleSink(path, sealingTo: keys, contentBytes: content)
        try sink.append(try exporter.header())
        try plan.frames(Frame(.snapshot, statement)) { try sink.append($0) }
        let written = try sink.finish(with: try exporter.trailer(sink.digest), changesets: exporter.plan.count)
        var heads = FileHeads()
        for planned in exporter.plan { heads.add(planned.feed.id, planned.id, planned.sequence, after: planned.predecessor) }
        try node.register(BundleFile.row(of: written, frames: sink.frames, carrier: "file", to: exporter.peers[0], node), heads: heads.heads, by: handler)
        let unverified = try UnverifiedStatement(statement, .snapshot)
        let said = try SnapshotStatement(unverified.claimed)
        return Made(file: written, statement: said, id: unverified.id, whole: exporter.plan.count - Int(said.summed))
    }

    /// Takes a snapshot file in, in one transaction and bounded memory; nothing is kept unless everything fits.
    ///
    /// Throws `SnapshotError`, a `SealError` for a file that is sealed to others, `notABundle`, `wrongNetwork`.
    public static func load(_ node: Node, path: String, handler: Handler? = nil, progress: (UInt64) -> Void = { _ in }) throws -> Loaded {
        let keys = node.keys.sealingKeys
        // Whoever opens the key may have to be asked: not while others wait for the store.
        if let head = try BundleFile.sealHead(path: path) { _ = try keys.keys(for: head.receivers.map(\.key)) }
        let hasher = Hasher256()
        var (report, bytes): (ImportReport, Int64) = (ImportReport(), 0)
        let snapshot = try node.loadSnapshot { loader in
            _ = hasher.finish()
            bytes = 0
            var importer = Importer(node, isEnrolling: false, isSigned: { loader.isSigned($0, by: $1) }, receive: { try loader.take($0) })
            try BundleContent.read(.path(path), keys: keys) { piece in
                hasher.update(piece)
                bytes += Int64(piece.count)
                progress(UInt64(bytes))
            } take: { content in
                try BundleFile.take(content, into: &importer)
            }
            report = try importer.finish()
            if let damage = report.damaged.first { throw SnapshotError(.incomplete, ["reason": "\(damage.code) \(damage.offset)"]) }
            guard report.isComplete else { throw SnapshotError(.incomplete, ["reason": "trailer"]) }
        }
        report.digest = hasher.finish()
        try BundleFile.Taken(report: report, bytes: bytes).register(at: node, .path(path), carrier: "file", by: handler)
        return Loaded(snapshot: snapshot, report: report)
    }

    /// The statement in a file: of a snapshot, opened with the node's keys, or the statement alone. Not checked. Throws `notASnapshot`.
    public static func statement(_ node: Node, path: String) throws -> [UInt8] {
        var found: [UInt8]?
        try BundleFile.inspect(path: path, keys: node.keys.sealingKeys) { item in
            if case .item(.frame(let frame, _)) = item, frame.type == .snapshot { found = found ?? frame.payload }
        }
        guard let found else { throw SnapshotError(.notASnapshot, ["reason": "no statement"]) }
        return found
    }
}
