import Foundation
import LifeChecks
import TestKit

/// What one life came to.
public struct Outcome: Sendable {
    public let seed: UInt64
    public let steps: [Step]
    public var findings: [Finding]
    public let reached: Reached
    public let operations: Int
    public let machines: Int
    public let trace: [String]
}

/// Plays lives. The same seed gives the same life; a life that fails is made smaller by leaving steps out.
public struct Campaign: Sendable {
    /// A life goes on until so many operations were acknowledged.
    public var operations = 300
    public var maximumSteps = 700

    public init() {}

    public func live(seed: UInt64) -> Outcome { play(seed: seed, steps: nil) }

    /// The same life with only these steps.
    public func relive(seed: UInt64, steps: [Step]) -> Outcome { play(seed: seed, steps: steps) }

    private func play(seed: UInt64, steps given: [Step]?) -> Outcome {
        var random = SplitMix64(seed: seed ^ 0x51E9)
        var steps: [Step] = []
        do {
            return try withTemporaryFolder(inMemory: true) { folder in
                let life = try Life(seed: seed, in: folder)
                if let given {
                    for step in given { life.play(step) }
                    steps = given
                } else {
                    while life.operations < operations, steps.count < maximumSteps {
                        let step = Step.draw(using: &random)
                        steps.append(step)
                        life.play(step)
                        if !life.findings.isEmpty { break }
                    }
                }
                if life.findings.isEmpty { try life.end() }
                for machine in life.machines.values { try machine.close() }
                try life.thief?.close()
                return Outcome(
                    seed: seed, steps: steps, findings: life.findings, reached: life.reached, operations: life.operations, machines: life.machines.count,
                    trace: life.trace)
            }
        } catch {
            let finding = Finding(4, "the life", "ended with \(error)")
            return Outcome(seed: seed, steps: steps, findings: [finding], reached: Reached(), operations: 0, machines: 0, trace: [])
        }
    }

    /// Leaves out steps, half of them first, then fewer, as long as the life still fails.
    public func shrink(_ outcome: Outcome) -> Outcome {
        var smallest = relive(seed: outcome.seed, steps: outcome.steps)
        guard !smallest.findings.isEmpty else { return outcome }
        let truth = smallest.findings[0].truth
        var chunk = max(1, smallest.steps.count / 2)
        while true {
            var start = 0
            while start < smallest.steps.count {
                var fewer = smallest.steps
                fewer.removeSubrange(start..<min(start + chunk, fewer.count))
                let tried = relive(seed: outcome.seed, steps: fewer)
                if tried.findings.contains(where: { $0.truth == truth }) { smallest = tried } else { start += chunk }
            }
            if chunk == 1 { return smallest }
            chunk /= 2
        }
    }
}
