import TestKit
import TiaokuaiMerge
import TiaokuaiModel

/// A machine of a unit, and what it holds of the record.
struct WorldMachine {
    let unit: UnitID
    let epoch: Epoch
    var held: Set<OperationID> = []
    var count: UInt64 = 0
}

/// Lets machines learn from each other and write, in causal order; the plan of what they write is `WorldWriter`'s.
struct WorldGenerator {
    var random: SplitMix64
    let seed: UInt64
    let cast: WorldCast
    var governance: GoverningVersions
    var changed: GoverningVersions
    /// In the order of writing; what an operation names comes before it.
    var written: [JudgedOperation] = []
    var pasts: [OperationID: Set<OperationID>] = [:]
    var machines: [UnitID: [WorldMachine]] = [:]
    /// Where the workflow stands if nothing went wrong.
    var likelyState = ""
    /// The fields that this world speaks of most.
    let focus: [FieldSpec]
    /// Governments decide more often, and mostly what is theirs to decide.
    let isDecisive: Bool

    static func world(seed: UInt64, operations count: ClosedRange<Int>, isDecisive: Bool = false) -> World {
        var generator = WorldGenerator(seed: seed, isDecisive: isDecisive)
        for _ in 0..<Int.random(in: count, using: &generator.random) { generator.writeOne() }
        return World(
            seed: seed, operations: generator.written, governance: generator.governance, changed: generator.changed, cast: generator.cast)
    }

    init(seed: UInt64, isDecisive: Bool = false) {
        self.seed = seed
        self.isDecisive = isDecisive
        var random = SplitMix64(seed: seed)
        cast = WorldCast(using: &random)
        let isStatistical = random.percent(isDecisive ? 1 : 15)
        let isVertical = random.percent(isDecisive ? 1 : 8)
        let first = cast.governance(using: &random, isStatistical: isStatistical, isVertical: isVertical, version: cast.versions[0])
        let second = cast.governance(using: &random, isStatistical: isStatistical, isVertical: isVertical, version: cast.versions[1])
        let cited = [cast.versions[0]: first, cast.versions[1]: second]
        governance = GoverningVersions(first, cited: cited)
        changed = GoverningVersions(second, cited: cited, superseded: [cast.versions[0]])
        focus = isDecisive ? [WorldTable.figure, WorldTable.leader] : random.focus()
        self.random = random
    }

    private mutating func writeOne() {
        let plan = plan()
        var own = machines[plan.unit] ?? [machine(of: plan.unit)]
        if own.count == 1, random.percent(15) {
            var second = machine(of: plan.unit)
            second.held = random.percent(50) ? own[0].held : []
            own.append(second)
        }
        let index = Int.random(in: own.indices, using: &random)
        own[index].held.formUnion(learned(almostAll: plan.kind == .event))
        own[index].count += 1
        // A unit may hide what it saw.
        let known = random.percent(8) ? closedSubset(of: own[index].held) : own[index].held
        let id = OperationID(random.hash())
        let draft = draft(plan, known: known)
        let operation = Operation(
            record: World.record, unit: plan.unit, person: "p1", written: Written(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &random)),
            origin: Origin(epoch: own[index].epoch, number: own[index].count), under: draft.under, seen: heads(of: known), names: draft.names.sorted(),
            fields: draft.fields.sorted { $0.number < $1.number })
        if draft.under == cast.versions[0], random.percent(40) {
            // The node's feed had cited the newer version before.
            governance.raised[id] = cast.versions[1]
            changed.raised[id] = cast.versions[1]
        }
        written.append(JudgedOperation(id, operation, voidReason: random.percent(3) ? trustReason() : nil))
        pasts[id] = known
        if let event = plan.event, event.from.contains(likelyState), known.count == written.count - 1, isComplete(draft, event) { likelyState = event.to }
        own[index].held.insert(id)
        machines[plan.unit] = own
    }

    private mutating func machine(of unit: UnitID) -> WorldMachine {
        WorldMachine(unit: unit, epoch: Epoch(high: random.next(), low: random.next()))
    }

    /// What reached the machine since it wrote last: everything, something, or nothing.
    private mutating func learned(almostAll: Bool) -> Set<OperationID> {
        let all = Set(written.map(\.id))
        if almostAll, random.percent(70) { return all }
        switch Int.random(in: 0..<10, using: &random) {
        case 0...4: return all
        case 5...7: return closedSubset(of: all)
        default: return []
        }
    }

    /// A part of what is held in which nothing lacks its past.
    mutating func closedSubset(of held: Set<OperationID>) -> Set<OperationID> {
        let chosen = held.sorted().filter { _ in random.chance(oneIn: 3) }
        return chosen.reduce(into: []) { $0.formUnion((pasts[$1] ?? []).union([$1])) }
    }

    private func heads(of known: Set<OperationID>) -> [OperationID] {
        known.filter { one in !known.contains { pasts[$0]?.contains(one) ?? false } }.sorted()
    }

    private mutating func trustReason() -> VoidReason {
        [.unitNotGranted, .credentialCut, .unitTakenOver, .rehearsal, .personalField, .outsidePartition, .sealedElsewhere].randomElement(using: &random) ?? .unitNotGranted
    }
}

extension SplitMix64 {
    mutating func focus() -> [FieldSpec] {
        let one = [WorldTable.figure, WorldTable.figure, WorldTable.category, WorldTable.leader, WorldTable.state, WorldTable.state, WorldTable.attachments]
            .randomElement(using: &self)
        if one == WorldTable.state { return percent(50) ? [WorldTable.state] : [WorldTable.state, WorldTable.state, WorldTable.leader] }
        let other = WorldTable.own.randomElement(using: &self)
        return [one, other].compactMap(\.self)
    }
}
