import CFaultVFS
import Foundation

/// A watch over the SQLite files of one folder: it plays power cuts, and lets the n-th call fail.
///
/// The first watch makes the fault VFS the process's default, so that GRDB uses it. Watch the folder before any database
/// in it is opened; its files as they are then count as durable. Watches over different folders don't disturb each other,
/// so tests may run in parallel. The model of the disk is told in `fault_vfs.h`.
public final class FaultVFS: @unchecked Sendable {
    // The C side locks for itself.
    private let watch: OpaquePointer

    /// Kinds of calls, for counting and for choosing where to fail.
    public struct Calls: OptionSet, Hashable, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        init(_ flag: Int) { rawValue = UInt32(flag) }

        public static let open = Calls(TK_CALL_OPEN)
        public static let write = Calls(TK_CALL_WRITE)
        public static let truncate = Calls(TK_CALL_TRUNCATE)
        public static let sync = Calls(TK_CALL_SYNC)
        public static let delete = Calls(TK_CALL_DELETE)
        public static let sharedMemory = Calls(TK_CALL_SHARED_MEMORY)
        public static let read = Calls(TK_CALL_READ)
        public static let thatChange = Calls(TK_CALLS_THAT_CHANGE)
        public static let all = Calls(TK_CALLS_ALL)
    }

    public enum Failure: Hashable, Sendable, CaseIterable {
        /// SQLITE_IOERR; a failed write leaves its first half behind.
        case ioError
        /// SQLITE_FULL from writes, and no new file can be made.
        case full

        var code: Int32 {
            switch self {
            case .ioError: Int32(TK_FAIL_IO)
            case .full: Int32(TK_FAIL_FULL)
            }
        }
    }

    /// What a cut leaves of what was not synced.
    public enum Cut: Hashable, Sendable {
        case nothingSurvives
        /// A random part of sectors, file sizes and folder entries.
        case someSurvives(seed: UInt64)
        /// As `someSurvives`, with torn sectors among the survivors.
        case tornSectors(seed: UInt64)
        /// The process died, the machine did not.
        case processKilled
    }

    public struct Problem: Error, Hashable, Sendable {
        public let fact: String
    }

    /// Throws when the folder doesn't exist or is watched already.
    public init(watching folder: URL) throws {
        guard tk_fault_register() == 0 else { throw Problem(fact: "the fault VFS can't be registered") }
        guard let watch = tk_fault_watch(folder.path) else { throw Problem(fact: "can't watch \(folder.path)") }
        self.watch = watch
    }

    deinit { tk_fault_unwatch(watch) }

    // MARK: Counting

    /// Counts only these kinds from now on, from 0; `thatChange` unless told otherwise.
    public func count(only calls: Calls) { tk_fault_count_only(watch, calls.rawValue) }
    /// Counted calls since the last `count(only:)`, `fail` or `losePower`.
    public var counted: Int { Int(tk_fault_counted(watch)) }
    /// Calls of one kind since the watch began, counted or not.
    public func calls(of kind: Calls) -> Int { Int(tk_fault_calls_of(watch, kind.rawValue)) }
    public var openFiles: Int { Int(tk_fault_open_files(watch)) }
    public var unsyncedSectors: Int { Int(tk_fault_unsynced_sectors(watch)) }

    // MARK: Failing

    /// Counts from 0 and fails the n-th counted call (from 1) that this failure can happen to; without `once` all later
    /// ones too.
    public func fail(at number: Int, with failure: Failure, once: Bool = true) {
        tk_fault_fail_at(watch, UInt64(max(1, number)), failure.code, once ? 1 : 0)
    }

    /// Counts from 0; from the n-th counted call (from 1) on every call fails and nothing on the disk changes any more.
    /// Close the databases, then `cutPower`.
    public func losePower(at number: Int) {
        tk_fault_fail_at(watch, UInt64(max(1, number)), Int32(TK_FAIL_POWER), 0)
    }

    /// As `losePower(at:)`, from this moment on.
    public func losePower() { tk_fault_fail_at(watch, 0, Int32(TK_FAIL_POWER), 0) }

    /// Calls that were failed since `fail` or `losePower`.
    public var failures: Int { Int(tk_fault_failures(watch)) }

    /// Lets every call work again.
    public func disarm() { tk_fault_disarm(watch) }

    // MARK: Cutting

    /// Rewrites the folder's files to what the cut leaves, counts that as durable and disarms.
    ///
    /// Throws when a file is still open. Call `losePower` before closing the databases, or closing will write.
    public func cutPower(_ cut: Cut = .nothingSurvives) throws {
        let code =
            switch cut {
            case .nothingSurvives: tk_fault_power_cut(watch, Int32(TK_CUT_DROP), 0)
            case .someSurvives(let seed): tk_fault_power_cut(watch, Int32(TK_CUT_SOME), seed)
            case .tornSectors(let seed): tk_fault_power_cut(watch, Int32(TK_CUT_TEAR), seed)
            case .processKilled: tk_fault_power_cut(watch, Int32(TK_CUT_KILL), 0)
            }
        guard code == 0 else {
            throw Problem(fact: openFiles > 0 ? "\(openFiles) files are still open" : "the cut failed with \(code)")
        }
    }
}
