import LifeChecks
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// Looks at a node through what it answers to anybody, and writes down what it saw in the checkers' words.
enum Observer {
    static func look(at machine: Machine) throws -> Sighting {
        var sighting = Sighting(machine: machine.name, node: machine.id, place: machine.plan.place, lines: machine.plan.lines.map(Set.init))
        try machine.node.ask { view in
            for row in try view.reader.partitions() where row.partition != .local {
                for ref in try view.reader.records(inPartition: row.ref, after: RecordRef(0), limit: .max) { try look(at: ref, view, &sighting) }
            }
            for row in try view.reader.feeds() {
                for item in try view.reader.changesets(inFeed: row.ref, from: 1) {
                    let changeset = try view.reader.changeset(item.ref)
                    let header = try UnverifiedChangeset(ChangesetItem(envelope: try view.reader.envelope(item.ref), compressedBody: [])).header
                    sighting.links[item.id] = Link(
                        node: row.feed.node, feed: row.feed.id.hash, partition: row.feed.partition, predecessor: item.predecessor,
                        credential: header.credential)
                    if item.state == .waiting { sighting.waiting.insert(changeset.id) }
                }
            }
            sighting.forked = Set(try view.forks().map(\.feed.id.hash))
            for position in 0..<(try view.reader.leafCount()) { if let leaf = try view.reader.leaf(position) { sighting.log.insert(leaf) } }
            for peer in view.trust?.nodes ?? [] where peer != machine.id {
                sighting.vouched[peer] = Set(try view.reader.acknowledged(by: peer).map(\.changeset))
            }
        }
        let targets = Set(sighting.records.keys.filter { $0.kind == TargetKind.table.name }.map(\.values))
        for values in targets where machine.plan.lines == nil { sighting.bounds += try bounds(machine, values) }
        return sighting
    }

    private static func bounds(_ machine: Machine, _ values: [Value]) throws -> [SeenBound] {
        guard let indicator = values[0].text, let period = values[1].text else { return [] }
        do {
            return try Office(machine.node).bounds(place: machine.plan.place, indicator: indicator, period: period).compactMap { bound in
                guard let field = TargetKind.table.field(named: bound.field)?.number else { return nil }
                let inert = bound.steps.filter { $0.standing == "inert" }.compactMap { try? RegionID(checking: $0.place.id) }
                return SeenBound(indicator: indicator, period: period, field: field, value: bound.value, inert: Set(inert))
            }
        } catch is OfficeError {
            // The indicator has not come yet.
            return []
        }
    }

    private static func look(at ref: RecordRef, _ view: NodeView, _ sighting: inout Sighting) throws {
        let key = try view.reader.record(ref).key
        let held = try view.operations(of: ref)
        guard !held.isEmpty else { return }
        for one in held {
            sighting.carriages.append(
                Carriage(id: one.id, operation: one.operation, key: key, node: one.node, changeset: one.changeset, position: one.place.position))
        }
        var seen = SeenRecord(fields: [:], void: [:], pending: [], judged: [])
        if let settlement = try view.settlement(ref) {
            for (number, outcome) in settlement.fields where !number.isAccompanying {
                let deciding = Set(held.filter { !$0.operation.names.isEmpty }.map(\.id))
                seen.fields[number] = SeenField(
                    value: outcome.value, isDisputed: outcome.dispute != nil, standing: Set(outcome.standing.map(\.operation)).subtracting(deciding),
                    members: Set(outcome.members.map(\.addedBy)))
            }
            for (id, verdicts) in settlement.verdicts { note(id, verdicts, held, &seen) }
        } else {
            // The fast path: whatever the record's one unit said last stands.
            for (number, value) in try view.effective(ref).values {
                seen.fields[number] = SeenField(value: value, isDisputed: false, standing: [], members: [])
            }
            seen.judged = Set(held.map(\.id))
        }
        sighting.records[key] = seen
    }

    private static func note(_ id: OperationID, _ verdicts: [FieldNumber: Verdict], _ held: [HeldOperation], _ seen: inout SeenRecord) {
        let named = Set(held.first { $0.id == id }?.operation.fields.map(\.number) ?? []).filter { !$0.isAccompanying }
        if named.allSatisfy({ verdicts[$0] != nil }) { seen.judged.insert(id) }
        var void: Set<FieldNumber> = []
        var isPending = false
        for (number, verdict) in verdicts {
            if case .void(let reason) = verdict {
                void.insert(number)
                seen.reasons[id] = reason.rawValue
            }
            if case .pending = verdict { isPending = true }
        }
        if !void.isEmpty { seen.void[id] = void }
        if isPending { seen.pending.insert(id) }
    }

    /// What two machines share, as one of them has it.
    static func digest(_ machine: Machine, of partitions: [Partition]) throws -> SharedDigest {
        let digest = try machine.node.ask { try $0.digest(of: partitions) }
        return SharedDigest(input: digest.input, derived: digest.derived)
    }

    /// Heads of the feeds in these partitions.
    static func heads(_ machine: Machine, of partitions: [Partition]) throws -> Set<ChangesetID> {
        let meant = Set(partitions)
        return try machine.node.ask { Set(try $0.heldHeads().filter { meant.contains($0.feed.partition) }.map(\.id)) }
    }

    static func shared(_ one: Machine, _ other: Machine) throws -> [Partition] {
        let left = try one.node.ask { try $0.sharedPartitions(with: other.plan.place, lines: other.plan.lines) }
        let right = try other.node.ask { try $0.sharedPartitions(with: one.plan.place, lines: one.plan.lines) }
        // A partition without a feed on one side counts as empty there.
        return Set(left).union(right).sorted()
    }
}
