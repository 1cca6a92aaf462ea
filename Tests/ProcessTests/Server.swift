import Foundation
import TestKit
import Testing

/// A running `serve` of this test's own; ended by its process, never by name.
final class Server {
    private let child: Child
    let url: String

    init(_ tool: Tool, node: String, environment: [String: String] = [:]) throws {
        let out = tool.folder.appendingPathComponent("serve-\(UUID().uuidString).out")
        _ = FileManager.default.createFile(atPath: out.path, contents: nil)
        let variables = ["PATH": "/usr/bin:/bin", "LLVM_PROFILE_FILE": tool.folder.path + "/serve.%p.profraw"].merging(environment) { $1 }
        child = try Child(
            [Tool.binary.path, "serve", "--dir", node, "--port", "0", "--json", "--now", "2020-08-20"], in: tool.folder, environment: variables,
            output: try FileHandle(forWritingTo: out))
        // The line that says where it listens is the only sign; a process that ends before it is a failure.
        var said = Data()
        while !said.contains(0x0a), child.isRunning {
            usleep(5_000)
            said = try Data(contentsOf: out)
        }
        let line = try JSONSerialization.jsonObject(with: said) as? [String: Any]
        url = try #require(line?["url"] as? String)
    }

    func stop() -> Int32 {
        child.signal(SIGTERM)
        return child.wait(within: 60)
    }
}
