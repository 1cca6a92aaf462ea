import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// The ledger, item by item.
struct AuditLedgerCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: say("台账每一项何时由谁办结销号、凭什么佐证、重启几次。", "When each ledger item was closed, by whom, on what evidence, how often reopened."),
        discussion: example("tiaokuai audit ledger --place 620724", "tiaokuai audit ledger --csv > 台账.csv"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Option(help: ArgumentHelp(say("某区划及所辖;不写为本节点的。", "At a place and below; by default the node's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("截至哪天填写的;不写为今天。当时收到什么,用 audit as-of。", "What was written by this day; by default today. For what had come by then use audit as-of."), valueName: "day")) var asOf:
        String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let day = try asOf.map { try Day(parsing: $0) } ?? office.today
        let items = try office.auditLedger(place: try place.map { try office.place($0) }, asOf: day)
        var sheet = AuditSheet(marked: [
            say("编号", "Reference"), say("事项", "Problem"), say("现状", "State"), say("轮次", "Episode"), say("重启次数", "Reopened"), say("步骤", "Step"), say("单位", "Unit"), say("人员", "Person"),
            say("时间", "Written"),
            say("佐证", "Evidence"),
        ])
        for row in items {
            let state = WorkflowWords.state(row.item.state)?[runLanguage] ?? row.item.state
            for event in row.events {
                sheet.add(
                    [
                        row.item.record.reference, row.item.title, state, "\(row.item.episode)", "\(row.timesReopened)", WorkflowWords.event(event.event)?[runLanguage] ?? event.event,
                        event.unit.name, SheetWords.author(event.person, event.posts)[runLanguage], AuditShown.time(event.written), event.evidence ?? "",
                    ], isSample: event.isSample || row.item.record.isSample)
            }
        }
        return AuditAnswer(Rows(items), [Terminal.heading(Shown.counted(say("截至 \(day) 的台账", "Ledger as of \(day)"), items.count))] + AuditLines.ledger(items) + AuditShown.none(items), sheet)
    }
}

/// What a circular used, and what has changed since.
struct AuditCircularCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "circular", abstract: say("通报用了哪些数,后来变了哪些、谁改的。", "Which figures a circular used, and what changed later, by whom."),
        discussion: example("tiaokuai audit circular", "tiaokuai audit circular circular:620000/620000.gov/2020-09/保粮食能源安全 --csv") + "\n\n"
            + say(
                "通报里的数是印发时冻结的,后来的更正不改它。没有通报记录的期间,用 audit diff 比较两个日期。",
                "A circular's figures are frozen when it is made; later corrections do not change it. For a period without one, compare two days with audit diff."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Argument(help: ArgumentHelp(say("哪份通报;不写为全部。", "Which circular; by default all."), valueName: "record")) var record: String?
    @Option(help: ArgumentHelp(say("某区划及所辖。", "At a place and below."), valueName: "region")) var place: String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let rows = try office.auditCirculars(place: try place.map { try office.place($0) }, reference: record)
        var sheet = AuditSheet(marked: [
            say("通报", "Circular"), say("期间", "Period"), say("截止日", "As of"), say("区划", "Place"), say("指标", "Indicator"), say("采用", "Used"), say("现在", "Now"), say("结论", "State"),
            say("后来的填报", "Later words"),
        ])
        var lines = [Terminal.heading(Shown.counted(say("通报", "Circulars"), rows.count))] + AuditShown.none(rows)
        for row in rows {
            let title = row.title.map { " \($0)" } ?? ""
            lines.append("\(row.record.reference)\(title) · \(row.unit.name) · \(say("截止", "as of")) \(row.frozenOn ?? "—") · \(AuditShown.entry(row.entered))")
            for figure in row.figures {
                let isSample = figure.record.isSample || row.record.isSample
                let used = Shown.value(figure.used, figure.measure) ?? ""
                let now = figure.state == "notHeld" ? "—" : Shown.inUse(figure.now, figure.measure, figure.blank, field: "value")
                let later = figure.later.map { word in
                    "\(word.unit.name) \(Shown.value(word.value, word.measure) ?? say("(撤回)", "(withdraws)")) \(AuditShown.entry(word.entered)) \(Shown.verdict(word.verdictNow))"
                }
                let state = AuditWords.figure(figure.state)[runLanguage] + (figure.isHeld || figure.state == "notHeld" ? "" : say(",采用的那条填报没有收到", ", the word that was used is not held"))
                lines.append("  \(figure.place.name) \(figure.indicatorTitle)\(say(":采用 ", ": used "))\(used)\(say(",现在 ", ", now "))\(now)\(say(";", "; "))\(state)\(AuditLines.sample(isSample))")
                lines += later.map { "      " + $0 }
                sheet.add(
                    [
                        row.record.reference, row.period, row.frozenOn ?? "", figure.place.name, figure.indicatorTitle, used, now, state, later.joined(separator: say(";", "; ")),
                    ], isSample: isSample)
            }
        }
        return AuditAnswer(Rows(rows), lines, sheet)
    }
}

/// Who had not reported, and what came late.
struct AuditUnreportedCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "unreported", abstract: say("谁没有填报;迟的是填得迟还是到得迟,能证明到什么程度。", "Who had not reported; whether a figure was late made or late received, and how far that is proven."),
        discussion: example("tiaokuai audit unreported --as-of 2020-12-31", "tiaokuai audit unreported --place 620724 --csv") + "\n\n"
            + say(
                "能证明的:变更集写明封装时已有的上级检查点,它是在那之后封装的;又在日志某项收到,是在那之前。两者之间的,只有填报人自己的时钟。",
                "Proven: a changeset names the superior's checkpoint that was held when it was sealed, so it was sealed later; and it has an entry in the log, so it was sealed before. Between the two there is its author's clock only."
            ))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Option(help: ArgumentHelp(say("某区划及所辖;不写为本节点的。", "At a place and below; by default the node's."), valueName: "region")) var place: String?
    @Option(help: ArgumentHelp(say("截至哪天填写的;不写为今天。当时收到什么,用 audit as-of。", "What was written by this day; by default today. For what had come by then use audit as-of."), valueName: "day")) var asOf:
        String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let found = try office.auditUnreported(place: try place.map { try office.place($0) }, asOf: try asOf.map { try Day(parsing: $0) } ?? office.today)
        var sheet = AuditSheet(marked: [
            say("哪一类", "Sort"), say("区划", "Place"), say("指标", "Indicator"), say("文件或目标", "Document or target"), say("单位", "Units"), say("时限", "Due"), say("填写", "Written"),
            say("不早于(上级检查点)", "Not before (checkpoint)"), say("不晚于(收到)", "Not after (received)"), say("结论", "Finding"),
        ])
        var lines = [Terminal.heading(Shown.counted(say("截至 \(found.asOf) 没有数据的措施", "Measures without a figure as of \(found.asOf)"), found.unreported.count))]
        for row in found.unreported {
            lines.append(
                "  \(row.place.name) \(Shown.document(row.document)) \(row.part)\(say(":", ": "))\(row.indicatorTitle)\(say(",牵头 ", ", lead "))\(Shown.names(row.leads))\(AuditLines.sample(row.record.isSample))"
            )
            let cells = [say("未填", "unreported"), row.place.name, row.indicatorTitle, "\(Shown.document(row.document)) \(row.part)", Shown.names(row.leads), "", "", "", "", ""]
            sheet.add(cells, isSample: row.record.isSample)
        }
        lines += AuditShown.none(found.unreported) + ["", Terminal.heading(Shown.counted(say("过了时限的首次填报", "First reports after the deadline"), found.late.count))]
        for row in found.late {
            let figure = row.figure
            let after = row.sealedAfter.map { "\(row.checkpointOf ?? "") \(AuditShown.time($0))" }
            let finding = AuditWords.lateness(row.finding)[runLanguage]
            lines.append("  \(figure.target)\(say(":", ": "))\(figure.record.reference) \(figure.unit.name)\(say(",时限 ", ", due "))\(figure.deadline)\(AuditLines.sample(figure.isSample))")
            lines.append(
                "      " + say("填写 \(AuditShown.time(figure.written))", "written \(AuditShown.time(figure.written))") + say(";", "; ")
                    + (after.map { say("封装晚于 \($0) 的检查点", "sealed after the checkpoint of \($0)") } ?? say("没有写明上级检查点", "names no superior's checkpoint"))
                    + say(";", "; ") + AuditShown.entry(row.entered))
            lines.append("      " + finding)
            sheet.add(
                [
                    say("迟", "late"), figure.place.name, figure.indicatorTitle, figure.target, figure.unit.name, figure.deadline, AuditShown.time(figure.written), after ?? "",
                    AuditShown.entry(row.entered), finding,
                ], isSample: figure.isSample)
        }
        return AuditAnswer(found, lines + AuditShown.none(found.late), sheet)
    }
}
