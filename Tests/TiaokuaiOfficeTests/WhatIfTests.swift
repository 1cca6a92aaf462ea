import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode

@testable import TiaokuaiOffice

/// What would stand with one thing changed; nothing is ever written by asking.
@Suite struct WhatIfTests {
    private let grain = "620724/grainReserveDays/2020-08"
    private let transfer = "620724/labourTransfer/2020-07"

    private func withGrain(_ body: (Office) throws -> Void) throws {
        try ExampleNetwork.withPlans { network in
            let office = network["gt"]
            _ = try office.claim(grain, fields: [("value", "14.2天")], by: author("620724.ndrc"))
            _ = try office.claim(grain, fields: [("value", "15.6天")], by: author("620724.gov"))
            let before = try office.history(grain).map(\.operation)
            try body(office)
            #expect(try office.history(grain).map(\.operation) == before)
        }
    }

    @Test func theOtherModePutsTheOtherSideInUse() throws {
        try withGrain { office in
            let supposed = try office.whatIf(grain, field: "value", .mode(.blockFirst, at: nil))
            #expect(supposed.now.value == "14.2")
            #expect(supposed.now.mode == "lineFirst")
            #expect(supposed.now.source?.clause == "保粮食能源安全 一(五)")
            #expect(supposed.then.value == "15.6")
            #expect(supposed.then.mode == "blockFirst")
            #expect(supposed.then.source == nil)
            #expect(!supposed.isSame)
            let line = try #require(supposed.claims.first { $0.unit.id == "620724.ndrc" })
            #expect([line.now.code, line.then?.code] == ["stands", "overruled"])
        }
    }

    @Test func withoutAModeNobodyWinsAndTheCityMayDecide() throws {
        try withGrain { office in
            let supposed = try office.whatIf(grain, field: "value", .mode(.unspecified, at: nil))
            #expect(supposed.then.value == nil)
            #expect(supposed.then.blank?.code == "undecided")
            #expect(supposed.then.dispute == "undecided")
            #expect(supposed.then.deciders.first?.id == "620700.gov")
        }
    }

    @Test func aModeOfATierAtWhichNobodySpokeChangesNothing() throws {
        try withGrain { office in
            let above = try office.whatIf(grain, field: "value", .mode(.blockFirst, at: "620000"))
            let here = try office.whatIf(grain, field: "value", .mode(.blockFirst, at: "620724"))
            #expect([above.isSame, here.isSame] == [true, false])
            let error = #expect(throws: OfficeError.self) { try office.whatIf(grain, field: "value", .mode(.blockFirst, at: "622900")) }
            #expect(error?.code == .placeNotAbove)
        }
    }

    @Test func withoutTheLinesClaimTheOverruledOneTakesEffectByItself() throws {
        try withGrain { office in
            let line = try #require(try office.explain(grain, field: "value").claims.first { $0.unit.id == "620724.ndrc" })
            let supposed = try office.whatIf(grain, field: "value", .without(String(line.operation.prefix(10))))
            #expect(supposed.then.value == "15.6")
            #expect(supposed.then.dispute == nil)
            #expect(supposed.supposition.claim?.value == "14.2")
            #expect(!supposed.supposition.isDecision)
            #expect(supposed.claims.first { $0.unit.id == "620724.ndrc" }?.then == nil)
        }
    }

    @Test func whatIsNotThereOrElsewhereIsSaidByItsOwnCode() throws {
        try withGrain { office in
            let line = try #require(try office.explain(grain, field: "value").claims.first { $0.unit.id == "620724.ndrc" })
            let other = "620724/newUrbanJobs/2020-08"
            _ = try office.claim(other, fields: [("value", "100")], by: author("620724.hrss"))
            func code(_ reference: String, _ operation: String) -> OfficeError.Code? {
                #expect(throws: OfficeError.self) { try office.whatIf(reference, field: "value", .without(operation)) }?.code
            }
            #expect(code(other, line.operation) == .operationElsewhere)
            #expect(code(grain, "00000000") == .unknownOperation)
            #expect(code(grain, "ab") == .unknownOperation)
            #expect(code(grain, "不是编号的文字") == .unknownOperation)
        }
    }

    @Test func withoutTheDecisionTheDisputeWouldBeOpen() throws {
        try ExampleNetwork.withPlans { network in
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            let city = network["zy"]
            let decision = try city.decide(transfer, field: "value", value: "30402", ground: "会商纪要 2020-1", by: author("620700.gov"))
            let supposed = try city.whatIf(transfer, field: "value", .without(decision.writings[0].operation))
            #expect([supposed.now.value, supposed.now.rule] == ["30402", "decision"])
            #expect(supposed.then.value == nil)
            #expect(supposed.then.dispute == "undecided")
            #expect(supposed.supposition.isDecision)
        }
    }

    @Test func withoutTheCountysFloorTheSuperiorsWouldBind() throws {
        try ExampleNetwork.withPlans { network in
            let office = network["gt"]
            let target = "target 620724/grainReserveDays/2020"
            let bound = try #require(try office.explain(target, field: "floor").bound)
            #expect(bound.value == "15")
            let own = try #require(bound.source?.operation)
            let supposed = try office.whatIf(target, field: "floor", .without(own))
            #expect([supposed.now.value, supposed.then.value] == ["15", "10"])
            #expect(supposed.then.decidingPlace?.id == "620000")
            // And without the province's floor the county's own would stand as it does.
            let above = try #require(bound.steps.first?.operation)
            let same = try office.whatIf(target, field: "floor", .without(above))
            #expect(same.isSame)
            #expect(same.supposition.record?.place?.id == "620000")
        }
    }
}
