import NaiveModel
import TestKit
import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// Monotone floors: no claim loosens what a unit above it on the path set.
@Suite struct PathTests {
    static let fields: [(FieldSpec, Strictness)] = [(WorldTable.floor, .floor), (WorldTable.ceiling, .ceiling), (WorldTable.deadline, .earliest)]

    @Test func theStrictestAlongThePathIsInForceAndLooserOnesAreInert() {
        check { direction, steps in
            let naive = NaivePath(direction, steps.map { NaiveBound($0.value, isFirm: $0.isFirm) })
            let joined = strictestAlongPath(steps, direction)
            if joined.effective?.value != naive.inForce { return "\(joined.effective?.value.description ?? "blank") in force" }
            // A looser aspiration may also be shown as reached or as equal to what is in force.
            let wrong = steps.indices.first { index in
                let isInert = joined.steps[index].standing == .inert
                return isInert != naive.isInert(at: index) && (isInert || steps[index].isFirm)
            }
            return wrong.map { "step \($0) is \(joined.steps[$0].standing)" }
        }
    }

    @Test func noStepLoosensWhatIsFirmAboveIt() {
        check { direction, steps in
            let naive = NaivePath(direction, [])
            for count in steps.indices {
                guard steps.prefix(count).contains(where: \.isFirm), let above = strictestAlongPath(Array(steps.prefix(count)), direction).effective,
                    let here = strictestAlongPath(Array(steps.prefix(count + 1)), direction).effective
                else { continue }
                if naive.isStricter(above.value, than: here.value) { return "step \(count) loosened \(above.value) to \(here.value)" }
            }
            return nil
        }
    }

    /// One record of the key at each of three places, each settled by the engine and by the naive model, then joined.
    @Test func recordsSettledAloneJoinToWhatTheNaiveModelSays() {
        for index in 0..<max(1, WorldRuns.worlds / 10) {
            let worlds = (0..<3).map { WorldGenerator.world(seed: WorldRuns.firstSeed + UInt64(index + $0), operations: 2...16) }
            for (field, direction) in Self.fields {
                let steps = worlds.compactMap { $0.settled().fields[field.number]?.value }.map { step($0, isFirm: true) }
                let bounds = worlds.compactMap { $0.naive(under: $0.governance).fields[field.number]?.value }.map { NaiveBound($0, isFirm: true) }
                #expect(strictestAlongPath(steps, direction).effective?.value == NaivePath(direction, bounds).inForce, "seed \(worlds[0].seed), \(field.name)")
            }
        }
    }

    private func check(sourceLocation: SourceLocation = #_sourceLocation, _ fails: (Strictness, [PathStep]) -> String?) {
        var random = SplitMix64(seed: WorldRuns.firstSeed)
        for _ in 0..<WorldRuns.worlds {
            let direction = Strictness.allCases.randomElement(using: &random) ?? .floor
            let steps = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                let number = Int64.random(in: 1...4, using: &random)
                let value: Value = direction == .earliest ? .day(Day(number: Int32(number))) : .decimal(ExactDecimal(number))
                return step(value, isFirm: !random.chance(oneIn: 3))
            }
            guard let failure = fails(direction, steps) else { continue }
            Issue.record("\(direction) \(steps.map { "\($0.value)\($0.isFirm ? "" : "?")" }): \(failure)", sourceLocation: sourceLocation)
            return
        }
    }

    private func step(_ value: Value, isFirm: Bool) -> PathStep {
        PathStep(region: "r0", unit: "t0.gov", operation: OperationID(.zero), value: value, isFirm: isFirm)
    }
}
