import Foundation
import Testing
import TiaokuaiOffice
import TiaokuaiWording

@testable import TiaokuaiReport

/// The page, its pictures and its data as a whole.
@Suite struct ReportPageTests {
    private func text(_ file: ReportFiles.File) -> String { String(decoding: file.bytes, as: UTF8.self) }

    private static let elements: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "h3", "p", "div", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg",
        "desc",
        "g", "rect", "line", "path", "circle", "text",
    ]
    private static let attributes: Set<String> = [
        "lang", "charset", "http-equiv", "content", "name", "id", "class", "style", "scope", "xmlns", "role", "aria-labelledby", "width", "height", "viewBox", "font-family", "fill", "x", "y", "x1",
        "y1",
        "x2", "y2", "cx", "cy", "r", "d", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor", "overflow", "transform",
    ]

    @Test func whateverNamesHoldThePageHasNoMarkupButItsOwn() throws {
        let names = [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "x\"\u{301} onload=\"alert(1)", "'; --", "]]><![CDATA[", "a\u{202E}b\u{0}c\u{FFFE}\u{1B}[31m",
            "</style><style>*{display:none}", "{{name}}{{{name}}}", "&lt;b&gt;", String(repeating: "长", count: 10_000), String(repeating: "W", count: 10_000), "שלום عالم", "",
        ]
        for name in names {
            let files = try ReportFiles(SampleReport.province(counties: 2, months: 2, name: name), terms: SampleReport.terms())
            for file in [files.html] + files.pictures {
                let parsed = try #require(Parsed(text(file)), "\(file.name) of \(name.prefix(40)) is not well formed")
                #expect(Set(parsed.elements.keys).subtracting(ReportPageTests.elements) == [], "\(name.prefix(40))")
                #expect(parsed.attributes.subtracting(ReportPageTests.attributes) == [], "\(name.prefix(40))")
                #expect(!parsed.text.contains("\u{202E}"))
            }
            // Long names are cut, and the page stays a page.
            #expect(files.html.bytes.count < 400_000, "\(files.html.bytes.count)")
        }
    }

    @Test func whatStandsInANameIsReadOnThePage() throws {
        let name = "<b>\"A\" & 'B'</b>"
        let files = try ReportFiles(SampleReport.province(counties: 1, months: 1, name: name), terms: SampleReport.terms())
        let parsed = try #require(Parsed(text(files.html)))
        #expect(parsed.text.contains(name))
    }

    @Test func madeTwiceTheFilesAreTheSameBytes() throws {
        let report = SampleReport.province(counties: 20, months: 12)
        let (first, second) = (try ReportFiles(report, terms: SampleReport.terms()), try ReportFiles(report, terms: SampleReport.terms()))
        #expect(first.all.map(\.name) == second.all.map(\.name))
        for (one, other) in zip(first.all, second.all) { #expect(one.bytes == other.bytes, "\(one.name)") }
    }

    @Test func thePageStandsAlone() throws {
        let html = text(try ReportFiles(SampleReport.province(counties: 3, months: 3), terms: SampleReport.terms()).html)
        for word in ["<script", "src=", "href", "url(", "@import", "http://", "https://"] {
            let found = html.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "").contains(word)
            #expect(!found, "\(word)")
        }
        #expect(html.contains("default-src 'none'".replacingOccurrences(of: "'", with: "&#39;")))
    }

    @Test func thePageHoldsEveryPictureAndTheDataEveryNumber() throws {
        let report = SampleReport.province(counties: 86, months: 12)
        let files = try ReportFiles(report, terms: SampleReport.terms())
        let html = text(files.html)
        for picture in files.pictures {
            let inline = text(picture).replacingOccurrences(of: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "")
            #expect(html.contains(inline), "\(picture.name)")
        }
        let read = try JSONDecoder().decode(AuditReport.self, from: Data(files.json.bytes))
        #expect(read == report)
    }

    @Test func madeUpFiguresAreMarkedAndNamedAtTheBeginning() throws {
        for language in Language.allCases {
            let terms = SampleReport.terms(language)
            let html = text(try ReportFiles(SampleReport.province(counties: 1, months: 1), terms: terms).html)
            #expect(html.contains(terms.say(ReportWords.sampleNotice)))
            // A bound, two disputes and how one ended, a refused act, a turn, a late figure, and in the pictures' words.
            #expect(html.components(separatedBy: terms.say(ReportWords.sample)).count - 1 >= 12)
            // What a decision ended no rule had told; and who gives it out, on its last day.
            #expect(html.contains(terms.say(ReportWords.noRule)) && html.contains(terms.say(ReportWords.closing, ["node": "gs"])))
        }
        let empty = text(try ReportFiles(SampleReport.province(counties: 0, months: 0), terms: SampleReport.terms()).html)
        #expect(!empty.contains(ReportWords.sample.zh))
    }

    @Test func aReportOfNothingIsAWholePage() throws {
        for language in Language.allCases {
            let files = try ReportFiles(SampleReport.province(counties: 0, months: 0), terms: SampleReport.terms(language))
            let parsed = try #require(Parsed(text(files.html)))
            #expect(parsed.elements["h2"] == 15)
            #expect(files.pictures.map(\.name) == ["disputes.svg", "reporting.svg", "arrivals.svg"])
            for words in [ReportWords.arrivalsEmpty, ReportWords.outcomesEmpty, ReportWords.reportingEmpty] { #expect(parsed.text.contains(words[language])) }
        }
    }

    @Test func whatIsTheNodesOwnIsInTheSecondPartOnly() throws {
        let files = try ReportFiles(SampleReport.province(counties: 2, months: 2), terms: SampleReport.terms())
        let html = text(files.html)
        let first = try #require(html.components(separatedBy: "<section id=\"node\">").first)
        for word in ["abcd-ef01-2345", "节点0", "2020-08-20"] {
            let (isBefore, isAtAll) = (first.contains(word), html.contains(word))
            #expect(!isBefore && isAtAll, "\(word)")
        }
    }
}
