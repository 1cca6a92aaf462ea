import TiaokuaiOffice
import TiaokuaiWording

/// The report as one HTML document: everything that it needs is in it, nothing in it runs, and nothing is asked of anybody else, which
/// its content security policy says to the browser too.
struct Page {
    let report: AuditReport
    let pictures: ReportPictures
    let terms: ReportTerms

    func say(_ words: Words, _ facts: [String: String] = [:]) -> String { terms.say(words, facts) }

    var string: String { "<!DOCTYPE html>\n" + document.string + "\n" }

    private var document: Markup {
        tag(
            "html", [("lang", terms.language == .zh ? "zh-CN" : "en")],
            [
                tag(
                    "head",
                    [
                        tag("meta", [("charset", "utf-8")], []),
                        tag("meta", [("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'")], []),
                        tag("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")], []), tag("title", title),
                        tag("style", [.trusted(PageStyle.sheet)]),
                    ]),
                tag("body", opening + [tag("section", [("id", "history")], history), tag("section", [("id", "node")], node), closing]),
            ])
    }

    private var title: String { say(ReportWords.title, ["place": PlainText.cut(report.place.name, to: 80, terms.language)]) }

    private var opening: [Markup] {
        let held = report.held
        let period = report.from.map { say(ReportWords.period, ["from": day($0), "to": day(report.asOf)]) } ?? say(ReportWords.periodOpen, ["to": day(report.asOf)])
        let basis = say(
            ReportWords.basis,
            [
                "node": shown(report.node), "nodes": "\(held.nodes)", "changesets": "\(held.changesets)", "operations": "\(held.operations)", "records": "\(held.records)",
            ])
        return [tag("h1", title), tag("p", [("class", "center")], period), tag("p", basis)]
            + limits.map { tag("p", $0) }
            + (hasSamples ? [tag("p", [("class", "sample")], say(ReportWords.sampleNotice))] : [])
    }

    /// What the node can't know of the place.
    private var limits: [String] {
        let facts = ["place": shown(report.place.name), "node": shown(report.node)]
        if report.unknown.isOutside { return [say(ReportWords.placeOutside, facts)] }
        return report.arrivals.isEmpty && report.unknown.nodes.isEmpty ? [say(ReportWords.nobody, facts)] : []
    }

    /// Something on the page is made up.
    private var hasSamples: Bool {
        report.bounds.contains { $0.changes.contains { $0.source?.isSample == true } } || report.disputes.contains(where: \.record.isSample)
            || report.refused.contains(where: \.kept.isSample) || report.turns.contains(where: \.isSample) || report.late.contains(where: \.isSample)
            || report.selfForks.contains { $0.claims.contains(where: \.isSample) } || report.unreported.contains(where: \.record.isSample)
            || report.dueBeforeIssue.contains(where: \.record.isSample) || report.terms.contains(where: \.record.isSample)
            || report.citations.open.contains(where: \.document.isSample) || report.carriage.forks.contains(where: \.isSample) || report.arrivals.contains { $0.changesets.contains { $0.samples > 0 } }
            || report.reporting.places.contains { $0.cells.contains { $0.samples > 0 } }
    }

    private var history: [Markup] {
        [tag("p", [("class", "part")], say(ReportWords.history)), tag("p", [("class", "note center")], say(ReportWords.historyNote))]
            + section(1, ReportWords.bounds, count: report.bounds.count, bounds) + section(2, ReportWords.disputes, count: report.disputes.count, disputes)
            + section(3, ReportWords.selfForks, count: report.selfForks.count, selfForks) + section(4, ReportWords.refused, count: report.refused.count, refused)
            + section(5, ReportWords.ledger, count: report.turns.count, turns) + section(6, ReportWords.citations, count: report.citations.open.count, citations)
            + section(7, ReportWords.unreported, count: report.unreported.count, unreported)
            + section(8, ReportWords.beforeIssue, count: report.dueBeforeIssue.count + report.terms.count, beforeIssue)
    }

    private var node: [Markup] {
        [tag("p", [("class", "part")], say(ReportWords.node)), tag("p", [("class", "note center")], say(ReportWords.nodeNote))]
            + section(9, ReportWords.reporting, figures(pictures.reporting, from: pictures.disputes.count)) + section(10, ReportWords.late, count: report.late.count, late)
            + section(11, ReportWords.arrivals, figures(pictures.arrivals, from: pictures.disputes.count + pictures.reporting.count))
            + section(12, ReportWords.carriage, carriage) + section(13, ReportWords.privacy, privacy) + section(14, ReportWords.log, log)
            + section(15, ReportWords.unknown, unknown)
    }

    // MARK: Parts of any section

    /// Days of a printed Chinese document are spelled out.
    func day(_ text: String) -> String {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard terms.language == .zh, parts.count == 3 else { return text }
        return "\(parts[0])年\(parts[1])月\(parts[2])日"
    }

    private static let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    /// 一 to 十九.
    private static func numeral(_ number: Int) -> String { number < 10 ? digits[number] : "十" + digits[number - 10] }

    private func section(_ number: Int, _ heading: Words, count: Int? = nil, _ content: [Markup]) -> [Markup] {
        let counted = count.map { say(ReportWords.counted, ["heading": say(heading), "count": "\($0)"]) } ?? say(heading)
        let numbered = terms.language == .zh ? "\(Page.numeral(number))、\(counted)" : "\(number). \(counted)"
        return [tag("h2", numbered)] + (content.isEmpty ? [tag("p", say(ReportWords.none))] : content)
    }

    /// Pictures, numbered through the whole report.
    func figures(_ pictures: [Picture], from number: Int) -> [Markup] {
        pictures.enumerated().map { index, picture in
            tag("figure", [picture.markup, tag("figcaption", say(ReportWords.picture, ["number": "\(number + index + 1)", "title": picture.title]))])
        }
    }

    /// Columns with their widths in percent of the type area.
    func table(_ columns: [(title: Words, width: Int)], _ rows: [[String]]) -> Markup {
        tag(
            "table",
            [
                tag("colgroup", columns.map { tag("col", [("style", "width:\($0.width)%")], []) }),
                tag("thead", [tag("tr", columns.map { tag("th", [("scope", "col")], say($0.title)) })]),
                tag("tbody", rows.map { tag("tr", $0.map { tag("td", $0) }) }),
            ])
    }

    /// As much of a text as a page has room for.
    func shown(_ text: String, _ columns: Int = 240) -> String { PlainText.cut(text, to: columns, terms.language) }

    /// An indicator's record: its title, period and part; any other by its reference.
    func named(_ record: RecordFact) -> String {
        func part(_ name: String) -> String { record.key.first { $0.name == name }?.value ?? "" }
        guard let title = record.title, !part("period").isEmpty else { return [record.title ?? "", record.reference].filter { !$0.isEmpty }.joined(separator: " ") }
        return [title, part("period"), SheetWords.qualifier(part("qualifier"))[terms.language]].filter { !$0.isEmpty }.joined(separator: " ")
    }

    func mark(_ isSample: Bool) -> String { isSample ? say(ReportWords.sample) : "" }

    static func day(_ time: String) -> String { String(time.prefix(10)) }

    /// `2020-08-14 09:00`
    static func minute(_ time: String) -> String { String(time.prefix(16).map { $0 == "T" ? " " : $0 }) }
}
