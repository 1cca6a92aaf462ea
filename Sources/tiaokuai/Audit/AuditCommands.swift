import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

struct AuditCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: say("审计:只凭本节点所持的历史回答。", "Audit: answers from the history that this node holds."),
        discussion: example("tiaokuai audit report --dir gs", "tiaokuai audit report --dir gs --place 620724 --as-of 2020-12-31 --json"),
        subcommands: [
            AuditVerify.self, AuditProve.self, AuditCheck.self, AuditCompare.self, AuditLogExport.self, AuditCosign.self,
            AuditReportCommand.self, AuditHistoryCommand.self, AuditTimelineCommand.self, AuditAsOfCommand.self, AuditDiffCommand.self, AuditFloorsCommand.self,
            AuditDecidedCommand.self, AuditLedgerCommand.self, AuditCircularCommand.self, AuditUnawareCommand.self, AuditCitationsCommand.self, AuditFeedsCommand.self,
            AuditPrivacyCommand.self, AuditUnreportedCommand.self, AuditReadingsCommand.self,
        ])
}

/// One report over a place and everything below it.
struct AuditReportCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: say("审计报告:同样的历史、同一天,逐字节相同。", "The audit's report: the same history and day give the same bytes."),
        discussion: example("tiaokuai audit report --dir gs", "tiaokuai audit report --dir gs --place 620724 --as-of 2020-12-31 --json") + "\n\n"
            + say(
                "内容:底线沿革、争议、两机不一致、留存未用、引用、分叉与隔离、迟填与迟到、个人信息、没有数据的措施、印发时已过期、台账。\n只看本节点持有的内容;它没有收到的,报告里没有。",
                "Parts: bounds by date, disputes, self-forks, what is kept, citations, forks and quarantine, late figures, privacy, measures without figures, what was due before it was issued, the ledger.\nIt knows what this node holds, and nothing else."
            ))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("区划及所辖;不写为本节点的。", "The place and those below; by default the node's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("截至哪天;不写为今天。", "As of which day; by default today."), valueName: "day")) var asOf: String?

    @OptionGroup var reader: ReaderOptions

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let unrecorded = try AuditNote.note(context, reader)
        let day = try asOf.map { try Day(parsing: $0) } ?? office.today
        let report = try office.auditReport(place: try place.map { try office.place($0) }, asOf: day)
        return Answer(Noted(payload: report, unrecorded: unrecorded?.code), AuditLines(report: report).lines)
    }
}
