import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// A circular with the figures of a period as they are in use now.
struct Circular: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "circular", abstract: say("作通报:冻结某期间此刻采用的数据。", "Makes a circular: freezes a period's figures as they are in use now."),
        discussion: example(
            "tiaokuai circular 2020-08 保粮食能源安全 --indicator grainReserveDays --unit 省政府", "tiaokuai circular 2020-08 八月通报 --place 620700 --unit 市政府 --title 八月份“六保”情况通报")
            + "\n\n"
            + say(
                "作了就不再改:后来的更正由下一份通报写明。用了哪些数、后来变了没有,用 tiaokuai audit circular 看。",
                "Once made it stays: what is corrected later the next one says. Which figures it used, and what has become of them, tiaokuai audit circular tells."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("期间,如 2020-08。", "The period, such as 2020-08."), valueName: "period")) var period: String
    @Argument(help: ArgumentHelp(say("范围,如某一项保障;同单位、同期间不重复。", "The scope, such as a guarantee; one of each for a unit and period."), valueName: "scope")) var scope: String
    @Option(
        name: .customLong("indicator"),
        help: ArgumentHelp(say("哪项指标:代码或名称,可写多个;不写为有数据的全部。", "Which indicator, by id or title; may be repeated; by default all that have figures."), valueName: "indicator"))
    var indicators: [String] = []
    @Option(help: ArgumentHelp(say("区划及所辖的数据;不写为本单位所在地的。", "Figures of a place and those below; by default the unit's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("标题。", "The title."), valueName: "text")) var title: String?
    @Option(help: ArgumentHelp(say("正文。", "The text."), valueName: "text")) var text: String?
    @Flag(help: ArgumentHelp(say("是示例数据,到处都会标明。", "The values are made up, and are marked so wherever they show."))) var sample = false

    func validate() throws {
        if scope.allSatisfy(\.isWhitespace) { throw ValidationError(UsageWords.message("写明通报的范围。", "Say what the circular is on.")) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        var order = CircularOrder(try Period(parsing: period), scope: scope)
        order.indicators = indicators
        order.place = try place.map { try office.place($0) }
        order.title = title
        order.text = text
        let writing = try office.makeCircular(order, by: try office.author(unit: acting.unit, person: acting.person), notes: Notes(isSample: sample))
        let made = try writing.writings.first.flatMap { try office.auditCirculars(reference: $0.record.id).first }
        guard let made else { return Answer(writing, writing.lines) }
        let mark = made.record.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        let figures = made.figures.map { "  \($0.place.name) \($0.indicatorTitle) \(Shown.value($0.used, $0.measure) ?? "—")" }
        return Answer(writing, [say("已作通报 \(made.record.reference),采用 \(figures.count) 个数\(mark):", "Made \(made.record.reference) with \(figures.count) figure(s)\(mark):")] + figures)
    }
}
