import Foundation
import Testing
import TiaokuaiModel

/// The built-in table against the published lists it was made from: every row and every change.
struct RegionDataTests {
    let table = RegionTable.gbt2260

    /// The lists beside the package, where they are present.
    private static func rows(_ name: String) -> [[String: String]]? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.deletingLastPathComponent().appendingPathComponent("shared/regions/\(name)")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            print("left out: ../shared/regions/\(name) is not here")
            return nil
        }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard let header = lines.first else { return nil }
        return lines.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
    }

    private func listed(on day: Day) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for region in table.regions(on: day) {
            guard let period = region.period(on: day) else { continue }
            let parent = period.parent.flatMap { table.region($0)?.period(on: day)?.code } ?? ""
            found[period.code] = [period.name, "\(region.level)", parent, region.kind.rawValue]
        }
        return found
    }

    @Test func everyRowOfTheEditionIsInTheTable() throws {
        guard let rows = Self.rows("regions-2020.csv") else { return }
        #expect(rows.count == 3_368)
        let found = listed(on: table.edition)
        #expect(found.count == 3_368)
        for row in rows {
            let code = try #require(row["code"])
            #expect(found[code] == ["name", "level", "parent", "kind"].map { row[$0] ?? "-" }, "\(code)")
        }
    }

    @Test func everyPublishedChangeIsInTheTable() throws {
        guard let rows = Self.rows("regions-changes.csv") else { return }
        #expect(rows.count == 103)
        #expect(table.changes.count == 103)
        func line(_ change: RegionChange) -> String {
            "\(change.year) \(change.kind.rawValue) \(change.from?.code ?? "-") \(change.to.map(\.code).joined(separator: " "))"
        }
        let published = try rows.map { row in
            try "\(#require(row["year"])) \(#require(row["kind"])) \(row["from_code"].flatMap { $0.isEmpty ? nil : $0 } ?? "-") \(#require(row["to_codes"]))"
        }
        #expect(published.sorted() == table.changes.map(line).sorted())
        // The names on both sides, too. Where a split and a renaming fell together the list gives the heirs' old names.
        let byCode = Dictionary(grouping: table.changes) { $0.from?.code ?? "-" }
        var compared = 0
        for row in rows {
            let sides = try #require(row["note"]).components(separatedBy: " -> ")
            let change = try #require(byCode[row["from_code"].flatMap { $0.isEmpty ? nil : $0 } ?? "-"]?.first { line($0).contains(row["to_codes"] ?? "?") })
            if let from = change.from { #expect(from.name == sides[0]) }
            if change.from?.code == "130521" { continue }
            #expect(change.to.map(\.name).joined(separator: " + ") == sides.last)
            compared += 1
        }
        #expect(compared == 102)
    }

    @Test func theTableOf2023IsReachedByTheChanges() throws {
        guard let rows = Self.rows("regions.csv") else { return }
        let day = try Day(parsing: "2023-06-30")
        let found = listed(on: day)
        let missing = rows.filter { $0["kind"] == "admin" && found[$0["code"] ?? ""] == nil }.compactMap { $0["code"] }
        // Three places of 2021 and 2022 that the list of changes leaves out.
        #expect(missing == ["330113", "330114", "659011"])
        let codes = Set(rows.compactMap { $0["code"] })
        #expect(table.regions(on: day).filter { $0.kind == .admin && !codes.contains($0.lastPeriod.code) }.isEmpty)
    }

    @Test func theTableHasItsCountsWithoutTheLists() {
        let now = table.regions(on: table.edition)
        #expect(now.count == 3_368)
        #expect(now.filter { $0.level == .province }.count == 34)
        #expect(now.filter { $0.level == .city }.count == 342)
        #expect(now.filter { $0.level == .county }.count == 2_991)
        #expect(now.filter { $0.kind == .zone }.count == 138)
        #expect(now.filter { $0.kind == .virtual }.count == 9)
        #expect(now.filter { $0.kind == .stat }.count == 9)
        #expect(table.changes.count == 103)
        #expect(Dictionary(grouping: table.changes, by: \.kind).mapValues(\.count) == [.recode: 69, .merge: 25, .split: 6, .rename: 2, .new: 1])
        #expect(table.name == "gbt2260")
        #expect(table.count == table.regions.count)
    }

    @Test func noPlaceStandsTwiceAtOneTimeAndEveryPathEndsAtTheCountry() throws {
        for text in ["2018-06-30", "2019-06-30", "2020-06-30", "2020-12-31", "2021-12-31", "2023-06-30"] {
            let day = try Day(parsing: text)
            let now = table.regions(on: day)
            #expect(Set(now.compactMap { $0.period(on: day)?.code }).count == now.count)
            for region in now where region.isTier {
                let path = try #require(table.path(of: region.id, on: day))
                #expect(path.first == region.id && path.last == "100000" && path.count <= 4)
            }
        }
    }
}
