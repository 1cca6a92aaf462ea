import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// A matrix that contradicts itself, or that nobody can read, and comes signed by whoever may sign one: it is void with its reason
/// wherever it arrives, its bytes are kept, the feed goes on, and what governed before governs on.
@Suite struct MatrixOverTheWireTests {
    private typealias Field = TiaokuaiModel.Operation.Field
    private static let matrix = RecordKey(.policy("620724"), MatrixKind.table.name, ["高台县方案", "保粮食能源安全/一"])

    /// The food office says 14.2 and the government 15.6; the matrix lets the line's word count.
    private func disputed(in folder: URL) throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrolCityAndCounty()
        try network.publishGrain(mode: .lineFirst)
        try network.report("gt", TestNetwork.countyFood, "14.2")
        try network.report("gt", TestNetwork.county, "15.6")
        try network.carry("gt", to: "zy")
        try network.carry("zy", to: "gs")
        return network
    }

    private func heads(_ network: TestNetwork, _ name: String) throws -> [OperationID] { try settlement(network, name)?.heads ?? [] }

    private func settlement(_ network: TestNetwork, _ name: String) throws -> Settlement? {
        try network[name].ask { view in try view.recordRef(MatrixOverTheWireTests.matrix).flatMap { try view.settlement($0) } }
    }

    private static func units(_ units: [UnitID]) -> Value { .list(units.map { .text($0.text) }) }

    private static let faults: [(VoidReason, [Field])] = [
        (.matrixContradictsItself, [Field(MatrixKind.cooperating, units([TestNetwork.countyFood, TestNetwork.county]))]),
        (.matrixMalformed, [Field(MatrixKind.leads, units([TestNetwork.county, TestNetwork.county]))]),
        (.matrixMalformed, [Field(MatrixKind.leads, [1])]),
        (.matrixMalformed, [Field(MatrixKind.responsible, ["no unit"])]),
        (.matrixMalformed, [Field(MatrixKind.mode, "strongestFirst")]),
        (.matrixMalformed, [Field(MatrixKind.topic, "weather")]),
        (.matrixMalformed, [Field(MatrixKind.indicators, [""])]),
    ]

    @Test func itIsVoidWithItsReasonAndTheEarlierVersionGovernsOn() throws {
        try withTemporaryFolder { folder in
            let network = try disputed(in: folder)
            var (forger, seen) = (try Forger(network["gt"], .policy("620724")), try heads(network, "zy"))
            for (number, (reason, fields)) in Self.faults.enumerated() {
                let forged = try forger.operation(Self.matrix, TestNetwork.county, fields, seen: seen)
                let item = try forger.changeset([forged])
                // Its author goes on from it: what it would have said leaves no trace.
                let next = try forger.operation(Self.matrix, TestNetwork.county, [Field(MatrixKind.clause, .text("第\(number)条"))], seen: [forged.id])
                let later = try forger.changeset([next])
                seen = [next.id]
                for name in ["zy", "gs"] {
                    let reception = try network[name].receive(item)
                    #expect({ if case .accepted(_, operations: 1) = reception[0] { true } else { false } }(), "\(reception)")
                    let verdicts = try settlement(network, name)?.verdicts[forged.id]
                    #expect(verdicts?.isEmpty == false && verdicts?.values.allSatisfy { $0 == .void(reason) } == true, "\(number) \(String(describing: verdicts))")
                    #expect(try network.outcome(name)?.value == TestNetwork.days("14.2"))
                    #expect(try network.outcome(name)?.mode == .lineFirst)
                    let held = try network[name].ask { view in try view.operations(of: try #require(try view.recordRef(Self.matrix))) }
                    #expect(held.contains { $0.id == forged.id })
                    _ = try network[name].receive(later)
                    let governing = try network[name].ask { try $0.governing(TestNetwork.grainKey).governing.tiers[0] }
                    #expect(governing.version == next.id && governing.source?.clause == "第\(number)条" && governing.lineUnits.contains(TestNetwork.countyFood))
                }
            }
            for name in ["zy", "gs"] { #expect(try network[name].replayFindings() == []) }
            try network.expectAgreement(["zy", "gs"])
        }
    }

    /// Words of a document may deny what they name: a mode beside them is shown to people and counts.
    @Test func aModeAgainstItsQuotationIsShownAndCounts() throws {
        try withTemporaryFolder { folder in
            let network = try disputed(in: folder)
            var forger = try Forger(network["gt"], .policy("620724"))
            let fields = [Field(MatrixKind.mode, "blockFirst"), Field(MatrixKind.formula, "不再以条为主")]
            let item = try forger.changeset([try forger.operation(Self.matrix, TestNetwork.county, fields, seen: try heads(network, "zy"))])
            for name in ["zy", "gs"] {
                _ = try network[name].receive(item)
                #expect(try network.outcome(name)?.mode == .blockFirst)
                let shown = try network[name].ask { view in
                    let row = try #require(try view.recordRef(Self.matrix))
                    return MatrixEntry(try view.effective(row))?.contradictions.map(\.kind)
                }
                #expect(shown == [.modeAgainstFormula])
            }
        }
    }

    @Test func orderOfArrivalChangesNothing() throws {
        try withTemporaryFolder { folder in
            let network = try disputed(in: folder)
            var (forger, seen) = (try Forger(network["gt"], .policy("620724")), try heads(network, "zy"))
            var items: [ChangesetItem] = []
            let both = [Field(MatrixKind.cooperating, Self.units([TestNetwork.countyFood]))]
            for fields in [both, [Field(MatrixKind.topic, "weather")], [Field(MatrixKind.clause, "二")]] {
                let operation = try forger.operation(Self.matrix, TestNetwork.county, fields, seen: seen)
                seen = [operation.id]
                items.append(try forger.changeset([operation]))
            }
            for item in items { _ = try network["zy"].receive(item) }
            _ = try network["gs"].receive(Array(items.reversed()))
            for name in ["zy", "gs"] {
                #expect(try network.outcome(name)?.value == TestNetwork.days("14.2"))
                #expect(try network[name].replayFindings() == [])
            }
            try network.expectAgreement(["zy", "gs"])
        }
    }

    @Test func aVersionThatNamesWhatNeverCameWaitsByNameAndHoldsUpNothing() throws {
        try withTemporaryFolder { folder in
            let network = try disputed(in: folder)
            var forger = try Forger(network["gt"], .policy("620724"))
            let never = OperationID(Hash32(bytes: [UInt8](repeating: 7, count: 32))!)
            let fields = [Field(MatrixKind.mode, "blockFirst"), Field(MatrixKind.formula, "以块为主")]
            // An identity is the hash of what it names: none can name itself or one that names it, only what nobody has.
            let waiting = try forger.operation(Self.matrix, TestNetwork.county, fields, seen: [never])
            _ = try network["zy"].receive(try forger.changeset([waiting]))
            #expect(try settlement(network, "zy")?.verdicts[waiting.id]?[MatrixKind.mode] == .pending([never]))
            #expect(try network.outcome("zy")?.value == TestNetwork.days("14.2"))
            let next = try forger.operation(Self.matrix, TestNetwork.county, fields, seen: try heads(network, "zy"))
            _ = try network["zy"].receive(try forger.changeset([next]))
            #expect(try network.outcome("zy")?.value == TestNetwork.days("15.6"))
            #expect(try network["zy"].replayFindings() == [])
        }
    }

    @Test func whatIsInForceFromADayThatNeverComesGovernsNothing() throws {
        try withTemporaryFolder { folder in
            let network = try disputed(in: folder)
            var forger = try Forger(network["gt"], .policy("620724"))
            let far = try forger.operation(
                Self.matrix, TestNetwork.county,
                [Field(MatrixKind.mode, "blockFirst"), Field(MatrixKind.formula, "以块为主"), Field(MatrixKind.inForceFrom, .day(Day(year: 2099, month: 12, day: 31)!))],
                seen: try heads(network, "zy"))
            _ = try network["zy"].receive(try forger.changeset([far]))
            #expect(try network.outcome("zy")?.value == TestNetwork.days("14.2"))
            #expect(try network["zy"].replayFindings() == [])
        }
    }

    @Test func aMatrixOfAPlaceThatIsNotItsIssuersGovernsNothingThere() throws {
        try withTemporaryFolder { folder in
            var network = try disputed(in: folder)
            try network.enrol("lz", region: "620723", units: [.init("620723.gov", "620723", isGovernment: true)], by: "zy", as: TestNetwork.city)
            let fields = [Field(MatrixKind.mode, "blockFirst"), Field(MatrixKind.formula, "以块为主")]
            // The city signs in the county's partition, which it may, in its own name, which says nothing there.
            var city = try Forger(network["zy"], .policy("620724"))
            let meddling = try city.operation(Self.matrix, TestNetwork.city, fields, seen: try heads(network, "gs"))
            // And in the county's name, which it may not.
            let forged = try city.operation(Self.matrix, TestNetwork.county, fields, seen: try heads(network, "gs"))
            _ = try network["gs"].receive(try city.changeset([meddling, forged]))
            #expect(try settlement(network, "gs")?.verdicts[meddling.id]?[MatrixKind.mode] == .objection)
            #expect(try settlement(network, "gs")?.verdicts[forged.id]?[MatrixKind.mode] == .void(.unitNotGranted))
            // A sibling has no word there at all.
            var sibling = try Forger(network["lz"], .policy("620724"))
            let outside = try sibling.operation(Self.matrix, "620723.gov", fields)
            let reception = try network["zy"].receive(try sibling.changeset([outside]))
            #expect({ if case .refused(_, "outsidePartition", _) = reception[0] { true } else { false } }(), "\(reception)")
            for name in ["zy", "gs"] {
                #expect(try network.outcome(name)?.value == TestNetwork.days("14.2"))
                #expect(try network[name].replayFindings() == [])
            }
        }
    }

    @Test func ofFourHundredVersionsInARowTheLastGoverns() throws {
        try withTemporaryFolder { folder in
            let network = try disputed(in: folder)
            var (forger, seen) = (try Forger(network["gt"], .policy("620724")), try heads(network, "zy"))
            var operations: [CarriedOperation] = []
            for number in 0..<400 {
                let operation = try forger.operation(Self.matrix, TestNetwork.county, [Field(MatrixKind.clause, .text("第\(number)条"))], seen: seen)
                operations.append(operation)
                seen = [operation.id]
            }
            _ = try network["zy"].receive(try forger.changeset(operations))
            let governing = try network["zy"].ask { try $0.governing(TestNetwork.grainKey).governing.tiers[0] }
            #expect(governing.version == operations.last?.id)
            #expect(governing.source?.clause == "第399条")
        }
    }
}
