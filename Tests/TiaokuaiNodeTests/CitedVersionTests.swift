import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

/// Acts are weighed by the version of the matrix that they cite, never by an older one than their feed had cited before.
///
/// The plan: version 1 makes the food office lead, version 2 the commerce office. Only a lead may start an item that the
/// government opened, so whether `start` stands says by which version it was weighed.
@Suite struct CitedVersionTests {
    private static let commerce: UnitID = "620724.commerce"
    private static let document = "高台县方案"
    private static let part = "保粮食能源安全/一"
    private static let matrix = RecordKey(.policy("620724"), MatrixKind.table.name, [.text(document), .text(part)])

    private static func item(_ number: Int64) -> RecordKey {
        RecordKey(.work("620724", nil), LedgerItemKind.table.name, [.text(TestNetwork.county.text), 2020, .decimal(ExactDecimal(number)), .bytes(Array(repeating: 1, count: 24))])
    }

    private static func open(_ number: Int64) -> Draft {
        Draft(
            key: item(number), unit: TestNetwork.county, person: "clerk",
            fields: [
                .init(LedgerItemKind.title, "原料运输受阻"), .init(LedgerItemKind.document, .text(document)), .init(LedgerItemKind.measure, .text(part)),
                .init(LedgerItemKind.state, "open"),
            ])
    }

    private static func start(_ number: Int64, by unit: UnitID = TestNetwork.countyFood, under version: OperationID? = nil) -> Draft {
        Draft(key: item(number), unit: unit, person: "clerk", fields: [.init(LedgerItemKind.state, "start")], under: version)
    }

    private func lead(_ unit: UnitID, in network: TestNetwork) throws -> OperationID {
        try network["gt"].write([
            Draft(key: CitedVersionTests.matrix, unit: TestNetwork.county, person: "clerk", fields: [.init(MatrixKind.leads, [.text(unit.text)])])
        ])[0].id
    }

    private func enrolled(in folder: URL) throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrolCityAndCounty()
        try network.publishGrain(mode: nil)
        return network
    }

    private func state(_ network: TestNetwork, _ name: String, _ number: Int64) throws -> (state: Value?, settlement: Settlement) {
        try network[name].ask { view in
            let ref = try #require(try view.recordRef(CitedVersionTests.item(number)))
            let settlement = try #require(try view.settlement(ref))
            return (settlement.fields[LedgerItemKind.state]?.value, settlement)
        }
    }

    private func cited(by written: WrittenOperation, in network: TestNetwork) throws -> OperationID {
        let held = try network["gt"].ask { view in try view.operations(of: try #require(try view.reader.recordRef(written.record))) }
        return try #require(held.first { $0.id == written.id }?.operation.under)
    }

    @Test func anActUnderASupersededVersionStandsAndIsFlagged() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try network["gt"].write([CitedVersionTests.open(1)])
            let start = try network["gt"].write([CitedVersionTests.start(1)])[0]
            #expect(try state(network, "gt", 1).state == "inProgress")
            _ = try lead(CitedVersionTests.commerce, in: network)
            try network.carry("gt", to: "zy")
            for name in ["gt", "zy"] {
                let now = try state(network, name, 1)
                #expect(now.state == "inProgress")
                let version = try #require(now.settlement.flags[start.id]?.first)
                #expect(version == .supersededVersion(try cited(by: start, in: network)))
            }
        }
    }

    @Test func whoeverHasCitedANewerVersionCannotGoBehindIt() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try network["gt"].write([CitedVersionTests.open(1), CitedVersionTests.open(2), CitedVersionTests.open(3)])
            let first = try network["gt"].write([CitedVersionTests.start(1)])[0]
            let old = try cited(by: first, in: network)
            try network["gt"].seal()
            let new = try lead(CitedVersionTests.commerce, in: network)

            // Nobody of this node has acted under the new version yet: the old one may still be cited.
            try network["gt"].write([CitedVersionTests.start(2, under: old)])
            #expect(try state(network, "gt", 2).state == "inProgress")

            // Once its feed has cited the new one, an act that cites the old one is weighed by the new one.
            try network["gt"].write([CitedVersionTests.start(2, by: TestNetwork.county, under: new)])
            let late = try network["gt"].write([CitedVersionTests.start(3, under: old)])[0]
            for pass in ["unsealed", "sealed", "carried"] {
                if pass == "sealed" { try network["gt"].seal() }
                if pass == "carried" { try network.carry("gt", to: "zy") }
                let name = pass == "carried" ? "zy" : "gt"
                let now = try state(network, name, 3)
                #expect(now.state == "open", "\(pass)")
                #expect(now.settlement.verdicts[late.id]?[LedgerItemKind.state] == .void(.wrongRole), "\(pass)")
                #expect(try state(network, name, 2).state == "inProgress", "\(pass)")
                #expect(try network[name].replayFindings() == [], "\(pass)")
            }
        }
    }

    @Test func ofParallelVersionsOfOneIssuerNoneGoverns() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try network["gt"].write([CitedVersionTests.open(1)])
            try network["gt"].seal()
            let image = network.path("image.sqlite")
            try network["gt"].store.backUp(to: image)
            _ = try lead(CitedVersionTests.commerce, in: network)
            try network.carry("gt", to: "zy")
            // A disk image put back publishes another second version.
            let imaged = try network.imaged("gt", from: image)
            try imaged.write([
                Draft(key: CitedVersionTests.matrix, unit: TestNetwork.county, person: "clerk", fields: [.init(MatrixKind.leads, [.text(TestNetwork.county.text)])]),
                CitedVersionTests.start(1),
            ])
            let path = network.path("fork.tkb")
            _ = try BundleFile.export(imaged, to: try network["zy"].settings().node, path: path)
            _ = try BundleFile.import(network["zy"], path: path)
            // The first version is the last one parallel to none: the food office still leads.
            let governing = try network["zy"].ask { view in view.governance(of: CitedVersionTests.item(9)) }
            #expect(governing.tiers[0].lineUnits.isEmpty)
            #expect(try network["zy"].ask { view in view.governance(of: TestNetwork.grainKey).tiers[0].lineUnits } == [TestNetwork.countyFood])
            #expect(try network["zy"].replayFindings() == [])
        }
    }
}
