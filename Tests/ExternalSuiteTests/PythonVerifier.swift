import Foundation
import TestKit

/// The scripts of Tests/Verifier, which share no line with us.
enum PythonVerifier {
    struct Run {
        let status: Int32
        let output: String
    }

    /// Nil, with a printed note, where Python or its packages can't be had.
    static func run(_ arguments: String...) throws -> Run? {
        let process = Process()
        process.executableURL = packageRoot.appendingPathComponent("Tests/Verifier/run.sh")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus != 77 else {
            print("left out: \(arguments[0]).py")
            return nil
        }
        return Run(status: process.terminationStatus, output: text)
    }
}
