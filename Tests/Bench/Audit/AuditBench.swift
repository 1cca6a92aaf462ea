import Foundation
import TiaokuaiBench

/// `bench audit`: makes a history, verifies it with its replay, and holds the time against hashing its bytes alone and against
/// inserting the same rows into the same tables; then asks it. Each part is a process of its own, so that its peak of memory is, too.
struct AuditBench {
    var operations = 1_000_000
    var changesets = 5_000
    var counties = 86
    var leaves = 10_000_000
    var asks = 1_000
    /// Ten times the operations as well.
    var isFull = false
    let scratch: String

    static let usage = """
        usage: bench audit SCRATCH [--operations N] [--changesets M] [--counties K] [--leaves L] [--asks A] [--full]
               bench audit-make FOLDER OPERATIONS CHANGESETS COUNTIES | bench audit-part verify|hash|insert|asof|history|prove FOLDER NUMBER

        """

    /// Nil for words that mean nothing.
    init?(_ arguments: [String]) {
        guard let scratch = arguments.first, !scratch.hasPrefix("--") else { return nil }
        self.scratch = scratch
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() {
            if word == "--full" {
                isFull = true
                continue
            }
            guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
            switch word {
            case "--operations": operations = number
            case "--changesets": changesets = number
            case "--counties": counties = number
            case "--leaves": leaves = number
            case "--asks": asks = number
            default: return nil
            }
        }
    }

    private struct Size {
        let operations: Int
        let verify, hash, insert: AuditPart
    }

    #if DEBUG
        private static let build = "debug build, which says nothing"
    #else
        private static let build = "release build"
    #endif

    func run() throws {
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        say("machine: \(MergeBench.machine()); \(AuditBench.build); \(changesets) changesets from \(counties) counties at \(operations) operations", "")
        say("| operations | bytes of changesets | verify with replay, s | operations/s | peak, MB | hashing alone, s | insert of the same rows, s | verify : insert |")
        say("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        var sizes: [Size] = []
        let wanted = [operations / 10, operations] + (isFull ? [operations * 10] : [])
        for count in wanted where count > 0 {
            let folder = "\(scratch)/history-\(count)"
            try made(folder, count)
            // In turn, so that what else the machine does falls on all of them.
            let size = Size(operations: count, verify: try part("verify", folder), hash: try part("hash", folder), insert: try part("insert", folder))
            sizes.append(size)
            say(row(size))
        }
        say("", growth(sizes), "", "| random asks | median, µs | worst, µs | peak, MB |", "| --- | ---: | ---: | ---: |")
        let folder = "\(scratch)/history-\(wanted[wanted.count - 1])"
        for (name, title) in [("asof", "as-of a position: a record's values"), ("history", "history of a record")] {
            let answer = try part(name, folder, asks)
            say(row("\(title), \(answer.count) asks at \(wanted[wanted.count - 1]) operations", answer))
        }
        let proof = try part("prove", "\(scratch)/log", leaves)
        say(row("inclusion proof made and checked at \(leaves) leaves, \(proof.bytes) bytes", proof))
    }

    /// Each line as soon as it is known: the largest size takes a quarter of an hour.
    private func say(_ lines: String...) { FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8)) }

    private func row(_ size: Size) -> String {
        let verify = size.verify
        let cells = [
            "\(size.operations)", "\(size.hash.bytes)", number(verify.seconds), "\(Int(Double(verify.count) / verify.seconds))", "\(Int(verify.peakMegabytes))",
            number(size.hash.seconds), number(size.insert.seconds), number(verify.seconds / size.insert.seconds),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private func row(_ title: String, _ asks: AuditPart) -> String {
        "| \(title) | \(Int(asks.medianMicroseconds)) | \(Int(asks.worstMicroseconds)) | \(Int(asks.peakMegabytes)) |"
    }

    /// Time for each operation at the largest size against the smallest: 1 is linear.
    private func growth(_ sizes: [Size]) -> String {
        guard let first = sizes.first, let last = sizes.last, first.operations < last.operations else { return "one size: no growth" }
        let each = { (size: Size) in size.verify.seconds / Double(size.operations) }
        let (time, peak) = (each(last) / each(first), last.verify.peakMegabytes / first.verify.peakMegabytes)
        return "growth of an operation's time from \(first.operations) to \(last.operations): \(number(time)); of the peak: \(number(peak))"
    }

    private func number(_ value: Double) -> String { String(format: "%.2f", value) }

    // MARK: Processes

    /// A history that lies there already is taken as it is.
    private func made(_ folder: String, _ count: Int) throws {
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        let begun = Date()
        let share = max(counties * 4, changesets * count / operations)
        _ = try spawn(["audit-make", folder, "\(count)", "\(share)", "\(counties)"])
        FileHandle.standardError.write(Data("made \(count) operations in \(number(Date().timeIntervalSince(begun))) s\n".utf8))
    }

    private func part(_ name: String, _ folder: String, _ number: Int = 0) throws -> AuditPart {
        try JSONDecoder().decode(AuditPart.self, from: try spawn(["audit-part", name, folder, "\(number)"]))
    }

    private func spawn(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError(phase: arguments.joined(separator: " "), status: process.terminationStatus) }
        return output
    }
}
