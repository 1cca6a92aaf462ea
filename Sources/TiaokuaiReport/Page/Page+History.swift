import TiaokuaiOffice
import TiaokuaiWording

// What every node says that holds the same history.
extension Page {
    /// A table for each place. A target's name stands in each of its rows: a page may end between two of them.
    var bounds: [Markup] {
        var places: [(place: PlaceFact, rows: [BoundTimeline])] = []
        for row in report.bounds {
            if places.last?.place == row.place { places[places.count - 1].rows.append(row) } else { places.append((row.place, [row])) }
        }
        let columns = [(ReportWords.target, 25), (ReportWords.since, 14), (ReportWords.bound, 12), (ReportWords.value, 14), (ReportWords.source, 35)]
        return places.flatMap { place, rows -> [Markup] in
            [tag("h3", say(ReportWords.counted, ["heading": shown(place.name), "count": "\(rows.count)"])), table(columns, rows.flatMap(boundRows))]
        }
    }

    private func boundRows(_ row: BoundTimeline) -> [[String]] {
        let name = shown([row.indicatorTitle, row.period, SheetWords.qualifier(row.qualifier)[terms.language]].filter { !$0.isEmpty }.joined(separator: " "))
        return row.changes.map { change in
            let source = change.source
            let document = source?.document.map { terms.document($0) + (source?.clause.map { " \($0)" } ?? "") } ?? source?.unit.name ?? ""
            return [
                name, change.since, terms.bound(row.name(of: change)), value(change.value, change.measure, change.field, "target") ?? say(ReportWords.noBound),
                shown([source?.place.name ?? "", document].filter { !$0.isEmpty }.joined(separator: " ")) + mark(source?.isSample == true),
            ]
        }
    }

    func value(_ text: String?, _ measure: String?, _ field: String, _ kind: String?) -> String? { terms.value(text, measure, field, kind).map { shown($0) } }

    // MARK: Disputes

    /// The picture, then by rule, each dispute with who said what, the words that state the mode, and who decided or may decide.
    var disputes: [Markup] {
        guard !report.disputes.isEmpty else { return figures(pictures.disputes, from: 0) }
        let byRule = Dictionary(grouping: report.disputes) { [$0.rule, $0.mode ?? ""] }
        let parts = byRule.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { key, rows -> [Markup] in
            let rule = terms.rule(key[0], key[1].isEmpty ? nil : key[1])
            return [tag("h3", say(ReportWords.counted, ["heading": rule, "count": "\(rows.count)"]))] + rows.map(dispute)
        }
        return figures(pictures.disputes, from: 0) + parts
    }

    private func dispute(_ row: DisputeRow) -> Markup {
        let field = terms.field(row.field, row.fieldTitle, row.record.kind)
        let axis = JudgementWords.axis(row.dispute.axis)?[terms.language] ?? row.dispute.axis
        let title = row.record.title.map { "\($0) " } ?? ""
        let name = "\(shown(title + row.record.reference)) · \(field)\(terms.language == .zh ? "(\(axis))" : " (\(axis))")\(mark(row.record.isSample))"
        let since = row.begun.map { say(ReportWords.begun, ["day": Page.day($0)]) }
        let claims = row.claims.map { claim in
            [shown(claim.unit.name), value(claim.value, row.measure, row.field, row.record.kind) ?? "—", JudgementWords.verdict(claim.verdict.code, reason: claim.verdict.reason)[terms.language]]
                .joined(separator: " ")
        }
        var lines = [
            say(ReportWords.claims, ["claims": shown(claims.joined(separator: terms.language == .zh ? ";" : "; "), 1_200)]),
            say(ReportWords.inUse, ["value": value(row.value, row.measure, row.field, row.record.kind) ?? say(ReportWords.blank)]),
        ]
        if let source = row.source { lines.append(shown(terms.source(source), 800)) }
        lines.append(row.end.map { ending($0, row) } ?? say(ReportWords.state, ["state": terms.outcome(row.state)]))
        if row.end == nil {
            let deciders = row.dispute.deciders.map(\.name)
            lines.append(deciders.isEmpty ? say(ReportWords.noDecider) : say(ReportWords.deciders, ["units": shown(terms.list(deciders))]))
        }
        lines += row.acknowledgements.compactMap { fact in
            DisputeWords.acknowledgement(fact.state, answer: fact.answer, day: fact.readOn, due: fact.dueOn, late: fact.overdueDays).map {
                say(ReportWords.read, ["unit": shown(fact.unit.name), "state": $0[terms.language]])
            }
        }
        return tag(
            "div", [("class", "dispute")], [tag("p", [("class", "name")], [name, since].compactMap { $0 }.joined(separator: " "))] + lines.map { tag("p", $0) })
    }

    private func ending(_ end: DisputeEnd, _ row: DisputeRow) -> String {
        var facts = ["how": terms.outcome(end.how)]
        facts["unit"] = end.unit.map { shown($0.name) }
        facts["value"] = value(end.value, row.measure, row.field, row.record.kind)
        facts["day"] = end.written.map(Page.day)
        facts["ground"] = end.ground.map { shown($0) }
        return say(ReportWords.ended, facts) + mark(end.isSample)
    }

    // MARK: Refused acts and the ledger

    var refused: [Markup] {
        guard !report.refused.isEmpty else { return [] }
        let rows = report.refused.map { refused -> [String] in
            let act = refused.kept
            let kind = act.against?.kind ?? act.record.kind
            let said = "\(terms.field(act.field, act.fieldTitle, kind)) \(value(act.value, act.measure, act.field, act.record.kind) ?? "—")"
            return [
                Page.day(refused.written), shown(act.unit.name), shown(act.record.title.map { "\($0) \(act.record.reference)" } ?? act.record.reference), shown(said) + mark(act.isSample),
                JudgementWords.verdict(act.standing, reason: act.reason)[terms.language], value(act.againstValue, act.measure, act.field, kind) ?? "—",
            ]
        }
        return [
            table(
                [(ReportWords.written, 14), (ReportWords.unit, 17), (ReportWords.matter, 26), (ReportWords.value, 17), (ReportWords.outcome, 14), (ReportWords.instead, 12)], rows)
        ]
    }

    var turns: [Markup] {
        guard !report.turns.isEmpty else { return [] }
        let rows = report.turns.map { turn in
            [
                Page.day(turn.written), WorkflowWords.event(turn.event)?[terms.language] ?? turn.event, shown("\(turn.record.reference) \(turn.title)") + mark(turn.isSample),
                shown(terms.author(turn.unit, turn.person, turn.posts)), shown(turn.evidence ?? ""),
            ]
        }
        return [table([(ReportWords.written, 14), (ReportWords.step, 10), (ReportWords.matter, 34), (ReportWords.unit, 24), (ReportWords.evidence, 18)], rows)]
    }
}
