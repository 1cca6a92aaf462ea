import TiaokuaiOffice
import TiaokuaiWording

/// The audit's report as plain text: a section for each question, each with its count, `none` where there is nothing.
struct AuditLines {
    let report: AuditReport

    var lines: [String] {
        let held = report.held
        let title = say(
            "审计报告:\(report.place.name)(\(report.place.id)),\(report.from.map { "\($0) 至 " } ?? "截至 ")\(report.asOf)",
            "Audit report: \(report.place.name) (\(report.place.id)), \(report.from.map { "\($0) to " } ?? "as of ")\(report.asOf)")
        // A finding begins with its code.
        let broken = held.logFindings.map { VerificationWords.finding(String($0.prefix { $0 != " " }))?[runLanguage] ?? $0 }
        let basis = say(
            "依据:节点 \(report.node) 所持 \(held.nodes) 个节点的 \(held.changesets) 份、\(held.operations) 条填报,\(held.records) 条记录;日志 \(held.log) 项,\(held.logFindings.isEmpty ? "核验通过" : "核验不通过:\(broken.joined(separator: ";"))")。",
            "Held by node \(report.node): \(held.changesets) changesets of \(held.nodes) node(s), \(held.operations) operations, \(held.records) records; log of \(held.log), \(held.logFindings.isEmpty ? "verified" : "does not verify: \(broken.joined(separator: "; "))")."
        )
        let names = ["place": report.place.name, "node": report.node]
        let isNobody = report.arrivals.isEmpty && report.unknown.nodes.isEmpty
        let outside = report.unknown.isOutside ? [ReportWords.placeOutside] : isNobody ? [ReportWords.nobody] : []
        return [Terminal.heading(title), basis] + outside.map { $0.filled(names)[runLanguage] } + bounds + disputes + selfForks + kept + citations + carriage + late + privacy + unreported + before
            + ledger
    }

    private func section(_ zh: String, _ en: String, count: Int, _ lines: [String]) -> [String] { section(titled: say(zh, en), count: count, lines) }

    private func section(titled title: String, count: Int, _ lines: [String]) -> [String] {
        ["", Shown.counted(title, count)] + (lines.isEmpty ? ["  \(say("无", "none"))"] : lines.map { "  \($0)" })
    }

    static func sample(_ isSample: Bool) -> String { isSample ? " 【\(Shown.sample[runLanguage])】" : "" }

    private static func join(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: say(",", ", ")) }

    // MARK: Policy

    private var bounds: [String] {
        section(
            "目标的底线、上限、时限,按日期", "Bounds by date", count: report.bounds.count,
            report.bounds.flatMap { row in
                [Shown.target(row.place, row.indicatorTitle, row.period, row.qualifier)] + row.changes.map { "  \(Bounds.line(of: $0, named: row.name(of: $0)))" }
            })
    }

    private var citations: [String] {
        section("没有对上的引用", "Citations pending or mismatched", count: report.citations.open.count, report.citations.open.map(Citations.line))
            + ["  \(say("已对上的:\(report.citations.resolved)", "resolved: \(report.citations.resolved)"))"]
    }

    private var before: [String] {
        section("印发时已到期的目标", "Targets due before they were issued", count: report.dueBeforeIssue.count, report.dueBeforeIssue.map(AssessmentLine.text))
            + section(
                "印发时已过期的标准", "Standards expired when issued", count: report.terms.count,
                report.terms.map { "\($0.record.reference) \(say("至", "until")) \($0.until ?? "—")\(AuditLines.sample($0.record.isSample))" })
    }

    // MARK: What was said

    private var disputes: [String] {
        section("争议", "Disputes", count: report.disputes.count, report.disputes.flatMap(Disputes.lines))
    }

    private var selfForks: [String] {
        section(
            "同一单位两台机器不一致", "Two machines of one unit", count: report.selfForks.count,
            report.selfForks.map { row in
                let field = Shown.field(row.field, row.fieldTitle, of: row.record.kind)
                let claims = row.claims.map { "\(value($0, row)) (\($0.nodeName ?? "—"))" }.joined(separator: say("、", ", "))
                let chosen = row.chosen.map { say("选定 ", "chose ") + value($0, row) + " " + Shown.day($0.written) } ?? say("未选定", "not chosen yet")
                return "\(row.record.reference) · \(field) \(row.unit.name)\(say(":", ": "))\(claims)\(say(";", "; "))\(chosen)\(AuditLines.sample(row.claims.contains(where: \.isSample)))"
            })
    }

    private func value(_ claim: ForkedClaim, _ row: SelfForkRow) -> String { Shown.value(claim.value, row.measure, field: row.field) ?? "—" }

    private var kept: [String] { section("留存而未采用", "Kept and not in use", count: report.kept.count, report.kept.isEmpty ? [] : Kept.lines(report.kept)) }

    // MARK: Figures

    private var late: [String] {
        section(
            "过了时限的首次填报", "First reports after the deadline", count: report.late.count,
            report.late.map { row in
                let made = row.daysMadeLate.map { say("迟填 \($0) 天", "made \($0) day(s) late") } ?? ""
                let received =
                    row.daysReceivedLate.map { say("按时填,迟到 \($0) 天(\(Shown.day(row.received ?? "")) 收到)", "made in time, received \($0) day(s) late (\(Shown.day(row.received ?? "")))") } ?? ""
                return AuditLines.join([
                    "\(row.target)\(say(":", ": "))\(row.record.reference) \(row.indicatorTitle) \(row.unit.name)", say("时限 \(row.deadline)", "due \(row.deadline)"),
                    say("\(Shown.day(row.written)) 填", "written \(Shown.day(row.written))"), made + received,
                ]) + AuditLines.sample(row.isSample)
            })
    }

    private var unreported: [String] {
        section(
            "没有数据的措施", "Measures without a figure", count: report.unreported.count,
            report.unreported.map { row in
                let leads = say(",牵头 ", ", lead ") + Shown.names(row.leads) + AuditLines.sample(row.record.isSample)
                return "\(row.place.name) \(Shown.document(row.document)) \(row.part)\(say(":", ": "))\(row.indicatorTitle)\(leads)"
            })
    }

    private var privacy: [String] {
        let row = report.privacy
        let lines = [
            say(
                "查过 \(row.operationsSearched) 条填报的每个字段:个人信息字段 \(row.personalFields) 个,本地名册外传 \(row.localRecordsOutside) 条,因含个人信息整份作废 \(row.refused.count) 份。",
                "Every field of \(row.operationsSearched) operations was looked at: \(row.personalFields) personal field(s), \(row.localRecordsOutside) record(s) of local lists, \(row.refused.count) changeset(s) void because they held personal data."
            )
        ]
        return section("个人信息", "Personal data that came up", count: row.personalFields + row.localRecordsOutside + row.refused.count, lines)
    }

    // MARK: Carriage and ledger

    private var carriage: [String] {
        let isPart = report.place != report.held.place
        return (isPart ? ["", ReportWords.wholeNode[runLanguage]] : []) + CarriageSection.all(report.carriage).flatMap { section(titled: $0.title, count: $0.rows.count, $0.lines) }
    }

    private var ledger: [String] { section("台账", "Ledger", count: report.ledger.count, AuditLines.ledger(report.ledger)) }

    static func ledger(_ items: [AuditLedgerItem]) -> [String] {
        items.flatMap { row in
            let state = WorkflowWords.state(row.item.state)?[runLanguage] ?? row.item.state
            let head = join([
                "\(row.item.record.reference) \(row.item.title)\(say(":", ": "))\(state)", say("第 \(row.item.episode) 轮", "episode \(row.item.episode)"),
                row.timesReopened > 0 ? say("重启 \(row.timesReopened) 次", "reopened \(row.timesReopened) time(s)") : "",
            ])
            return [head + sample(row.item.record.isSample)]
                + row.events.map { event in
                    let words = WorkflowWords.event(event.event)?[runLanguage] ?? event.event
                    return "  "
                        + join([
                            "\(Shown.day(event.written)) \(words) \(event.unit.name) \(SheetWords.author(event.person, event.posts)[runLanguage])",
                            event.evidence.map { say("佐证 \($0)", "evidence \($0)") } ?? "",
                        ])
                }
        }
    }
}
