import ArgumentParser
import TiaokuaiWording

struct AuditCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: say("审计:只凭本节点所持的历史回答。", "Audit: answers from the history that this node holds."),
        discussion: example("tiaokuai audit report --dir gs", "tiaokuai audit report --dir gs --place 620724 --as-of 2020-12-31 --json"),
        subcommands: [
            AuditVerify.self, AuditProve.self, AuditCheck.self, AuditCompare.self, AuditLogExport.self, AuditCosign.self, AuditArchive.self,
            AuditReportCommand.self, AuditHistoryCommand.self, AuditTimelineCommand.self, AuditAsOfCommand.self, AuditDiffCommand.self, AuditFloorsCommand.self,
            AuditDecidedCommand.self, AuditLedgerCommand.self, AuditCircularCommand.self, AuditUnawareCommand.self, AuditCitationsCommand.self, AuditFeedsCommand.self,
            AuditPrivacyCommand.self, AuditUnreportedCommand.self, AuditReadingsCommand.self,
        ])
}
