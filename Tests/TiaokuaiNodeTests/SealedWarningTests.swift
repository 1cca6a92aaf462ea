import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiWork

@testable import TiaokuaiNode

/// R16: personal data goes down to the place that it is about, sealed, and nowhere else.
@Suite struct SealedWarningTests {
    private static let key = RecordKey(.work("620724", nil), WarningKind.table.name, [.text(TestNetwork.province.text), 2020, 1])

    private static func draft(_ receiver: NodeID?, unit: UnitID = TestNetwork.province, key: RecordKey = key) -> Draft {
        Draft(
            key: key, unit: unit, person: "clerk", fields: [.init(WarningKind.title, "疑似返贫"), .init(WarningKind.household, "某村张三一家")],
            sealing: receiver.map { FieldSealing(to: $0) { value, key, node, place in try FieldSeal.seal(value, to: key, of: node, at: place) } })
    }

    private func expect(_ code: NodeError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any) {
        #expect(sourceLocation: sourceLocation) { _ = try body() } throws: { ($0 as? NodeError)?.code == code }
    }

    @Test func r16_theProvincesWarningOnAHouseholdIsReadAtTheCountyAlone() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.carry("zy", to: "gs")
            try network["gs"].write([Self.draft(try network.id("gt"))])
            for (from, to) in [("gs", "zy"), ("zy", "gt")] {
                let report = try network.carry(from, to: to)
                #expect(report.isComplete && report.void.isEmpty && report.refused.isEmpty)
            }
            #expect(try network.opened("gt", WarningKind.household, of: Self.key) == ["某村张三一家"])
            let atCity = try #require(try network.field(WarningKind.household, at: "zy", of: Self.key))
            #expect(try atCity.value?.sealed?.receiver == network.id("gt"))
            #expect(!network.holds("张三", in: "zy") && !network.holds("张三", in: "gs"))
            try network["gs"].write([Draft(key: Self.key, unit: TestNetwork.province, person: "clerk", fields: [.init(WarningKind.household, nil)])])
            #expect(try network.field(WarningKind.household, at: "gs", of: Self.key)?.value == nil, "withdrawn like anything else")
            try network.carry("gs", to: "zy")
        }
    }

    @Test func r16_itGoesInNoOtherDirection() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            try network.enrolCityAndCounty()
            try network.carry("zy", to: "gs")
            expect(.personalField) { try network["gs"].write([Self.draft(nil)]) }
            expect(.personalUpward) { try network["gs"].write([Self.draft(try network.id("zy"))]) }
            let own = RecordKey(.work("620724", nil), WarningKind.table.name, [.text(TestNetwork.county.text), 2020, 1])
            for receiver in ["gs", "zy", "gt"] {
                expect(.personalUpward) { try network["gt"].write([Self.draft(try network.id(receiver), unit: TestNetwork.county, key: own)]) }
            }
        }
    }
}
