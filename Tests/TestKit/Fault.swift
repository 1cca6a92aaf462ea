import Foundation

/// What can go wrong at one call that SQLite makes of the disk.
public enum Fault: String, Hashable, Sendable, CaseIterable {
    /// The power goes, and with it everything that was not synced.
    case powerCut
    /// The power goes; of what was not synced some is there, some not.
    case powerCutSomeSurvives
    /// As `powerCutSomeSurvives`, with torn sectors among the survivors.
    case powerCutTornSectors
    /// The process is killed; the machine goes on.
    case processKilled
    case ioErrorOnce, ioErrorFromThenOn
    case diskFullOnce, diskFullFromThenOn
    /// A read fails; all others count calls that change something.
    case readErrorOnce

    /// Whoever worked is gone: databases are to be closed without another try.
    public var endsTheProcess: Bool {
        switch self {
        case .powerCut, .powerCutSomeSurvives, .powerCutTornSectors, .processKilled: true
        default: false
        }
    }

    /// The next call works again: trying again, in the same process, must succeed.
    public var passes: Bool { self == .ioErrorOnce || self == .diskFullOnce || self == .readErrorOnce }

    var calls: FaultVFS.Calls { self == .readErrorOnce ? .read : .thatChange }

    func arm(_ vfs: FaultVFS, at call: Int) {
        vfs.count(only: calls)
        switch self {
        case .powerCut, .powerCutSomeSurvives, .powerCutTornSectors, .processKilled: vfs.losePower(at: call)
        case .ioErrorOnce, .ioErrorFromThenOn, .readErrorOnce: vfs.fail(at: call, with: .ioError, once: passes)
        case .diskFullOnce, .diskFullFromThenOn: vfs.fail(at: call, with: .full, once: passes)
        }
    }

    /// After the databases were closed: what the folder looks like to whoever comes next.
    func settle(_ vfs: FaultVFS, seed: UInt64) throws {
        let cut: FaultVFS.Cut
        switch self {
        case .powerCut: cut = .nothingSurvives
        case .powerCutSomeSurvives: cut = .someSurvives(seed: seed)
        case .powerCutTornSectors: cut = .tornSectors(seed: seed)
        case .processKilled: cut = .processKilled
        default: return vfs.disarm()
        }
        vfs.losePower()
        try vfs.cutPower(cut)
    }
}

/// Where one fault struck.
public struct FaultPoint: Hashable, Sendable, CustomStringConvertible {
    public let fault: Fault
    /// The counted call, from 1.
    public let call: Int
    public var description: String { "\(fault) at call \(call)" }
}

/// Which calls of a path are struck: a seeded sample, one out of each stretch of equal length, or every one when
/// `TIAOKUAI_EVERY_CUT` is set.
public struct FaultSample: Sendable {
    public let perFault: Int
    public let seed: UInt64

    public init(perFault: Int, seed: UInt64) {
        self.perFault = perFault
        self.seed = seed
    }

    public static let isComplete = ProcessInfo.processInfo.environment["TIAOKUAI_EVERY_CUT"] != nil

    func calls(of total: Int, for fault: Fault) -> [Int] {
        guard total > perFault, !FaultSample.isComplete else { return Array(1...max(1, total)) }
        var random = SplitMix64(seed: seed ^ fault.rawValue.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        return (0..<perFault).map { Int.random(in: (total * $0 / perFault + 1)...(total * ($0 + 1) / perFault), using: &random) }
    }
}

/// Plays one write path with each fault at sampled calls.
///
/// First undisturbed, to count its calls. Then for each fault and call: a fresh folder is prepared; `act` opens what it
/// needs in it, works, notes in `journal` what was acknowledged, and closes everything *also when it throws*; the fault is
/// settled; `check` opens the folder again and compares with the journal. `watched` names the folder, below the temporary
/// one, in which SQLite is disturbed. Returns how often each fault was met.
@discardableResult
public func playFaults<Journal>(
    _ sample: FaultSample, of faults: [Fault] = Fault.allCases, watched: (URL) -> URL, journal: () -> Journal, prepare: (URL) throws -> Void,
    act: (URL, Fault?, inout Journal) throws -> Void, check: (URL, Journal, FaultPoint) throws -> Void
) throws -> [Fault: Int] {
    let total = try withTemporaryFolder(inMemory: true) { folder in
        try prepare(folder)
        let vfs = try FaultVFS(watching: watched(folder))
        var entries = journal()
        try act(folder, nil, &entries)
        return (changes: vfs.counted, reads: vfs.calls(of: .read))
    }
    var played: [Fault: Int] = [:]
    for fault in faults {
        for call in sample.calls(of: fault == .readErrorOnce ? total.reads : total.changes, for: fault) {
            try withTemporaryFolder(inMemory: true) { folder in
                try prepare(folder)
                let vfs = try FaultVFS(watching: watched(folder))
                fault.arm(vfs, at: call)
                var entries = journal()
                var thrown: (any Error)?
                do { try act(folder, fault, &entries) } catch { thrown = error }
                // The calls of a path differ a little from run to run; past the last one nothing was disturbed.
                if vfs.failures > 0 { played[fault, default: 0] += 1 } else if let thrown { throw thrown }
                try fault.settle(vfs, seed: UInt64(call))
                try check(folder, entries, FaultPoint(fault: fault, call: call))
            }
        }
    }
    return played
}
