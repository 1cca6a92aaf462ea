import Foundation

/// A process that a test starts. It outlives neither its test nor its time: one that is left over would hold the test run's
/// output open, and the run would never end.
public final class Child {
    /// What a process said, and how it ended.
    public struct Outcome: Sendable {
        /// The exit status; 128 and the signal's number for one that a signal ended.
        public let status: Int32
        public let out: String
        public let err: String

        public init(status: Int32, out: String, err: String) { (self.status, self.out, self.err) = (status, out, err) }
    }

    private let process = Process()
    private var ended: Int32?

    /// Starts `line[0]`, a path, with the rest of the line. Without handles it reads nothing and says nothing.
    public init(
        _ line: [String], in folder: URL? = nil, environment: [String: String]? = nil, input: FileHandle = .nullDevice, output: FileHandle = .nullDevice,
        error: FileHandle = .nullDevice
    ) throws {
        process.executableURL = URL(fileURLWithPath: line[0])
        process.arguments = Array(line.dropFirst())
        if let folder { process.currentDirectoryURL = folder }
        if let environment { process.environment = environment }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = error
        do {
            try process.run()
        } catch {
            // What never ran has no status that could be asked for.
            ended = 127
            throw error
        }
    }

    deinit {
        if isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    public var id: Int32 { process.processIdentifier }
    public var isRunning: Bool { status == nil }

    public func signal(_ signal: Int32) { if isRunning { kill(id, signal) } }

    /// Waits for the end, and makes one after so many seconds: the status is then that of SIGKILL, 137.
    public func wait(within seconds: Double = 300) -> Int32 {
        let end = ContinuousClock.now + .seconds(seconds)
        var pause: UInt32 = 500
        while true {
            if let status { return status }
            if ContinuousClock.now > end {
                print("killed after \(seconds) s: \(process.arguments ?? [])")
                kill(id, SIGKILL)
            }
            usleep(pause)
            pause = min(pause * 2, 20_000)
        }
    }

    /// Asked of the system itself: `Process` learns of an end through a socket that other children may have inherited.
    private var status: Int32? {
        if ended == nil {
            var info = siginfo_t()
            if waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 {
                if info.si_signo == SIGCHLD {
                    let status = info._sifields._sigchld.si_status
                    ended = info.si_code == Int32(CLD_EXITED) ? status : 128 + (status & 0x7f)
                }
            } else if !process.isRunning {
                // `Process` has taken the status already.
                ended = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
            }
        }
        return ended
    }

    /// Runs a command to its end. What it says goes through files: nothing fills up, whatever the length, and nobody waits for
    /// the end of a pipe that somebody else holds open.
    public static func run(
        _ line: [String], in folder: URL? = nil, environment: [String: String]? = nil, input: FileHandle = .nullDevice, within seconds: Double = 300
    ) throws -> Outcome {
        let (out, err) = (try scratch(), try scratch())
        let child = try Child(line, in: folder, environment: environment, input: input, output: out, error: err)
        let status = child.wait(within: seconds)
        func text(_ handle: FileHandle) throws -> String {
            try handle.seek(toOffset: 0)
            return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        }
        return Outcome(status: status, out: try text(out), err: try text(err))
    }

    /// A file without a name.
    private static func scratch() throws -> FileHandle {
        var path = Array((NSTemporaryDirectory() + "/child.XXXXXX").utf8CString)
        let handle = mkstemp(&path)
        guard handle >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        _ = fcntl(handle, F_SETFD, FD_CLOEXEC)
        unlink(path)
        return FileHandle(fileDescriptor: handle, closeOnDealloc: true)
    }
}
