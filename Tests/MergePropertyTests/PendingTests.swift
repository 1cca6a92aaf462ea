import TestKit
import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// What lacks its past waits by name, and is released when it comes.
@Suite struct PendingTests {
    @Test func whatHasSeenAnOperationWaitsForItByName() {
        WorldRuns.check("pending", share: 30) { world in
            var random = SplitMix64(seed: world.seed)
            guard let missing = world.operations.randomElement(using: &random) else { return nil }
            let rest = world.operations.filter { $0.id != missing.id }
            let settlement = world.settled(rest)
            for judged in rest where !world.isVoidThroughout(settlement.verdicts[judged.id] ?? [:]) {
                let waits = world.settledPending(judged.id, in: settlement)
                let isDirect = judged.operation.seen.contains(missing.id)
                if isDirect, !waits.contains(missing.id) { return "\(judged.id.short) doesn't wait for \(missing.id.short)" }
                if !world.past(of: judged.id).contains(missing.id), !waits.isEmpty { return "\(judged.id.short) waits for nothing" }
                if world.past(of: judged.id).contains(missing.id), waits.isEmpty { return "\(judged.id.short) doesn't wait" }
            }
            return world.settled(rest + [missing]) == world.settled() ? nil : "what came late is not what it was"
        }
    }

    @Test func whatWaitsChangesNothing() {
        WorldRuns.check("pending", share: 30) { world in
            var random = SplitMix64(seed: world.seed)
            guard let missing = world.operations.randomElement(using: &random) else { return nil }
            let rest = world.operations.filter { $0.id != missing.id }
            let entered = rest.filter { !world.past(of: $0.id).contains(missing.id) }
            let (some, all) = (world.settled(entered), world.settled(rest))
            if some.heads != all.heads { return "what waits is among the heads" }
            for spec in WorldTable.own where some.fields[spec.number]?.value != all.fields[spec.number]?.value { return "\(spec.name) changed" }
            return nil
        }
    }
}

extension World {
    func settledPending(_ id: OperationID, in settlement: Settlement) -> Set<OperationID> {
        (settlement.verdicts[id] ?? [:]).values.reduce(into: []) { names, verdict in
            if case .pending(let waiting) = verdict { names.formUnion(waiting) }
        }
    }

    /// What the operation's author had seen.
    func past(of id: OperationID) -> Set<OperationID> {
        let seen = Dictionary(operations.map { ($0.id, $0.operation.seen) }, uniquingKeysWith: { first, _ in first })
        var found: Set<OperationID> = []
        var open = seen[id] ?? []
        while let next = open.popLast() {
            if found.insert(next).inserted { open += seen[next] ?? [] }
        }
        return found
    }
}
