import Testing
import TiaokuaiModel
import TiaokuaiWording

@testable import TiaokuaiOffice
@testable import TiaokuaiReport

/// Pictures stay legible: nothing runs into anything, however much there is, and signs are told apart without colour.
@Suite struct PictureTests {
    private func pictures(_ report: AuditReport, _ language: Language = .zh) throws -> [Picture] { try ReportPictures(report, SampleReport.terms(language)).all }

    @Test(arguments: [(86, 12), (86, 37), (1, 1), (3, 120), (0, 0)])
    func noLabelRunsIntoAnotherOrOutOfThePicture(counties: Int, months: Int) throws {
        for language in Language.allCases {
            for picture in try pictures(SampleReport.province(counties: counties, months: months), language) {
                let labels = Parsed.labels(picture.file)
                #expect(!labels.isEmpty, "\(picture.name)")
                for label in labels { #expect(label.left >= 0 && label.top >= 0 && label.right <= Picture.width && label.bottom <= picture.height, "\(picture.name) \(label)") }
                let sorted = labels.sorted { ($0.top, $0.left) < ($1.top, $1.left) }
                for (index, one) in sorted.enumerated() {
                    for other in sorted[(index + 1)...].prefix(while: { $0.top < one.bottom }) {
                        let isApart = other.left >= one.right || other.right <= one.left
                        #expect(isApart, "\(picture.name): \(one) and \(other)")
                    }
                }
            }
        }
    }

    /// The type area is 225 mm high; heading and caption need some of it.
    @Test func everySheetFitsAPage() throws {
        for picture in try pictures(SampleReport.province(counties: 300, months: 24)) { #expect(picture.height <= 20_000, "\(picture.name): \(picture.height)") }
    }

    @Test func everyPlaceAndMonthHasItsSignAndItsWords() throws {
        let report = SampleReport.province(counties: 86, months: 12)
        let sheets = ReportingPicture(grid: report.reporting, terms: SampleReport.terms()).sheets
        #expect(sheets.count == 3)
        let titles = sheets.map { $0.file.components(separatedBy: "<g><title>").count - 1 }.reduce(0, +)
        let due = report.reporting.places.flatMap(\.cells).count { $0.due > 0 }
        #expect(titles == due)
        let described = sheets.map { $0.description.split(separator: "\n").count }.reduce(0, +)
        #expect(described == due)
        #expect(sheets[0].description.contains("第0县 2020-01:应报 120,按时 120,"))
    }

    @Test func eachStateHasAShapeOfItsOwn() throws {
        let report = SampleReport.province(counties: 6, months: 1)
        let file = try #require(ReportingPicture(grid: report.reporting, terms: SampleReport.terms()).sheets.first).file
        let shapes = file.components(separatedBy: "<g><title>").dropFirst().map { cell -> String in
            // Without places, colours and numbers only the kinds of shapes are left.
            let signs = cell.components(separatedBy: "<svg x=").first ?? ""
            let isFilled = signs.contains("fill=\"\(Ink.blue)\"")
            return signs.components(separatedBy: "<").dropFirst(2).compactMap { $0.split(separator: " ").first.map(String.init) }.filter { ["circle", "path", "line"].contains($0) }
                .joined(separator: "+") + (isFilled ? " filled" : "") + (signs.contains(" A ") ? " half" : "") + (signs.contains("fill=\"none\"") ? " cross" : "")
        }
        #expect(shapes.count == 5)
        #expect(Set(shapes).count == 5, "\(shapes)")
    }

    @Test func aClockThatIsWrongByYearsDoesNotStretchTheTimeline() throws {
        func feed(_ made: String) -> FeedArrivals {
            let arrival = Arrival(
                changeset: "c", sequence: 1, state: "applied", operations: 1, samples: 0, madeFrom: "\(made)T09:00:00.000+08:00", madeTo: "\(made)T09:00:00.000+08:00",
                received: "2020-08-20T09:00:00.000+08:00")
            return FeedArrivals(node: "n", nodeName: "gt", epoch: "e", partition: "p", isPolicy: true, line: nil, place: nil, isOwn: false, changesets: [arrival])
        }
        let to = try Day(parsing: "2020-12-31")
        for made in ["1970-01-01", "2199-12-31"] {
            let picture = try #require(ArrivalPicture(feeds: [feed("2020-08-14"), feed(made)], from: nil, to: to, terms: SampleReport.terms()).sheets.first)
            #expect(picture.file.contains("2020-09"), "\(made)")
            #expect(!picture.file.contains(">1970-") && !picture.file.contains(">2199-"))
            // In the legend, at the first day and at the last of what was written.
            #expect(picture.file.components(separatedBy: "L \(made < "2020" ? 4700 : 15450)").count > 2, "\(made)")
        }
    }

    @Test func aSheetThatBeginsBelowASuperiorNamesIt() throws {
        let sheets = ReportingPicture(grid: SampleReport.province(counties: 86, months: 2).reporting, terms: SampleReport.terms()).sheets
        #expect(!sheets[0].file.contains("某市(续)"))
        let goOn = sheets.dropFirst().filter { $0.file.contains("某市(续)") }
        #expect(!goOn.isEmpty)
    }
}
