import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiSync
import TiaokuaiWork

@testable import TiaokuaiNode
@testable import TiaokuaiTrust

/// A value that one node alone can read, inside what everybody on the way verifies and carries.
@Suite struct SealedFieldTests {
    private static let remark = "举报人不愿公开姓名"

    private func network(_ folder: URL, cityKeys: KeyPlan = KeyPlan()) throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrol(
            "zy", region: "620700", units: [.init(TestNetwork.city, "620700", isGovernment: true), .init(TestNetwork.cityFood, "620700")], by: "gs",
            as: TestNetwork.province, depth: 4, keys: cityKeys)
        try network.enrol(
            "gt", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")], by: "zy",
            as: TestNetwork.city)
        try network.publishGrain(mode: .lineFirst)
        return network
    }

    /// The county's remark on its figure, for the eyes of one node.
    @discardableResult
    private func write(_ network: TestNetwork, to receiver: String, _ text: String = remark) throws -> WrittenOperation {
        try network["gt"].write([SealedFieldTests.draft([.init(CellKind.remark, .text(text))], to: network.id(receiver))])[0]
    }

    private static func draft(
        _ fields: [TiaokuaiModel.Operation.Field], to receiver: NodeID, key: RecordKey = TestNetwork.grainKey, unit: UnitID = TestNetwork.countyFood
    ) -> Draft {
        Draft(key: key, unit: unit, person: "clerk", fields: fields, sealing: FieldSealing(to: receiver, by: seal))
    }

    private static let seal: FieldSealing.Seal = { value, key, node, place in try FieldSeal.seal(value, to: key, of: node, at: place) }

    private func expect(_ code: NodeError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any) {
        #expect(sourceLocation: sourceLocation) { _ = try body() } throws: { ($0 as? NodeError)?.code == code }
    }

    private func up(_ network: TestNetwork) throws {
        for (from, to) in [("gt", "zy"), ("zy", "gs")] {
            let report = try network.carry(from, to: to)
            #expect(report.isComplete && report.refused.isEmpty && report.waiting.isEmpty && report.void.isEmpty, "\(from) to \(to)")
        }
    }

    @Test func theProvinceReadsWhatTheCityCarriedUnread() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try write(network, to: "gs")
            try up(network)
            #expect(try network.opened("gs") == [.text(Self.remark)])
            for carrier in ["zy", "gt"] {
                let outcome = try #require(try network.field(CellKind.remark, at: carrier))
                #expect(try outcome.value?.sealed?.receiver == network.id("gs"))
                #expect(outcome.standing.map(\.verdict) == [.stands])
                #expect { _ = try network.opened(carrier) } throws: { ($0 as? SealError)?.code == .valueForAnotherKey }
                #expect(!network.holds(Self.remark, in: carrier), "not in any file of \(carrier), the author's neither")
            }
            // Whoever carries it verifies signatures and log as ever, and its derived state is the others'.
            for name in ["gs", "zy", "gt"] {
                #expect(try network[name].logFindings() == [], "\(name)")
                #expect(try network[name].replayFindings() == [], "\(name)")
            }
            try network.carry("zy", to: "gt")
            try network.expectAgreement(["gs", "zy", "gt"])
            #expect(try network.value(network["zy"]) == TestNetwork.days("14.2"), "the figure beside it is in clear")
        }
    }

    @Test func aReceiverThatRotatedOpensWhatCameUnderItsOldKey() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            try write(network, to: "zy", "旧钥匙")
            let request = try Node.readRequest(try network["zy"].requestRotation())
            _ = try network["gs"].grant(request, by: TestNetwork.province, person: "clerk", heads: try network.heads(at: "gs", of: request.subject))
            try network.carry("gs", to: "zy")
            _ = try network["zy"].adoptRotation()
            try network.carry("gt", to: "zy")
            #expect(try network.opened("zy") == ["旧钥匙"])
            // Once the county knows of the new credential it seals to the new key.
            try network.carry("zy", to: "gt")
            try write(network, to: "zy", "新钥匙")
            try network.carry("gt", to: "zy")
            #expect(try network.opened("zy") == ["旧钥匙", "新钥匙"])
            let keys = try network.sealed("zy").map(\.value.key)
            #expect(keys[0] != keys[1])
            #expect(try keys[1] == network["zy"].keys.sealingPublicKey().thumbprint)
        }
    }

    @Test(arguments: [SealingCurve.sm2, .p256]) func receiversOnOtherCurvesReadTheirs(curve: SealingCurve) throws {
        try withTemporaryFolder { folder in
            let network = try network(folder, cityKeys: KeyPlan(suite: curve == .sm2 ? .sm2 : .p256))
            try write(network, to: "zy")
            try up(network)
            #expect(try network.opened("zy") == [.text(Self.remark)])
            #expect(try network.sealed("gs").map(\.value.suite) == [curve == .sm2 ? .gm : .hpke])
            #expect { _ = try network.opened("gs") } throws: { ($0 as? SealError)?.code == .valueForAnotherKey }
        }
    }

    @Test func aLockedCabinetSaysSo() throws {
        try withTemporaryFolder { folder in
            var network = try network(folder)
            try write(network, to: "gs")
            try up(network)
            let files = try network["gs"].folder.keyFiles().mapValues {
                try KeyFile(decoding: $0).locked(with: "pass, longer", cost: KeyProtection.Cost(log2N: 10, r: 8, p: 1)).bytes
            }
            try network["gs"].folder.replaceKeyFiles(files)
            network.add("gs", try Node(opening: network.path("gs"), surroundings: network.surroundings))
            #expect { _ = try network.opened("gs") } throws: { ($0 as? TrustError) == TrustError(.keyFileSealed, "sealing.key") }
            var surroundings = network.surroundings
            surroundings.keyOpener = .knowing("pass, longer")
            network.add("gs", try Node(opening: network.path("gs"), surroundings: surroundings))
            #expect(try network.opened("gs") == [.text(Self.remark)])
        }
    }

    @Test func aReceiverThatCannotReadItIsNamedBeforeAnythingIsWritten() throws {
        try withTemporaryFolder { folder in
            var network = try network(folder)
            try network.enrol("mx", region: "620723", units: [.init("620723.gov", "620723", isGovernment: true)], by: "zy", as: TestNetwork.city)
            try network.carry("zy", to: "gt")
            try network.carry("zy", to: "gs")
            func write(to receiver: NodeID) throws { try network["gt"].write([Self.draft([.init(CellKind.remark, "x")], to: receiver)]) }
            expect(.receiverUnknown) { try write(to: NodeID(.zero)) }
            expect(.receiverOutside) { try network["gs"].write([Self.draft([.init(CellKind.remark, "x")], to: network.id("mx"), unit: "620000.ndrc")]) }
            try network.cut("zy", by: "gs", as: TestNetwork.province)
            try network.carry("gs", to: "gt")
            expect(.receiverEnded) { try write(to: network.id("zy")) }
            #expect(try network.sealed("gt").isEmpty)
        }
    }

    @Test func aReceiverWhoseCredentialNamesNoSealingKeyIsToldApart() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            try network.carry("zy", to: "gs")
            let key = try SigningKey.generate()
            let content = CredentialContent(
                subject: key.verifyingKey.nodeID, name: "审计", signingKey: key.verifyingKey.coseKey, sealingKey: [0xa0], region: "620700",
                writes: [.init("620700.audit", "620700")], mayIssue: nil, validFrom: Day(number: 18_000))
            try network["gs"].write([
                Draft(
                    key: RecordKey(
                        .policy("620700"), CredentialKind.table.name, [.text(TestNetwork.province.text), .bytes(key.verifyingKey.nodeID.hash.bytes), 1]),
                    unit: TestNetwork.province, person: "clerk", fields: [.init(CredentialKind.content, .bytes(content.explicitForm))])
            ])
            try network.carry("gs", to: "gt")
            expect(.receiverWithoutKey) { try network["gt"].write([Self.draft([.init(CellKind.remark, "x")], to: key.verifyingKey.nodeID)]) }
        }
    }

    @Test func whatOthersCompareOrActOnIsNotSealed() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            let place = Partition.policy("620724")
            try network["gt"].write([
                Draft(
                    key: RecordKey(place, IndicatorKind.table.name, ["unemploymentRate"]), unit: TestNetwork.county, person: "clerk",
                    fields: [
                        .init(IndicatorKind.title, "登记失业率"), .init(IndicatorKind.measure, "%"), .init(IndicatorKind.line, "hrss"),
                        .init(IndicatorKind.nature, "rate"), .init(IndicatorKind.isStatistical, true),
                    ]),
                Draft(
                    key: RecordKey(place, UnitKind.table.name, ["620724.stats"]), unit: TestNetwork.county, person: "clerk",
                    fields: [.init(UnitKind.name, "县统计局"), .init(UnitKind.line, "stats")]),
            ])
            let receiver = try network.id("gs")
            func write(_ key: RecordKey, _ field: FieldNumber, _ value: Value) throws {
                try network["gt"].write([Self.draft([.init(field, value)], to: receiver, key: key, unit: TestNetwork.county)])
            }
            let target = RecordKey(place, TargetKind.table.name, ["grainReserveDays", "2020", ""])
            expect(.notSealable) { try write(target, TargetKind.floor, 15) }
            let rate = RecordKey(.work("620724", nil), CellKind.table.name, ["unemploymentRate", "2020-08"])
            expect(.notSealable) { try write(rate, CellKind.value, 4) }
            try write(rate, CellKind.remark, "口径只报省里")
            let item = RecordKey(.work("620724", nil), LedgerItemKind.table.name, ["620724.gov", 2020, 1, .bytes([1])])
            expect(.notSealable) { try write(item, LedgerItemKind.department, "620724.ndrc") }
            expect(.notSealable) { try write(item, LedgerItemKind.state, "open") }
            try write(item, LedgerItemKind.description, "只给省里看")
            try write(item, LedgerItemKind.attachments, "00 名单.pdf")
        }
    }

    @Test func aFigureUnderEmbargoIsOneOpaqueValue() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            try network["gt"].write([Self.draft([.init(CellKind.value, 14)], to: try network.id("gs"))])
            try up(network)
            #expect(try network.opened("gs", CellKind.value) == [14])
            #expect(try network.field(CellKind.value, at: "zy")?.value?.decimal == nil)
            // Sealed again it is another value, though it says the same: of two units a dispute, of one unit a correction.
            try network["gt"].write([Self.draft([.init(CellKind.value, 14)], to: try network.id("gs"))])
            #expect(try network.field(CellKind.value, at: "gt")?.standing.count == 1)
            try network["gt"].write([Self.draft([.init(CellKind.value, 14)], to: try network.id("gs"), unit: TestNetwork.county)])
            #expect(try network.field(CellKind.value, at: "gt")?.dispute != nil)
        }
    }
}
