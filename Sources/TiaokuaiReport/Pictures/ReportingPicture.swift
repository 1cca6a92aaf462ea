import TiaokuaiOffice
import TiaokuaiWording

/// Places by months: a square for what was due there in that month, each with a sign that is told from the others by its shape.
/// There are no shapes of places in the data, so that this is their map: the tree of places, superiors before what is below them.
struct ReportingPicture {
    let grid: ReportingGrid
    let terms: ReportTerms

    static let monthsOnSheet = 12
    static let rowsOnSheet = 40
    private static let labels = 3_360
    private static let column = 1_020
    private static let row = 430
    private static let top = 1_500
    private static let indent = 260

    /// One line of a sheet: a place, or the superior under which the sheet goes on.
    private enum Line {
        case place(ReportingRow)
        case goesOn(String)
    }

    var sheets: [Picture] {
        guard !grid.places.isEmpty, !grid.months.isEmpty else { return [empty] }
        let months = stride(from: 0, to: grid.months.count, by: ReportingPicture.monthsOnSheet).map { $0..<min($0 + ReportingPicture.monthsOnSheet, grid.months.count) }
        let rows = lines
        let parts = months.flatMap { months in rows.map { (months, $0) } }
        return parts.enumerated().map { index, part in sheet(part.0, part.1, index + 1, of: parts.count) }
    }

    private var empty: Picture {
        Picture(
            name: "reporting", title: terms.say(ReportWords.reporting), description: terms.say(ReportWords.reportingEmpty), height: 1_200,
            shapes: [Picture.label(terms.say(ReportWords.reportingEmpty), 0, 700, within: Picture.width, size: 350, fill: Ink.grey)])
    }

    /// Places sheet by sheet; one that begins below a superior says below which.
    private var lines: [[Line]] {
        var sheets: [[Line]] = []
        var rest = grid.places[...]
        while let first = rest.first {
            var sheet: [Line] = []
            if !sheets.isEmpty, first.depth > 1, let superior = first.superior { sheet.append(.goesOn(terms.say(ReportWords.goesOn, ["name": superior.name]))) }
            let count = ReportingPicture.rowsOnSheet - sheet.count
            sheet += rest.prefix(count).map(Line.place)
            rest = rest.dropFirst(count)
            sheets.append(sheet)
        }
        return sheets
    }

    private func sheet(_ months: Range<Int>, _ lines: [Line], _ number: Int, of count: Int) -> Picture {
        let suffix = count == 1 ? "" : terms.say(ReportWords.sheet, ["sheet": "\(number)", "sheets": "\(count)"])
        var shapes = header(months)
        var texts: [String] = []
        var y = ReportingPicture.top
        for line in lines {
            shapes.append(Picture.line(0, y, ReportingPicture.labels + months.count * ReportingPicture.column, y, Ink.light))
            switch line {
            case .goesOn(let text):
                shapes.append(Picture.label(text, 60, y + 310, within: ReportingPicture.labels - 100, size: 280, fill: Ink.grey))
            case .place(let row):
                let indent = min(row.depth, 4) * ReportingPicture.indent
                shapes.append(Picture.label(row.place.name, 60 + indent, y + 310, within: ReportingPicture.labels - 100 - indent, size: 300, isBold: row.depth < 2))
                for (index, month) in months.enumerated() where row.cells.indices.contains(month) {
                    let cell = row.cells[month]
                    shapes.append(drawn(cell, ReportingPicture.labels + index * ReportingPicture.column, y, row.place.name))
                    if cell.due > 0 { texts.append(text(cell, row.place.name)) }
                }
            }
            y += ReportingPicture.row
        }
        shapes.append(Picture.line(0, y, ReportingPicture.labels + months.count * ReportingPicture.column, y, Ink.light))
        let title = terms.say(ReportWords.reporting) + suffix
        let description = texts.isEmpty ? terms.say(ReportWords.reportingEmpty) : texts.joined(separator: "\n")
        return Picture(name: count == 1 ? "reporting" : "reporting-\(number)", title: title, description: description, height: y + 100, shapes: shapes)
    }

    // MARK: Legend and months

    private static let states = ["onTime", "receivedLate", "madeLate", "missing", "open"]

    private func header(_ months: Range<Int>) -> [Markup] {
        var shapes: [Markup] = []
        let entries = ReportingPicture.states.map { (sign: sign($0, 0, 0), words: ReportWords.cell($0)) } + [(sign: [Picture.sampleMark(250, 80)], words: ReportWords.sampleMark)]
        let room = Picture.width / entries.count
        for (index, entry) in entries.enumerated() {
            let x = index * room
            shapes.append(tag("g", [("transform", "translate(\(x) 60)")], entry.sign))
            shapes.append(Picture.label(entry.words.map { terms.say($0) } ?? "", x + 400, 380, within: room - 410, size: 265))
        }
        shapes.append(
            Picture.label(terms.say(ReportWords.reportingNote, ["days": "\(grid.termDays)"]), 60, 830, within: Picture.width - 60, size: 265, fill: Ink.grey))
        for (index, month) in months.enumerated() {
            let middle = ReportingPicture.labels + index * ReportingPicture.column + ReportingPicture.column / 2
            shapes.append(
                Picture.label(
                    index == 0 || grid.months[month].hasSuffix("-01") ? grid.months[month] : String(grid.months[month].suffix(2)), middle, 1_370, within: ReportingPicture.column - 10, size: 265,
                    .middle))
        }
        return shapes
    }

    // MARK: Cells

    private func text(_ cell: ReportingCell, _ place: String) -> String {
        terms.say(
            ReportWords.cellText,
            [
                "place": PlainText.cut(place, to: 80, terms.language), "month": cell.month, "due": "\(cell.due)",
                "onTime": "\(cell.onTime)", "receivedLate": "\(cell.receivedLate)", "madeLate": "\(cell.madeLate)",
                "missing": "\(cell.missing)", "open": "\(cell.open)",
            ])
            + (cell.samples > 0 ? terms.say(ReportWords.sample) : "")
    }

    private func drawn(_ cell: ReportingCell, _ x: Int, _ y: Int, _ place: String) -> Markup {
        guard cell.due > 0 else { return Picture.line(x + 400, y + 215, x + 560, y + 215, Ink.light, width: 20) }
        var shapes = [tag("title", text(cell, place))] + sign(cell.state, x, y)
        let counts = "\(cell.due - cell.missing - cell.open)/\(cell.due)"
        let room = ReportingPicture.column - 380
        if let size = [265, 240, 220].first(where: { Picture.width(of: counts, size: $0) <= room }) {
            shapes.append(Picture.label(counts, x + 370, y + 300, within: room, size: size))
        }
        if cell.samples > 0 { shapes.append(Picture.sampleMark(x + ReportingPicture.column - 100, y + 50)) }
        return tag("g", shapes)
    }

    /// A sign in a box of 3.9 by 4.3 millimetres: filled disc, half disc, triangle, cross, ring.
    private func sign(_ state: String, _ x: Int, _ y: Int) -> [Markup] {
        let (cx, cy, r) = (x + 200, y + 215, 125)
        func disc(_ fill: String, _ stroke: String) -> Markup {
            tag("circle", [("cx", "\(cx)"), ("cy", "\(cy)"), ("r", "\(r)"), ("fill", fill), ("stroke", stroke), ("stroke-width", "24")], [])
        }
        switch state {
        case "onTime": return [disc(Ink.blue, Ink.blue)]
        case "receivedLate":
            return [disc("#ffffff", Ink.blue), Picture.path("M \(cx) \(cy - r) A \(r) \(r) 0 0 0 \(cx) \(cy + r) Z", fill: Ink.blue)]
        case "madeLate":
            return [Picture.path("M \(cx) \(cy - 140) L \(cx + 145) \(cy + 115) L \(cx - 145) \(cy + 115) Z", fill: Ink.orange, stroke: Ink.black, width: 20)]
        case "missing":
            return [Picture.path("M \(cx - 110) \(cy - 110) L \(cx + 110) \(cy + 110) M \(cx + 110) \(cy - 110) L \(cx - 110) \(cy + 110)", fill: "none", stroke: Ink.red, width: 55)]
        default: return [disc("#ffffff", Ink.grey)]
        }
    }
}
