import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// What a node with a good key signs although it may not: the receiver finds it in the bytes, whatever the author's own
/// program would have refused.
@Suite struct ForgedWorkTests {
    private static let september = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-09"])

    private func value(_ text: String) throws -> TiaokuaiModel.Operation.Field { .init(CellKind.value, .decimal(try ExactDecimal(parsing: text))) }

    private func verdict(_ node: Node, _ id: OperationID, of key: RecordKey, _ field: FieldNumber = CellKind.value) throws -> Verdict? {
        try node.ask { view in try view.recordRef(key).flatMap { try view.settlement($0) }?.verdicts[id]?[field] }
    }

    @Test func aCityThatWritesInACountysNameIsHeldToItsOwnCredential() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            var forger = try Forger(network["zy"], .work("620724", nil))
            let forged = try forger.operation(TestNetwork.grainKey, TestNetwork.countyFood, [value("30")])
            let reception = try network["gs"].receive(try forger.changeset([forged]))
            // The city signed it, so it is on record; it has no effect.
            guard case .accepted(_, operations: 1) = reception[0] else { Issue.record("\(reception)"); return }
            #expect(try network.outcome("gs")?.value == .decimal(try ExactDecimal(parsing: "14.2")))
            #expect(try network.outcome("gs")?.dispute == nil)
            #expect(try verdict(network["gs"], forged.id, of: TestNetwork.grainKey) == .void(.unitNotGranted))
            let history = try network["gs"].ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.grainKey))) }
            let city = try network["zy"].settings().node
            #expect(history.first { $0.id == forged.id }?.node == city)
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    @Test func theOldBlockNodeHasNoVoiceForAUnitWhoseOwnNodeTookItOver() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            let before = try Forger(network["gt"], .work("620724", nil))
            let old = try network["gt"].settings().node
            let heads = try network["zy"].ask { view in try view.heldHeads().filter { $0.feed.node == old }.map(\.id) }
            // The food office gets a node of its own; the county's node agrees.
            try network.enrol(
                "food", region: "620724", units: [.init(TestNetwork.countyFood, "620724")], by: "zy", as: TestNetwork.city, lineage: .takesOver, heads: heads,
                agreeing: "gt")
            try network.carry("zy", to: "gs")
            try network.report("food", TestNetwork.countyFood, "14.9", key: ForgedWorkTests.september)
            try network.carry("food", to: "zy")
            try network.carry("zy", to: "gs")

            var forger = before
            let forged = try forger.operation(ForgedWorkTests.september, TestNetwork.countyFood, [value("99")])
            let fair = try forger.operation(ForgedWorkTests.september, TestNetwork.county, [value("15.1")])
            _ = try network["gs"].receive(try forger.changeset([forged, fair]))
            #expect(try network.outcome("gs", ForgedWorkTests.september)?.value == .decimal(try ExactDecimal(parsing: "14.9")))
            #expect(try verdict(network["gs"], forged.id, of: ForgedWorkTests.september) == .void(.unitTakenOver))
            // Its other units are still its own, and what it wrote before counts on.
            #expect(try verdict(network["gs"], fair.id, of: ForgedWorkTests.september) == .overruled(by: try only("food", in: network)))
            #expect(try network.outcome("gs")?.value == .decimal(try ExactDecimal(parsing: "14.2")))
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    private func only(_ name: String, in network: TestNetwork) throws -> OperationID {
        let node = try network[name].settings().node
        let held = try network["gs"].ask { view in try view.operations(of: try #require(try view.recordRef(ForgedWorkTests.september))) }
        return try #require(held.first { $0.node == node }?.id)
    }

    @Test func aBodyThatHoldsPersonalDataIsVoidAsAWholeAndTheFeedGoesOn() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            var forger = try Forger(network["gt"], .work("620724", nil))
            let name = FieldNumber(index: 99, class: .personal)
            let personal = try forger.operation(ForgedWorkTests.september, TestNetwork.countyFood, [value("14.9"), .init(name, "某户")])
            let beside = try forger.operation(TestNetwork.grainKey, TestNetwork.countyFood, [value("1")])
            let clean = try forger.operation(ForgedWorkTests.september, TestNetwork.countyFood, [value("15.3")])
            let items = [try forger.changeset([personal, beside]), try forger.changeset([clean])]
            for name in ["zy", "gs"] {
                let receptions = try network[name].receive(items)
                guard case .void(_, code: "personalField") = receptions[0] else { Issue.record("\(receptions)"); return }
                guard case .accepted = receptions[1] else { Issue.record("\(receptions)"); return }
                #expect(try network.outcome(name)?.value == .decimal(try ExactDecimal(parsing: "14.2")))
                #expect(try network.outcome(name, ForgedWorkTests.september)?.value == .decimal(try ExactDecimal(parsing: "15.3")))
                #expect(try network[name].replayFindings() == [])
            }
            let digests = try ["zy", "gs"].map { name in try network[name].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
            #expect(digests[0].input == digests[1].input && digests[0].derived == digests[1].derived)
        }
    }

    /// Put into the folder behind the program's back, it is stopped at sealing.
    @Test func aPersonalFieldIsNeverSealed() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            var forger = try Forger(network["gt"], .work("620724", nil))
            let name = FieldNumber(index: 99, class: .personal)
            let personal = try forger.operation(TestNetwork.grainKey, TestNetwork.countyFood, [.init(name, "某户")])
            try network["gt"].store.write { writer in
                let record = try #require(try writer.reader.recordRef(personal.operation.record))
                try writer.insertPending(
                    PendingRow(
                        number: 2_000_000, partition: try writer.partitionRef(.work("620724", nil)), record: record, id: personal.id,
                        operation: personal.operation.explicitForm, day: Day(number: 0), previous: Place(ChangesetRef(-1), -1), previousID: nil))
            }
            #expect { try network["gt"].seal() } throws: { ($0 as? NodeError)?.code == .personalField }
            #expect { try network.carry("gt", to: "zy") } throws: { ($0 as? NodeError)?.code == .personalField }
        }
    }

    @Test func aFieldOfNoKnownClassVoidsTheBody() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            var forger = try Forger(network["gt"], .work("620724", nil))
            // Three in the two bits of the class: none that this version knows.
            let unknown = FieldNumber(wire: FieldNumber(index: 99, class: .personal).wire | 3)
            #expect(unknown.fieldClass == nil)
            let forged = try forger.operation(ForgedWorkTests.september, TestNetwork.countyFood, [.init(unknown, "某户")])
            let receptions = try network["gs"].receive([try forger.changeset([forged])])
            guard case .void(_, code: "reserved") = receptions[0] else { Issue.record("\(receptions)"); return }
        }
    }

    @Test func aSignedBodyThatCannotBeReadIsVoidAndTheFeedGoesOn() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            var forger = try Forger(network["gt"], .work("620724", nil))
            let clean = try forger.operation(ForgedWorkTests.september, TestNetwork.countyFood, [value("15.3")])
            let receptions = try network["gs"].receive([try forger.changeset([clean], body: Array("not a body".utf8)), try forger.changeset([clean])])
            guard case .void = receptions[0], case .accepted = receptions[1] else { Issue.record("\(receptions)"); return }
            #expect(try network.outcome("gs", ForgedWorkTests.september)?.value == .decimal(try ExactDecimal(parsing: "15.3")))
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    /// A claim dated ten years off either way wins nothing and loses nothing.
    @Test func aWrittenTimeTenYearsOffChangesNoValue() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let now = network["gt"].surroundings.now().milliseconds
            for years in [-10, 10] {
                var forger = try Forger(network["gt"], .work("620724", nil))
                let written = Written(milliseconds: now + Int64(years) * 31_557_600_000)
                let forged = try forger.operation(TestNetwork.grainKey, TestNetwork.county, [value("30")], written: written)
                let copy = try Node.restore(from: try backup(network, "\(years)"), to: network.path("gs\(years)"), surroundings: network.surroundings)
                _ = try copy.receive(try forger.changeset([forged]))
                let outcome = try copy.ask { view in try view.settlement(try #require(try view.recordRef(TestNetwork.grainKey)))?.fields[CellKind.value] }
                #expect(outcome?.value == .decimal(try ExactDecimal(parsing: "14.2")), "\(years)")
                #expect(try verdict(copy, forged.id, of: TestNetwork.grainKey) == .overruled(by: try #require(outcome?.sources.first)))
            }
        }
    }

    private func backup(_ network: TestNetwork, _ name: String) throws -> String {
        let path = network.path("backup\(name)")
        try network["gs"].backUp(to: path)
        return path
    }
}
