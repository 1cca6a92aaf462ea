import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

// What became of each changeset, here and where a fresh store took it; its place in the log; what waits; forks.
extension HistoryAudit {
    /// The digest under which a receiver refuses an item.
    static func wireDigest(of row: ChangesetRow) -> Hash32 { sha256(row.item.bytes) }

    func checkStandings() throws {
        for feed in try reader.misnamedFeeds() {
            var place = AuditPlace(feed)
            place.column = "feed.id"
            report.findings.append(AuditFinding(.rowDiffers, place))
        }
        try replay.copy.store.read { there in
            let waiting = Dictionary(try there.waiting().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            for (ref, feed) in feeds.sorted(by: { $0.key < $1.key }) {
                let here = try reader.entries(ofFeed: ref)
                let taken = try there.feedRef(feed).map { try there.entries(ofFeed: $0) } ?? []
                try compare(here, Dictionary(taken.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }), feed, waiting)
            }
        }
    }

    /// What has no signature lies below one that has, and a statement held says who made the snapshot.
    func checkSummed() throws {
        guard !summed.isEmpty else { return }
        for stretch in try NodeView(node: node, reader: reader, settings: settings).summedStretches() {
            var place = AuditPlace(stretch.feed, sequence: stretch.through)
            place.item = stretch.snapshot.hex
            let isNamed = stretch.holder != nil
            report.findings.append(AuditFinding(isNamed ? .summedUp : .unvouched, place, fact: isNamed ? "\(stretch.count)" : "", isFault: !isNamed))
        }
        for (ref, feed) in feeds.sorted(by: { $0.key < $1.key }) {
            for head in try reader.heads(ofFeed: ref) {
                guard let changeset = try reader.changesetRef(head.id), summed.contains(changeset) else { continue }
                report.findings.append(AuditFinding(.unvouched, AuditPlace(feed, sequence: head.sequence, changeset: head.id)))
            }
        }
    }

    func checkForks() throws {
        for fork in try NodeView(node: node, reader: reader, settings: settings).forks() {
            let place = AuditPlace(fork.feed, sequence: fork.sequence, changeset: fork.branches.first)
            report.findings.append(AuditFinding(.fork, place, fact: "\(fork.branches.count)", isFault: fork.repair == nil))
        }
    }

    private func compare(
        _ here: [ChangesetEntry], _ there: [ChangesetID: ChangesetEntry], _ feed: Feed, _ waiting: [ChangesetID: WaitingRow]
    ) throws {
        var heldBack: [(entry: ChangesetEntry, row: WaitingRow)] = []
        for entry in here {
            let place = AuditPlace(feed, sequence: entry.sequence, changeset: entry.id)
            func add(_ code: AuditFinding.Code, _ fact: String, isFault: Bool = true) {
                report.findings.append(AuditFinding(code, place, fact: fact, isFault: isFault))
            }
            try checkLeaf(of: entry, place)
            guard let other = there[entry.id] else {
                add(.refused, state.refused[entry.id.hash.hex] ?? "unknownItem")
                continue
            }
            if let row = waiting[entry.id], other.state == .waiting {
                if entry.state == .waiting { add(.waiting, "\(row.what) \(row.item.hex)", isFault: false) } else { heldBack.append((entry, row)) }
            } else if other.state != entry.state || other.reason != entry.reason {
                add(.stateDiffers, "\(entry.state) \(other.state)\(other.reason.map { " " + $0 } ?? "")")
            }
        }
        // One thing that is lacking holds back everything behind it: told once for a feed, with how many there are.
        if let first = heldBack.first {
            let place = AuditPlace(feed, sequence: first.entry.sequence, changeset: first.entry.id)
            report.findings.append(AuditFinding(.heldBack, place, fact: "\(heldBack.count) \(first.row.what) \(first.row.item.hex)"))
        }
    }

    /// What verifies is in the log, at the place that its row names.
    private func checkLeaf(of entry: ChangesetEntry, _ place: AuditPlace) throws {
        var place = place
        place.entry = entry.leaf
        guard let leaf = entry.leaf else {
            if entry.state != .waiting { report.findings.append(AuditFinding(.notLogged, place)) }
            return
        }
        if try reader.leaf(leaf) != entry.id.hash { report.findings.append(AuditFinding(.entryDiffers, place)) }
    }
}
