import Foundation
import TestKit
import Testing

/// The command-line session in README.md, run as it stands there.
@Suite struct ReadmeTests {
    @Test func theSessionInTheReadmeDoesWhatItSays() throws {
        let readme = try String(contentsOf: packageRoot.appendingPathComponent("README.md"), encoding: .utf8)
        let session = try #require(readme.components(separatedBy: "```console\n").dropFirst().first?.components(separatedBy: "```").first)
        let steps = ReadmeTests.steps(session)
        #expect(steps.count >= 15)
        try withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(at: folder.appendingPathComponent("Nodes"), withDestinationURL: packageRoot.appendingPathComponent("Nodes"))
            for step in steps {
                let (status, output) = try ReadmeTests.run(step.command, in: folder)
                // Alerts and the like end with their own status; a session's command must not fail.
                #expect(status == 0, "\(step.command)\n\(output)")
                for line in step.expected { #expect(ReadmeTests.contains(output, line), "\(step.command): expected \(line) in\n\(output)") }
            }
        }
    }

    private static func steps(_ session: String) -> [(command: String, expected: [String])] {
        var steps: [(command: String, expected: [String])] = []
        for line in session.split(separator: "\n").map(String.init) {
            if line.hasPrefix("$ ") { steps.append((String(line.dropFirst(2)), [])) } else { steps[steps.count - 1].expected.append(line) }
        }
        return steps
    }

    /// `…` stands for anything within a line.
    private static func contains(_ output: String, _ line: String) -> Bool {
        let parts = line.components(separatedBy: "…").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        return output.components(separatedBy: "\n").contains { candidate in
            var rest = Substring(candidate)
            for part in parts {
                guard let found = rest.range(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
            return true
        }
    }

    private static func run(_ command: String, in folder: URL) throws -> (Int32, String) {
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = Bundle.main.bundleURL.path + ":" + binaryFolder.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
        environment["LC_ALL"] = "en_US.UTF-8"
        let outcome = try Child.run(["/bin/sh", "-c", command + " 2>&1"], in: folder, environment: environment)
        return (outcome.status, outcome.out)
    }

    /// Beside the test bundle.
    private static var binaryFolder: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    }
}
