import Foundation

/// One run of a sweep: where the power went and what it left.
public struct PowerCutPoint: Hashable, Sendable, CustomStringConvertible {
    /// The counted call that was the first not to happen, from 1.
    public let call: Int
    public let cut: FaultVFS.Cut
    public var description: String { "cut at call \(call), \(cut)" }
}

/// Plays one write path with the power going at every n-th call, each with every cut of the list.
///
/// For each n from 1 until the path ends undisturbed: a fresh folder is prepared; `act` opens its databases, works, notes
/// in `journal` what was acknowledged to it, and closes them *also when it throws*; the power is cut; `check` opens the
/// folder again and compares with the journal. Errors that `act` throws are expected, except in the last, undisturbed run.
/// Returns the number of cuts played, which a test asserts to be above what it knows must be there.
@discardableResult
public func sweepPowerCuts<Journal>(
    cuts: [FaultVFS.Cut] = [.nothingSurvives, .someSurvives(seed: 1), .tornSectors(seed: 2), .processKilled], step: Int = 1,
    calls: FaultVFS.Calls = .thatChange, isolation: isolated (any Actor)? = #isolation,
    journal: () -> Journal, prepare: (URL) async throws -> Void, act: (URL, inout Journal) async throws -> Void,
    check: (URL, Journal, PowerCutPoint) async throws -> Void
) async throws -> Int {
    var played = 0
    for cut in cuts {
        var call = 1
        var isOver = false
        while !isOver {
            isOver = try await withTemporaryFolder { folder -> Bool in
                try await prepare(folder)
                let vfs = try FaultVFS(watching: folder)
                vfs.count(only: calls)
                vfs.losePower(at: call)
                var entries = journal()
                var thrown: (any Error)?
                do { try await act(folder, &entries) } catch { thrown = error }
                let undisturbed = vfs.failures == 0
                if undisturbed, let thrown { throw thrown }
                vfs.losePower()
                try vfs.cutPower(cut)
                try await check(folder, entries, PowerCutPoint(call: call, cut: cut))
                return undisturbed
            }
            played += 1
            call += step
        }
    }
    return played
}

/// Plays one write path with a failure at every n-th call, once and from then on.
///
/// As `sweepPowerCuts`, but the process lives: `act` meets the errors and may recover; then the disk is well again and
/// `check` opens the folder.
@discardableResult
public func sweepFailures<Journal>(
    failures: [FaultVFS.Failure] = FaultVFS.Failure.allCases, step: Int = 1, calls: FaultVFS.Calls = .thatChange,
    isolation: isolated (any Actor)? = #isolation,
    journal: () -> Journal, prepare: (URL) async throws -> Void, act: (URL, inout Journal) async throws -> Void,
    check: (URL, Journal, String) async throws -> Void
) async throws -> Int {
    var played = 0
    for failure in failures {
        for once in [true, false] {
            var call = 1
            var isOver = false
            while !isOver {
                isOver = try await withTemporaryFolder { folder -> Bool in
                    try await prepare(folder)
                    let vfs = try FaultVFS(watching: folder)
                    vfs.count(only: calls)
                    vfs.fail(at: call, with: failure, once: once)
                    var entries = journal()
                    var thrown: (any Error)?
                    do { try await act(folder, &entries) } catch { thrown = error }
                    let undisturbed = vfs.failures == 0
                    if undisturbed, let thrown { throw thrown }
                    vfs.disarm()
                    try await check(folder, entries, "\(failure) at call \(call), \(once ? "once" : "from then on")")
                    return undisturbed
                }
                played += 1
                call += step
            }
        }
    }
    return played
}
