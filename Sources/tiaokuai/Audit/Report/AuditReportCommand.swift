import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiReport
import TiaokuaiWording

/// One report over a place and everything below it: as text, as JSON, and as a page to print with its pictures.
struct AuditReportCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: say("审计报告:同样的历史、同一期间,逐字节相同。", "The audit's report: the same history and period give the same bytes."),
        discussion: example(
            "tiaokuai audit report --dir gs", "tiaokuai audit report --dir gs --from 2020-01-01 --to 2020-12-31 --out 报告",
            "tiaokuai audit report --dir gs --html report.html --pdf", "tiaokuai audit report --dir gs --as-of 2020-12-31 --json") + "\n\n"
            + say(
                "内容:底线沿革、争议、两机不一致、留存未用、引用、分叉与隔离、迟填与迟到、个人信息、没有数据的措施、印发时已过期、台账。\n报告不看钟:不写 --to,到所持历史最后一天为止。网页另有图和检查点,自成一体,不带脚本,按 GB/T 9704 的版式打印。\n只看本节点持有的内容;它没有收到的,报告里没有。",
                "Parts: bounds by date, disputes, self-forks, what is kept, citations, forks and quarantine, late figures, privacy, measures without figures, what was due before it was issued, the ledger.\nIt looks at no clock: without --to it goes to the last day of the history held. The page has pictures and the checkpoint besides; it stands alone, runs no script and prints in the manner of GB/T 9704.\nIt knows what this node holds, and nothing else."
            ))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("区划及所辖;不写为本节点的。", "The place and those below; by default the node's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("期间的第一天;不写为从头。", "The period's first day; by default the beginning."), valueName: "day")) var from: String?
    @Option(
        help: ArgumentHelp(
            say("期间的最后一天;不写为所持历史的最后一天。", "The period's last day; by default the last day of the history held."), valueName: "day"))
    var to: String?
    @Option(help: ArgumentHelp(say("同 --to。", "The same as --to."), valueName: "day")) var asOf: String?
    @Option(
        help: ArgumentHelp(
            say("期末后几天内填报算按时,0 到 366;不写为 15。", "Within how many days after its period a figure counts as in time, 0 to 366; by default 15."), valueName: "days"))
    var term: Int?

    @OptionGroup var output: ReportOutput
    @OptionGroup var reader: ReaderOptions

    func validate() throws {
        if to != nil, asOf != nil { throw ValidationError(UsageWords.message("--to 和 --as-of 是一回事,写一个。", "--to and --as-of are the same: give one.")) }
        if let term, !(0...366).contains(term) { throw ValidationError(UsageWords.message("--term 是 0 到 366 天。", "--term takes 0 to 366 days.")) }
    }

    struct Result: Encodable {
        let place: PlaceFact
        let from: String?
        let asOf: String
        let files: [ReportOutput.Written]
        /// Pictures of an earlier report that lie in the folder and do not belong to this one.
        let leftOver: [String]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let first = try from.map { try Day(parsing: $0) }
        let named = try (to ?? asOf).map { try Day(parsing: $0) }
        let region = try place.map { try office.place($0) }
        let unrecorded = try AuditNote.note(context, reader)
        let last = try named ?? office.lastDayHeld()
        if let first, first > last {
            throw Failure(.command, CommandError.Code.usage.rawValue, [:], phrases: ["reason": Words("--from \(first) 晚于期间的最后一天 \(last)", "--from \(first) is later than the last day, \(last)")])
        }
        let report = try office.auditReport(place: region, from: first, asOf: last, termDays: term ?? Office.reportTermDays)
        guard output.isAsked else { return Answer(Noted(payload: report, unrecorded: unrecorded?.code), AuditLines(report: report).lines) }
        let (written, failure) = try output.write(try ReportFiles(report, terms: AuditReportCommand.terms))
        let result = Result(place: report.place, from: report.from, asOf: report.asOf, files: written, leftOver: output.leftOver(written))
        return Answer(Noted(payload: result, unrecorded: unrecorded?.code), lines(result), failure: failure)
    }

    /// What the page speaks of, in the words of the screens.
    private static var terms: ReportTerms {
        ReportTerms(
            language: runLanguage, value: { Shown.value($0, $1, field: $2, of: $3) },
            field: { Shown.field($0, $1, of: $2) }, bound: { Bounds.field($0) },
            document: { Shown.document($0) }, carriage: { CarriageSection.all($0).map { ($0.title, $0.lines) } })
    }

    private func lines(_ result: Result) -> [String] {
        let period = result.from.map { say("\($0) 至 \(result.asOf)", "\($0) to \(result.asOf)") } ?? say("截至 \(result.asOf)", "to \(result.asOf)")
        let head = say("审计报告:\(result.place.name)(\(result.place.id)),\(period)", "Audit report: \(result.place.name) (\(result.place.id)), \(period)")
        return [Terminal.heading(head)]
            + result.files.map { file in
                let state = ReportWords.file(file.state.rawValue)[runLanguage]
                return "  \(state) \(file.path)" + say("(\(file.bytes) 字节)", " (\(file.bytes) bytes)")
            } + result.leftOver.map { say("  注意:\($0) 是以前的图,不属于这份报告。", "  Note: \($0) is an earlier report's picture and does not belong to this one.") }
    }
}
