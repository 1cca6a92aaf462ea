import Foundation
import LifeChecks
import Simulator
import Synchronization

// Plays lives of a province and says what was found: `simulate LIVES [FIRST-SEED] [JOBS]`, or `simulate one SEED` with its
// trace, made smaller where it fails. Every fiftieth life is lived twice and must be the same; in 500 lives or more, nothing
// of what is wanted may have stayed out.

struct Totals {
    var reached = Reached()
    var lives = 0
    var operations = 0
    var steps = 0
    var machines = 0
    var failed: [Outcome] = []
}

func tell(_ outcome: Outcome) {
    print("seed \(outcome.seed): \(outcome.findings.count) findings after \(outcome.steps.count) steps")
    for finding in outcome.findings.prefix(8) {
        print("  \(finding)")
        if !finding.detail.isEmpty { print("    \(finding.detail)") }
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
let campaign = Campaign()

if arguments.first == "one" {
    let outcome = campaign.live(seed: arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1)
    for line in outcome.trace { print(line) }
    tell(outcome)
    if !outcome.findings.isEmpty {
        let small = campaign.shrink(outcome)
        print("made smaller:")
        for line in small.trace { print("  \(line)") }
        tell(small)
    }
    exit(outcome.findings.isEmpty ? 0 : 1)
}

let lives = arguments.first.flatMap { Int($0) } ?? 1_000
let first = arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
let jobs = arguments.dropFirst(2).first.flatMap { Int($0) } ?? ProcessInfo.processInfo.activeProcessorCount
let totals = Mutex(Totals())
let next = Mutex(0)
let started = Date()

DispatchQueue.concurrentPerform(iterations: jobs) { _ in
    while true {
        let index = next.withLock { value in
            value += 1
            return value - 1
        }
        guard index < lives else { return }
        let seed = first + UInt64(index)
        var outcome = campaign.live(seed: seed)
        if index.isMultiple(of: 50), campaign.live(seed: seed).trace != outcome.trace {
            outcome.findings.append(Finding(1, "the life", "is another one when it is lived again"))
        }
        totals.withLock { totals in
            totals.lives += 1
            totals.operations += outcome.operations
            totals.steps += outcome.steps.count
            totals.machines += outcome.machines
            totals.reached.add(outcome.reached)
            if !outcome.findings.isEmpty {
                totals.failed.append(outcome)
                tell(outcome)
            }
        }
    }
}

let all = totals.withLock { $0 }
print("| reached | times |\n| --- | ---: |")
for (name, count) in all.reached.counts.sorted(by: { $0.key < $1.key }) { print("| \(name) | \(count) |") }
print(
    "\(all.lives) lives, \(all.machines) machines, \(all.steps) steps, \(all.operations) operations, \(Int(Date().timeIntervalSince(started))) s, \(all.failed.count) failed")
let missing = all.lives < 500 ? [] : wanted.filter { all.reached.counts[$0] == nil }
for name in missing { print("never met: \(name)") }
exit(all.failed.isEmpty && missing.isEmpty ? 0 : 1)
