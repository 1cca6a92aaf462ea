import TiaokuaiOffice
import TiaokuaiWording

/// One sort of what became of feeds, logs and keys on their way, in words: forks, gaps, keys, quarantines, cuts.
struct CarriageSection {
    /// One finding, with its place in columns of its own.
    struct Row {
        let node: String
        var partition = ""
        var number = ""
        var item = ""
        var day = ""
        let text: String
        var isSample = false
        /// The text names its node and place itself.
        var isWhole = false

        var line: String {
            if isWhole { return text }
            let text = text + AuditLines.sample(isSample)
            return [node, Shown.partition(partition), number.isEmpty ? "" : "#\(number)", String(item.prefix(12))].filter { !$0.isEmpty }.joined(separator: " ") + say(":", ": ") + text
        }
    }

    let title: String
    let rows: [Row]
    var lines: [String] { rows.map(\.line) }

    static func all(_ carriage: AuditCarriage) -> [CarriageSection] {
        [
            CarriageSection(title: say("分叉", "Forks"), rows: carriage.forks.map(row)), CarriageSection(title: say("链中缺号", "Gaps in feeds"), rows: carriage.gaps.map(row)),
            CarriageSection(title: say("别的节点出示的日志", "Logs that other nodes have shown"), rows: carriage.logs.map(row)),
            CarriageSection(title: say("隔离(等待或作废)", "Quarantined: waiting or void"), rows: carriage.quarantined.map(row)),
            CarriageSection(title: say("已停用的密钥", "Keys given up for others"), rows: carriage.retired.map(row)),
            CarriageSection(title: say("已撤销的凭证", "Credentials cut"), rows: carriage.cuts.map(row)),
            CarriageSection(title: say("凭证和撤销中待人处理的", "Credentials and cuts for people to settle"), rows: carriage.trust.map(row)),
        ]
    }

    private static func row(_ fork: AuditFork) -> Row {
        let repair = fork.repairedBy.map { unit in
            say("\(unit.name) 已声明", "owned up to by \(unit.name)") + (fork.cause.map { say(":", ": ") + (ValueWords.of(field: "cause", value: $0)?[runLanguage] ?? $0) } ?? "")
                + say(",", ", ") + Shown.day(fork.repaired ?? "")
        }
        return Row(
            node: fork.nodeName, partition: fork.partition, number: "\(fork.sequence)", day: fork.repaired.map(Shown.day) ?? "",
            text: repair ?? say("还没有修复声明", "nobody has owned up to it"), isSample: fork.isSample)
    }

    private static func row(_ gap: AuditGap) -> Row {
        let number = gap.from == gap.through ? "\(gap.from)" : "\(gap.from)–\(gap.through)"
        let since = gap.since.map { say("\(Shown.day($0)) 收到了后面的", "what comes behind it came on \(Shown.day($0))") } ?? say("后面的已在", "what comes behind it is here")
        return Row(node: gap.nodeName, partition: gap.partition, number: number, day: gap.since.map(Shown.day) ?? "", text: say("没有收到;", "not here; ") + since)
    }

    private static func row(_ key: AuditRetiredKey) -> Row {
        let on = key.replaced.map { " " + Shown.day($0) } ?? ""
        return Row(
            node: key.nodeName, item: key.key, day: key.replaced.map(Shown.day) ?? "",
            text: say(
                "\(key.validFrom) 起用,换成 \(key.replacedBy.prefix(12))\(key.by.map { ",\($0.name) 发证" } ?? "")\(on)",
                "from \(key.validFrom), given up for \(key.replacedBy.prefix(12))\(key.by.map { ", granted by \($0.name)" } ?? "")\(on)"))
    }

    private static func row(_ log: AuditLogConcern) -> Row {
        var facts = ["node": log.nodeName, "item": String(log.item.prefix(12)), "since": Shown.day(log.since)]
        facts["partition"] = log.partition
        facts["first"] = log.numbers.first.map { "\($0)" }
        facts["second"] = log.numbers.dropFirst().first.map { "\($0)" }
        return Row(
            node: log.nodeName, partition: log.partition ?? "", number: log.numbers.map { "\($0)" }.joined(separator: "–"), item: log.item, day: Shown.day(log.since),
            text: (LogWords.concern(log.code, facts)?[runLanguage] ?? log.code) + (log.isRepaired ? LogFact.repaired : ""), isWhole: true)
    }

    private static func row(_ row: AuditQuarantine) -> Row {
        let why = CarriageWords.waitingFor(row.reason)?[runLanguage] ?? ErrorWords.of(code: row.reason)?.filled([:]).what.withoutStop[runLanguage] ?? row.reason
        return Row(node: row.nodeName, partition: row.partition, number: "\(row.sequence)", item: row.changeset, text: why)
    }

    private static func row(_ cut: AuditCut) -> Row {
        Row(node: cut.nodeName, day: Shown.day(cut.written), text: "\(cut.by.name) \(Shown.day(cut.written)) \(cut.reason)")
    }

    private static func row(_ concern: AuditTrustConcern) -> Row {
        var facts = ["node": concern.nodeName, "item": String(concern.item.prefix(12))]
        facts["other"] = concern.otherName
        facts["unit"] = concern.unit?.name
        facts["partition"] = concern.partition
        facts["day"] = concern.day
        facts["sequence"] = concern.sequence.map { "\($0)" }
        return Row(
            node: concern.nodeName, partition: concern.partition ?? "", number: facts["sequence"] ?? "", item: concern.item, day: concern.day ?? "",
            text: CarriageWords.concern(concern.code, facts)?[runLanguage] ?? concern.code, isWhole: true)
    }
}
