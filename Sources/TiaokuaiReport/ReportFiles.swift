import Foundation
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// The pictures of a report, each on as many sheets as fit a page.
struct ReportPictures {
    let disputes: [Picture]
    let reporting: [Picture]
    let arrivals: [Picture]

    /// Throws `malformedDay` for a report whose days are no days.
    init(_ report: AuditReport, _ terms: ReportTerms) throws {
        disputes = OutcomePicture(outcomes: report.disputeOutcomes, terms: terms).sheets
        reporting = ReportingPicture(grid: report.reporting, terms: terms).sheets
        arrivals = ArrivalPicture(feeds: report.arrivals, from: try report.from.map { try Day(parsing: $0) }, to: try Day(parsing: report.asOf), terms: terms).sheets
    }

    var all: [Picture] { disputes + reporting + arrivals }
}

/// The printable form of the audit's report: a page, the pictures in it once more as files of their own, and the data of both.
///
/// A pure function of the report and its language: no clock, no random names, no locale, so that what is made again from the same
/// report is the same, byte for byte.
public struct ReportFiles: Sendable {
    public struct File: Sendable {
        /// Such as `report.html`.
        public let name: String
        public let bytes: [UInt8]
    }

    /// One HTML document that holds everything.
    public let html: File
    public let json: File
    /// SVG, in the order in which the page has them.
    public let pictures: [File]

    public var all: [File] { [html, json] + pictures }

    public init(_ report: AuditReport, terms: ReportTerms) throws {
        let drawn = try ReportPictures(report, terms)
        html = File(name: "report.html", bytes: Array(Page(report: report, pictures: drawn, terms: terms).string.utf8))
        pictures = drawn.all.map { File(name: $0.name + ".svg", bytes: Array($0.file.utf8)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        json = File(name: "report.json", bytes: Array(try encoder.encode(report)) + [UInt8(ascii: "\n")])
    }
}
