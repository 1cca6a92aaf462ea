import TiaokuaiOffice
import TiaokuaiWording

/// What disputes came to, by rule: a bar for each rule and outcome. What is made up stays hollow.
struct OutcomePicture {
    let outcomes: [DisputeOutcome]
    let terms: ReportTerms

    /// Each may have a line of its own above it that names the rule.
    static let rowsOnSheet = 16
    private static let labels = 6_700
    private static let bars = Picture.width - labels - 1_200
    private static let row = 520

    /// By rule, and within one the most frequent first.
    private var rows: [DisputeOutcome] {
        outcomes.sorted { left, right in
            let (one, other) = ([left.rule, left.mode ?? ""], [right.rule, right.mode ?? ""])
            return one == other ? (right.count, left.outcome) < (left.count, right.outcome) : one.lexicographicallyPrecedes(other)
        }
    }

    var sheets: [Picture] {
        guard !outcomes.isEmpty else { return [sheet([], 1, of: 1)] }
        let all = rows
        let parts = stride(from: 0, to: all.count, by: OutcomePicture.rowsOnSheet).map { Array(all[$0..<min($0 + OutcomePicture.rowsOnSheet, all.count)]) }
        return parts.enumerated().map { index, part in sheet(part, index + 1, of: parts.count) }
    }

    private func sheet(_ part: [DisputeOutcome], _ number: Int, of count: Int) -> Picture {
        let suffix = count == 1 ? "" : terms.say(ReportWords.sheet, ["sheet": "\(number)", "sheets": "\(count)"])
        let most = max(1, outcomes.map(\.count).max() ?? 1)
        var shapes = [
            Picture.label(terms.say(part.isEmpty ? ReportWords.outcomesEmpty : ReportWords.outcomesNote), 60, 420, within: Picture.width - 60, size: 290, fill: Ink.grey)
        ]
        var texts: [String] = []
        var y = 650
        var rule = ""
        for outcome in part {
            let name = terms.rule(outcome.rule, outcome.mode)
            let words = terms.outcome(outcome.outcome)
            if name != rule {
                shapes.append(Picture.line(0, y, Picture.width, y, Ink.light))
                shapes.append(Picture.label(name, 60, y + 370, within: Picture.width - 60, size: 300, isBold: true))
                rule = name
                y += OutcomePicture.row
            }
            shapes.append(Picture.label(words, OutcomePicture.labels - 100, y + 370, within: OutcomePicture.labels - 200, size: 280, .end))
            shapes += bar(outcome, y, most)
            texts.append(terms.say(ReportWords.outcomeText, ["rule": name, "outcome": words, "count": "\(outcome.count)"]))
            y += OutcomePicture.row
        }
        return Picture(
            name: count == 1 ? "disputes" : "disputes-\(number)", title: terms.say(ReportWords.outcomesTitle) + suffix,
            description: texts.isEmpty ? terms.say(ReportWords.outcomesEmpty) : texts.joined(separator: "\n"), height: y + 150, shapes: shapes)
    }

    private func bar(_ outcome: DisputeOutcome, _ y: Int, _ most: Int) -> [Markup] {
        let whole = max(60, OutcomePicture.bars * outcome.count / most)
        let samples = outcome.count == 0 ? 0 : whole * min(outcome.samples, outcome.count) / outcome.count
        return [
            Picture.rect(OutcomePicture.labels, y + 110, whole, 300, fill: "#ffffff", stroke: Ink.blue),
            Picture.rect(OutcomePicture.labels, y + 110, whole - samples, 300, fill: Ink.blue),
            Picture.line(OutcomePicture.labels, y + 40, OutcomePicture.labels, y + 480, Ink.black, width: 18),
            Picture.label("\(outcome.count)", OutcomePicture.labels + whole + 120, y + 370, within: 1_000, size: 300),
        ]
    }
}
