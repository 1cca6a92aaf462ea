import Foundation
import Testing
import TestKit

/// One run of the built binary, as a shell would see it.
typealias Outcome = Child.Outcome

extension Child.Outcome {
    /// The one JSON object on standard output.
    var json: [String: Any] {
        get throws { try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any], "not a JSON object: \(out.prefix(300)) \(err.prefix(300))") }
    }

    /// The error beside or instead of the answer; its code and both sentences.
    var error: (code: String, zh: String, en: String, facts: [String: String])? {
        get throws {
            guard let error = try json["error"] as? [String: Any], let code = error["code"] as? String else { return nil }
            return (code, error["zh"] as? String ?? "", error["en"] as? String ?? "", error["facts"] as? [String: String] ?? [:])
        }
    }
}

/// The binary beside the test bundle, run in a folder of the test's own.
struct Tool {
    let folder: URL
    /// The instant of every command, unless one says otherwise: the network is a rehearsal.
    var now: String? = "2020-08-20"

    static let binary: URL = {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("tiaokuai")
        return FileManager.default.isExecutableFile(atPath: beside.path) ? beside : packageRoot.appendingPathComponent(".build/debug/tiaokuai")
    }()

    /// Runs a command; waits for it.
    @discardableResult
    func run(_ arguments: [String], environment: [String: String] = [:], wrapper: [String] = []) throws -> Outcome {
        var variables = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "zh_CN.UTF-8"]
        // Coverage of the processes counts too, where the runner asks for it.
        variables["LLVM_PROFILE_FILE"] = ProcessInfo.processInfo.environment["LLVM_PROFILE_FILE"].map { $0 + ".%p" } ?? folder.path + "/default.%p.profraw"
        return try Child.run(wrapper + [Tool.binary.path] + arguments, in: folder, environment: variables.merging(environment) { $1 })
    }

    /// A command on a node's folder, with `--json` and the rehearsal's clock; must end well.
    @discardableResult
    func `do`(_ node: String, _ arguments: String..., now: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
        let outcome = try attempt(node, arguments, now: now)
        #expect(outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.out) \(outcome.err)", sourceLocation: sourceLocation)
        return try outcome.json
    }

    /// The same for a command that may fail.
    func attempt(_ node: String, _ arguments: [String], now: String? = nil, wrapper: [String] = []) throws -> Outcome {
        let clock = (now ?? self.now).map { ["--now", $0] } ?? []
        // Before a `--`, or the options would be arguments.
        return try run(arguments + ["--dir", node, "--json"] + clock, wrapper: wrapper)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Facts and figures of the example network.
    static func example(_ name: String) -> String { packageRoot.appendingPathComponent("Nodes/\(name)").path }

    // MARK: What two nodes make of it

    /// `input` and `derived` of one node's digest with another's.
    func digest(_ node: String, with peer: String) throws -> [String] {
        let digest = try self.do(node, "digest", "--with", peer)
        return [try #require(digest["input"] as? String), try #require(digest["derived"] as? String)]
    }

    func expectEqualDigests(_ one: String, _ other: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try digest(one, with: other) == digest(other, with: one), sourceLocation: sourceLocation)
    }

    func isHealthy(_ node: String) throws -> Bool { try self.do(node, "doctor")["isHealthy"] as? Bool == true }
}
