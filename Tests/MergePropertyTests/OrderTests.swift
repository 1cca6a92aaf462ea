import TestKit
import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Commutative, associative, idempotent: what is held decides, never how it came.
@Suite struct OrderTests {
    @Test func allOrdersOfUpToSixOperationsComeToTheSame() {
        WorldRuns.check("orders", share: 4, operations: 2...6) { world in
            let first = world.settled()
            return permutations(of: world.operations).contains { world.settled($0) != first } ? "an order came to something else" : nil
        }
    }

    @Test func anyOrderWithDuplicatesComesToTheSame() {
        WorldRuns.check("orders", share: 15, operations: 7...40) { world in
            var random = SplitMix64(seed: world.seed)
            let first = world.settled()
            for _ in 0..<3 {
                let again = world.operations.filter { _ in random.chance(oneIn: 3) }
                if world.settled((world.operations + again).shuffled(using: &random)) != first { return "an order came to something else" }
            }
            return nil
        }
    }

    @Test func clocksDecideNothing() {
        WorldRuns.check("clocks", share: 25) { world in
            var random = SplitMix64(seed: world.seed)
            let shifted = world.operations.map { judged in
                var operation = judged.operation
                operation.written = Written(milliseconds: Int64.random(in: -4_000_000_000_000...4_000_000_000_000, using: &random))
                return JudgedOperation(judged.id, operation, voidReason: judged.voidReason)
            }
            return world.settled(shifted) == world.settled() ? nil : "a clock decided"
        }
    }

    @Test func everyOperationHasAVerdictOnEveryFieldItNames() {
        WorldRuns.check("verdicts", share: 50, operations: 2...30) { world in
            for settlement in [world.settled(), world.settled(under: world.changed)] {
                for judged in world.operations {
                    guard let verdicts = settlement.verdicts[judged.id] else { return "\(judged.id.short) is lost" }
                    if let field = judged.operation.fields.first(where: { verdicts[$0.number] == nil }) {
                        return "\(judged.id.short) has no verdict on \(field.number.index)"
                    }
                }
            }
            return nil
        }
    }
}
