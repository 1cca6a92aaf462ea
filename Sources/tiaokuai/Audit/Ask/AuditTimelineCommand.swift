import ArgumentParser
import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// What the log brought, in order of entry.
struct AuditTimelineCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline", abstract: say("按收到的先后列出全部填报,可按地区、条线、单位、人员、种类、时间、结论筛选。", "Everything that was said, in order of entry, by region, line, unit, person, kind, day, outcome."),
        discussion: example(
            "tiaokuai audit timeline --region 高台县 --from 2020-08-01 --to 2020-08-31", "tiaokuai audit timeline --verdict overruled --csv > 未采用.csv",
            "tiaokuai audit timeline --jsonl --after 1200") + "\n\n"
            + say(
                "屏幕和 --json 一次 200 条,末尾给出下一页从第几项起;--csv 和 --jsonl 一次列完,不占内存。", "The screen and --json show 200 at a time and end with where to go on; --csv and --jsonl list all of it, however long."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Option(help: ArgumentHelp(say("某区划及所辖。", "At a place and below."), valueName: "region")) var region: String?
    @Option(help: ArgumentHelp(say("某条线的单位。", "Units of a line."), valueName: "line")) var line: String?
    @Option(help: ArgumentHelp(say("谁填的:单位。", "Said by this unit."), valueName: "unit")) var unit: String?
    @Option(help: ArgumentHelp(say("谁填的:人员。", "Said by this person."), valueName: "person")) var person: String?
    @Option(help: ArgumentHelp(say("记录种类:英文名或中文名。", "A kind of record, by either name."), valueName: "kind")) var kind: String?
    @Option(help: ArgumentHelp(say("经哪个节点。", "Carried by this node."), valueName: "node")) var node: String?
    @Option(help: ArgumentHelp(say("收到日期,从。", "Entered from this day on."), valueName: "day")) var from: String?
    @Option(help: ArgumentHelp(say("收到日期,到。", "Entered no later than this day."), valueName: "day")) var to: String?
    @Option(
        help: ArgumentHelp(
            say("其中某个字段现在的结论:代码或屏幕上的说法,如 overruled、有争议。", "The outcome that one of its fields has now: its code, or what screens call it, such as overruled or disputed."), valueName: "verdict"))
    var verdict: String?
    @Option(help: ArgumentHelp(say("从日志第几项起。", "From this entry of the log on."), valueName: "position")) var after: UInt64 = 0
    @Option(help: ArgumentHelp(say("最多几条填报;屏幕和 --json 会列完最后一项。", "At most so many operations; the screen and --json end with a whole entry."), valueName: "count")) var limit: Int?
    @Flag(help: ArgumentHelp(say("每行一个 JSON 对象。", "One JSON object for each line."))) var jsonl = false

    private static let page = 200

    private struct Page: Encodable {
        let rows: [TimelineRow]
        /// Where to go on; left out at the end.
        let next: UInt64?
    }

    func validate() throws {
        if let verdict, JudgementWords.verdictCodes(of: verdict).isEmpty {
            let zh = JudgementWords.allVerdicts.map { "\($0.code) \($0.words.zh)" }.joined(separator: ";")
            let en = JudgementWords.allVerdicts.map { "\($0.code) (\($0.words.en))" }.joined(separator: "; ")
            throw ValidationError(UsageWords.message("没有“\(verdict)”这种结论;有:\(zh)。", "There is no outcome \(verdict); there are: \(en)."))
        }
        if let first = from.flatMap({ try? Day(parsing: $0) }), let last = to.flatMap({ try? Day(parsing: $0) }), first > last {
            throw ValidationError(UsageWords.message("--from 不能晚于 --to。", "--from can't be later than --to."))
        }
        if let limit, limit < 1 { throw ValidationError(UsageWords.message("--limit 至少为 1。", "--limit is at least 1.")) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        if [asking.csv, jsonl, basic.json].count(where: { $0 }) > 1 { throw CommandError(.notTogether, ["options": "--csv --jsonl --json"]) }
        let office = try context.office()
        let filter = try filter(context, office)
        let unrecorded = try AuditNote.note(context, asking.reader)
        let streams = asking.csv || jsonl
        var rows: [TimelineRow] = []
        var next: UInt64?
        var count = 0
        if asking.csv { Terminal.write(CSVWriter.text(header: TimelineLines.header, rows: [], for: .spreadsheets), to: 1) }
        try office.timeline(filter, from: after) { row in
            guard count < limit ?? (streams ? .max : AuditTimelineCommand.page) else {
                // A page ends where an entry does: the next one begins with a whole entry.
                if next == nil { next = row.entry.position }
                if !streams, rows.last?.entry.position == row.entry.position {
                    rows.append(row)
                    next = nil
                    return true
                }
                return false
            }
            count += 1
            if jsonl {
                Terminal.write(try Answer.text(row) + "\n", to: 1)
            } else if asking.csv {
                Terminal.write(TimelineLines.csv(row), to: 1)
            } else {
                rows.append(row)
            }
            return true
        }
        guard !streams else { return Answer(Page(rows: [], next: next)) }
        var lines = rows.isEmpty ? [say("没有。", "None.")] : TimelineLines.table(rows)
        if let next { lines.append(say("还有:--after \(next)", "More: --after \(next)")) }
        return Answer(Noted(payload: Page(rows: rows, next: next), unrecorded: unrecorded?.code), lines)
    }

    private func filter(_ context: CommandContext, _ office: Office) throws -> TimelineFilter {
        var filter = TimelineFilter()
        filter.place = try region.map { try office.place($0) }
        filter.line = try line.map { try LineID(checking: $0) }
        filter.unit = try unit.map { try office.unit($0) }
        filter.person = try person.map { try PersonID(checking: $0) }
        filter.kind = try kind.map { try office.kind($0) }
        filter.node = try node.map { text in try context.node().ask { try context.peer(text, $0).id } }
        filter.from = try from.map { try Day(parsing: $0) }
        filter.to = try to.map { try Day(parsing: $0) }
        filter.verdicts = verdict.map(JudgementWords.verdictCodes)
        return filter
    }
}

enum TimelineLines {
    static var header: [String] {
        [
            say("日志位置", "Position"), say("收到", "Received"), say("已盖检查点", "Sealed"), say("节点", "Node"), say("范围", "Partition"), say("种类", "Kind"), say("记录", "Record"),
            say("单位", "Unit"), say("人员", "Person"), say("填写", "Written"), say("字段", "Field"), say("值", "Value"), say("现在结论", "Outcome now"), say("填报编号", "Operation"),
            say("变更集编号", "Changeset"), Shown.sample[runLanguage],
        ]
    }

    /// One row for each field.
    static func cells(_ row: TimelineRow) -> [[String]] {
        let head = ["\(row.entry.position)", row.entry.received, AuditShown.sealed(row.entry), row.nodeName, SheetWords.partition(row.partition)[runLanguage]]
        guard let record = row.record else {
            let reason = row.reason.flatMap { ErrorWords.of(code: $0)?.filled([:]).what.withoutStop[runLanguage] } ?? row.reason ?? ""
            let state = row.state == "waiting" ? say("等待前项", "waits for what lies before it") : say("整份作废", "void as a whole") + (reason.isEmpty ? "" : say(":", ": ") + reason)
            return [head + ["", "", "", "", "", "", "", state, "", row.entry.changeset, ""]]
        }
        let fields =
            row.fields.isEmpty
            ? [["", "", ""]]
            : row.fields.map { field in
                [
                    Shown.field(field.field, field.title, of: record.kind), Shown.said(field.value, field.measure, field: field.field) ?? say("(撤回)", "(withdraws)"),
                    Shown.verdict(field.verdict),
                ]
            }
        let middle = [Shown.kind(record), record.reference, row.unit?.name ?? "", row.person ?? "", row.written ?? ""]
        return fields.map { head + middle + $0 + [row.operation ?? "", row.entry.changeset, AuditSheet.mark(row.isSample)] }
    }

    static func csv(_ row: TimelineRow) -> String {
        let text = CSVWriter.text(header: header, rows: cells(row), for: .spreadsheets)
        return String(text.unicodeScalars.drop { $0 != "\n" }.dropFirst())
    }

    static func table(_ rows: [TimelineRow]) -> [String] {
        var table = TextTable([
            .init(say("位置", "Entry"), .right), .init(say("收到", "Received")), .init(say("节点", "Node")), .init(say("记录", "Record")), .init(say("单位", "Unit")),
            .init(say("字段", "Field")), .init(say("值", "Value")), .init(say("现在结论", "Outcome now")),
        ])
        for row in rows {
            for cell in cells(row) {
                let record = row.record.map(Shown.short) ?? ""
                table.add([cell[0], AuditShown.time(cell[1]), cell[3], record, cell[7], cell[10], (Shown.cut(cell[11]) ?? "") + AuditLines.sample(row.isSample), cell[12]])
            }
        }
        return table.lines
    }
}
