import Foundation
import TestKit
import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// How many worlds a run builds: `TIAOKUAI_WORLDS` for more (or fewer), `TIAOKUAI_SEED` for others.
enum WorldRuns {
    static let worlds = ProcessInfo.processInfo.environment["TIAOKUAI_WORLDS"].flatMap(Int.init) ?? 1_500
    static let firstSeed = ProcessInfo.processInfo.environment["TIAOKUAI_SEED"].flatMap(UInt64.init) ?? 1

    /// How many failing worlds a run shows before it ends: 1, or `TIAOKUAI_PATIENCE`.
    static let patience = ProcessInfo.processInfo.environment["TIAOKUAI_PATIENCE"].flatMap(Int.init) ?? 1

    /// Checks a share of the worlds; a failing one is made as small as it goes and shown, and after a few the run ends.
    static func check(
        _ what: String, share: Int = 100, operations: ClosedRange<Int> = 2...16, isDecisive: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ fails: (World) -> String?
    ) {
        var failures = 0
        for index in 0..<max(1, worlds * share / 100) {
            let world = WorldGenerator.world(seed: firstSeed + UInt64(index), operations: operations, isDecisive: isDecisive)
            guard fails(world) != nil else { continue }
            let smallest = world.shrunk(fails)
            Issue.record("\(what): \(fails(smallest) ?? "")\n\(smallest)", sourceLocation: sourceLocation)
            failures += 1
            if failures >= patience { return }
        }
    }
}
