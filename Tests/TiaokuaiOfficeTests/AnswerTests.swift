import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

@testable import TiaokuaiOffice

/// What questions answer beyond the present value: how disputes ended, which bound applied on a day, what is kept.
@Suite struct AnswerTests {
    private let transfer = "620724/labourTransfer/2020-07"

    // MARK: Disputes

    @Test func aDisputeThatADecisionEndedIsListedWithWhoDecidedAndWhy() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            let city = network["zy"]
            #expect(try city.disputes(withEnded: true).map(\.state) == ["undecided"])
            try network.set("2020-09-01")
            _ = try city.decide(transfer, field: "value", value: "30402", ground: "会商纪要 2020-1", by: author("620700.gov"))
            #expect(try city.disputes().isEmpty)
            let rows = try city.disputes(withEnded: true)
            #expect(rows.map(\.state) == ["ended"])
            let row = try #require(rows.first)
            #expect(row.end?.how == "decision")
            #expect(row.end?.unit?.id == "620700.gov")
            #expect(row.end?.value == "30402")
            #expect(row.end?.ground == "会商纪要 2020-1")
            #expect(Set(row.claims.map(\.value)) == ["30412", "29800"])
            #expect(row.value == "30402")
            // The county says the same once it holds the same.
            try network.carry("zy", to: "gt")
            #expect(try network["gt"].disputes(withEnded: true) == rows)
        }
    }

    @Test func aDisputeEndsByAgreementToo() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            let city = network["zy"]
            _ = try city.claim(transfer, fields: [("value", "30412")], by: author("620700.hrss"))
            #expect(try city.disputes().isEmpty)
            let row = try #require(try city.disputes(withEnded: true).first)
            #expect(row.end?.how == "agreement")
            #expect(row.end?.unit?.id == "620700.hrss")
            #expect(row.end?.value == "30412")
        }
    }

    @Test func aDisputeEndsByWithdrawalToo() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            let city = network["zy"]
            _ = try city.withdraw(transfer, fields: ["value"], by: author("620700.hrss"))
            let rows = try city.disputes(withEnded: true)
            #expect(rows.map(\.end?.how) == ["withdrawal"])
            #expect(rows.first?.value == "30412")
        }
    }

    @Test func whatARulePrevailsInIsNotEnded() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/16-grain.yaml")
            let rows = try network["gt"].disputes(withEnded: true).filter { $0.record.kind == "cell" }
            #expect(rows.map(\.state) == ["byRule"])
            #expect(rows.map(\.mode) == ["lineFirst"])
            #expect(rows.first?.end == nil)
        }
    }

    // MARK: Decisions

    @Test func aDecisionIsReplacedByItsAuthorWithoutNamingAnything() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            let city = network["zy"]
            let government = author("620700.gov")
            _ = try city.decide(transfer, field: "value", value: "30402", ground: "会商纪要 2020-1", by: government)
            let second = try city.decide(transfer, field: "value", value: "30400", ground: "会商纪要 2020-2", by: government)
            #expect(second.writings.first?.verdicts.map(\.verdict.code) == ["decides"])
            #expect(try city.explain(transfer, field: "value").value == "30400")
        }
    }

    @Test func aDecisionThatAHigherOneOverruledCanStillBeWithdrawnAndNotReplaced() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            try network.exchange("zy", "gs")
            let (city, province) = (network["zy"], network["gs"])
            // In ignorance of each other: the higher one is in use, the lower one overruled.
            _ = try city.decide(transfer, field: "value", value: "30402", ground: "会商纪要 2020-1", by: author("620700.gov"))
            _ = try province.decide(transfer, field: "value", value: "30000", ground: "会商纪要 省-1", by: author("620000.gov"))
            try network.exchange("zy", "gs")
            let both = try city.explain(transfer, field: "value")
            #expect(both.value == "30000")
            #expect(both.claims.first { $0.unit.id == "620700.gov" }?.verdict.code == "overruled")
            let refused = #expect(throws: OfficeError.self) {
                try city.decide(transfer, field: "value", value: "1", names: [both.claims.first { $0.unit.id == "620000.gov" }?.operation ?? ""], ground: "会商纪要 2020-3", by: author("620700.gov"))
            }
            #expect(refused?.facts["reason"] == "notDecider")
            _ = try city.withdraw(transfer, fields: ["value"], by: author("620700.gov"))
            let after = try city.explain(transfer, field: "value")
            #expect(after.value == "30000")
            #expect(!after.claims.contains { $0.unit.id == "620700.gov" && $0.value != nil })
        }
    }

    // MARK: Bounds on a day

    @Test func theFloorOnADayNamesEveryTierAndItsDocument() throws {
        try ExampleNetwork.withPlans { network in
            try network.exchange("zy", "gs")
            let province = network["gs"]
            func answer(_ day: String) throws -> [BoundsOnDay] { try province.bounds(place: "620724", indicator: "成品粮储备可供应天数", on: try Day(parsing: day)) }
            func floor(_ day: String) throws -> BoundFact? { try answer(day).first?.bounds.first { $0.field == "floor" } }
            #expect(try answer("2020-04-29").first?.bounds.isEmpty == true)
            let spring = try #require(try floor("2020-05-01"))
            #expect(spring.value == "10")
            #expect(spring.steps.map(\.place.id) == ["620000"])
            #expect(spring.source?.document == "甘办发〔2020〕16号")
            #expect(spring.source?.isSample == true)
            #expect(try floor("2020-08-11")?.steps.map(\.standing) == ["effective", "equal"])
            let autumn = try #require(try floor("2020-08-12"))
            #expect(autumn.value == "15")
            #expect(autumn.steps.map(\.standing) == ["shadowed", "shadowed", "effective"])
            #expect(autumn.source?.clause == "保粮食能源安全 一(四)3、保基本民生 四(二)5")
            #expect(autumn.source?.sinceBy == "signedOn")
            #expect(autumn.source?.operation.count == 64)
            let changes = try #require(try answer("2020-08-12").first?.changes.filter { $0.field == "floor" })
            #expect(changes.map { "\($0.since) \($0.value ?? "")" } == ["2020-04-30 10", "2020-08-12 15"])
        }
    }

    @Test func anAmendmentCountsFromTheDayItWasWritten() throws {
        try ExampleNetwork.withPlans { network in
            let county = network["gt"]
            try network.set("2020-10-01")
            _ = try county.claim("target 620724/newUrbanJobs/2020", fields: [("floor", "2700人")], by: author("620724.gov"))
            func floor(_ day: String) throws -> BoundStep? {
                try county.bounds(place: "620724", indicator: "newUrbanJobs", on: try Day(parsing: day)).first { $0.qualifier.isEmpty }?.bounds.first { $0.field == "floor" }?.source
            }
            #expect(try floor("2020-09-30")?.value == "2600")
            #expect(try floor("2020-10-01")?.value == "2700")
            #expect(try floor("2020-10-01")?.sinceBy == "written")
        }
    }

    @Test func aBoundFromAMadeUpTargetAboveIsMarkedWhereverItShows() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-04-30")
            try network.publish("gs/publish/01-six-guarantees.yaml")
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gt")
            let county = network["gt"]
            // The county says nothing of its own: only the province's floor, which is 示例数据, stands.
            let explained = try county.explain("target 620724/grainReserveDays/2020", field: "floor")
            #expect(explained.value == "10")
            #expect(explained.isSample)
            #expect(explained.bound?.steps.map(\.isSample) == [true])
            _ = try county.report(FigureReport(place: "620724", indicator: "grainReserveDays", period: "2020-04", value: "8天"), by: author("620724.ndrc"))
            let alert = try #require(try county.alerts(asOf: try Day(parsing: "2020-05-10")).first { $0.indicator == "grainReserveDays" })
            #expect(alert.figureRecord?.isSample == false)
            #expect(alert.isSampleBound)
            #expect(alert.isSample)
        }
    }
}
