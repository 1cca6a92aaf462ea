import TestKit
import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Who has no authority changes nothing; who loses changes nothing for the others; who hides gains nothing.
@Suite struct AuthorityLawTests {
    static let decided = [
        WorldTable.text, WorldTable.remark, WorldTable.floor, WorldTable.ceiling, WorldTable.deadline, WorldTable.figure, WorldTable.category,
    ]

    @Test func unitsWithoutAuthorityChangeNoValueInUse() {
        WorldRuns.check("outsiders", share: 60) { world in
            let named = Set(world.operations.flatMap(\.operation.names))
            let gone = Set(world.operations.filter { !world.hasAuthority($0.operation.unit) && !named.contains($0.id) }.map(\.id))
            let (with, without) = (world.settled(), world.without(gone).settled())
            for spec in Self.decided {
                let (one, other) = (with.fields[spec.number], without.fields[spec.number])
                if one?.value != other?.value || (one?.sources ?? []) != (other?.sources ?? []) { return "\(spec.name): an outsider changed the value in use" }
            }
            return nil
        }
    }

    @Test func whatIsVoidLeavesNoTrace() {
        WorldRuns.check("void", share: 60) { world in
            let with = world.settled()
            let named = Set(world.operations.flatMap(\.operation.names))
            let gone = world.operations.filter { judged in
                let verdicts = with.verdicts[judged.id] ?? [:]
                return !named.contains(judged.id) && !judged.operation.fields.isEmpty
                    && judged.operation.fields.allSatisfy { if case .void = verdicts[$0.number] { true } else { $0.number.isAccompanying } }
            }
            let without = world.without(Set(gone.map(\.id))).settled()
            for spec in WorldTable.own {
                let one = with.fields[spec.number] ?? FieldOutcome()
                let other = without.fields[spec.number] ?? FieldOutcome()
                if one.value != other.value || one.members != other.members || one.standing != other.standing {
                    return "\(spec.name): what is void left a trace"
                }
            }
            return nil
        }
    }

    /// A claim that is overruled or an objection is withdrawn by its unit, which saw nothing but its own words, or had never
    /// been made: whoever won, by mode, statistics or decision, wins still, with the same claims; and where nobody won,
    /// nobody does. Left out are a reporter's claim, beside which a determination counts even while it loses, and claims
    /// that a decision names, or that are its author's own and so bar it from deciding.
    @Test func aLosingClaimChangesNothingAmongTheOthers() {
        WorldRuns.check("losers", share: 60) { world in
            let before = world.settled()
            let reporters = world.governance.governing.reporters
            let named = Set(world.operations.flatMap(\.operation.names))
            let deciders = Set(world.operations.filter { !$0.operation.names.isEmpty }.map(\.operation.unit))
            for spec in [WorldTable.figure, WorldTable.category, WorldTable.leader] {
                guard let outcome = before.fields[spec.number] else { continue }
                let losers = outcome.standing.filter { $0.isLoser && !reporters.contains($0.unit) && !deciders.contains($0.unit) }
                for loser in losers where !named.contains(loser.operation) {
                    let withdrawn = world.with(world.operations + [world.withdrawal(of: loser.unit, on: spec)])
                    for changed in [withdrawn, world.without([loser.operation])] {
                        let after = changed.settled().fields[spec.number] ?? FieldOutcome()
                        if !after.hasTheWinner(of: outcome) { return "\(spec.name): the loser \(loser.operation.short) changed who wins" }
                    }
                }
            }
            return nil
        }
    }

    /// Where no mode is stated and another lead has a voice, a lead that writes as if it had seen less than it had cannot
    /// put in use a value that no other admitted unit ever lodged.
    @Test func aUnitThatHidesWhatItSawPutsNothingOfItsOwnInUse() {
        WorldRuns.check("hiding", share: 60) { world in
            var random = SplitMix64(seed: world.seed &+ 1)
            var world = world.withoutModes()
            guard let hider = world.leads.randomElement(using: &random) else { return nil }
            let others = world.operations.filter { $0.operation.unit != hider && $0.voidReason == nil && world.isAdmitted($0.operation.unit) }
            let lodged = Set(others.compactMap { $0.operation.value(of: WorldTable.figure.number) ?? nil })
            for _ in 0..<3 { world = world.with(world.operations + [world.rogueClaim(by: hider, using: &random)]) }
            let outcome = world.settled().fields[WorldTable.figure.number]
            let opposed = outcome?.standing.contains { $0.unit != hider && world.leads.contains($0.unit) } ?? false
            guard opposed, let value = outcome?.value else { return nil }
            return lodged.contains(value) ? nil : "\(hider) put \(value) in use alone"
        }
    }

    /// All that stands is at one, each having seen the one before; then a unit outside writes whatever it likes, as if it
    /// had seen whatever it likes: the value agreed stays in use.
    @Test func noUnitOutsideAnAgreementBlanksIt() {
        WorldRuns.check("outside an agreement", share: 60) { world in
            var random = SplitMix64(seed: world.seed &+ 2)
            var world = world.withoutModes()
            guard let outside = world.leads.randomElement(using: &random) else { return nil }
            let silent = Set(world.operations.filter { $0.operation.unit == outside }.map(\.id))
            world = world.without(silent)
            let standing = world.settled().fields[WorldTable.figure.number]?.standing ?? []
            let agreeing = Set(standing.map(\.unit)).union(world.leads.subtracting([outside]).prefix(2))
            guard agreeing.intersection(world.leads).count >= 2, !world.operations.isEmpty else { return nil }
            for unit in agreeing.sorted() { world = world.with(world.operations + [world.claim(5, by: unit, seen: world.settled().heads, using: &random)]) }
            // What was agreed stays so when one of several withdraws.
            if random.percent(30), let one = agreeing.intersection(world.leads).min() {
                world = world.with(world.operations + [world.claim(nil, by: one, seen: world.settled().heads, using: &random)])
            }
            for _ in 0..<3 { world = world.with(world.operations + [world.rogueClaim(by: outside, using: &random)]) }
            let value = world.settled().fields[WorldTable.figure.number]?.value
            return value == 5 ? nil : "\(outside) turned what \(agreeing.sorted()) agreed into \(value?.description ?? "a blank")"
        }
    }
}

extension FieldOutcome {
    private var hasNoWinner: Bool { rule == .lastAgreed || rule == .none }

    func hasTheWinner(of other: FieldOutcome) -> Bool {
        hasNoWinner || other.hasNoWinner ? hasNoWinner == other.hasNoWinner : value == other.value && Set(sources).isSuperset(of: other.sources)
    }
}

extension StandingClaim {
    var isLoser: Bool {
        switch verdict {
        case .overruled, .objection: true
        default: false
        }
    }
}
