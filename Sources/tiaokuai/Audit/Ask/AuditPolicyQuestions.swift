import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// Which floor applied on a day, and why.
struct AuditFloorsCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "floors", abstract: say("某日适用哪条底线、上限、时限,凭哪份文件。", "Which floor, ceiling or deadline applied on a day, and by which document."),
        discussion: example("tiaokuai audit floors 高台县 成品粮储备可供应天数 --on 2020-06-01", "tiaokuai audit floors 620724 grainReserveDays --on 2020-09-01 --csv"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Argument(help: ArgumentHelp(say("区划:代码或名称。", "The place, by code or name."), valueName: "place")) var place: String
    @Argument(help: ArgumentHelp(say("指标:代码或名称。", "The indicator, by id or title."), valueName: "indicator")) var indicator: String
    @Option(help: ArgumentHelp(say("哪天;不写为今天。", "The day; by default today."), valueName: "day")) var on: String?
    @Option(help: ArgumentHelp(say("目标的期间;不写为那天所在的年度。", "The target's period; by default the year of that day."), valueName: "period")) var period: String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let day = try on.map { try Day(parsing: $0) } ?? office.today
        let rows = try office.bounds(place: try office.place(place), indicator: indicator, on: day, period: try period.map { try Period(parsing: $0) })
        var sheet = AuditSheet(marked: [
            say("区划", "Place"), say("指标", "Indicator"), say("期间", "Period"), say("分项", "Qualifier"), say("日期", "Day"), say("种类", "Bound"), say("哪一级", "Tier"), say("单位", "Unit"),
            say("值", "Value"), say("结论", "Standing"), say("起算日", "Since"), say("文件", "Document"), say("条款", "Clause"),
        ])
        for row in rows {
            for bound in row.bounds {
                for step in bound.steps {
                    sheet.add(
                        [
                            row.place.name, row.indicatorTitle, row.period, SheetWords.qualifier(row.qualifier)[runLanguage], row.day, Bounds.field(bound.field), step.place.name, step.unit.name,
                            Shown.value(step.value, bound.measure, field: bound.field) ?? "", JudgementWords.verdict(step.standing)[runLanguage], step.since ?? "",
                            step.document.map(Shown.document) ?? "", step.clause ?? "",
                        ], isSample: step.isSample)
                }
            }
        }
        return AuditAnswer(Rows(rows), rows.isEmpty ? [try Bounds.nothing(office, place, indicator)] : rows.flatMap(Bounds.lines), sheet)
    }
}

/// Acts that a policy stands against, and who could have known it.
struct AuditUnawareCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "unaware", abstract: say("哪些事是在不可能知道某项政策时办的。", "Which acts were made before their office could have known a policy."),
        discussion: example("tiaokuai audit unaware --place 620724", "tiaokuai audit unaware --csv > 不知情.csv") + "\n\n"
            + say(
                "逐件看填报、数据、办理、分解:当日已有哪些政策管着它(责任分工、目标、标准、指标、表式、分解任务、议事规则、通报等各种政策),办理单位当时不可能知道或无从证明的列出;与政策不符的(按已被取代的责任分工办的、比上级宽的目标、与上级不符的标准)全部列出。\n能否知道:封装时已有的上级检查点、或该节点自己先前的回执盖住了那项政策,就是能;检查点在政策之前,或它后来的回执里还没有,就是不能;都没有的,不能证明。",
                "Each claim, figure, step and allocation beside every policy that was in force on its day and speaks of it (duties, bounds, standards, indicators, forms, allocations, procedures, circulars, whatever kind): those of which its office could not have known, or nothing tells; and all that a policy stands against (a superseded division of duties, a bound looser than a superior's, a standard that differs).\nCould have known: the superior's checkpoint held at sealing, or an earlier receipt of that node, covers the policy. Could not: the checkpoint was before the policy, or a later receipt still lacks it. Unproven where neither tells."
            ))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Option(help: ArgumentHelp(say("某区划及所辖;不写为本节点的。", "At a place and below; by default the node's."), valueName: "region")) var place: String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        // What could not have been known first, what nothing tells of last.
        let found = try office.auditUnaware(place: try place.map { try office.place($0) })
        let acts = ["couldNot", "could", "unproven"].flatMap { code in found.filter { $0.knowledge == code } }
        var sheet = AuditSheet(marked: [
            say("记录", "Record"), say("单位", "Unit"), say("人员", "Person"), say("填写", "Written"), say("收到", "Received"), say("哪一类", "Why"), say("哪项政策", "Policy"), say("政策单位", "By"),
            say("政策填写", "Policy written"), say("能否知道", "Could it know"), say("当时已有的上级检查点", "Checkpoint held"), say("填报编号", "Operation"),
        ])
        sheet.rows = acts.map { act in
            let checkpoint = act.checkpoint.map { "\(act.checkpointOf ?? "") \(AuditShown.time($0))" } ?? say("未写明", "none named")
            return [
                Shown.short(act.record), act.unit.name, act.person, AuditShown.time(act.written), AuditShown.entry(act.entered), AuditWords.why(act.why)[runLanguage],
                Shown.short(act.policy), act.policyBy.name, AuditShown.time(act.policyWritten), AuditWords.knowledge(act.knowledge)[runLanguage], checkpoint, act.operation,
                AuditSheet.mark(act.isSample),
            ]
        }
        let counts = ["couldNot", "could", "unproven"].map { code in "\(AuditWords.knowledge(code)[runLanguage]) \(acts.count { $0.knowledge == code })" }
        let lines = acts.flatMap { act in
            let row = [
                "\(Shown.short(act.record)) · \(act.unit.name) \(act.person) · \(say("填写", "written")) \(AuditShown.time(act.written)) · \(AuditShown.entry(act.entered))\(AuditLines.sample(act.isSample))",
                "    \(AuditWords.why(act.why)[runLanguage])\(say(":", ": "))\(Shown.short(act.policy))(\(act.policyBy.name) \(AuditShown.time(act.policyWritten)))",
            ]
            let held = act.checkpoint.map {
                say("封装时已有 \(act.checkpointOf ?? "") 在 \(AuditShown.time($0)) 的检查点", "at sealing it held the checkpoint of \(act.checkpointOf ?? "") of \(AuditShown.time($0))")
            }
            return row + ["    " + [AuditWords.knowledge(act.knowledge)[runLanguage], held].compactMap { $0 }.joined(separator: say(";", "; "))]
        }
        let (done, pairs) = (Set(acts.map(\.operation)).count, acts.count)
        let head = say("有政策可对照的办理 \(done) 件,连同政策 \(pairs) 对:", "\(done) act(s) with a policy to hold them against, in \(pairs) pair(s): ") + counts.joined(separator: say(",", ", "))
        return AuditAnswer(Rows(acts), [Terminal.heading(head)] + lines + AuditShown.none(acts), sheet)
    }
}

/// Documents that cite what is not held, or under another number.
struct AuditCitationsCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "citations", abstract: say("哪些文件引的上级文件没有到,或文号标题对不上。", "Which documents cite a parent that is not held or does not fit."),
        discussion: example("tiaokuai audit citations", "tiaokuai audit citations --all --csv"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Option(help: ArgumentHelp(say("只看某区划的文件。", "Documents of one place only."), valueName: "region")) var place: String?
    @Flag(help: ArgumentHelp(say("连同已对上的。", "Those that are resolved too."))) var all = false

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let rows = try office.citations(place: try place.map { try office.place($0) }).filter { all || $0.state != "resolved" }
        var sheet = AuditSheet(marked: [
            say("文件", "Document"), say("关系", "Relation"), say("所引文号", "Number cited"), say("所引标题", "Title cited"), say("条款", "Clause"), say("结论", "State"), say("对上的文件", "Found"),
        ])
        sheet.rows = rows.map { row in
            [
                Shown.document(row.document.reference), SheetWords.relation(row.relation)[runLanguage], row.number, row.title, row.clause, StatusWords.citation(row.state)?[runLanguage] ?? row.state,
                row.targets.map(\.reference).joined(separator: say("、", ", ")), AuditSheet.mark(row.document.isSample),
            ]
        }
        let heading = all ? say("引用", "Citations") : say("没有对上的引用", "Citations pending or mismatched")
        return AuditAnswer(Rows(rows), [Terminal.heading(Shown.counted(heading, rows.count))] + rows.map { "  " + Citations.line($0) } + AuditShown.none(rows), sheet)
    }
}
