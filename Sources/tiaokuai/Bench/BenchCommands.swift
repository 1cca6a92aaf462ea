import ArgumentParser
import Foundation
import TiaokuaiBench
import TiaokuaiNode
import TiaokuaiWording

/// W(n) between two nodes: the whole run, and its phases one by one for an outside harness.
struct BenchCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: say("性能测试:县编辑、导出、省导入。", "Measures edits at a county, their bundle, their import at the province."),
        discussion: example("tiaokuai bench --work W-100000", "tiaokuai bench setup county province W-10000/base.jsonl"),
        subcommands: [BenchRunCommand.self, BenchSetup.self, BenchLoad.self, BenchDump.self], defaultSubcommand: BenchRunCommand.self)
}

struct BenchRunCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: say("在一个工作负载上跑全程。", "Runs all phases over one workload."),
        discussion: example("tiaokuai bench --work W-100000", "tiaokuai bench --edits 10000 --json"))

    @OptionGroup var basic: BasicOptions

    @Option(help: ArgumentHelp(say("工作负载文件夹(base.jsonl、ops.jsonl、meta.json)。", "The workload's folder (base.jsonl, ops.jsonl, meta.json)."), valueName: "folder"))
    var work: String?

    @Option(help: ArgumentHelp(say("没有文件夹时,自造多少条编辑。", "Without a folder: how many edits to make up."), valueName: "count"))
    var edits = 10_000

    func answer(_ context: CommandContext) throws -> Answer {
        let scratch = NSTemporaryDirectory() + "/tiaokuai-bench-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let folder = work ?? scratch + "/own"
        if work == nil { try WorkloadGenerator.write(edits: edits, to: folder) }
        let report = try BenchRun.run(
            work: folder, scratch: scratch + "/run",
            commands: .init(
                executable: Bundle.main.executablePath ?? CommandLine.arguments[0], setUp: ["bench", "setup", "{county}", "{province}", "{base}"],
                load: ["bench", "load", "{county}", "{ops}"], export: ["bundle", "export", "--dir", "{county}", "--to", "province", "--out", "{out}"],
                import: ["bundle", "import", "--dir", "{province}", "{in}"]))
        struct Result: Encodable {
            let report: BenchReport
            let syncSeconds, editsPerSecond, bytesPerEdit, peakMegabytes: Double
        }
        let result = Result(
            report: report, syncSeconds: report.syncSeconds, editsPerSecond: report.editsPerSecond, bytesPerEdit: report.bytesPerEdit, peakMegabytes: report.peakMegabytes)
        func fixed(_ value: Double) -> String { String(format: "%.2f", value) }
        var lines = report.phases.map { "\($0.name)  \(fixed($0.seconds)) s  cpu \(fixed($0.cpuSeconds)) s  \(fixed($0.peakMegabytes)) MB" }
        let (seconds, bytes, peak) = (fixed(report.syncSeconds), fixed(report.bytesPerEdit), fixed(report.peakMegabytes))
        let (count, rate) = (report.edits, Int(report.editsPerSecond))
        lines.append(
            say(
                "\(count) 条编辑,同步 \(seconds) 秒,每秒 \(rate) 条,每条 \(bytes) 字节,内存峰值 \(peak) MB",
                "\(count) edits, sync \(seconds) s, \(rate) edits/s, \(bytes) bytes per edit, peak \(peak) MB"))
        if report.source == "own" { lines.append(say("工作负载为本程序自造,不与外部数字比较。", "The workload is our own: not to be compared with figures from elsewhere.")) }
        lines.append(
            report.digestMatches ? say("省节点结果与工作负载摘要一致。", "The province ends with the workload's digest.") : say("省节点结果与工作负载摘要不一致!", "The province's result differs from the workload's digest!"))
        let failure = report.digestMatches ? nil : Failure(.command, CommandError.Code.benchDiffers.rawValue, ["folder": folder])
        return Answer(result, lines, failure: failure)
    }
}

struct BenchSetup: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: say("把两个空文件夹变成已入网、共享底数的两个节点 county 与 province。", "Makes two empty folders two enrolled nodes, county and province, that share the base."),
        discussion: example("tiaokuai bench setup county province W-10000/base.jsonl"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("县节点文件夹", "the county's folder"))) var county: String
    @Argument(help: ArgumentHelp(say("省节点文件夹", "the province's folder"))) var province: String
    @Argument(help: ArgumentHelp(say("底数文件", "the base file"))) var base: String

    func answer(_ context: CommandContext) throws -> Answer {
        try Workload.setUp(county: county, province: province, base: base)
        return Answer(["county": county, "province": province], [])
    }
}

struct BenchLoad: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: say("在县节点写入一批编辑。", "Writes a file of edits at the county."),
        discussion: example("tiaokuai bench load county W-10000/ops.jsonl"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("县节点文件夹", "the county's folder"))) var county: String
    @Argument(help: ArgumentHelp(say("编辑文件", "the file of edits"))) var operations: String

    func answer(_ context: CommandContext) throws -> Answer {
        let count = try Workload.load(into: county, operations)
        return Answer(["written": count], [say("已写入 \(count) 条", "\(count) written")])
    }
}

struct BenchDump: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: say("逐行输出省节点的记录(九个字段)。", "Prints the province's records, one JSON line each with the nine fields."),
        discussion: example("tiaokuai bench dump province"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("省节点文件夹", "the province's folder"))) var province: String

    func run() throws {
        var buffer = ""
        do {
            try Workload.dump(province) { line in
                buffer += line.json + "\n"
                if buffer.utf8.count > 1 << 16 {
                    Terminal.write(buffer, to: 1)
                    buffer = ""
                }
            }
        } catch {
            try finish(basic.json) { throw error }
        }
        Terminal.write(buffer, to: 1)
    }
}
