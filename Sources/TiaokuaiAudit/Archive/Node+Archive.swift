import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// How an archive is made.
public struct ArchiveOptions: Sendable {
    public var year: Int
    /// Only what a credential for this place would reach.
    public var place: RegionID?
    /// No bundle file is larger, in bytes.
    public var volumeBytes: Int64

    public init(year: Int, place: RegionID? = nil, volumeBytes: Int64 = 1 << 30) {
        self.year = year
        self.place = place
        self.volumeBytes = volumeBytes
    }
}

/// What the making of an archive came to.
public struct WrittenArchive: Sendable {
    public let path: String
    public let facts: ArchiveFacts
    public let files: Int
    public let bytes: Int64
    /// SHA-256 of `SHA256SUMS`, which names every other file.
    public let digest: Hash32
}

extension Node {
    /// Writes one year of this node's log, with all that it takes to verify it, into a folder that appears whole or not at all
    /// (Docs/Formats/Archive.md). Reads one changeset at a time. The same history gives the same bytes.
    ///
    /// - Parameters:
    ///   - readme: what `README.md` says, of these facts.
    ///   - progress: changesets written, and of how many entries.
    ///
    /// Where no checkpoint covers the year's entries yet, one is signed, as at any hand-over. Throws `archiveExists`,
    /// `nothingInYear`, `unsignedHere`, and what writing throws: `diskFull`, `fileUnwritable`.
    public func archive(
        to path: String, _ options: ArchiveOptions, readme: (ArchiveFacts) -> String, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> WrittenArchive {
        do {
            _ = try ask { try ArchiveSpan(options.year, $0) }
        } catch let error as AuditError where error.code == .noCheckpoint {
            _ = try checkpoint()
        }
        let folder = try ArchiveFolder(path)
        let facts = try ask { view in
            var writing = try YearWriting(view, options, folder)
            try writing.run(progress)
            return writing.facts
        }
        try writeLog(to: folder, size: facts.head.size, root: facts.head.root)
        try ArchivePages.forEach { try folder.write($0.bytes, to: $0.path) }
        try folder.write(try facts.bytes, to: ArchiveFacts.fileName)
        try folder.write(Array(readme(facts).utf8), to: "README.md")
        let (files, bytes) = try folder.finish()
        return WrittenArchive(path: folder.path, facts: facts, files: files, bytes: bytes, digest: try folder.digest())
    }

    /// The log's tiles up to the signed head. The note has a signature where signing twice gives the same bytes: Ed25519.
    private func writeLog(to folder: ArchiveFolder, size: UInt64, root: String) throws {
        try folder.make(folder.inside("log"))
        guard let root = Hash32(hex: root) else { throw AuditError(.noCheckpoint, ["size": "\(size)"]) }
        let signer = try keys.verifyingKey().suite == .ed25519 ? try signingKey(try settings()) : nil
        _ = try exportLog(to: folder.inside("log"), size: size, root: root, signer: signer)
    }
}

/// One year of a log on its way into a folder.
private struct YearWriting {
    private let view: NodeView
    private let options: ArchiveOptions
    private let folder: ArchiveFolder
    private let span: ArchiveSpan
    private let feeds: [Int64: Feed]
    private let roots: [Frame]
    private let header: BundleHeader
    /// Checkpoints that changesets of the year name.
    private var named: Set<Hash32> = []
    private(set) var facts: ArchiveFacts

    init(_ view: NodeView, _ options: ArchiveOptions, _ folder: ArchiveFolder) throws {
        guard let network = view.settings.network else { throw NodeError(.notEnrolled) }
        (self.view, self.options, self.folder) = (view, options, folder)
        span = try ArchiveSpan(options.year, view)
        feeds = Dictionary(uniqueKeysWithValues: try view.reader.feeds().map { ($0.ref, $0.feed) })
        let statements = try view.reader.statements(.rootStatement)
        roots = statements.map { Frame(.rootStatement, $0.envelope) }
        header = BundleHeader(network: network, from: view.settings.node, to: nil, written: span.head.checkpoint.written)
        facts = ArchiveFacts(
            network: network.hash.hex, node: view.settings.node.hash.hex, nodeName: view.settings.name, region: view.settings.region.text,
            epoch: view.settings.epoch.description, isRehearsal: view.settings.isRehearsal, year: span.year, place: options.place?.text, isOver: span.isOver,
            from: span.from, to: span.to, head: ArchiveFacts.Head(span.head), before: span.before.map(ArchiveFacts.Head.init))
        facts.rootStatements = statements.count
        for (index, key) in try (statements.first.map { try SignedRoot($0.envelope).statement.keys } ?? []).enumerated() {
            try folder.write(key, to: "roots/\(index + 1).cose")
        }
    }

    private func volumes(_ name: String) -> ArchiveVolumes { ArchiveVolumes(name, in: folder, header: header, roots: roots, limit: options.volumeBytes) }

    mutating func run(_ progress: (Int, Int) -> Void) throws {
        let earlier = try view.policyPositions().filter { $0 < span.from }
        let total = earlier.count + Int(span.to - span.from)
        var done = 0
        // Policy from the beginning: who may sign for whom hangs on it, in every later year.
        var policy = volumes("1-policy-before")
        for position in earlier {
            if let frame = try frame(position) {
                try policy.append(frame)
                facts.policyBefore += 1
            }
            done += 1
            progress(done, total)
        }
        try policy.finish()
        var year = volumes("2-year")
        for position in span.from..<span.to {
            if let frame = try frame(position) {
                try year.append(frame)
                facts.changesets += 1
            }
            done += 1
            progress(done, total)
        }
        try year.finish()
        try writeStatements()
    }

    /// The changeset at a position; nil where it lies outside the place that was asked for.
    private mutating func frame(_ position: UInt64) throws -> Frame? {
        guard let identity = try view.reader.leaf(position), let row = try view.reader.changeset(ChangesetID(identity)) else {
            throw StoreError(.inconsistent, "leaf \(position)")
        }
        guard let feed = feeds[row.feed] else { throw StoreError(.inconsistent, "feed of leaf \(position)") }
        if let place = options.place, !view.reaches(place, feed.partition) { return nil }
        guard try view.reader.snapshot(of: row.ref) == nil else { throw AuditError(.unsignedHere, ["year": "\(options.year)", "entry": "\(position)"]) }
        try count(row)
        return Frame(.changeset, row.item.bytes)
    }

    /// What sort of data a changeset holds. A body that can't be read is void for every holder, and carried as it is.
    private mutating func count(_ row: ChangesetRow) throws {
        let changeset = try UnverifiedChangeset(row.item)
        let header = changeset.header
        if let checkpoint = header.checkpoint { named.insert(checkpoint) }
        facts.operations += header.count
        guard let body = try? changeset.body(), var decoder = try? BodyDecoder(body, feed: header.feed, network: header.network, count: header.count),
            let operations = try? decoder.rawOperations()
        else { return }
        for field in operations.lazy.flatMap(\.fields) {
            guard let value = field.value else { continue }
            let fieldClass = field.number.fieldClass ?? .personal
            if fieldClass == .personal { facts.personalFields += 1 }
            if value.sealed != nil { facts.sealedValues += 1 }
            if fieldClass == .personal || fieldClass == .internal && facts.fieldClass == FieldClass.public.name { facts.fieldClass = fieldClass.name }
        }
    }

    // MARK: Statements

    /// Checkpoints, proofs, receipts and evidence that came in the year; the heads at its ends; what the year's changesets name, and
    /// what the year's proofs are between.
    private mutating func writeStatements() throws {
        var out = volumes("3-statements")
        var written: Set<Hash32> = []
        let nodes = credentialed
        func put(_ row: StatementRow, _ out: inout ArchiveVolumes, _ count: inout Int) throws {
            guard row.node.map(nodes.contains) ?? false, written.insert(row.id).inserted else { return }
            try out.append(Frame(row.type, row.envelope))
            count += 1
        }
        let wanted = try [span.before?.id, span.head.id].compactMap(\.self) + named.sorted() + proven()
        for id in wanted { if let row = try view.reader.statement(id), row.type == .checkpoint { try put(row, &out, &facts.checkpoints) } }
        try inYear(.checkpoint) { try put($0, &out, &facts.checkpoints) }
        try inYear(.consistency) { try put($0, &out, &facts.consistencyReceipts) }
        try inYear(.receipt) { try put($0, &out, &facts.receipts) }
        for row in try looseReceipts() { try put(row, &out, &facts.receipts) }
        try inYear(.evidence) { try put($0, &out, &facts.evidence) }
        try out.finish()
    }

    /// Nodes whose credentials are in the archive: what others signed could not be verified there.
    private var credentialed: Set<NodeID> {
        let all = view.trust?.nodes ?? []
        guard let place = options.place else { return Set(all) }
        return Set(all.filter { node in view.trust?.credentials(of: node).contains { $0.depth == 0 || view.reaches(place, .policy($0.content.region)) } ?? false })
    }

    private func inYear(_ type: FrameType, _ body: (StatementRow) throws -> Void) throws {
        var last: Hash32?
        while case let rows = try view.reader.statements(type, after: last, limit: 256), let end = rows.last {
            for row in rows where row.received >= span.begin && row.received <= span.end { try body(row) }
            last = end.id
        }
    }

    /// Checkpoints between which the year's consistency receipts are.
    private func proven() throws -> [Hash32] {
        var held: [NodeID: [UInt64: [Hash32]]] = [:]
        var out: Set<Hash32> = []
        try inYear(.consistency) { row in
            guard let receipt = try? ConsistencyReceipt(row.envelope) else { return }
            if held[receipt.node] == nil {
                held[receipt.node] = Dictionary(grouping: try view.reader.statements(.checkpoint, node: receipt.node), by: \.number).mapValues { $0.map(\.id) }
            }
            for size in [receipt.newer, receipt.older] { out.formUnion(held[receipt.node]?[size] ?? []) }
        }
        return out.sorted()
    }

    /// Receipts that pass through, and this node's own that wait to be carried; they have no time of arrival but their author's.
    private func looseReceipts() throws -> [StatementRow] {
        try view.reader.looseReceipts().compactMap { envelope in
            guard let statement = try? UnverifiedStatement(envelope, .receipt), let receipt = try? Receipt(statement.claimed), receipt.written >= span.begin, receipt.written <= span.end
            else { return nil }
            return StatementRow(id: statement.id, type: .receipt, node: receipt.node, number: 0, envelope: envelope, received: receipt.written)
        }
    }
}
