import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

// What `archive.json` says, which nobody signs, against what is signed.
extension ArchiveAudit {
    private static func differs(_ fact: String, _ folder: Folder) -> AuditFinding {
        AuditFinding(.archiveFactDiffers, AuditPlace(file: "\(folder.path)/\(ArchiveFacts.fileName)"), fact: fact)
    }

    /// The signed heads are those of the log, and signed.
    static func facts(_ folder: Folder, _ log: ArchiveLog, _ view: NodeView) throws -> [AuditFinding] {
        let facts = folder.facts
        var out: [AuditFinding] = []
        func differs(_ fact: String) { out.append(self.differs(fact, folder)) }
        if facts.network != view.settings.network?.hash.hex { differs("network") }
        if facts.isRehearsal != view.settings.isRehearsal { differs("isRehearsal") }
        if let place = facts.place, (try? RegionID(checking: place)) == nil { differs("place") }
        out += try form(folder)
        guard let node = Hash32(hex: facts.node).map(NodeID.init) else {
            differs("node")
            return out
        }
        let credentials = view.trust?.credentials(of: node) ?? []
        if !credentials.contains(where: { $0.content.region.text == facts.region }) { differs("region") }
        if !credentials.contains(where: { $0.content.name == facts.nodeName }) { differs("nodeName") }
        let held = try view.reader.heldCheckpoints(of: node).filter { $0.checkpoint.epoch.description == facts.epoch }
        for (name, head) in [("head", facts.head), ("before", facts.before)] {
            guard let head else { continue }
            if log.root(size: head.size)?.hex != head.root {
                out.append(AuditFinding(.rootDiffers, AuditPlace(file: "\(folder.path)/log"), fact: "\(head.size)"))
            }
            let isHeld = held.contains { one in
                one.id.hex == head.checkpoint && one.checkpoint.size == head.size && one.checkpoint.root.hex == head.root && one.checkpoint.written.milliseconds == head.written
            }
            if !isHeld { differs(name) }
        }
        let isWithin = 1 <= facts.from && facts.from < facts.to && facts.to <= facts.head.size && (facts.before.map { $0.size >= facts.from } ?? (facts.from == 1))
        if !isWithin { differs("from, to") }
        if let network = view.settings.network, let epoch = held.first?.checkpoint.epoch,
            log.identities.first != LogKeeper.genesis(network: network, node: node, epoch: epoch)
        {
            out.append(AuditFinding(.genesisDiffers, AuditPlace(file: "\(folder.path)/log")))
        }
        out += try published(folder, log, view, node, held.first?.checkpoint.epoch)
        out += try roots(folder, view)
        return out
    }

    /// One spelling: no key twice, no number in another form. Spaces don't count.
    private static func form(_ folder: Folder) throws -> [AuditFinding] {
        func bare(_ bytes: [UInt8]) -> [UInt8] {
            var (out, isText, isEscaped): ([UInt8], Bool, Bool) = ([], false, false)
            for byte in bytes {
                if isText || ![0x20, 0x0a, 0x0d, 0x09].contains(byte) { out.append(byte) }
                if byte == 0x22, !isEscaped { isText.toggle() }
                isEscaped = isText && byte == 0x5c && !isEscaped
            }
            return out
        }
        let bytes = try DurableFile.read("\(folder.path)/\(ArchiveFacts.fileName)", limit: ArchiveFacts.maximumBytes, onlyRegular: true)
        return bare(bytes) == bare(try folder.facts.bytes) ? [] : [differs("…", folder)]
    }

    /// The tiles are those of the entries, the note is of the head, its key the node's; nothing else lies there.
    private static func published(_ folder: Folder, _ log: ArchiveLog, _ view: NodeView, _ node: NodeID, _ epoch: Epoch?) throws -> [AuditFinding] {
        var out: [AuditFinding] = []
        var names: Set<String> = ["log/checkpoint", "log/vkey"]
        func differs(_ name: String) { out.append(AuditFinding(.archiveFileDiffers, AuditPlace(file: "\(folder.path)/\(name)"))) }
        func read(_ name: String, _ limit: Int) -> [UInt8]? { try? DurableFile.read("\(folder.path)/\(name)", limit: limit, onlyRegular: true) }
        var tiles = LogTiles { name, bytes in
            names.insert("log/\(name)")
            if read("log/\(name)", LogTiles.width * LogTiles.entryBytes) != bytes { differs("log/\(name)") }
        }
        for identity in log.identities { try tiles.append(identity) }
        try tiles.finish()
        out += folder.files.filter { $0.hasPrefix("log/") && !names.contains($0) }.map { AuditFinding(.archiveFileExtra, AuditPlace(file: "\(folder.path)/\($0)")) }
        let facts = folder.facts
        guard let network = view.settings.network, let epoch else { return out }
        let origin = Node.origin(network, node, epoch)
        let body = read("log/checkpoint", 65_536).flatMap { try? SignedNote($0, unsigned: true).body() }
        if body?.origin != origin || body?.size != facts.head.size || body?.root.hex != facts.head.root { differs("log/checkpoint") }
        if let key = read("log/vkey", 4_096) {
            let own = (view.trust?.credentials(of: node) ?? []).compactMap { try? VerifyingKey(coseKey: $0.content.signingKey) }.compactMap { SignedNote.verifierKey(origin, $0) }
            if !own.contains(where: { Array(($0 + "\n").utf8) == key }) { differs("log/vkey") }
        }
        return out
    }

    /// The keys of the first root statement, to be compared with what was published.
    private static func roots(_ folder: Folder, _ view: NodeView) throws -> [AuditFinding] {
        let keys = try view.reader.statements(.rootStatement).first.map { try SignedRoot($0.envelope).statement.keys } ?? []
        let wanted = Dictionary(keys.enumerated().map { ("roots/\($0 + 1).cose", $1) }, uniquingKeysWith: { first, _ in first })
        let here = folder.files.filter { $0.hasPrefix("roots/") }
        return Set(here).union(wanted.keys).sorted().compactMap { name in
            let bytes = try? DurableFile.read("\(folder.path)/\(name)", limit: 65_536, onlyRegular: true)
            return bytes == wanted[name] ? nil : AuditFinding(.archiveFileDiffers, AuditPlace(file: "\(folder.path)/\(name)"))
        }
    }

    /// Where the year begins and ends, by the node's own checkpoints: one that was written by the end of a year covers entries of that
    /// year or of those before. Whoever takes the newest entries away has to leave out every checkpoint that knows of them.
    static func year(_ folder: Folder, _ view: NodeView) throws -> [AuditFinding] {
        let facts = folder.facts
        guard ArchiveSpan.years.contains(facts.year), let last = Day(year: facts.year, month: 12, day: 31), let lastBefore = Day(year: facts.year - 1, month: 12, day: 31)
        else { return [differs("year", folder)] }
        var out: [AuditFinding] = []
        // What is not over ends with its head, which was signed within it; that it is over the head shows.
        if facts.isOver != (facts.to < facts.head.size || facts.head.written > last.end.milliseconds) { out.append(differs("isOver", folder)) }
        if facts.place == nil, UInt64(max(facts.changesets, 0)) != facts.to.subtractingReportingOverflow(facts.from).partialValue { out.append(differs("changesets", folder)) }
        let own = try Hash32(hex: facts.node).map { try view.reader.heldCheckpoints(of: NodeID($0)) } ?? []
        let held = own.map(\.checkpoint).filter { $0.epoch.description == facts.epoch }
        let earlier = held.filter { $0.written <= lastBefore.end }.map(\.size).max() ?? 0
        let within = held.filter { $0.written <= last.end }.map(\.size).max() ?? 0
        if within > facts.to || held.contains(where: { $0.written > last.end && $0.size < facts.to && $0.size > within }) { out.append(differs("to", folder)) }
        let isLate = held.contains { $0.written > lastBefore.end && $0.size < facts.from && $0.size > earlier }
        if earlier > facts.from || isLate { out.append(differs("from", folder)) }
        return out
    }

    /// A feed has no gap before what is here, whatever place the archive is of, where the log has the changeset that is lacking: within
    /// the years that are here, and of policy, which is here from the beginning, in all of them.
    static func predecessors(_ folders: [Folder], _ log: [Hash32], _ feeds: [Int64: Feed], _ view: NodeView) throws -> [AuditFinding] {
        var lacking: [(link: ChangesetLink, predecessor: ChangesetID, feed: Feed)] = []
        for ref in try view.reader.changesets() {
            let link = try view.reader.changesetLink(ref)
            guard let predecessor = link.predecessor, let feed = feeds[link.feed], try view.reader.changesetRef(predecessor) == nil else { continue }
            lacking.append((link, predecessor, feed))
        }
        guard !lacking.isEmpty else { return [] }
        let positions = Dictionary(log.enumerated().map { ($1, UInt64($0)) }, uniquingKeysWith: { first, _ in first })
        return lacking.compactMap { link, predecessor, feed in
            guard let position = positions[predecessor.hash] else { return nil }
            // With everything in it an entry that is lacking has been told.
            let isOfPart = folders.contains { $0.facts.place != nil && $0.facts.from <= position && position < $0.facts.to }
            let isEarlierPolicy = feed.partition.isPolicy && folders.allSatisfy { position < $0.facts.from }
            guard isOfPart || isEarlierPolicy else { return nil }
            var place = AuditPlace(feed, sequence: link.sequence > 0 ? link.sequence - 1 : 0, changeset: predecessor)
            place.entry = position
            place.file = folders.last?.path
            return AuditFinding(.entryMissing, place)
        }
    }
}
