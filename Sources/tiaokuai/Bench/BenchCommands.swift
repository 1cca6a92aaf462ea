import ArgumentParser
import Foundation
import TiaokuaiBench
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// W(n) between two nodes: the whole run, and its phases one by one for an outside harness.
struct BenchCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: say("性能测试:县编辑、导出、省导入。", "Measures edits at a county, their bundle, their import at the province."),
        discussion: example("tiaokuai bench --work W-100000", "tiaokuai bench setup county province W-10000/base.jsonl"),
        subcommands: [BenchRunCommand.self, BenchMerge.self, BenchSetup.self, BenchLoad.self, BenchDump.self], defaultSubcommand: BenchRunCommand.self)
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

struct BenchMerge: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: say("只测合并(不读写文件):每秒多少条填报,规模大了慢多少。", "Merging alone, no file read or written: claims per second, and how it grows."),
        discussion: example("tiaokuai bench merge", "tiaokuai bench merge --shape chain --limit 10000 --json") + "\n\n" + shapes)

    private static let shapes: String = {
        let words: [(MergeShape, Words)] = [
            (.records, Words("许多记录,每条五次填报", "many records of five claims each")), (.chain, Words("一条记录,一个单位一次接一次", "one record, one unit, claim after claim")),
            (.dialogue, Words("一条记录,四个单位轮流", "one record, four units in turn")), (.crowd, Words("一条记录,许多单位互不知情", "one record, many units that have not seen each other")),
            (.queue, Words("一条记录,许多单位先后填报", "one record, many units one after another")), (.fork, Words("一条记录,一个单位两台机器各写各的", "one record, two machines of one unit")),
            (.braid, Words("一条记录,八路分了又合", "one record, eight branches that part and join")),
        ]
        return say("形状:", "Shapes:") + "\n" + words.map { "  \(DisplayWidth.padded($0.0.rawValue, to: 10))\($0.1[runLanguage])" }.joined(separator: "\n")
    }()

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只测一种形状;不写为全部。", "One shape only; by default all."), valueName: "shape")) var shape: String?
    @Option(help: ArgumentHelp(say("最多多少条填报。", "At most so many claims."), valueName: "count")) var limit = 1_000_000

    func answer(_ context: CommandContext) throws -> Answer {
        let chosen = try shape.map { text in
            guard let shape = MergeShape(rawValue: text) else { throw OfficeError(.badValue, ["field": "--shape", "text": text]) }
            return [shape]
        }
        let progress = Progress(say("测试", "Measuring"))
        let report = MergeBench.run(chosen ?? MergeShape.allCases, limit: limit) { measure in progress.show("\(measure.shape.rawValue) \(measure.claims)") }
        progress.finish()
        var lines = [say("机器:\(report.machine)", "Machine: \(report.machine)")]
        var table = TextTable([
            .init(say("形状", "Shape")), .init(say("填报", "Claims"), .right), .init(say("每秒", "Per second"), .right), .init(say("每条(纳秒)", "Each, ns"), .right),
            .init(say("增长", "Growth"), .right),
        ])
        for measure in report.measures {
            let isLast = report.measures.last { $0.shape == measure.shape } == measure
            let growth = isLast ? report.growth(of: measure.shape).map { String(format: "%.2f", $0) } ?? "" : ""
            table.add([measure.shape.rawValue, "\(measure.claims)", "\(Int(measure.claimsPerSecond))", "\(Int(measure.nanosecondsPerClaim))", growth])
        }
        lines += table.lines
        if let again = report.redecision {
            let (seconds, rate) = (String(format: "%.2f", again.seconds), Int(again.claimsPerSecond))
            lines.append(
                say(
                    "模式改变后重新裁量:\(again.records) 条记录、\(again.claims) 次填报,\(again.changed) 条结果变了,\(seconds) 秒,每秒 \(rate) 次",
                    "Decided again after a change of the mode: \(again.records) records of \(again.claims) claims, \(again.changed) come out otherwise, \(seconds) s, \(rate) claims/s"))
        }
        return Answer(report, lines)
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
