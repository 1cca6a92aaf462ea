import TiaokuaiOffice
import TiaokuaiWording

// What documents and targets leave open, and what one unit said on two machines.
extension Page {
    var selfForks: [Markup] {
        guard !report.selfForks.isEmpty else { return [] }
        let rows = report.selfForks.map { row in
            let claims = row.claims.map { "\(value($0.value, row.measure, row.field, row.record.kind) ?? "—")\(terms.language == .zh ? "(\($0.nodeName ?? "—"))" : " (\($0.nodeName ?? "—"))")" }
            let chosen = row.chosen.map { "\(value($0.value, row.measure, row.field, row.record.kind) ?? "—") \(Page.day($0.written))" } ?? say(ReportWords.notChosen)
            return [
                shown("\(row.record.title.map { $0 + " " } ?? "")\(row.record.reference) · \(terms.field(row.field, row.fieldTitle, row.record.kind))") + mark(row.claims.contains(where: \.isSample)),
                shown(row.unit.name), shown(terms.list(claims)), chosen,
            ]
        }
        return [table([(ReportWords.matter, 36), (ReportWords.unit, 18), (ReportWords.onEach, 28), (ReportWords.chosen, 18)], rows)]
    }

    var citations: [Markup] {
        let resolved = tag("p", say(ReportWords.resolved, ["count": "\(report.citations.resolved)"]))
        guard !report.citations.open.isEmpty else { return [resolved] }
        let rows = report.citations.open.map { row in
            let found = row.targets.map { terms.document($0.reference) }
            return [
                shown(terms.document(row.document.reference)) + mark(row.document.isSample), SheetWords.relation(row.relation)[terms.language],
                shown([row.number, row.title, row.clause].filter { !$0.isEmpty }.joined(separator: " ")),
                (StatusWords.citation(row.state)?[terms.language] ?? row.state) + (found.isEmpty ? "" : " → " + shown(terms.list(found))),
            ]
        }
        return [resolved, table([(ReportWords.document, 27), (ReportWords.relation, 14), (ReportWords.cited, 36), (ReportWords.outcome, 23)], rows)]
    }

    var unreported: [Markup] {
        guard !report.unreported.isEmpty else { return [] }
        let rows = report.unreported.map { row in
            [
                shown(row.place.name), shown("\(terms.document(row.document)) \(row.part)") + mark(row.record.isSample), shown(row.indicatorTitle), shown(terms.list(row.leads.map(\.name))),
            ]
        }
        return [table([(ReportWords.place, 14), (ReportWords.measure, 42), (ReportWords.figure, 24), (ReportWords.leads, 20)], rows)]
    }

    /// Targets whose deadline lay before the document that sets them, standards whose term had run out by then.
    var beforeIssue: [Markup] {
        let targets = report.dueBeforeIssue.map { row in
            [shown(row.place.name), shown(named(row.record)) + mark(row.record.isSample), row.deadline ?? "—", row.signedOn ?? "—"]
        }
        let standards = report.terms.map { row in
            [shown(row.record.place?.name ?? ""), shown(named(row.record)) + mark(row.record.isSample), row.until ?? "—", row.signedOn ?? "—"]
        }
        guard !(targets + standards).isEmpty else { return [] }
        return [table([(ReportWords.place, 16), (ReportWords.targetOrStandard, 50), (ReportWords.ran, 17), (ReportWords.issued, 17)], targets + standards)]
    }

    // MARK: Of this node

    var privacy: [Markup] {
        let row = report.privacy
        return [
            tag(
                "p",
                say(
                    ReportWords.privacyLine,
                    [
                        "operations": "\(row.operationsSearched)", "fields": "\(row.personalFields)", "records": "\(row.localRecordsOutside)", "refused": "\(row.refused.count)",
                    ]))
        ]
    }

    /// Who gives the report out, and to which day it goes: it knows no other.
    var closing: Markup {
        tag("div", [("class", "closing")], [tag("p", say(ReportWords.closing, ["node": shown(report.node)])), tag("p", day(report.asOf))])
    }
}
