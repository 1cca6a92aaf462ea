import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWork

@testable import TiaokuaiOffice

/// Disputes from the first word to the last: identity, agenda, decision, reopening, acknowledgement, appeal, history.
@Suite struct DisputeTests {
    static let transfer = "620724/labourTransfer/2020-07"
    static let grain = "620724/grainReserveDays/2020-08"

    /// The city's determination differs from the county's figure: undecided, the province or the city government may decide.
    static func disputed(_ body: (ExampleNetwork) throws -> Void) throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            try body(network)
        }
    }

    /// The city decides on 2020-09-01, and everybody has it.
    static func decided(_ body: (ExampleNetwork) throws -> Void) throws {
        try disputed { network in
            try network.set("2020-09-01")
            try network.publish("zy/publish/02-minute.yaml")
            _ = try network["zy"].decide(transfer, field: "value", value: "30402", ground: "会商纪要 2020-1", by: author("620700.gov"))
            try network.carry("zy", to: "gt")
            try network.exchange("zy", "gs")
            try body(network)
        }
    }

    // MARK: Identity

    /// Three bundles of two tiers at a third, in every order: the same disputes, to the byte, as at the nodes themselves.
    @Test func aDisputeHasTheSameIdentityAtEveryTierInEveryOrderOfDelivery() throws {
        try Self.disputed { network in
            _ = try network["gt"].claim(Self.grain, fields: [("value", "14.2天")], by: author("620724.ndrc"))
            _ = try network["gt"].claim(Self.grain, fields: [("value", "15.6天")], by: author("620724.gov"))
            var files: [String] = []
            func export(_ name: String) throws {
                let file = network.folder.appendingPathComponent("order-\(files.count).tkb").path
                _ = try BundleFile.export(network.nodes[name]!, to: try network.nodes["gs"]!.settings().node, path: file, isSealed: false)
                files.append(file)
            }
            try export("zy")
            try export("gt")
            try network.exchange("gt", "zy")
            _ = try network["gt"].claim(Self.transfer, fields: [("value", "30410")], by: author("620724.hrss"), notes: Notes(newFact: "核对名册"))
            try export("gt")
            try network.exchange("gt", "zy")
            try network.carry("zy", to: "gs")
            func disputes(_ office: Office) throws -> [String] {
                try office.disputes(withEnded: true, asOf: try Day(parsing: "2020-08-21")).map { row in
                    [row.record.id, row.field, row.dispute.id, row.state, row.dispute.axis, row.dispute.knowledge, row.dispute.claims.joined(), row.value ?? ""].joined(separator: " ")
                }
            }
            let expected = try disputes(network["gs"])
            #expect(expected.count == 2)
            #expect(try disputes(network["zy"]) == expected)
            #expect(try disputes(network["gt"]) == expected)
            let roots = try network.nodes["gs"]!.store.read { try $0.statements(.rootStatement).map(\.envelope) }
            let root = try #require(try network.nodes["gs"]!.settings().network).hash
            let indicators = network.folder.appendingPathComponent("province.tkb").path
            _ = try BundleFile.export(network.nodes["gs"]!, to: try network.nodes["zy"]!.settings().node, path: indicators, known: Heads([]), isSealed: false)
            var orders = 0
            for order in permutations(files) {
                orders += 1
                try Node.verifying(rootEnvelopes: roots, root: root, surroundings: network.nodes["gs"]!.surroundings) { node in
                    for file in [indicators] + order { _ = try BundleFile.import(node, path: file) }
                    #expect(try disputes(Office(node)) == expected, "\(order)")
                }
            }
            #expect(orders == 6)
        }
    }

    private func permutations<Item>(_ items: [Item]) -> [[Item]] {
        guard items.count > 1 else { return [items] }
        return items.indices.flatMap { index in
            var rest = items
            let item = rest.remove(at: index)
            return permutations(rest).map { [item] + $0 }
        }
    }

    // MARK: Agenda

    @Test func theAgendaOfTheLowestGovernmentThatMayDecideHasTheMatterWithBothSides() throws {
        try Self.disputed { network in
            let agendas = try network["zy"].agendas(asOf: try Day(parsing: "2020-08-20"))
            #expect(agendas.map(\.government.id) == ["620700.gov"])
            let agenda = try #require(agendas.first)
            #expect(agenda.period == "2020-08")
            #expect(agenda.lastHeld == nil)
            let item = try #require(agenda.items.first)
            #expect([item.record.reference, item.why] == [Self.transfer, "undecided"])
            #expect(item.choices == ["29800", "30412"] || item.choices == ["30412", "29800"])
            #expect(Set(item.sides.map(\.unit.id)) == ["620724.hrss", "620700.hrss"])
            #expect(item.sides.first { $0.unit.id == "620700.hrss" }?.reason == "612人重复计算")
            #expect(item.others.map(\.id) == ["620000.gov"])
            #expect(item.steps.map(\.place.id) == ["620724", "620700", "620000"])
            // The county sees the same agenda once it holds the same.
            try network.carry("zy", to: "gt")
            #expect(try network["gt"].agendas(asOf: try Day(parsing: "2020-08-20")) == agendas)
        }
    }

    @Test func afterAMinuteTheNextConsultationIsThatOfTheNextPeriod() throws {
        try Self.disputed { network in
            try network.set("2020-09-01")
            try network.publish("zy/publish/02-minute.yaml")
            func period(_ day: String) throws -> String? { try network["zy"].agendas(asOf: try Day(parsing: day)).first?.period }
            #expect(try period("2020-08-31") == "2020-08")
            #expect(try period("2020-09-02") == "2020-10")
            #expect(try period("2020-12-02") == "2020-12")
        }
    }

    @Test func aProcedureSetsTheTermsForThePlaceAndThoseBelow() throws {
        try Self.decided { network in
            let file = """
                format: "tiaokuai/publish/1"
                place: "620700"
                on: "2020-09-02"
                by: {unit: "620700.gov", as: "620700.gov.p1"}
                procedures:
                  - {matter: "disputes", acknowledgeWithin: 3, appealWithin: 5, consultation: "quarterly"}
                """
            try network.set("2020-09-02")
            _ = try network["zy"].publish(Array(file.utf8), file: "terms.yaml")
            try network.carry("zy", to: "gt")
            func due(_ day: String) throws -> [String] {
                try network["gt"].todo(unit: "620724.hrss", asOf: try Day(parsing: day)).unacknowledged.map { "\($0.dueOn) \($0.overdueDays ?? 0)" }
            }
            #expect(try due("2020-09-04") == ["2020-09-04 0"])
            #expect(try due("2020-09-07") == ["2020-09-04 3"])
            let error = #expect(throws: OfficeError.self) {
                try network["zy"].publish(Array(file.replacing("acknowledgeWithin: 3", with: "acknowledgeWithin: -3").utf8), file: "terms.yaml")
            }
            #expect(error?.faults.map(\.code) == ["badValue"])
        }
    }

    // MARK: Acknowledgements

    @Test func whoLostAcknowledgesAndIsOverdueAfterTheDefaultTerm() throws {
        try Self.decided { network in
            let county = network["gt"]
            func states(_ day: String) throws -> [String] {
                try county.disputes(withEnded: true, asOf: try Day(parsing: day)).flatMap(\.acknowledgements).map { "\($0.unit.id) \($0.state) \($0.overdueDays ?? 0)" }.sorted()
            }
            #expect(try states("2020-09-16") == ["620700.hrss due 0", "620724.hrss due 0"])
            #expect(try states("2020-09-20") == ["620700.hrss overdue 4", "620724.hrss overdue 4"])
            _ = try county.acknowledge(Self.transfer, answer: "accepts", by: author("620724.hrss"))
            #expect(try states("2020-09-20") == ["620700.hrss overdue 4", "620724.hrss acknowledged 0"])
        }
    }

    @Test func aWinnerOrAStrangerAcknowledgesNothing() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/16-grain.yaml")
            let county = network["gt"]
            let claims = try county.explain(Self.grain, field: "value").claims
            let winner = try #require(claims.first { $0.unit.id == "620724.ndrc" })
            let loser = try #require(claims.first { $0.unit.id == "620724.mofcom" })
            func code(_ claim: String?, _ unit: String) -> OfficeError.Code? {
                #expect(throws: OfficeError.self) { try county.acknowledge(Self.grain, claim: claim, by: author(unit)) }?.code
            }
            #expect(code(nil, "620724.ndrc") == .nothingLost)
            #expect(code(winner.operation, "620724.ndrc") == .nothingLost)
            #expect(code(loser.operation, "620724.ndrc") == .notYourClaim)
            #expect(code("00000000", "620724.mofcom") == .unknownOperation)
            _ = try county.acknowledge(Self.grain, claim: loser.operation, by: author("620724.mofcom"))
            #expect(code(nil, "620724.mofcom") == .nothingLost)
        }
    }

    // MARK: Decisions that can't be

    @Test func aDecisionByOneThatIsNoSuperiorOrOnOthersClaimsIsRefusedByName() throws {
        try Self.disputed { network in
            let city = network["zy"]
            func failure(_ unit: String, names: [String]? = nil) -> OfficeError? {
                #expect(throws: OfficeError.self) {
                    try city.decide(Self.transfer, field: "value", value: "30402", names: names, ground: "纪要", by: author(unit))
                }
            }
            let department = failure("620700.ndrc")
            #expect([department?.code.rawValue, department?.facts["reason"]] == ["wouldBeVoid", "notDecider"])
            #expect(failure("620700.gov", names: ["00000000"])?.code == .unknownOperation)
            _ = try network["gt"].claim(Self.grain, fields: [("value", "14.2天")], by: author("620724.ndrc"))
            try network.carry("gt", to: "zy")
            let other = try #require(try city.explain(Self.grain, field: "value").claims.first)
            #expect(failure("620700.gov", names: [other.operation])?.code == .operationElsewhere)
            // The county's own government is below one of the sides.
            let below = #expect(throws: OfficeError.self) {
                try network["gt"].decide(Self.transfer, field: "value", value: "30402", ground: "纪要", by: author("620724.gov"))
            }
            #expect(below != nil)
        }
    }

    // MARK: Appeals

    @Test func anAppealGoesToTheNextTierAndTheDecisionStandsMeanwhile() throws {
        try Self.decided { network in
            let county = network["gt"]
            try network.set("2020-09-10")
            _ = try county.appeal(Self.transfer, field: "value", text: "10人系两次务工", by: author("620724.hrss"))
            #expect(try county.explain(Self.transfer, field: "value").value == "30402")
            let row = try #require(try county.appeals().first)
            #expect([row.state, row.to?.id, row.dueOn, row.filedOn] == ["filed", "620000.gov", "2020-10-01", "2020-09-10"])
            #expect(!row.isLate)
            try network.carry("gt", to: "zy")
            try network.exchange("zy", "gs")
            let province = network["gs"]
            let agenda = try #require(try province.agendas(asOf: try Day(parsing: "2020-09-12")).first { $0.government.id == "620000.gov" })
            let item = try #require(agenda.items.first)
            #expect([item.why, item.decision?.value, item.appeal?.text] == ["appeal", "30402", "10人系两次务工"])
            // The province decides otherwise: the first decision stays in history, the appeal is answered by it.
            _ = try province.decide(Self.transfer, field: "value", value: "30412", ground: "省会商纪要 2020-3", by: author("620000.gov"))
            #expect(try province.explain(Self.transfer, field: "value").value == "30412")
            #expect(try province.appeals().map(\.state) == ["replaced"])
            #expect(try province.history(Self.transfer, field: "value").contains { $0.fields[0].value == "30402" && $0.fields[0].verdict.code == "replaced" })
            #expect(try province.agendas(asOf: try Day(parsing: "2020-09-12")).isEmpty)
        }
    }

    @Test func theTierAboveUpholdsADecisionWithEvidenceOnly() throws {
        try Self.decided { network in
            try network.set("2020-11-10")
            let written = try network["gt"].appeal(Self.transfer, field: "value", text: "再核", by: author("620724.hrss"))
            #expect(try network["gt"].appeals().map(\.isLate) == [true])
            try network.carry("gt", to: "zy")
            try network.exchange("zy", "gs")
            let appeal = String(written.writings[0].record.id.prefix(16))
            let bare = #expect(throws: NodeError.self) { try network["gs"].raise(appeal, event: "uphold", by: author("620000.gov")) }
            #expect(bare?.code == .noEvidence)
            let stranger = #expect(throws: OfficeError.self) { try network["zy"].raise(appeal, event: "uphold", by: author("620700.ndrc"), evidence: "纪要") }
            #expect(stranger?.facts["reason"] == "wrongRole")
            _ = try network["gs"].raise(appeal, event: "uphold", by: author("620000.gov"), evidence: "省会商纪要 2020-4")
            #expect(try network["gs"].appeals().map(\.state) == ["upheld"])
            #expect(try network["gs"].explain(Self.transfer, field: "value").value == "30402")
            #expect(try network["gs"].disputeStory(Self.transfer, field: "value").steps.last?.what == "appealUpheld")
        }
    }

    @Test func whoDidNotLoseOrHasNobodyAboveCannotAppeal() throws {
        try Self.decided { network in
            func code(_ node: String, _ unit: String, _ reference: String = Self.transfer) -> OfficeError.Code? {
                #expect(throws: OfficeError.self) { try network[node].appeal(reference, field: "value", text: "再核", by: author(unit)) }?.code
            }
            #expect(code("gt", "620724.finance") == .nothingLost)
            #expect(code("zy", "620700.gov") == .nothingLost)
            // What a mode decided was decided by nobody.
            try network.publish("gt/figures/16-grain.yaml")
            #expect(code("gt", "620724.mofcom", Self.grain) == .notDecided)
            _ = try network["gs"].decide(Self.transfer, field: "value", value: "30400", ground: "省会商纪要 2020-3", by: author("620000.gov"))
            try network.exchange("zy", "gs")
            try network.carry("zy", to: "gt")
            #expect(code("gt", "620724.hrss") == .noTierAbove)
            let empty = #expect(throws: NodeError.self) { try network["gt"].appeal(Self.transfer, field: "value", text: " ", by: author("620724.hrss")) }
            #expect(empty?.code == .noGround)
        }
    }

    /// Another implementation may send what this one refuses to write: it is shown as void, with the reason.
    @Test func anAppealThatShouldNotHaveBeenFiledIsVoidWhereverItArrives() throws {
        try Self.decided { network in
            let node = network.nodes["gt"]!
            let record = try #require(try network["gt"].resolve(Self.transfer).first).id
            let decision = try #require(try network["gt"].explain(Self.transfer, field: "value").claims.first { $0.verdict.code == "decides" }).operation
            func file(_ unit: String, _ decided: [UInt8]) throws {
                let key = RecordKey(.work("620724", nil), AppealKind.table.name, [.text(unit), .bytes(record.hash.bytes), .bytes(decided)])
                let fields: [TiaokuaiModel.Operation.Field] = [
                    .init(AppealKind.field, "value"), .init(AppealKind.text, "再核"), .init(AppealKind.filedOn, .day(try Day(parsing: "2020-09-10"))),
                    .init(AppealKind.state, "file"),
                ]
                _ = try node.write([Draft(key: key, unit: UnitID(unchecked: unit), person: PersonID(unchecked: unit + ".p1"), fields: fields)])
            }
            try file("620724.finance", try #require([UInt8](hex: decision)))
            try file("620724.hrss", [UInt8](repeating: 7, count: 32))
            try network.carry("gt", to: "zy")
            let rows = try network["zy"].appeals()
            #expect(Set(rows.map { "\($0.unit.id) \($0.state) \($0.reason ?? "")" }) == ["620724.finance void nothingLost", "620724.hrss void unknownDecision"])
            #expect(try network["zy"].agendas(asOf: try Day(parsing: "2020-09-12")).isEmpty)
        }
    }

    // MARK: History

    @Test func theCourseOfADisputeNamesWhatADecisionSettledAndWhatOpenedItAgain() throws {
        try Self.decided { network in
            let county = network["gt"]
            try network.set("2020-10-08")
            _ = try county.acknowledge(Self.transfer, by: author("620724.hrss"))
            _ = try county.claim(Self.transfer, fields: [("value", "30405")], by: author("620724.hrss"), notes: Notes(newFact: "三人有新凭证"))
            let story = try county.disputeStory(Self.transfer)
            #expect(story.field == "value")
            #expect(story.steps.map(\.what) == ["claim", "claim", "decision", "newFact", "acknowledgement"])
            let decision = story.steps[2]
            #expect(Set(decision.settles.map(\.unit.id)) == ["620724.hrss", "620700.hrss"])
            #expect(decision.ground == "会商纪要 2020-1")
            #expect(decision.verdict?.code == "decides")
            #expect(story.steps[3].note == "三人有新凭证")
            #expect(story.now.dispute == "reopened")
            #expect(story.now.value == "30402")
            #expect(Set(story.disputes.map(\.state)) == ["reopened", "ended"])
            let agenda = try county.agendas(asOf: try Day(parsing: "2020-10-08"))
            #expect(agenda.map { $0.items.map(\.why) } == [["reopened"]])
            #expect(agenda.first?.items.first?.decision?.value == "30402")
            let error = #expect(throws: OfficeError.self) { try county.disputeStory("target 620724/newUrbanJobs/2020") }
            #expect(error?.code == .notDisputed)
        }
    }
}
