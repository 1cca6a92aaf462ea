import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

@Suite struct ClaimTests {
    private func county(_ body: (ExampleNetwork, Office) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-08-12")
            try network.publish("gt/publish/01-six-plans.yaml")
            try body(network, network["gt"])
        }
    }

    @Test func aSlipIsUndoneByWithdrawing() throws {
        try county { _, office in
            let cell = "620724/grainReserveDays/2020-08"
            let slip = try office.claim(cell, fields: [("数值", "142 天"), ("remark", "盘点")], by: author("620724.ndrc"))
            #expect(try office.explain(cell, field: "value").value == "142")
            _ = try office.withdraw(operation: String(slip.writings[0].operation.prefix(12)), in: nil, by: author("620724.ndrc"))
            let blank = try office.explain(cell, field: "value")
            #expect(blank.value == nil)
            #expect(blank.blank?.code == "noClaim")
            #expect(try office.history(cell).count == 2)
            let nothing = #expect(throws: NodeError.self) { try office.withdraw(cell, fields: [], by: author("620724.ndrc")) }
            #expect(nothing?.code == .nothingToWithdraw)
        }
    }

    @Test func aClaimOnOneFieldLeavesTheOthersStanding() throws {
        try county { _, office in
            let target = "target 620724/newUrbanJobs/2020"
            let claimed = try office.claim(target, fields: [("底线", "2700人")], by: author("620724.gov"))
            #expect(claimed.writings.first?.verdicts.map(\.field) == ["floor"])
            #expect(try office.explain(target, field: "floor").value == "2700")
            #expect(try office.explain(target, field: "deadline").value == "2020-11-30")
            _ = try office.withdraw(target, fields: ["deadline"], by: author("620724.gov"))
            #expect(try office.explain(target, field: "deadline").value == nil)
            #expect(try office.explain(target, field: "floor").value == "2700")
            let error = #expect(throws: OfficeError.self) { try office.claim(target, fields: [("底数", "1")], by: author("620724.gov")) }
            #expect(error?.code == .unknownField)
        }
    }

    @Test func recordsOfTheFastPathAreShownAndHaveAHistory() throws {
        try county { network, office in
            let record = "progress:620724/000102030405060708090a0b0c0d0e0f"
            for value in ["1", "2"] { _ = try office.claim(record, fields: [("indicator", "巡查"), ("数值", value)], by: author("620724.housing")) }
            try network.carry("gt", to: "zy")
            _ = try office.claim(record, fields: [("value", "3")], by: author("620724.housing"))
            #expect(try office.show(record).fields.map(\.value) == ["巡查", "3"])
            let history = try office.history(record, field: "value")
            #expect(history.map { "\($0.fields[0].value ?? "") \($0.fields[0].verdict.code)" } == ["1 replaced", "2 replaced", "3 stands"])
            #expect(history.map { $0.known.changeset != nil } == [true, true, false])
            #expect(try network["zy"].history(record).count == 2)
            #expect(try office.search("巡查").map(\.record.reference) == [record])
            _ = try office.withdraw(record, fields: [], by: author("620724.housing"))
            #expect(try office.explain(record, field: "value").blank?.code == "noClaim")
        }
    }

    @Test func membersOfASetComeAndGoWithTheirAuthors() throws {
        try county { network, office in
            try network.publish("gt/ledger/17-transport.yaml")
            let item = "高工信-2020-017"
            _ = try office.claim(item, fields: [("cooperating", "县公安局"), ("cooperating", "+县财政局")], by: author("620724.miit"))
            func members() throws -> [String] { try office.show(item).fields.first { $0.field == "cooperating" }?.members.map(\.value) ?? [] }
            #expect(Set(try members()) == ["620724.finance", "620724.police"])
            #expect(throws: NodeError.self) { try office.claim(item, fields: [("cooperating", "-县公安局")], by: author("620724.finance")) }
            _ = try office.claim(item, fields: [("配合单位", "-县公安局")], by: author("620724.miit"))
            #expect(Set(try members()) == ["620724.finance"])
            let state = #expect(throws: OfficeError.self) { try office.claim(item, fields: [("state", "closed")], by: author("620724.miit")) }
            #expect(state?.code == .fieldNotClaimable)
        }
    }

    @Test func anObjectionStandsBesideARecordAndChangesNothing() throws {
        try county { _, office in
            let target = "target 620724/newUrbanJobs/2020"
            let written = try office.object(target, field: "floor", text: "任务偏重", proposal: "2400人", by: author("620724.hrss"))
            #expect(written.writings.first?.record.kind == "objection")
            #expect(try office.explain(target, field: "floor").value == "2600")
            let second = try office.object(target, field: nil, text: "再议", by: author("620724.hrss"))
            #expect(second.writings.first?.record.id != written.writings.first?.record.id)
        }
    }

    @Test func wordsAreFoundWhereverTheyStand() throws {
        try county { network, office in
            try network.publish("gt/ledger/17-transport.yaml")
            #expect(try office.search("原材料").map(\.record.reference) == ["高工信-2020-017"])
            #expect(try office.search("不来即享").map(\.record.kind) == ["measure"])
            #expect(try office.search("城镇 就业").contains { $0.record.reference == "indicator:620000/newUrbanJobs" })
            #expect(try office.search("县工信局").contains { $0.record.reference == "高工信-2020-017" })
            #expect(try office.search("没有的词").isEmpty)
            #expect(try office.search("  ").isEmpty)
            #expect(try office.search("保", limit: 5).count == 5)
        }
    }

    @Test func resultsAreJSONWithStableKeys() throws {
        try county { _, office in
            let data = try JSONEncoder().encode(try office.explain("target 620724/grainReserveDays/2020", field: "floor"))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(object["value"] as? String == "15")
            #expect((object["record"] as? [String: Any])?["reference"] as? String == "target 620724/grainReserveDays/2020")
            #expect(try office.list(kind: "目标").count == 22)
            #expect(throws: NodeError.self) { try office.list(kind: "没有") }
        }
    }

    @Test func unitsAndPlacesAreNamedAsPeopleNameThem() throws {
        try county { _, office in
            let civil = try office.author(unit: "县民政局", person: nil)
            #expect(civil == author("620724.civil"))
            let finance = try office.author(unit: "高台县财政局", person: "620724.finance.p1")
            #expect(finance == author("620724.finance"))
            let places = [try office.place("高台"), try office.place(nil)]
            #expect(places.map(\.text) == ["620724", "620724"])
            // Several hold posts there: who acts must be said.
            #expect(throws: NodeError.self) { try office.author(unit: "县人社局", person: nil) }
            #expect(throws: OfficeError.self) { try office.author(unit: "县某局", person: nil) }
            #expect(throws: OfficeError.self) { try office.place("某县") }
        }
    }
}
