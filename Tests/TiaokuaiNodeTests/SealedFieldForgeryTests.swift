import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiWork

@testable import TiaokuaiNode

/// What nobody honest writes, and what a hostile carrier tries.
@Suite struct SealedFieldForgeryTests {
    private static let cell = TestNetwork.grainKey

    private func network(_ folder: URL) throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrolCityAndCounty()
        try network.publishGrain(mode: .lineFirst)
        try network["gt"].write([
            Draft(
                key: Self.cell, unit: TestNetwork.countyFood, person: "clerk", fields: [.init(CellKind.remark, "真的")],
                sealing: FieldSealing(to: try network.id("gs")) { value, key, node, place in try FieldSeal.seal(value, to: key, of: node, at: place) })
        ])
        try network.carry("gt", to: "zy")
        return network
    }

    /// Takes a forged changeset of the county in at the city, and gives the verdict on the field.
    private func verdict(
        _ network: TestNetwork, _ operation: CarriedOperation, _ forger: inout Forger, _ field: FieldNumber, at name: String = "zy"
    ) throws -> Verdict? {
        let item = try forger.changeset([operation])
        let reception = try network[name].receive(item)
        #expect(!"\(reception)".contains("void"), "the feed goes on and the body stands")
        return try network[name].ask { view in
            let row = try #require(try view.reader.recordRef(operation.operation.record))
            return try view.settlement(row)?.verdicts[operation.id]?[field]
        }
    }

    @Test func aCiphertextCopiedIntoAnotherOperationIsVoidForEverybody() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            let copied = try #require(try network.sealed("zy").first?.value)
            var forger = try Forger(network["gt"], .work("620724", nil))
            let again = try forger.operation(Self.cell, TestNetwork.countyFood, [.init(CellKind.remark, .sealed(copied))])
            #expect(try verdict(network, again, &forger, CellKind.remark) == .void(.sealedElsewhere))
            #expect(try network.field(CellKind.remark, at: "zy")?.value == .sealed(copied), "what was copied stands where it was")
            let other = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-09"])
            let there = try forger.operation(other, TestNetwork.countyFood, [.init(CellKind.remark, .sealed(copied))])
            #expect(try verdict(network, there, &forger, CellKind.remark) == .void(.sealedElsewhere))
        }
    }

    @Test func aSealedValueWhereNoneMayStandIsVoidAndSupersedesNothing() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            var forger = try Forger(network["gt"], .work("620724", nil))
            let blank = try forger.operation(Self.cell, TestNetwork.countyFood, [.init(CellKind.review, nil)])
            let place = SealedPlace(
                record: blank.operation.record, unit: TestNetwork.countyFood,
                origin: Origin(epoch: blank.operation.origin.epoch, number: blank.operation.origin.number + 1), field: CellKind.review)
            let key = try network["gs"].keys.sealingPublicKey()
            let sealed = try FieldSeal.seal("submit", to: key, of: try network.id("gs"), at: place)
            let event = try forger.operation(Self.cell, TestNetwork.countyFood, [.init(CellKind.review, .sealed(sealed))])
            #expect(try verdict(network, event, &forger, CellKind.review) == .void(.notSealable))
        }
    }

    @Test func personalDataSealedUpwardIsVoidAndItsBodyIsNot() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            var forger = try Forger(network["gt"], .work("620724", nil))
            let warning = RecordKey(.work("620724", nil), WarningKind.table.name, [.text(TestNetwork.county.text), 2020, 1])
            let first = try forger.operation(warning, TestNetwork.county, [.init(WarningKind.title, "x")])
            let place = SealedPlace(
                record: first.operation.record, unit: TestNetwork.county,
                origin: Origin(epoch: first.operation.origin.epoch, number: first.operation.origin.number + 1), field: WarningKind.household)
            let sealed = try FieldSeal.seal("张三", to: try network["gs"].keys.sealingPublicKey(), of: try network.id("gs"), at: place)
            let upward = try forger.operation(warning, TestNetwork.county, [.init(WarningKind.household, .sealed(sealed))])
            #expect(try verdict(network, upward, &forger, WarningKind.household) == .void(.personalField))
        }
    }
}
