import ArgumentParser
import TiaokuaiOffice
import TiaokuaiWording

/// A record's whole course, word by word.
struct AuditHistoryCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: say("一条记录的来龙去脉:谁说了什么、三个时间、当时见过什么、当时和现在的结论。", "A record's course: who said what, the three times, what was seen, the outcome then and now."),
        discussion: example("tiaokuai audit history 620724/grainReserveDays/2020-08", "tiaokuai audit history 620724/labourTransfer/2020-07 value --csv") + "\n\n"
            + say(
                "三个时间:业务期(所说的事)、填写(填报人的时钟)、收到(本节点日志第几项,检查点盖过的不能再改)。",
                "Three times: business (what it is about), written (its author's clock), received (an entry of this node's log; what a checkpoint covers can't be moved)."))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段;不写为全部。", "Which field; by default all."), valueName: "field")) var field: String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let history = try office.auditHistory(record, field: field)
        return AuditAnswer(history, AuditHistoryLines(history).lines, AuditHistoryLines(history).sheet)
    }
}

/// Why a value is what it is, and who decided.
struct AuditDecidedCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "decided", abstract: say("为什么是这个值、谁定的、依据什么、谁不同意。", "Why a value is what it is: who decided, on what ground, who disagreed."),
        discussion: example("tiaokuai audit decided 620724/labourTransfer/2020-07", "tiaokuai audit decided 620724/grainReserveDays/2020-08 value --json"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段;不写为全部。", "Which field; by default all."), valueName: "field")) var field: String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let standing = try office.auditDecided(record, field: field)
        return AuditAnswer(standing, AuditHistoryLines(standing).lines, AuditHistoryLines(standing).sheet)
    }
}

struct AuditHistoryLines {
    let history: AuditHistory

    init(_ history: AuditHistory) { self.history = history }

    var lines: [String] {
        let mark = history.record.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        var out = [Terminal.heading("\(Shown.kind(history.record)) \(history.record.reference)\(mark)")]
        if let title = history.record.title { out.append(title) }
        for field in history.fields { out += now(field) }
        out.append("")
        out.append(say("按收到的先后:", "In order of entry:"))
        for word in history.words { out += lines(of: word) }
        if history.words.isEmpty { out.append("  \(say("没有填报", "no words"))") }
        return out
    }

    private func title(_ name: String, _ title: String) -> String { Shown.field(name, title, of: history.record.kind) }

    private func now(_ field: AuditedField) -> [String] {
        let mode = AuditShown.mode(field.mode, field.source)
        let by = [AuditShown.rule(field.rule), mode].filter { !$0.isEmpty }.joined(separator: say(":", ": "))
        let own = Shown.inUse(field.value, field.measure, field.blank, field: field.field)
        var out = ["\(title(field.field, field.title))\(say(":", ": "))\(inUse(field) ?? own) — \(by)"]
        if let force = field.inForce {
            let standing = JudgementWords.verdict(force.standing)[runLanguage]
            out.append("  " + say("本记录:\(own),\(standing)", "this record: \(own), \(standing)"))
        }
        if !field.losing.isEmpty {
            let sides = field.losing.map { "\($0.unit.name) \(Shown.said($0.value, field.measure, field: field.field) ?? "—") \(Shown.verdict($0.verdict))" }
            out.append("  \(say("另一方:", "the other side: "))\(sides.joined(separator: say(";", "; ")))")
        }
        if let dispute = field.dispute, !dispute.isDecided, !dispute.deciders.isEmpty {
            out.append("  \(say("可裁定:", "may decide: "))\(Shown.names(dispute.deciders))")
        }
        return out
    }

    /// What a superior's record has in use in place of this one's; nil where this one's own is.
    private func inUse(_ field: AuditedField) -> String? {
        field.inForce.map { Shown.inForce($0, field.measure, field: field.field) }
    }

    private func said(_ word: AuditedWord) -> String { Shown.said(word.value, word.measure, field: word.field) ?? say("(撤回)", "(withdraws)") }

    /// A step of a workflow names what it verifies or closes: no decision between sides.
    private func isStep(_ word: AuditedWord) -> Bool { WorkflowWords.event(word.value ?? "") != nil }

    private func lines(of word: AuditedWord) -> [String] {
        let mark = word.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        var out = ["\(AuditShown.entry(word.entered)) · \(AuditShown.whose(word)) · \(title(word.field, word.title)) \(said(word))\(mark)"]
        let business = word.business.map { say("业务期 \($0),", "about \($0), ") } ?? ""
        out.append("    " + business + say("填写 \(AuditShown.time(word.written)),节点 \(word.nodeName)", "written \(AuditShown.time(word.written)), node \(word.nodeName)"))
        let seen = AuditShown.seen(word.hadSeen, word.measure, word.field)
        out.append("    " + say("填写时已见:", "had seen: ") + (seen.isEmpty ? say("无", "nothing") : seen))
        if !word.settles.isEmpty { out.append("    " + (isStep(word) ? say("所核的步骤:", "judges: ") : say("裁定的各方:", "decides between: ")) + AuditShown.seen(word.settles, word.measure, word.field)) }
        let notes = [
            word.ground.map { say("依据 \($0)", "ground: \($0)") }, word.evidence.map { say("佐证 \($0)", "evidence: \($0)") },
            word.reason.map { say("理由 \($0)", "reason: \($0)") }, word.newFact.map { say("新情况 \($0)", "new fact: \($0)") },
        ].compactMap { $0 }
        if !notes.isEmpty { out.append("    " + notes.joined(separator: say(",", ", "))) }
        let now = say("现在:", "now: ") + Shown.verdict(word.verdictNow)
        guard let then = word.verdictThen else { return out + ["    " + now] }
        let value = Shown.value(word.valueThen, word.measure, field: word.field).map { say("(在用 \($0))", " (in use: \($0))") } ?? ""
        return out + ["    " + say("收到时:", "when it entered: ") + Shown.verdict(then) + value + say(";", "; ") + now]
    }

    var sheet: AuditSheet {
        var sheet = AuditSheet(marked: [
            say("记录", "Record"), say("字段", "Field"), say("值", "Value"), say("单位", "Unit"), say("人员", "Person"), say("职务", "Posts"), say("业务期", "Business"),
            say("填写", "Written"), say("日志位置", "Position"), say("收到", "Received"), say("已盖检查点", "Sealed"), say("随其快照而来", "By snapshot of"), say("节点", "Node"), say("填写时已见", "Had seen"),
            say("收到时结论", "Outcome then"), say("收到时在用", "In use then"), say("现在结论", "Outcome now"), say("现在在用", "In use now"), say("规则", "Rule"), say("条块依据", "Mode"),
            say("依据", "Ground"), say("佐证", "Evidence"), say("理由", "Reason"), say("新情况", "New fact"), say("填报编号", "Operation"), say("变更集", "Changeset"),
        ])
        for word in history.words {
            let field = history.fields.first { $0.field == word.field }
            sheet.add(
                [
                    history.record.reference, title(word.field, word.title), said(word), word.unit.name, word.person, word.posts.joined(separator: say("、", ", ")), word.business ?? "",
                    word.written, AuditShown.position(word.entered), word.entered?.received ?? "", AuditShown.sealed(word.entered), word.entered?.bySnapshotOf ?? "", word.nodeName,
                    AuditShown.seen(word.hadSeen, word.measure, word.field), word.verdictThen.map(Shown.verdict) ?? "",
                    Shown.value(word.valueThen, word.measure, field: word.field) ?? "", Shown.verdict(word.verdictNow),
                    field.map { inUse($0) ?? Shown.inUse($0.value, $0.measure, $0.blank, field: $0.field) } ?? "", AuditShown.rule(field?.rule), AuditShown.mode(field?.mode, field?.source),
                    word.ground ?? "", word.evidence ?? "", word.reason ?? "", word.newFact ?? "", word.operation, word.entered?.changeset ?? "",
                ], isSample: word.isSample)
        }
        return sheet
    }
}
