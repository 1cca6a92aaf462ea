import Synchronization
import TestKit
import TiaokuaiModel
import TiaokuaiNode

/// Nine in the morning of the day that was set; every look is a second later. Randomness repeats itself.
final class StageClock: Sendable {
    private let state: Mutex<(now: Int64, random: SplitMix64)>

    init(seed: UInt64) { state = Mutex((0, SplitMix64(seed: seed))) }

    func set(_ day: Day) { state.withLock { $0.now = max(Int64(day.number) * 86_400_000 + 3_600_000, $0.now) } }

    var surroundings: Surroundings {
        Surroundings(
            now: {
                self.state.withLock {
                    $0.now += 1_000
                    return Written(milliseconds: $0.now)
                }
            },
            randomBytes: { count in self.state.withLock { state in (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &state.random) } } })
    }
}
