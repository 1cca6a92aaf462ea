import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// A very great number of words on one field of one record, as it arrives at a node: each gets its verdict, what stands is not
/// moved by those who have no say, the feed goes on, and what comes at once is settled once.
@Suite(.timeLimit(.minutes(5))) struct CrowdedFieldTests {
    private static let work = Partition.work("620724", nil)

    private func value(_ number: Int) -> TiaokuaiModel.Operation.Field { .init(CellKind.value, .decimal(ExactDecimal(Int64(number)))) }

    private func settlement(_ network: TestNetwork, _ name: String) throws -> Settlement {
        try network[name].ask { view in
            let ref = try #require(try view.recordRef(TestNetwork.grainKey))
            return try #require(try view.settlement(ref))
        }
    }

    @Test func tenThousandUnitsOnOneFieldAreEachVoidWithTheirReasonAndTheFeedGoesOn() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            var forger = try Forger(network["gt"], Self.work)
            let count = 10_000
            let items = try stride(from: 0, to: count, by: 4_000).map { start in
                try forger.changeset(
                    try (start..<min(count, start + 4_000)).map {
                        try forger.operation(TestNetwork.grainKey, UnitID(unchecked: "620724.office\($0)"), [value($0)])
                    })
            }
            let last = try forger.operation(TestNetwork.grainKey, TestNetwork.countyFood, [value(15)], seen: try settlement(network, "zy").heads)
            let receptions = try network["zy"].receive(items + [try forger.changeset([last])])
            #expect(receptions.allSatisfy { if case .accepted = $0 { true } else { false } })
            let settled = try settlement(network, "zy")
            #expect(settled.verdicts.values.filter { $0[CellKind.value] == .void(.unitNotGranted) }.count == count)
            #expect(settled.fields[CellKind.value]?.value == 15)
            #expect(settled.fields[CellKind.value]?.dispute == nil)
        }
    }

    @Test func aCellCorrectedAgainAndAgainComesToTheSameOneByOneAndAtOnce() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            try network.report("gt", TestNetwork.county, "15.6")
            for number in 1...60 { try network["gt"].write([try TestNetwork.draft("\(number)")]) }
            #expect(try network.outcome("gt")?.value == 60)
            // Sealing moves all of them; each stands where history finds it.
            try network["gt"].seal()
            let items = try network.missing(network["zy"], than: network["gt"])
            for item in items { _ = try network["zy"].receive(item) }
            _ = try network["gs"].receive(items)
            for name in ["gt", "zy", "gs"] {
                let held = try network[name].ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.grainKey))) }
                #expect(held.count == 62 && Set(held.map(\.id)).count == 62)
                #expect(try network.outcome(name)?.value == 60)
                #expect(try network[name].replayFindings() == [])
            }
            try network.expectAgreement(["gt", "zy", "gs"])
            // A correction that is taken back leaves no row behind.
            try network["gt"].write([Draft(key: TestNetwork.grainKey, unit: TestNetwork.countyFood, person: "clerk", fields: [.init(CellKind.value, nil)])])
            #expect(try network.outcome("gt")?.value == TestNetwork.days("15.6"))
            #expect(try network["gt"].replayFindings() == [])
        }
    }
}
