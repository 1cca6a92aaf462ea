import TiaokuaiOffice
import TiaokuaiWording

/// One government's agenda, for people.
enum AgendaLines {
    static func lines(_ agenda: Agenda) -> [String] {
        let rhythm = DisputeWords.consultation(agenda.consultation)?[runLanguage] ?? agenda.consultation
        let held = agenda.lastHeld.map { say(",上次 \($0)", ", last held \($0)") } ?? say(",还没有纪要", ", no minute yet")
        let heading = say("\(agenda.government.name) \(agenda.period ?? "") 会商议题(\(agenda.items.count))", "Agenda of \(agenda.government.name), \(agenda.period ?? "") (\(agenda.items.count))")
        return [Terminal.heading(heading), rhythm + held] + agenda.items.enumerated().flatMap { item($0 + 1, $1) } + [""]
    }

    private static func item(_ number: Int, _ item: AgendaItem) -> [String] {
        let sample = item.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        let why = DisputeWords.why(item.why)?[runLanguage] ?? item.why
        var out = ["", "\(number). \(item.record.reference) · \(Shown.field(item.field, item.fieldTitle, of: item.record.kind))\(say("(\(why))", " (\(why))"))\(sample)"]
        out.append("   \(say("在用:", "in use: "))\(Shown.inUse(item.value, item.measure, item.blank, field: item.field, of: item.record.kind))")
        if let dispute = item.dispute {
            let words = [JudgementWords.axis(dispute.axis)?[runLanguage] ?? dispute.axis, JudgementWords.knowledge(dispute.knowledge)?[runLanguage] ?? dispute.knowledge]
            out.append("   " + words.joined(separator: say(",", ", ")))
        }
        for side in item.sides { out.append("   \(self.side(side, item))") }
        if let decision = item.decision { out.append("   \(say("现有裁定:", "decision in force: "))\(self.side(decision, item))") }
        if let appeal = item.appeal, let text = appeal.text {
            let late = appeal.isLate ? say("(已过期限)", " (after the term)") : ""
            out.append("   \(appeal.unit.name)\(say("提请复核", " appeals"))\(late)\(say(":", ": "))\(text)")
            out.append("   \(say("维持用:", "to uphold: "))tiaokuai appeal uphold \(appeal.record.id.prefix(12)) --evidence …")
        }
        let steps = item.steps.map { step in
            let mode = ValueWords.of(field: "mode", value: step.mode)?[runLanguage] ?? step.mode
            return "\(step.place.name) \(mode)" + (step.source.map { say("(\(Shown.document($0.document)) \($0.clause))", " (\(Shown.document($0.document)) \($0.clause))") } ?? "")
        }
        out.append("   \(say("条块方式:", "modes: "))\(steps.joined(separator: say(";", "; ")))")
        if let serves = item.serves { out.append("   \(say("对应措施:", "serves: "))\(serves)") }
        let choices = item.choices.map { Shown.value($0, item.measure, field: item.field, of: item.record.kind) ?? $0 }
        out.append("   \(say("可裁定为:", "may be decided: "))\(choices.joined(separator: say("、", ", ")))\(say(",或另定一值;须写明依据", ", or another value; stating a ground"))")
        if !item.others.isEmpty { out.append("   \(say("上级也可裁定:", "those above may decide too: "))\(Shown.names(item.others))") }
        return out
    }

    private static func side(_ side: AgendaSide, _ item: AgendaItem) -> String {
        let day = Shown.day(side.written)
        let value = Shown.value(side.value, item.measure, field: item.field, of: item.record.kind) ?? "—"
        var text = "\(side.unit.name) \(value)\(say("(\(day))", " (\(day))")) \(Shown.verdict(side.verdict))"
        let notes = [
            side.ground.map { say("依据 ", "ground ") + $0 }, side.evidence.map { say("佐证 ", "evidence ") + $0 }, side.reason.map { say("理由 ", "reason ") + $0 },
            side.newFact.map { say("新情况 ", "new fact ") + $0 },
        ].compactMap { $0 }
        if !notes.isEmpty { text += say(";", "; ") + notes.joined(separator: say(",", ", ")) }
        return text
    }
}

/// The course of a dispute, for people.
enum DisputeStoryLines {
    static func lines(of story: DisputeStory) -> [String] {
        var out = [Terminal.heading("\(story.record.reference) · \(Shown.field(story.field, story.fieldTitle, of: story.record.kind))")]
        out.append(say("现在:", "Now: ") + SuppositionScreen.outcome(story.now, story.field))
        out += [""] + story.steps.map { step($0, story) }
        if !story.disputes.isEmpty { out += ["", Shown.counted(say("争议", "Disputes"), story.disputes.count)] + story.disputes.flatMap(Disputes.lines).map { "  \($0)" } }
        return out
    }

    private static func step(_ step: StoryStep, _ story: DisputeStory) -> String {
        func shown(_ value: String?) -> String? {
            step.what == "acknowledgement"
                ? value.flatMap { ValueWords.of(field: "answer", value: $0)?[runLanguage] } ?? value
                : Shown.value(value, story.now.measure, field: story.field, of: story.record.kind)
        }
        var parts = ["\(step.day) \(step.unit.name) \(DisputeWords.step(step.what)?[runLanguage] ?? step.what)" + (shown(step.value).map { " \($0)" } ?? "")]
        if !step.settles.isEmpty {
            let settled = step.settles.map { "\($0.unit.name) \(Shown.value($0.value, story.now.measure, field: story.field, of: story.record.kind) ?? "—")" }
            parts.append(say("裁定的是:", "settles ") + settled.joined(separator: say("、", ", ")))
        }
        if let ground = step.ground { parts.append(say("依据 ", "ground ") + ground) }
        if let note = step.note { parts.append(note) }
        if !step.knew.isEmpty { parts.append(say("已见 ", "had seen ") + Shown.names(step.knew)) }
        if let verdict = step.verdict { parts.append(Shown.verdict(verdict)) }
        if let reason = step.reason { parts.append(say("无效:", "void: ") + (DisputeWords.refusal(reason)?[runLanguage] ?? reason)) }
        return parts.joined(separator: say(";", "; ")) + (step.isSample ? " 【\(Shown.sample[runLanguage])】" : "")
    }
}
