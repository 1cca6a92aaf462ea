import Testing
import TiaokuaiModel

/// Places that take over from each other in turn: what ended takes nothing over, and nobody follows the others for ever.
@Suite struct SuccessionCircleTests {
    private static let places = "tiaokuai-regions 1 test 2020-06-30\n100000国\n62甘省\n 07张市 02甲区 24高县\n  25山县\nchanges\n"

    @Test(arguments: [
        "@2021-01-01 2020\nmerge 620702 =620724\n@2022-01-01 2021\nmerge 620724 =620702\n",
        "@2021-01-01 2020\nmerge 620702 =620724\n@2022-01-01 2021\nmerge 620724 =620725\n@2023-01-01 2022\nmerge 620725 =620702\n",
        "@2021-01-01 2020\nsplit 620702 =620724 =620725\n@2022-01-01 2021\nsplit 620724 =620702 =620725\n",
    ])
    func whatEndedTakesNothingOver(changes: String) {
        let error = #expect(throws: ModelError.self) { try RegionTable(parsing: Self.places + changes) }
        #expect(error?.code == .malformedRegionTable)
    }

    @Test func aCircleOfPlacesThatGoOnIsFollowedOnce() throws {
        let table = try RegionTable(
            parsing: Self.places
                + "@2021-01-01 2020\nsplit 620702 =620702 =620724\n@2022-01-01 2021\nsplit 620724 =620724 =620725\n@2023-01-01 2022\nsplit 620725 =620725 =620702\n")
        let circle: [RegionID] = ["620702", "620724", "620725"]
        for (index, place) in circle.enumerated() {
            #expect(table.successors(of: place) == [circle[(index + 1) % 3]])
            #expect(table.predecessors(of: place) == [circle[(index + 2) % 3]])
            #expect(table.lineage(of: place).count == 3)
            #expect(table.heirs(of: place, on: try Day(parsing: "2024-01-01")) == [place])
        }
    }

    @Test func aLongRowOfSuccessionsEnds() throws {
        let table = try RegionTable(parsing: Self.places + "@2021-01-01 2020\nmerge 620702 =620724\n@2022-01-01 2021\nmerge 620724 =620725\n")
        #expect(table.heirs(of: "620702", on: try Day(parsing: "2024-01-01")) == ["620725"])
        #expect(table.lineage(of: "620702").count == 2)
    }
}
