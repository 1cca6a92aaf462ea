import ArgumentParser
import TiaokuaiOffice
import TiaokuaiWording
import TiaokuaiWork

struct List: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("列出一种记录。", "Lists the records of a kind."),
        discussion: example("tiaokuai list target --place 620724", "tiaokuai list 指标数据", "tiaokuai list unit --json") + "\n\n" + kinds)

    /// Every kind by both names.
    private static let kinds: String = {
        let names = WorkKinds.all.map { "  \(DisplayWidth.padded($0.name.text, to: 16))\($0.title)" }
        return say("种类:", "Kinds:") + "\n" + names.joined(separator: "\n")
    }()

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("种类:英文名或中文名。", "The kind, by either name."), valueName: "kind")) var kind: String
    @Option(help: ArgumentHelp(say("只看某区划。", "One place only."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("最多几条。", "At most so many."), valueName: "count")) var limit = 1_000

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let rows = try office.list(kind: kind, place: try place.map { try office.place($0) }, limit: limit)
        guard !rows.isEmpty else { return Answer(Rows(rows), [say("没有记录。", "No records.")]) }
        // The fields that most rows have a value for, at most four: a list is for finding, `show` for reading.
        var order: [String] = []
        var titles: [String: String] = [:]
        for value in rows.flatMap(\.values) where titles[value.field] == nil {
            order.append(value.field)
            titles[value.field] = Shown.listed(value.field, value.title, of: rows[0].record.kind)
        }
        let fields = Array(order.prefix(4))
        var table = TextTable(
            [.init(say("编号", "Reference"))]
                + fields.map { field in TextTable.Column(titles[field] ?? field, List.isNumeric(field, rows) ? .right : .left) } + [.init("")])
        for row in rows {
            let values = fields.map { field in row.values.first { $0.field == field }.flatMap { List.cell($0, of: row.record.kind) } ?? "" }
            let marks = [Shown.mark(row.record.isSample), row.isDisputed ? say("有争议", "disputed") : "", row.blanks.isEmpty ? "" : say("有空缺", "blank")]
            table.add([Shown.short(row.record)] + values.map { Shown.cut($0) ?? "" } + [marks.filter { !$0.isEmpty }.joined(separator: " ")])
        }
        return Answer(Rows(rows), table.lines)
    }

    private static func cell(_ value: NamedValue, of kind: String) -> String? {
        value.field == "identity" ? String(value.value.prefix(12)) : Shown.value(value.value, value.measure, field: value.field, of: kind)
    }

    private static func isNumeric(_ field: String, _ rows: [ListRow]) -> Bool {
        let values = rows.compactMap { row in row.values.first { $0.field == field }?.value }
        return !values.isEmpty && values.allSatisfy { $0.allSatisfy { "0123456789.-".contains($0) } && !$0.contains("-0") }
    }

}

struct Show: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("一条记录的全部字段。", "Every field of a record."), discussion: example("tiaokuai show 高工信-2020-017", "tiaokuai show 620724/grainReserveDays/2020-08"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String

    func answer(_ context: CommandContext) throws -> Answer {
        let view = try context.office().show(record)
        var lines = [
            Terminal.heading("\(Shown.kind(view.record)) \(view.record.reference)" + (view.record.isSample ? " 【\(Shown.sample[runLanguage])】" : ""))
        ]
        if let title = view.record.title { lines.append(title) }
        if let place = view.record.place { lines.append(say("区划:\(place.name)(\(place.id))", "Place: \(place.name) (\(place.id))")) }
        if let judgement = view.judgement { lines.append(JudgementWords.verdict(judgement)[runLanguage]) }
        var table = TextTable([.init(say("字段", "Field")), .init(say("值", "Value")), .init(say("规则", "Rule")), .init("")])
        for field in view.fields {
            let members = field.members.map { $0.reference ?? Shown.value($0.value, nil) ?? "" }.joined(separator: say("、", ", "))
            let value = members.isEmpty ? Shown.inUse(field.value, field.measure, field.blank, field: field.field, of: view.record.kind) : members
            var mark = field.dispute == nil ? "" : say("有争议", "disputed")
            if let force = field.inForce {
                mark = JudgementWords.verdict(force.standing)[runLanguage] + say(";在用 ", "; in use: ") + Shown.inForce(force, field.measure, field: field.field)
            }
            if let episode = field.episode { mark = say("第 \(episode.number) 轮", "episode \(episode.number)") }
            table.add([Shown.field(field.field, field.title, of: view.record.kind), value, JudgementWords.rule(field.rule)?[runLanguage] ?? field.rule, mark])
        }
        lines += table.lines
        if let made = view.madeUnder { lines.append(MadeUnderCommand.line(of: made)) }
        for reference in view.references {
            let state = StatusWords.citation(reference.state)?[runLanguage] ?? reference.state
            let found = reference.records.map(\.reference).joined(separator: say("、", ", "))
            lines.append("\(Shown.document(reference.text))\(say(":", ": "))\(state)\(found.isEmpty ? "" : " → \(found)")")
        }
        return Answer(view, lines)
    }
}

struct Search: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("按词查找(中文)。", "Finds records by words (Chinese)."), discussion: example("tiaokuai search 成品粮", "tiaokuai search 拖欠 账款"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("词,可写多个。", "The words."), valueName: "words")) var words: [String]
    @Option(help: ArgumentHelp(say("最多几条。", "At most so many."), valueName: "count")) var limit = 50

    func answer(_ context: CommandContext) throws -> Answer {
        let hits = try context.office().search(words.joined(separator: " "), limit: limit)
        guard !hits.isEmpty else { return Answer(Rows(hits), [say("没有找到。", "Nothing found.")]) }
        var table = TextTable([.init(say("种类", "Kind")), .init(say("编号", "Reference")), .init(say("内容", "Text")), .init("")])
        for hit in hits { table.add([Shown.kind(hit.record), hit.record.reference, String(hit.text.prefix(60)), Shown.mark(hit.record.isSample)]) }
        return Answer(Rows(hits), table.lines)
    }
}
