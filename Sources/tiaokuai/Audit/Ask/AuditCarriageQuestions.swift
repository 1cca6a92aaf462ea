import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// Gaps, forks, retired keys, quarantines, and what was done about them.
struct AuditFeedsCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "feeds", abstract: say("序号有没有缺口、分叉,哪些密钥已停用,隔离了什么,怎样修复。", "Gaps, forks, retired keys and quarantines, and what was done about them."),
        discussion: example("tiaokuai audit feeds", "tiaokuai audit feeds --csv"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let carriage = try office.auditFeeds(asOf: office.today)
        let sections = CarriageSection.all(carriage)
        var sheet = AuditSheet(marked: [
            say("哪一类", "Sort"), say("节点", "Node"), say("范围", "Partition"), say("序号", "Number"), say("编号", "Item"), say("日期", "Day"), say("内容", "What"),
        ])
        for section in sections {
            for row in section.rows {
                let partition = row.partition.isEmpty ? "" : SheetWords.partition(row.partition)[runLanguage]
                sheet.add([section.title, row.node, partition, row.number, row.item, row.day, row.text], isSample: row.isSample)
            }
        }
        let lines = sections.flatMap { section in
            [Terminal.heading(Shown.counted(section.title, section.rows.count))] + section.lines.map { "  \($0)" } + AuditShown.none(section.lines)
        }
        return AuditAnswer(carriage, lines, sheet)
    }
}

/// Whether personal data left its place.
struct AuditPrivacyCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "privacy", abstract: say("有没有个人信息离开县里:逐个字段看过。", "Whether personal data left its county: every field is looked at."),
        discussion: example("tiaokuai audit privacy", "tiaokuai audit privacy --json"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let found = try office.auditPrivacy(asOf: office.today)
        var sheet = AuditSheet([say("项目", "What"), say("个数", "Count")])
        sheet.rows = [
            [say("查过的填报", "Operations looked at"), "\(found.operationsSearched)"], [say("个人信息字段", "Personal fields"), "\(found.personalFields)"],
            [say("本地名册外传的记录", "Records of local lists elsewhere"), "\(found.localRecordsOutside)"], [say("因含个人信息整份作废", "Changesets void for personal data"), "\(found.refused.count)"],
        ]
        let isClean = found.personalFields == 0 && found.localRecordsOutside == 0
        let finding = isClean ? say("没有个人信息离开。", "No personal data left.") : say("有个人信息离开,见上。", "Personal data left: see above.")
        return AuditAnswer(found, sheet.rows.map { "\($0[0])\(say(":", ": "))\($0[1])" } + found.refused.map { "  \($0)" } + [finding], sheet)
    }
}

/// Who asked the audit what.
struct AuditReadingsCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "readings", abstract: say("谁查阅过审计、问了什么、何时、日志到第几项。", "Who asked the audit what, when, and how long the log was."),
        discussion: example("tiaokuai audit readings", "tiaokuai audit readings --place 620724 --csv") + "\n\n"
            + say(
                "每次查问都留一条记录,随下一份变更集封装,进入日志后去不掉;上级也看得到。",
                "Each asking leaves a record that is sealed with the next changeset; once it is in the log nobody takes it out unseen, and the tiers above see it."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Option(help: ArgumentHelp(say("某区划及所辖。", "At a place and below."), valueName: "region")) var place: String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let rows = try office.auditReadings(place: try place.map { try office.place($0) })
        var sheet = AuditSheet([
            say("时间", "When"), say("查阅人", "Read by"), say("单位", "Unit"), say("区划", "Place"), say("所问", "Asked"), say("当时日志项数", "Entries then"), say("在日志何处", "In the log"),
        ])
        sheet.rows = rows.map { [AuditShown.time($0.written), $0.reader, $0.unit.name, $0.place?.name ?? "", $0.question, $0.position, AuditShown.entry($0.entered)] }
        return AuditAnswer(Rows(rows), rows.isEmpty ? [say("没有查阅记录。", "Nobody has asked.")] : sheet.table([0, 1, 2, 4, 5, 6]), sheet)
    }
}
