import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

// What was carried: forks, gaps, ended keys, and whether personal data was among it. Of the whole node, whatever the place:
// a feed belongs to a node, not to a county.
extension AuditMaker {
    /// What one look through all bodies finds.
    struct Search {
        var changesets: Set<ChangesetID> = []
        var nodes: Set<NodeID> = []
        var operations = 0
        var personalFields = 0
    }

    func search() throws -> Search {
        var found = Search()
        try view.forEachCarriedOperation { feed, changeset, operation in
            if !operation.isReading {
                found.changesets.insert(changeset)
                found.nodes.insert(feed.node)
                found.operations += 1
            }
            guard feed.partition != .local else { return }
            found.personalFields += operation.fields.count { ($0.number.fieldClass ?? .personal) == .personal && $0.value?.sealed == nil && $0.value != nil }
        }
        return found
    }

    func held(_ search: Search, _ findings: [String]) throws -> AuditHeld {
        // That the report is asked for leaves a record, and must not change the report.
        let readings = try view.reader.records(kind: AuditReadingKind.table.name).count
        return AuditHeld(
            place: facts.place(view.settings.region), nodes: search.nodes.count, changesets: search.changesets.count, operations: search.operations, records: try view.reader.recordCount() - readings,
            log: try view.reader.leafCount(), logFindings: findings)
    }

    func privacy(_ search: Search) throws -> AuditPrivacy {
        let refused = try changesets(in: .void).filter { $0.reason == FormatError.Code.personalField.rawValue }.map(\.id.hash.hex).sorted()
        let outside = try view.reader.records(kind: RealNameEntryKind.table.name).filter { try view.reader.record($0).key.partition != .local }
        return AuditPrivacy(
            operationsSearched: search.operations, personalFields: search.personalFields, refused: refused, localRecordsOutside: outside.count)
    }

    func forks() throws -> [AuditFork] {
        return try view.forks().map { fork in
            let stated = try fork.repair.flatMap { try view.operations(of: $0).first }
            return AuditFork(
                node: fork.feed.node.hash.hex, nodeName: name(fork.feed.node), partition: fork.feed.partition.description, feed: fork.feed.id.hash.hex,
                sequence: fork.sequence, branches: fork.branches.map(\.hash.hex), since: try since(fork.branches), repairedBy: stated.map { facts.unit($0.operation.unit) },
                cause: try fork.repair.flatMap { try view.effective($0)[ForkRepairKind.cause]?.text }, repaired: stated.map { $0.operation.written.timestamp },
                isSample: stated?.operation.isSample ?? false)
        }.sorted { ($0.nodeName, $0.partition, $0.feed) < ($1.nodeName, $1.partition, $1.feed) }
    }

    private func since(_ branches: [ChangesetID]) throws -> String? {
        let entries = try branches.compactMap { try view.reader.changesetRef($0) }.compactMap { try view.reader.changesetEntry($0)?.leaf }.compactMap { try view.logEntry($0) }
        return entries.map(\.known).sorted().dropFirst().first?.timestamp
    }

    func logs() throws -> [AuditLogConcern] {
        try view.logConcerns(thorough: true).map { concern in
            AuditLogConcern(
                code: concern.code.rawValue, node: concern.node.hash.hex, nodeName: name(concern.node), partition: concern.partition?.description,
                item: concern.item.hex, numbers: concern.numbers, since: concern.since.timestamp, isContradiction: concern.isContradiction,
                isRepaired: concern.isRepaired)
        }
    }

    func trustConcerns(on day: Day) throws -> [AuditTrustConcern] {
        try view.trustConcerns(on: day).map { concern in
            AuditTrustConcern(
                code: concern.code.rawValue, node: concern.node.hash.hex, nodeName: name(concern.node), otherName: concern.other.map(name),
                unit: concern.unit.map { facts.unit($0) }, partition: concern.partition?.description, item: concern.item.hex, day: concern.day?.description,
                sequence: concern.sequence)
        }
    }

    func quarantined() throws -> [AuditQuarantine] {
        let waiting = try view.reader.waiting().map { try quarantine(view.reader.changeset($0.changeset), "waiting", $0.what) }
        let void = try changesets(in: .void).map { try quarantine($0, "void", $0.reason ?? "") }
        return (waiting + void).sorted { ($0.nodeName, $0.partition, $0.sequence, $0.changeset) < ($1.nodeName, $1.partition, $1.sequence, $1.changeset) }
    }

    private func quarantine(_ row: ChangesetRow, _ state: String, _ reason: String) throws -> AuditQuarantine {
        let feed = try view.reader.feeds().first { $0.ref == row.feed }?.feed
        return AuditQuarantine(
            changeset: row.id.hash.hex, nodeName: feed.map { name($0.node) } ?? "", partition: feed?.partition.description ?? "", sequence: row.sequence,
            state: state, reason: reason)
    }

    private func changesets(in state: ChangesetState) throws -> [ChangesetRow] {
        try view.reader.feeds().flatMap { row in
            try view.reader.changesets(inFeed: row.ref, from: 1).filter { $0.state == state }.map { try view.reader.changeset($0.ref) }
        }
    }

    func cuts() throws -> [AuditCut] {
        try view.reader.records(kind: CutKind.table.name).flatMap { ref in
            try view.settledOperations(of: ref).compactMap { one in
                guard let bytes = (one.operation.value(of: CutKind.content) ?? nil)?.bytes, let cut = try? CutContent(bytes) else { return nil }
                return AuditCut(
                    node: cut.subject.hash.hex, nodeName: name(cut.subject), by: facts.unit(one.operation.unit), reason: cut.reason,
                    written: one.operation.written.timestamp)
            }
        }.sorted { ($0.written, $0.node) < ($1.written, $1.node) }
    }

    private func name(_ node: NodeID) -> String { view.name(ofNode: node) }
}

extension RawOperation {
    /// That somebody asked the audit: never said twice of one record.
    fileprivate var isReading: Bool {
        if case .new(AuditReadingKind.table.name, _) = carriage { true } else { false }
    }
}

extension NodeView {
    /// A node's name, or the beginning of its identity where the name is not known.
    func name(ofNode id: NodeID) -> String {
        if id == settings.node { return settings.name }
        return trust?.credentials(of: id).first?.content.name ?? id.short
    }
}
