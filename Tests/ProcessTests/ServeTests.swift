import Foundation
import TestKit
import Testing

/// `serve` all day, and everything else on the same folder meanwhile.
@Suite struct ServeTests {
    /// A running `serve` of this test's own; ended by its process, never by name.
    private final class Server {
        let process = Process()
        let url: String

        init(_ tool: Tool, node: String) throws {
            let out = tool.folder.appendingPathComponent("serve.out")
            _ = FileManager.default.createFile(atPath: out.path, contents: nil)
            process.executableURL = Tool.binary
            process.arguments = ["serve", "--dir", node, "--port", "0", "--json", "--now", "2020-08-20"]
            process.currentDirectoryURL = tool.folder
            process.environment = ["PATH": "/usr/bin:/bin", "LLVM_PROFILE_FILE": tool.folder.path + "/serve.%p.profraw"]
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

    @Test func twoNodesMeetOverHTTPWhileOtherCommandsWorkOnTheServersFolder() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            let server = try Server(tool, node: "gs")
            let first = try tool.do("zy", "sync", server.url, "--expect", "gs")
            #expect(first["peerName"] as? String == "gs")
            #expect((first["changesetsSent"] as? Int ?? 0) > 0)
            #expect(first["receipt"] as? String != nil)

            try tool.do("gs", "publish", Tool.example("gs/publish/01-six-guarantees.yaml"), now: "2020-04-30")
            #expect((try tool.do("zy", "sync", server.url)["changesetsReceived"] as? Int ?? 0) > 0)
            #expect(try tool.do("zy", "sync", server.url)["changedNothing"] as? Bool == true)
            try tool.expectEqualDigests("gs", "zy")
            #expect(try tool.do("zy", "explain", "target 620000/grainReserveDays/2020", "floor")["value"] as? String == "10")
            #expect(try tool.isHealthy("gs"))

            let wrong = try tool.attempt("zy", ["sync", server.url, "--expect", "gt"])
            #expect(wrong.status == 69)
            #expect(try wrong.error?.code == "wrongPeer")
            #expect(server.stop() == 0)
        }
    }

    @Test(arguments: [("http://127.0.0.1:1", "unreachable", 69), ("http://192.0.2.1:8470", "plainRefused", 78), ("gs", "malformedURL", 64)])
    func aWireThatIsNotThereIsSaid(url: String, code: String, status: Int32) throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.province()
            let outcome = try tool.attempt("gs", ["sync", url])
            #expect(outcome.status == status, "\(outcome.out) \(outcome.err)")
            #expect(try outcome.error?.code == code)
        }
    }
}
