import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// Feeds by days: above in each row when what a changeset carries was written, below when it came, joined by a line. What came on one
/// day and was written on the same days is one mark.
struct ArrivalPicture {
    let feeds: [FeedArrivals]
    let from: Day?
    let to: Day
    let terms: ReportTerms

    static let rowsOnSheet = 34
    private static let labels = 4_700
    private static let labelRoom = labels - 300
    private static let labelSize = 280
    private static let plot = Picture.width - labels - 150
    private static let row = 520
    private static let top = 1_300
    /// What was written so many days before anything came is out of the picture: some clock was wrong.
    private static let daysBefore: Int32 = 366

    /// First and last day of the axis.
    private struct Axis {
        let first: Int32
        let last: Int32

        func x(_ day: Int32) -> Int { labels + plot * Int(min(max(day, first), last) - first) / max(1, Int(last - first)) }
        func isOutside(_ day: Int32) -> Bool { day < first || day > last }
    }

    /// Changesets with the same days.
    private struct Mark: Hashable {
        let madeFrom, madeTo: Int32?
        let received: Int32
        let isEffective: Bool
    }

    var sheets: [Picture] {
        guard let axis else { return [empty] }
        let parts = stride(from: 0, to: feeds.count, by: ArrivalPicture.rowsOnSheet).map { Array(feeds[$0..<min($0 + ArrivalPicture.rowsOnSheet, feeds.count)]) }
        return parts.enumerated().map { index, part in sheet(part, axis, index + 1, of: parts.count) }
    }

    private var empty: Picture {
        Picture(
            name: "arrivals", title: terms.say(ReportWords.arrivalsTitle), description: terms.say(ReportWords.arrivalsEmpty), height: 1_200,
            shapes: [Picture.label(terms.say(ReportWords.arrivalsEmpty), 0, 700, within: Picture.width, size: 350, fill: Ink.grey)])
    }

    private static func day(_ time: String?) -> Int32? { time.flatMap { try? Day(parsing: $0.prefix(10)) }?.number }

    private var axis: Axis? {
        let all = feeds.flatMap(\.changesets)
        guard let firstReceived = all.compactMap({ ArrivalPicture.day($0.received) }).min() else { return nil }
        let made = all.compactMap { ArrivalPicture.day($0.madeFrom) }.filter { $0 > firstReceived - ArrivalPicture.daysBefore }
        let first = from?.number ?? min(firstReceived, made.min() ?? firstReceived)
        return Axis(first: first, last: max(to.number, first + 1))
    }

    private func name(_ feed: FeedArrivals) -> String { "\(whose(feed)) \(what(feed))" }

    private func whose(_ feed: FeedArrivals) -> String {
        [feed.nodeName, feed.place?.name == feed.nodeName ? "" : feed.place?.name ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func what(_ feed: FeedArrivals) -> String {
        let several = feeds.contains { $0.node == feed.node && $0.partition == feed.partition && $0.epoch != feed.epoch }
        return terms.say(feed.isPolicy ? ReportWords.policy : ReportWords.work) + (feed.line.map { "·\($0)" } ?? "") + (several ? " #\(feed.epoch.prefix(4))" : "")
    }

    /// Where there is no room for all of it, names are cut: what tells one feed of a node from its others is not.
    private func label(_ feed: FeedArrivals) -> String {
        let room = Picture.columns(in: ArrivalPicture.labelRoom, size: ArrivalPicture.labelSize) - DisplayWidth.of(what(feed)) - 1
        return "\(DisplayWidth.cut(PlainText.visible(whose(feed)), to: max(4, room))) \(what(feed))"
    }

    private func sheet(_ part: [FeedArrivals], _ axis: Axis, _ number: Int, of count: Int) -> Picture {
        let suffix = count == 1 ? "" : terms.say(ReportWords.sheet, ["sheet": "\(number)", "sheets": "\(count)"])
        let bottom = ArrivalPicture.top + part.count * ArrivalPicture.row
        var shapes = legend + months(axis, bottom)
        var texts: [String] = []
        for (index, feed) in part.enumerated() {
            let y = ArrivalPicture.top + index * ArrivalPicture.row
            shapes.append(Picture.line(0, y, Picture.width, y, Ink.light))
            shapes.append(Picture.label(label(feed), 60, y + 350, within: ArrivalPicture.labelRoom, size: ArrivalPicture.labelSize))
            if isSample(feed) { shapes.append(Picture.sampleMark(ArrivalPicture.labels - 170, y + 60)) }
            let marks = marks(feed).flatMap { drawn($0.mark, axis, y) }
            shapes.append(tag("g", [tag("title", text(feed))] + marks))
            texts.append(text(feed))
        }
        shapes.append(Picture.line(0, bottom, Picture.width, bottom, Ink.light))
        return Picture(
            name: count == 1 ? "arrivals" : "arrivals-\(number)", title: terms.say(ReportWords.arrivalsTitle) + suffix, description: texts.joined(separator: "\n"),
            height: bottom + 100, shapes: shapes)
    }

    private func text(_ feed: FeedArrivals) -> String {
        var facts = ["feed": PlainText.cut(name(feed), to: 120, terms.language), "count": "\(feed.changesets.count)"]
        func day(_ time: String?) -> String? { time.map { String($0.prefix(10)) } }
        facts["madeFrom"] = day(feed.changesets.compactMap(\.madeFrom).min())
        facts["madeTo"] = day(feed.changesets.compactMap(\.madeTo).max())
        facts["from"] = day(feed.changesets.map(\.received).min())
        facts["to"] = day(feed.changesets.map(\.received).max())
        return terms.say(ReportWords.arrivalText, facts) + (isSample(feed) ? terms.say(ReportWords.sample) : "")
    }

    private func isSample(_ feed: FeedArrivals) -> Bool { feed.changesets.contains { $0.samples > 0 } }

    // MARK: Axis and legend

    private var legend: [Markup] {
        let room = Picture.width / 5
        let (middle, baseline) = (290, 370)
        let signs: [Markup] = [
            madeMark(150, 350, 220), receivedMark(room + 250, 220), cross(room * 2 + 250, middle), edge(room * 3 + 250, middle, isLeft: true),
            Picture.sampleMark(room * 4 + 250, 250),
        ]
        let words: [Words] = [ReportWords.made, ReportWords.came, ReportWords.ineffective, ReportWords.outside, ReportWords.sampleMark]
        let texts: [Markup] = words.enumerated().map { Picture.label(terms.say($1), $0 * room + 620, baseline, within: room - 650, size: 270) }
        let note = Picture.label(terms.say(ReportWords.arrivalsNote), 60, 800, within: Picture.width - 60, size: 265, fill: Ink.grey)
        return signs + texts + [note]
    }

    /// A line for each month, and so many labels as there is room for.
    private func months(_ axis: Axis, _ bottom: Int) -> [Markup] {
        var starts: [Day] = []
        var next = Day(number: axis.first)
        while next.number <= axis.last {
            let (year, month, day) = next.parts
            if day == 1 { starts.append(next) }
            next = next.adding(Day.daysIn(month: month, year: year) - day + 1)
        }
        let labelWidth = 1_060
        // A tenth more than a label needs: February is shorter than other months.
        let needed = (starts.count + 1) * labelWidth * 11 / 10
        let steps: [Int] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200]
        let step = steps.first { needed <= ArrivalPicture.plot * $0 } ?? 2_400
        // Labels stand on months that the step divides, so that years begin with one.
        return starts.flatMap { start -> [Markup] in
            let (year, month, _) = start.parts
            let isLabelled = (year * 12 + month - 1).isMultiple(of: step)
            guard isLabelled || starts.count <= 120 else { return [] }
            let x = axis.x(start.number)
            let line = Picture.line(x, ArrivalPicture.top - 60, x, bottom, Ink.light, width: isLabelled ? 20 : 8)
            let room = min(labelWidth, Picture.width - x)
            guard isLabelled, room >= labelWidth else { return [line] }
            return [line, Picture.label(String(start.description.prefix(7)), x + 20, ArrivalPicture.top - 90, within: room - 20, size: 265)]
        }
    }

    // MARK: Marks

    private func marks(_ feed: FeedArrivals) -> [(mark: Mark, count: Int)] {
        let all = feed.changesets.compactMap { one -> Mark? in
            guard let received = ArrivalPicture.day(one.received) else { return nil }
            return Mark(madeFrom: ArrivalPicture.day(one.madeFrom), madeTo: ArrivalPicture.day(one.madeTo), received: received, isEffective: one.state == "applied")
        }
        func order(_ mark: Mark) -> [Int32] { [mark.received, mark.madeFrom ?? 0, mark.madeTo ?? 0, mark.isEffective ? 1 : 0] }
        return Dictionary(grouping: all) { $0 }.map { ($0.key, $0.value.count) }.sorted { order($0.0).lexicographicallyPrecedes(order($1.0)) }
    }

    private func drawn(_ mark: Mark, _ axis: Axis, _ y: Int) -> [Markup] {
        let received = axis.x(mark.received)
        guard mark.isEffective, let from = mark.madeFrom, let to = mark.madeTo else { return [cross(received, y + 370)] }
        let join = Picture.line(axis.x(to), y + 160, received, y + 330, Ink.grey, width: 10)
        let made = madeMark(axis.x(from), axis.x(to), y + 60)
        let edges = [from, to].filter(axis.isOutside).map { edge(axis.x($0), y + 110, isLeft: $0 < axis.first) }
        return [join, made, receivedMark(received, y + 330)] + edges
    }

    /// From the first day of writing to the last.
    private func madeMark(_ from: Int, _ to: Int, _ y: Int) -> Markup { Picture.rect(from - 40, y, max(to - from, 0) + 80, 110, fill: Ink.orange, stroke: Ink.black) }

    private func receivedMark(_ x: Int, _ y: Int) -> Markup { Picture.path("M \(x) \(y) L \(x + 75) \(y + 140) L \(x - 75) \(y + 140) Z", fill: Ink.blue) }

    private func cross(_ x: Int, _ y: Int) -> Markup {
        Picture.path("M \(x - 70) \(y - 70) L \(x + 70) \(y + 70) M \(x + 70) \(y - 70) L \(x - 70) \(y + 70)", fill: "none", stroke: Ink.red, width: 40)
    }

    private func edge(_ x: Int, _ y: Int, isLeft: Bool) -> Markup {
        let tip = isLeft ? x - 110 : x + 110
        return Picture.path("M \(tip) \(y) L \(x) \(y - 90) L \(x) \(y + 90) Z", fill: Ink.black)
    }
}
