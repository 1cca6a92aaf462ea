import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// Which floor, ceiling or deadline applied on a day, and whose words it was.
struct Bounds: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("某日适用的底线、上限、时限:各级各怎么定,哪一个最严。", "The floor, ceiling or deadline on a day: what each tier set, and which is the strictest."),
        discussion: example("tiaokuai bounds 高台县 成品粮储备可供应天数 --on 2020-06-01", "tiaokuai bounds 620724 grainReserveDays --on 2020-09-01 --json") + "\n\n"
            + say("起算日:依据文件的成文日期;没有文件的,为填写日。", "Since: the day on which its document was signed, else the day on which it was written."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("区划:代码或名称。", "The place, by code or name."), valueName: "place")) var place: String
    @Argument(help: ArgumentHelp(say("指标:代码或名称。", "The indicator, by id or title."), valueName: "indicator")) var indicator: String
    @Option(help: ArgumentHelp(say("哪天;不写为今天。", "The day; by default today."), valueName: "day")) var on: String?
    @Option(help: ArgumentHelp(say("目标的期间;不写为那天所在的年度。", "The target's period; by default the year of that day."), valueName: "period")) var period: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let day = try on.map { try Day(parsing: $0) } ?? office.today
        let rows = try office.bounds(place: try office.place(place), indicator: indicator, on: day, period: try period.map { try Period(parsing: $0) })
        return Answer(Rows(rows), rows.isEmpty ? [try Bounds.nothing(office, place, indicator)] : rows.flatMap(Bounds.lines))
    }

    /// That there is no target of that period, and of which there are.
    static func nothing(_ office: Office, _ place: String, _ indicator: String) throws -> String {
        let periods = try office.targetPeriods(place: try office.place(place), indicator: indicator).joined(separator: say("、", ", "))
        if periods.isEmpty { return say("没有这样的目标。", "There is no such target.") }
        return say("这一期间没有目标;有目标的期间:\(periods)(用 --on 写那时的一天,或用 --period)。", "There is no target of that period; there are of: \(periods) (give a day of then with --on, or --period).")
    }

    static func lines(_ row: BoundsOnDay) -> [String] {
        let target = Shown.target(row.place, row.indicatorTitle, row.period, row.qualifier)
        var out = [
            Terminal.heading(say("\(target),\(row.day)", "\(target), \(row.day)"))
        ]
        if row.bounds.isEmpty { out.append(say("那天还没有印发。", "Nothing was issued by that day.")) }
        for bound in row.bounds {
            let source = bound.source.map { say("(\($0.place.name),\(whose($0)))", " (\($0.place.name), \(whose($0)))") } ?? ""
            out.append("\(field(bound.field)) \(shown(bound.value, bound.measure, bound.field))\(source)\(bound.source.map { mark($0) } ?? "")")
            out += ExplanationScreen.table(of: bound.steps.map { ExplanationScreen.step($0, bound.field, bound.measure) }, runLanguage).map { "  \($0)" }
        }
        out.append(say("历次变动:", "Day by day:"))
        out += row.changes.map { "  \(line(of: $0))" }
        return out
    }

    /// `2020-04-30 起 底线 10 天(甘肃省,甘办发〔2020〕16号 保粮食能源安全)`
    static func line(of change: BoundChange, named name: String? = nil) -> String {
        let source = change.source.map { say("(\($0.place.name),\(whose($0)))", " (\($0.place.name), \(whose($0)))") } ?? ""
        let value = shown(change.value, change.measure, change.field)
        return say("\(change.since) 起 \(field(name ?? change.field)) \(value)", "from \(change.since): \(field(name ?? change.field)) \(value)") + source + (change.source.map { mark($0) } ?? "")
    }

    static func field(_ name: String) -> String {
        let titles = [
            "floor": Words("底线", "floor"), "ceiling": Words("上限", "ceiling"), "deadline": Words("时限", "deadline"), "percentOfTarget": Words("占年度目标", "percent of the target"),
            "equal": Words("目标值", "target value"),
        ]
        return titles[name]?[runLanguage] ?? name
    }

    private static func shown(_ value: String?, _ measure: String?, _ field: String) -> String { Shown.value(value, measure, field: field) ?? say("无", "none") }

    private static func whose(_ step: BoundStep) -> String {
        step.document.map { Shown.document($0) + (step.clause.map { " \($0)" } ?? "") } ?? step.unit.name
    }

    private static func mark(_ step: BoundStep) -> String { step.isSample ? " 【\(Shown.sample[runLanguage])】" : "" }
}
