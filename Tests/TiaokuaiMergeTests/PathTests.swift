import Testing
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel

/// R2: the strictest of the same key along the path, root first.
@Suite struct PathTests {
    private func step(_ region: RegionID, _ value: Value, isFirm: Bool = true) -> PathStep {
        PathStep(region: region, unit: "u", operation: OperationID(sha256(Array("\(region) \(value)".utf8))), value: value, isFirm: isFirm)
    }

    private func standings(_ outcome: PathOutcome) -> [PathOutcome.Standing] { outcome.steps.map(\.standing) }

    @Test("C01") func aFloorLoosenedBelowIsInert() {
        let outcome = strictestAlongPath([step("620000", 10), step("622921", 8)], .floor)
        #expect(outcome.effective?.value == 10)
        #expect(outcome.effective?.region == "620000")
        #expect(outcome.inert.map(\.value) == [8])
    }

    @Test("C02") func aTightenedFloorStandsUntilOneAboveIsStricter() {
        let first = strictestAlongPath([step("620000", 10), step("620700", 12), step("620724", 15)], .floor)
        #expect(first.effective?.value == 15)
        #expect(first.shadowed.map(\.value) == [10, 12])
        let second = strictestAlongPath([step("620000", 10), step("620700", 20), step("620724", 15)], .floor)
        #expect(second.effective?.value == 20)
        #expect(standings(second) == [.shadowed, .effective, .inert])
    }

    @Test("C03") func aCeilingIsOnlyLowered() {
        let outcome = strictestAlongPath([step("620000", dec("4.5")), step("620700", dec("4.0")), step("620724", dec("4.2")), step("town", 5)], .ceiling)
        #expect(outcome.effective?.value == dec("4.0"))
        #expect(outcome.inert.map(\.value) == [dec("4.2"), 5])
    }

    @Test func aDeadlineIsOnlyBroughtForward() {
        let days = [Day(number: 100), Day(number: 90), Day(number: 95)].map(Value.day)
        let outcome = strictestAlongPath([step("a", days[0]), step("b", days[1]), step("c", days[2])], .earliest)
        #expect(outcome.effective?.value == days[1])
        #expect(standings(outcome) == [.shadowed, .effective, .inert])
    }

    @Test func ofEqualStepsTheUpperIsTheSource() {
        let same = strictestAlongPath([step("a", 10), step("b", dec("10.0")), step("c", 9)], .floor)
        #expect(standings(same) == [.effective, .equal, .inert])
        #expect(same.effective?.region == "a")
        let passed = strictestAlongPath([step("a", 10), step("b", 10), step("c", 11)], .floor)
        #expect(standings(passed) == [.shadowed, .shadowed, .effective])
    }

    @Test func anAspirationBindsNoFirmValueAndStandsBesideIt() {
        let outcome = strictestAlongPath([step("a", 100, isFirm: false), step("b", 50)], .floor)
        #expect(outcome.effective?.value == 50)
        #expect(outcome.stretch?.value == 100)
        let reached = strictestAlongPath([step("a", 100, isFirm: false), step("b", 100)], .floor)
        #expect(standings(reached) == [.shadowed, .effective])
        let only = strictestAlongPath([step("a", 5, isFirm: false), step("b", 4, isFirm: false), step("c", 5, isFirm: false)], .floor)
        #expect(standings(only) == [.effective, .inert, .equal])
        let raised = strictestAlongPath([step("a", 5), step("b", 6, isFirm: false), step("c", 7, isFirm: false), step("d", 4, isFirm: false)], .floor)
        #expect(standings(raised) == [.effective, .shadowed, .stretch, .inert])
    }

    @Test func whatCannotBeComparedIsSetAside() {
        let outcome = strictestAlongPath([step("a", "十天"), step("b", 10), step("c", .day(Day(number: 1)))], .floor)
        #expect(standings(outcome) == [.incomparable, .effective, .incomparable])
        #expect(strictestAlongPath([], .floor).effective == nil)
        #expect(strictestAlongPath([step("a", "x")], .ceiling).effective == nil)
    }

    @Test(arguments: Strictness.allCases) func noStepLoosensWhatIsAboveIt(_ strictness: Strictness) {
        var random = SmallRandom(seed: 20)
        for _ in 0..<500 {
            let steps = (0..<6).map { step(RegionID(unchecked: "r\($0)"), .decimal(ExactDecimal(Int64(random.below(8))))) }
            for length in 1..<6 {
                guard let above = strictestAlongPath(Array(steps.prefix(length)), strictness).effective?.value.decimal,
                    let below = strictestAlongPath(Array(steps.prefix(length + 1)), strictness).effective?.value.decimal
                else {
                    Issue.record("firm steps always have an outcome")
                    return
                }
                #expect(strictness == .floor ? below >= above : below <= above)
            }
        }
    }
}

/// Seeded, small and good enough: SplitMix64.
struct SmallRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
}
