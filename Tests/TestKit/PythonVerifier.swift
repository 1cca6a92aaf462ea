import Foundation

/// The scripts of Tests/Verifier, which share no line with us.
public enum PythonVerifier {
    public struct Run: Sendable {
        public let status: Int32
        public let output: String
    }

    /// Runs `run.sh` with these arguments; nil, with a printed note, where Python or its packages can't be had.
    public static func run(_ arguments: [String]) throws -> Run? {
        let process = Process()
        process.executableURL = packageRoot.appendingPathComponent("Tests/Verifier/run.sh")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus != 77 else {
            print("left out: Tests/Verifier/run.sh \(arguments.first ?? "")")
            return nil
        }
        return Run(status: process.terminationStatus, output: text)
    }
}
