import Foundation
import Testing

/// A running `serve` of this test's own; ended by its process, never by name.
final class Server {
    let process = Process()
    let url: String

    init(_ tool: Tool, node: String, environment: [String: String] = [:]) throws {
        let out = tool.folder.appendingPathComponent("serve-\(UUID().uuidString).out")
        _ = FileManager.default.createFile(atPath: out.path, contents: nil)
        process.executableURL = Tool.binary
        process.arguments = ["serve", "--dir", node, "--port", "0", "--json", "--now", "2020-08-20"]
        process.currentDirectoryURL = tool.folder
        process.environment = ["PATH": "/usr/bin:/bin", "LLVM_PROFILE_FILE": tool.folder.path + "/serve.%p.profraw"].merging(environment) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // The line that says where it listens is the only sign; a process that ends before it is a failure.
        var found: String?
        while found == nil, process.isRunning {
            let text = try String(contentsOf: out, encoding: .utf8)
            if text.contains("\n") { found = (try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])?["url"] as? String }
        }
        url = try #require(found)
    }

    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }
}
