import LifeChecks
import TestKit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

extension Life {
    static let tables = Dictionary(uniqueKeysWithValues: WorkKinds.all.map { ($0.name, $0) })

    static let policyFields = PolicyFields(
        matrix: MatrixKind.table.name, mode: MatrixKind.mode, leads: MatrixKind.leads, cooperating: MatrixKind.cooperating, indicators: MatrixKind.indicators,
        inForceFrom: MatrixKind.inForceFrom, indicator: IndicatorKind.table.name, line: IndicatorKind.line, reporter: IndicatorKind.reporter,
        isStatistical: IndicatorKind.isStatistical, unit: UnitKind.table.name, management: UnitKind.management, ledgerItem: LedgerItemKind.table.name,
        measure: LedgerItemKind.measure, itemLine: LedgerItemKind.line, target: TargetKind.table.name,
        firmness: TargetKind.firmness)

    /// Looks at one machine as it stands.
    @discardableResult
    func check(_ machine: Machine) throws -> Sighting {
        let sighting = try Observer.look(at: machine)
        let check = SightingCheck(ledger.under(machine.edition.places), sighting, Life.policyFields, Life.tables, root: root)
        findings += check.findings
        reached.add(check.reached)
        findings += LifeCheck.survival(sighting, of: machine.mustHold, truth: 4, ledger)
        machine.mustHold.formUnion(sighting.carriages.map(\.id))
        return sighting
    }

    /// What two machines make of what both hold.
    func compare(_ one: Machine, _ other: Machine, mustBeEqual: Bool) throws {
        // Under another region table other units have a say.
        guard one.edition.regions == other.edition.regions else { return }
        // What is not sealed has effect where it was written, and is in no feed yet.
        for machine in [one, other] { try machine.node.seal() }
        let partitions = try Observer.shared(one, other)
        let left = (one.name, try Observer.digest(one, of: partitions))
        let right = (other.name, try Observer.digest(other, of: partitions))
        // What is derived may differ where the policy does.
        let policy = try policyInputs(one, other)
        if policy { findings += LifeCheck.digests(left, right) }
        if mustBeEqual { findings += LifeCheck.convergence(left, right) }
        if policy, left.1.input == right.1.input { reached.note("two machines with the same items") }
    }

    private func policyInputs(_ one: Machine, _ other: Machine) throws -> Bool {
        let policy = try Observer.shared(one, other).filter(\.isPolicy)
        return try Observer.heads(one, of: policy) == Observer.heads(other, of: policy)
    }

    /// One machine as it stands, and beside those that share something with it.
    func look(_ random: inout SplitMix64) throws -> String? {
        guard let one = alive.randomElement(using: &random) else { return nil }
        try check(one)
        for other in alive where other.name != one.name && shareAnything(one.name, other.name) { try compare(one, other, mustBeEqual: false) }
        return one.name
    }

    /// Everybody has the newest program, everything is carried everywhere, then everybody is looked at.
    func end() throws {
        var random = SplitMix64(seed: seed ^ 0xE0D)
        for machine in outdated { try revise(machine) }
        // Upwards everybody meets everybody once; what has to come down is then carried where something is missing.
        for machine in alive.reversed() { for other in partners(machine) { try talk(machine.name, other, .whole, &random) } }
        try carryTheRest(&random)
        // Where a disk image is still waiting, what was written on it comes too.
        for machine in alive where machine.image != nil {
            _ = try swapBack(machine)
            try carryTheRest(&random)
        }
        var sightings: [String: Sighting] = [:]
        for machine in alive { sightings[machine.name] = try check(machine) }
        for (index, one) in alive.enumerated() {
            for other in alive[(index + 1)...] where shareAnything(one.name, other.name) { try compare(one, other, mustBeEqual: true) }
            for other in alive where other.name != one.name {
                if let left = sightings[one.name], let right = sightings[other.name] { findings += LifeCheck.receipts(left, of: right) }
            }
            for row in try one.node.ask({ try $0.reader.waiting() }) {
                let author = machines.values.first { $0.id == sightings[one.name]?.links[row.id]?.node }
                // What a machine with a cut key, or a thief in its name, has not handed over never comes.
                if author?.isCut == true { continue }
                let holders = alive.filter { sightings[$0.name]?.log.contains(row.item) == true }.map(\.name).joined(separator: " ")
                let what = "\(row.id.short) of \(author?.name ?? "nobody") waits for \(row.what) \(row.item.hex.prefix(8)) although everything was carried; held at \(holders)"
                findings.append(Finding(4, one.name, what))
            }
        }
    }

    var alive: [Machine] { names.map { machine($0) }.filter { !$0.isCut } }

    /// Upwards, then downwards, wherever two that share something don't hold the same of it, until everybody does.
    private func carryTheRest(_ random: inout SplitMix64) throws {
        for _ in 0..<8 {
            var isDone = true
            for machine in alive.reversed() + alive {
                for other in partners(machine) where try !isCarried(machine, self.machine(other)) {
                    isDone = false
                    try talk(machine.name, other, .whole, &random)
                }
            }
            if isDone { return }
        }
    }

    private func isCarried(_ one: Machine, _ other: Machine) throws -> Bool {
        for machine in [one, other] { try machine.node.seal() }
        let partitions = try Observer.shared(one, other)
        guard try Observer.heads(one, of: partitions) == Observer.heads(other, of: partitions) else { return false }
        return try [one, other].allSatisfy { try $0.node.ask { try $0.reader.waiting().isEmpty } }
    }

    /// Its superior; the line's own office is also met by those whose figures it receives.
    private func partners(_ machine: Machine) -> [String] {
        guard let superior = machine.plan.superior else { return [] }
        return [superior] + cast.superiorMachines(of: machine.plan).filter { $0 != superior }
    }
}

extension Cast {
    /// Machines of places that a place belongs or belonged to.
    func superiorMachines(of plan: MachinePlan) -> [String] {
        let above = Set((newest.places.superiors[plan.place] ?? []).map(\.place))
        return machines.filter { above.contains($0.place) && $0.lines == nil }.map(\.name)
    }
}
