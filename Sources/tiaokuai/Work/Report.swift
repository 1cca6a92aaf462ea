import ArgumentParser
import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

struct ReportCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: say("报送数据:一个数、模板、整表导入。", "Reports figures: one, a template, a whole sheet."),
        discussion: example(
            "tiaokuai report 620724/grainReserveDays/2020-08 14.2天 --unit 县发改局", "tiaokuai report template --period 2020-08 --unit 县人社局 --out 8月.csv",
            "tiaokuai report import 8月.csv --unit 县人社局"),
        subcommands: [ReportOne.self, ReportTemplateCommand.self, ReportImport.self], defaultSubcommand: ReportOne.self)
}

/// What may be said beside a value.
struct NoteOptions: ParsableArguments {
    @Option(help: ArgumentHelp(say("依据,如会商纪要。", "The ground, such as a minute."), valueName: "text")) var ground: String?
    @Option(help: ArgumentHelp(say("佐证:说明,或文件名和摘要。", "Evidence: a note, or a file's name and hash."), valueName: "text")) var evidence: String?
    @Option(help: ArgumentHelp(say("理由,如更正原因。", "The reason, such as why it is corrected."), valueName: "text")) var reason: String?
    @Option(help: ArgumentHelp(say("新情况(对已裁定的事)。", "A new fact, against a decision."), valueName: "text")) var newFact: String?
    @Flag(help: ArgumentHelp(say("是示例数据,到处都会标明。", "The values are made up, and are marked so wherever they show."))) var sample = false
    @Flag(help: ArgumentHelp(say("明知不生效也留档。", "Puts it on record even if it has no effect."))) var evenIfVoid = false

    var notes: Notes { Notes(ground: ground, evidence: evidence, reason: reason, newFact: newFact, isSample: sample) }
}

struct ReportOne: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "one", abstract: say("报一个数,或报一个 figures 文件。", "Reports one figure, or a figures file."),
        discussion: example(
            "tiaokuai report 620724/grainReserveDays/2020-08 14.2天 --unit 县发改局", "tiaokuai report labourTransfer/2020-07 3.04万人 --unit 县人社局",
            "tiaokuai report 防汛值班日报:高台县/2020-08-14 水位=31.2 --unit 县水务局", "tiaokuai report --dir gt Nodes/gt/figures/16-grain.yaml"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions

    @Argument(help: ArgumentHelp(say("区划/指标/期间(本区划可略),表式:区划/编号,或 YAML 文件。", "PLACE/INDICATOR/PERIOD (the place may be left out), FORM:PLACE/KEY, or a YAML file."), valueName: "cell")) var cell: String
    @Argument(help: ArgumentHelp(say("数值,可带单位:14.2天、3.04万人;表式写 字段=值,可写多个。", "The figure, with its measure if need be; for a form FIELD=VALUE, any number."), valueName: "value")) var values: [String] =
        []
    @Option(help: ArgumentHelp(say("计量单位。", "The measure."), valueName: "measure")) var measure: String?
    @Option(help: ArgumentHelp(say("填报说明。", "A remark."), valueName: "text")) var remark: String?
    @Option(help: ArgumentHelp(say("对应措施。", "The measure of a plan that it serves."), valueName: "path")) var serves: String?

    func answer(_ context: CommandContext) throws -> Answer {
        guard let value = values.first else { return try publish([cell], context, format: .figures) }
        let office = try context.office()
        if try office.isOfForm(cell) {
            let writing = try office.claim(
                cell, fields: try Claim.pairs(values), by: try office.author(unit: acting.unit, person: acting.person), notes: noted.notes,
                evenIfVoid: noted.evenIfVoid)
            return Answer(writing, writing.lines)
        }
        guard values.count == 1 else { throw CommandError(.notTogether, ["options": values.joined(separator: " ")]) }
        let parts = cell.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count) else { throw NodeError(.unknownRecord, ["reference": cell]) }
        let place = try office.place(parts.count == 3 ? parts[0] : nil)
        let writing = try office.report(
            FigureReport(
                place: place, indicator: parts[parts.count - 2], period: parts[parts.count - 1], value: value, measure: measure, remark: remark, serves: serves,
                notes: noted.notes), by: try office.author(unit: acting.unit, person: acting.person), evenIfVoid: noted.evenIfVoid)
        return Answer(writing, writing.lines)
    }
}

struct ReportTemplateCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: say("生成填报表(CSV,中文表头)。", "Makes a sheet to fill in (CSV with Chinese headers)."),
        discussion: example("tiaokuai report template --period 2020-08 --unit 县人社局 --out 8月.csv"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Option(help: ArgumentHelp(say("期间,如 2020-08;表式的编号以 / 分开。", "The period, such as 2020-08; of a form its key, with / between parts."), valueName: "period")) var period: String
    @Option(help: ArgumentHelp(say("表式(名称或标题);不写为指标数据。", "A form, by name or title; by default figures of indicators."), valueName: "form")) var form: String?
    @Option(help: ArgumentHelp(say("区划;不写为本节点。", "The place; by default the node's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("写到哪个文件;不写则输出到屏幕。", "The file to write; by default standard output."), valueName: "file")) var out: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let unit = try acting.unit.map { try office.author(unit: $0, person: "any").unit }
        let place = try office.place(place)
        if let form {
            let template = try office.template(form: form, unit: unit, place: place, key: period.split(separator: "/").map(String.init))
            return try answer(template, template.csv, rows: 1, next: "tiaokuai report import \(out ?? "") --form \(form)")
        }
        let template = try office.template(unit: unit, place: place, period: try Period(parsing: period))
        return try answer(template, template.csv, rows: template.rows.count, next: "tiaokuai report import \(out ?? "")")
    }

    private func answer(_ template: some Encodable, _ csv: String, rows: Int, next: String) throws -> Answer {
        guard let out else { return Answer(template, [csv]) }
        try OwnFile.write(Array(csv.utf8), to: out)
        return Answer(
            template,
            [
                say("已写 \(rows) 行到 \(out)。", "Wrote \(rows) rows to \(out)."),
                say("下一步:填好各列,再 \(next)。", "Next: fill it in, then \(next)."),
            ])
    }
}

struct ReportImport: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: say("整表导入(CSV 或 JSON 行):全部成功或全不写。", "Imports a sheet (CSV or JSON lines), all or nothing."),
        discussion: example("tiaokuai report import 8月.csv --unit 县人社局", "tiaokuai report import figures.jsonl --unit 县发改局")
            + "\n\n"
            + say(
                "列(JSON 键):地区 place、指标代码 indicator、指标名称 title、期间 period、数值 value、计量单位 measure、填报单位 unit、填报人 person、填报说明 remark、对应措施 serves、更正理由 reason、佐证 evidence",
                "Columns (JSON keys): place, indicator, title, period, value, measure, unit, person, remark, serves, reason, evidence"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("文件:.csv 或 .jsonl,UTF-8 或 GB18030。", "The file: .csv or .jsonl, UTF-8 or GB18030."), valueName: "file")) var file: String
    @Option(help: ArgumentHelp(say("表式(名称或标题);不写为指标数据。", "A form, by name or title; by default figures of indicators."), valueName: "form")) var form: String?
    @Option(help: ArgumentHelp(say("区划;不写为本节点。", "The place; by default the node's."), valueName: "region")) var place: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let bytes = try DurableFile.read(file, limit: 256 << 20)
        if let form {
            let writing = try office.importForm(
                bytes, form: form, file: file, by: try office.author(unit: acting.unit, person: acting.person), place: try office.place(place))
            return Answer(writing, writing.lines)
        }
        let format: SheetFormat = file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson") ? .jsonl : .csv
        let writing = try office.importFigures(
            bytes, file: file, format: format, by: try office.author(unit: acting.unit, person: acting.person), place: try office.place(place))
        return Answer(writing, writing.lines)
    }
}

/// A superior's word on a figure: returned or accepted, never edited.
struct Review: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("审核下级数据:退回、采纳、报送。", "Reviews a figure: return, accept, submit."),
        discussion: example("tiaokuai review return 620724/labourTransfer/2020-07 --reason 口径不符 --unit 市人社局"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("return 退回、accept 采纳、submit 报送。", "return, accept or submit."), valueName: "event")) var event: String
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let writing = try office.review(
            record, event: event, by: try office.author(unit: acting.unit, person: acting.person), reason: noted.reason, evenIfVoid: noted.evenIfVoid)
        return Answer(writing, writing.lines)
    }
}
