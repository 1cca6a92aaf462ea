import Foundation
import TiaokuaiBench

// The bench without the HTTP stack: the same words as `tiaokuai bench`.
let usage =
    "usage: bench setup COUNTY PROVINCE BASE | load COUNTY OPS | export COUNTY FILE | import PROVINCE FILE | dump PROVINCE | digest PROVINCE | merge [SHAPE]\n"
let arguments = Array(CommandLine.arguments.dropFirst())

func misused() -> Never {
    FileHandle.standardError.write(Data((usage + AuditBench.usage).utf8))
    exit(64)
}

do {
    switch arguments.first {
    case "setup" where arguments.count == 4: try Workload.setUp(county: arguments[1], province: arguments[2], base: arguments[3])
    case "load" where arguments.count == 3: print(try Workload.load(into: arguments[1], arguments[2]))
    case "export" where arguments.count == 3: try Workload.export(arguments[1], arguments[2])
    case "import" where arguments.count == 3: try Workload.import(arguments[1], arguments[2])
    case "dump" where arguments.count == 2: try Workload.dump(arguments[1]) { print($0.json) }
    case "run" where arguments.count == 3:
        let report = try BenchRun.run(
            work: arguments[1], scratch: arguments[2],
            commands: .init(
                executable: Bundle.main.executablePath ?? CommandLine.arguments[0], setUp: ["setup", "{county}", "{province}", "{base}"],
                load: ["load", "{county}", "{ops}"], export: ["export", "{county}", "{out}"], import: ["import", "{province}", "{in}"]))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
        print("sync \(report.syncSeconds) s, \(Int(report.editsPerSecond)) edits/s, \(report.bytesPerEdit) bytes per edit, peak \(report.peakMegabytes) MB, digest \(report.digestMatches)")
        exit(report.digestMatches ? 0 : 1)
    case "generate" where arguments.count == 3: try WorkloadGenerator.write(edits: Int(arguments[1]) ?? 10_000, to: arguments[2])
    case "merge" where arguments.count <= 2:
        let report = MergeBench.run(arguments.count == 2 ? MergeShape.allCases.filter { $0.rawValue == arguments[1] } : MergeShape.allCases) { measure in
            print("\(measure.shape.rawValue) \(measure.claims) claims: \(Int(measure.claimsPerSecond)) claims/s, \(Int(measure.nanosecondsPerClaim)) ns each")
        }
        print(MergeTable(report).lines.joined(separator: "\n"))
    case "audit-make" where arguments.count == 5:
        try AuditHistory(operations: Int(arguments[2]) ?? 0, changesets: Int(arguments[3]) ?? 0, counties: Int(arguments[4]) ?? 1, folder: arguments[1]).make()
    case "audit-part" where arguments.count == 4:
        guard let part = try AuditPart.run(arguments[1], arguments[2], Int(arguments[3]) ?? 0) else { misused() }
        print(String(decoding: try JSONEncoder().encode(part), as: UTF8.self))
    case "audit":
        guard let bench = AuditBench(Array(arguments.dropFirst())) else { misused() }
        try bench.run()
    case "digest" where arguments.count == 2: print(try Workload.digest(arguments[1]))
    default: misused()
    }
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
