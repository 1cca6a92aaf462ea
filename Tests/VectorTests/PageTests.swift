import Foundation
import Testing
import TiaokuaiModel

/// The pages of Docs/Formats say what the code does: their tables and examples are made from it.
@Suite(.serialized) struct PageTests {
    @Test func theMadePartsOfThePagesAreUpToDate() throws {
        if VectorFiles.isMaking { try VectorFiles.write(try Maker.all()) }
        for name in Page.names {
            let page = try Page(name)
            let remade = try page.remade()
            if VectorFiles.isMaking { try remade.write(to: page.url, atomically: true, encoding: .utf8) }
            let kept = try Page(name).text
            #expect(kept == remade, "Docs/Formats/\(name).md: run with TIAOKUAI_MAKE_VECTORS=1")
            #expect(!remade.contains("no such"), "\(name)")
        }
    }

    @Test func everyLimitIsInTheTable() throws {
        let names = try Page.limitReasons().map(\.name)
        #expect(Set(names) == Set(Page.limitValues.keys) && names.count == Page.limitValues.count)
        #expect(try Page.limitReasons().allSatisfy { !$0.reason.isEmpty })
        #expect(try Page("Changeset").made.contains { $0.name == "limits" })
    }

    @Test func everyGoldenFileIsListedOnOnePageAndEveryNameThatAPageGivesExists() throws {
        let pages = try Page.names.map { try Page($0) }
        let listed = pages.flatMap { $0.made.map(\.name) }.filter { $0.hasPrefix("vectors ") }.map { String($0.dropFirst("vectors ".count)) }
        #expect(listed.sorted() == GoldenTests.counts.keys.sorted())
        let paths = Set(try VectorFiles.all().map(\.path))
        for reference in pages.flatMap(\.references) where !reference.hasSuffix("/…") { #expect(paths.contains(reference), "\(reference)") }
    }
}
