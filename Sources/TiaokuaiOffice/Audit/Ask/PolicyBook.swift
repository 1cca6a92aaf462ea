import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

// Which policy speaks of which act, for whatever kinds there are. Nothing here knows one from another: a policy is a record in a policy
// partition on the act's path, and it speaks of what its key names, or what a list in it names. An act is about its record's kind and
// what that record's key and its own lists name. What is said of a period, a place or a unit narrows, and names nothing.

/// What words of a record are: terms that name something, and what narrows them.
struct Mention {
    var terms: Set<String> = []
    var places: Set<RegionID> = []
    var periods: [Period] = []

    mutating func add(_ value: Value, _ view: NodeView) {
        guard let text = value.text, !text.isEmpty else { return }
        let region = RegionID(unchecked: text)
        if view.node.regions.region(region) != nil {
            places.insert(region)
        } else if let period = try? Period(parsing: text) {
            periods.append(period)
        } else if text.contains(where: { !$0.isNumber }), !text.split(separator: "+").allSatisfy({ view.unit(UnitID(unchecked: String($0))) != nil }) {
            terms.insert(text)
        }
    }
}

/// What an act is about.
struct ActTerms {
    let terms: Set<String>
    let period: Period?

    init(_ operation: Operation, _ key: RecordKey, _ view: NodeView) {
        var mention = Mention()
        for value in key.values { mention.add(value, view) }
        for case .list(let list)? in operation.fields.map(\.value) { for value in list { mention.add(value, view) } }
        let matters = ProcedureKind.kinds.filter { $0.value.contains(key.kind) }.keys
        terms = mention.terms.union([key.kind.text]).union(matters)
        period = mention.periods.first
    }
}

/// Every version of every policy record on the paths of a place and those below, found by what it names.
struct PolicyBook {
    /// One word on a policy record, with what stands in the record once it is said.
    private struct Version {
        let issued: HeldOperation
        /// In force from this day on: as it says itself, else the day on which it was written.
        let from: Day
        let to: Day?
        let mentions: [Mention]
    }

    private struct Policy {
        let row: RecordRow
        let place: RegionID
        let key: Mention
        let versions: [Version]
    }

    /// Fields that say from which day on and to which last day something is in force, in every kind.
    private static let firstDayNames: Set<String> = ["inForceFrom", "termFrom"]
    private static let lastDayNames: Set<String> = ["inForceTo", "termTo"]

    /// Registers: who is who, and no rule for anybody's acts.
    private static let registers: Set<KindName> = [UnitKind.table.name, PostKind.table.name]

    private let view: NodeView
    private var policies: [Policy] = []
    private var byTerm: [String: [Int]] = [:]

    init(_ view: NodeView, around place: RegionID) throws {
        self.view = view
        for partition in try view.reader.partitions() {
            guard case .policy(let region) = partition.partition, view.isWithin(region, place) || view.isWithin(place, region) else { continue }
            var found: [Policy] = []
            try view.records(inPartition: partition.ref) { row in
                guard !PolicyBook.registers.contains(row.key.kind) else { return }
                if let policy = try PolicyBook.policy(row, region, view) { found.append(policy) }
            }
            for policy in found {
                let terms = policy.versions.flatMap(\.mentions).reduce(into: policy.key.terms) { $0.formUnion($1.terms) }
                for term in terms { byTerm[term, default: []].append(policies.count) }
                policies.append(policy)
            }
        }
    }

    private static func policy(_ row: RecordRow, _ place: RegionID, _ view: NodeView) throws -> Policy? {
        let settlement = try view.settlement(row.ref)
        func counts(_ held: HeldOperation) -> Bool {
            !(settlement?.verdicts[held.id]?.values.contains { verdict in
                switch verdict {
                case .void, .pending: true
                default: false
                }
            } ?? false)
        }
        let table = view.table(of: row.key)
        var key = Mention()
        for value in row.key.values { key.add(value, view) }
        var standing: [FieldNumber: Value] = [:]
        var versions: [Version] = []
        for held in try view.operations(of: row.ref).sorted(by: { ($0.operation.written, $0.id) < ($1.operation.written, $1.id) }) where counts(held) {
            for field in held.operation.fields { standing[field.number] = field.value }
            func day(_ names: Set<String>) -> Day? { names.lazy.compactMap { table?.field(named: $0).flatMap { standing[$0.number]?.day } }.first }
            versions.append(
                Version(issued: held, from: day(firstDayNames) ?? held.operation.written.day, to: day(lastDayNames), mentions: mentions(standing, view)))
        }
        return versions.isEmpty ? nil : Policy(row: row, place: place, key: key, versions: versions)
    }

    /// One for what stands in lists, and one for each list within a list: what is named there belongs together.
    private static func mentions(_ standing: [FieldNumber: Value], _ view: NodeView) -> [Mention] {
        var (flat, nested): (Mention, [Mention]) = (Mention(), [])
        for case .list(let list) in standing.values {
            for entry in list {
                if let inner = entry.list {
                    var mention = Mention()
                    for value in inner { mention.add(value, view) }
                    nested.append(mention)
                } else {
                    flat.add(entry, view)
                }
            }
        }
        return [Mention(terms: flat.terms)] + nested
    }

    /// The policies that speak of an act at a place and were in force on its day, each in its newest version then.
    func inForce(for act: ActTerms, at region: RegionID, on day: Day) -> [(policy: RecordRow, issued: HeldOperation)] {
        Set(act.terms.flatMap { byTerm[$0] ?? [] }).sorted().compactMap { index in
            let policy = policies[index]
            guard view.isWithin(region, policy.place) else { return nil }
            let newest = policy.versions.filter { $0.from <= day && $0.to.map { day <= $0 } ?? true }.max {
                ($0.from, $0.issued.operation.written, $0.issued.id) < ($1.from, $1.issued.operation.written, $1.issued.id)
            }
            guard let newest, speaks(policy.key, newest.mentions, of: act, at: region, on: day) else { return nil }
            return (policy.row, newest.issued)
        }
    }

    private func speaks(_ key: Mention, _ mentions: [Mention], of act: ActTerms, at region: RegionID, on day: Day) -> Bool {
        ([key] + mentions).contains { mention in
            guard !mention.terms.isDisjoint(with: act.terms) else { return false }
            let places = mention.places.isEmpty ? key.places : mention.places
            guard places.isEmpty || places.contains(where: { view.isWithin(region, $0) }) else { return false }
            let periods = mention.periods.isEmpty ? key.periods : mention.periods
            return periods.isEmpty
                || periods.contains { period in
                    act.period.map { period.firstDay <= $0.firstDay && $0.lastDay <= period.lastDay } ?? (period.firstDay <= day && day <= period.lastDay)
                }
        }
    }
}
