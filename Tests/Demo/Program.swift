import Foundation

/// The `tiaokuai` binary: every call is a process of its own, with nothing of this process's surroundings.
struct Program {
    struct Result {
        let status: Int32
        let answer: JSONValue
        let complaint: String
    }

    let path: String
    let work: String

    static func environment() -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        var environment = ["PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": own["HOME"] ?? "/", "LANG": "zh_CN.UTF-8", "NO_COLOR": "1"]
        // A build that measures coverage would leave a file in every folder.
        environment["LLVM_PROFILE_FILE"] = own["LLVM_PROFILE_FILE"] ?? "/dev/null"
        environment["TMPDIR"] = own["TMPDIR"]
        return environment
    }

    /// Runs to the end; standard output must be one JSON value, or it counts as null.
    func run(_ arguments: [String]) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = Program.environment()
        process.currentDirectoryURL = URL(fileURLWithPath: work)
        let output = Pipe()
        let complaintPath = work + "/stderr.txt"
        guard FileManager.default.createFile(atPath: complaintPath, contents: nil), let complaints = FileHandle(forWritingAtPath: complaintPath) else {
            throw TableError("\(complaintPath) can't be written")
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaints
        // `waitUntilExit` looks only every so often, which adds up over hundreds of commands.
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw TableError("\(path) can't be started: \(error.localizedDescription)")
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        ended.wait()
        try? complaints.close()
        let complaint = (try? String(contentsOfFile: complaintPath, encoding: .utf8)) ?? ""
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Result(status: status, answer: JSONValue(bytes) ?? .null, complaint: complaint)
    }
}

/// A node's `serve`, as a child of this process: started by a step, ended by a step, and in any case before this ends.
final class Server {
    private let process: Process
    let url: String

    /// Waits until the server says on which port it listens.
    init(_ program: Program, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: program.path)
        process.arguments = arguments
        process.environment = Program.environment()
        process.currentDirectoryURL = URL(fileURLWithPath: program.work)
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        let first = line.prefix { $0 != UInt8(ascii: "\n") }
        guard let answer = JSONValue(Data(first)), let url = try JSONPath("url").value(in: answer)?.scalar else {
            process.terminate()
            process.waitUntilExit()
            throw TableError("the server does not say where it listens: \(String(decoding: first, as: UTF8.self))")
        }
        self.url = url
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }
}
