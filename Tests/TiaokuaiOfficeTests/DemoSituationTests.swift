import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

/// The situations of the demo, step by step, through the library.
@Suite struct DemoSituationTests {
    /// Up to the county's plan, published offline, 2020-08-12.
    private func county(_ body: (ExampleNetwork) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-04-30")
            try network.publish("gs/publish/01-six-guarantees.yaml")
            try network.publish("gs/publish/02-price-subsidy.yaml")
            try network.carry("gs", to: "zy")
            try network.set("2020-05-06")
            try network.carry("zy", to: "gt")
            try network.set("2020-05-20")
            try network.publish("zy/publish/01-zhangye-plan.yaml")
            try network.set("2020-06-30")
            try network.publish("gt/figures/11-arrears.yaml")
            try network.set("2020-08-12")
            try network.publish("gt/publish/01-six-plans.yaml")
            try body(network)
        }
    }

    @Test func step5aLooserFloorIsKeptAndInert() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.found()
            try network.enrol("lx", by: "gs")
            try network.enrol("lxx", by: "lx")
            try network.carry("lxx", to: "lx")
            try network.set("2020-05-08")
            try network.publish("gs/publish/01-six-guarantees.yaml")
            try network.carry("gs", to: "lx")
            try network.publish("lx/publish/01-livelihood.yaml")
            try network.set("2020-05-12")
            try network.publish("lxx/publish/01-own-floor.yaml")
            #expect(try network["lxx"].explain("target 622921/grainReserveDays/2020", field: "floor").value == "8")
            try network.carry("lxx", to: "lx")
            let office = network["lx"]
            let explained = try office.explain("target 622921/grainReserveDays/2020", field: "floor")
            #expect(explained.value == "10")
            #expect(explained.ownValue == "8")
            #expect(explained.claims.map(\.verdict.code) == ["inert"])
            #expect(explained.bound?.steps.map(\.standing) == ["effective", "equal", "inert"])
            #expect(explained.decidingPlace?.id == "620000")
            #expect(try office.kept().filter { $0.standing == "inert" }.map(\.value) == ["8"])
            // The prefecture's own: nobody else's figure.
            #expect(try office.bounds(place: "622921", indicator: "povertySales", period: "2020").first?.value == "300000000")
            // 甘办发〔2020〕16号 is held, so the citation resolves.
            #expect(try office.citations(place: "622900").map(\.state) == ["resolved"])
        }
    }

    @Test func step12and13theCountysOwnFloorIsStricter() throws {
        try county { network in
            let office = network["gt"]
            #expect(try office.citations(place: "620724").map(\.state) == ["pending", "pending"])
            #expect(try office.show("无文号/关于印发高台县“六保”工作方案的通知").references.map(\.state) == ["pending", "pending"])
            let floor = try office.explain("target 高台县/grainReserveDays/2020", field: "floor")
            #expect(floor.value == "15")
            #expect(floor.measure == "天")
            #expect(floor.source?.clause == "保粮食能源安全 一(四)3、保基本民生 四(二)5")
            #expect(floor.bound?.steps.map(\.standing) == ["shadowed", "effective"])
            #expect(try office.explain("target 620724/labourTransfer/2020", field: "底线").value == "30400")
            #expect(try office.explain("target 620724/registeredUnemploymentRate/2020", field: "ceiling").value == "4.5")
            #expect(try office.explain("target 620700/grainReserveDays/2020", field: "floor").value == "10")
            #expect(try office.kept().map(\.standing) == ["repeats"])
        }
    }

    @Test func step14whatWasDueBeforeThePlanWasSigned() throws {
        try county { network in
            let office = network["gt"]
            let todo = try office.todo(unit: nil, asOf: try Day(parsing: "2020-08-12"))
            let overdue = todo.targets.filter { $0.state == "overdue" }
            #expect(
                overdue.map { "\($0.record.reference) \($0.deadline ?? "") \($0.days ?? 0) \($0.assessment) \($0.dueBeforeIssue)" } == [
                    "target 620724/arrearsUnder5m/2020 2020-06-30 43 notMet true", "target 620724/enterprisePolicyRules/2020 2020-06-10 63 noFigure true",
                    "target 620724/keyPowerUsers/2020 2020-06-30 43 noFigure true", "target 620724/newUrbanJobs/2020/by-2020-05 2020-05-31 73 noFigure true",
                ])
            #expect(overdue.first { $0.qualifier == "by-2020-05" }?.floor == "1300")
            #expect(overdue.first { $0.indicator == "arrearsUnder5m" }?.shortBy == "1860000")
            #expect(overdue.first { $0.indicator == "keyPowerUsers" }?.firmness == "aspirational")
            #expect(todo.terms.map(\.record.reference) == ["standard 620724/energyUsePolicies/2020/620724.gov"])
            #expect(todo.terms.first?.state == "expiredAtIssue")
            let earlier = try office.assessments(asOf: try Day(parsing: "2020-07-15"))
            #expect(Set(earlier.filter { $0.deadline != nil }.map(\.state)) == ["notIssued"])
            let finance = try office.todo(unit: "620724.finance", asOf: try Day(parsing: "2020-08-12"))
            #expect(finance.targets.contains { $0.indicator == "arrearsUnder5m" })
            #expect(!finance.targets.contains { $0.indicator == "newUrbanJobs" })
        }
    }

    @Test func step15twoMachinesOfOneUnitChooseForThemselves() throws {
        try county { network in
            try network.enrol("gt2", by: "zy", consentOf: "gt")
            try network.carry("zy", to: "gt")
            try network.set("2020-08-13")
            try network.publish("gt/figures/15-may-jobs.yaml")
            try network.publish("gt2/figures/15-may-jobs.yaml")
            try network.carry("gt2", to: "zy")
            try network.carry("zy", to: "gt")
            let office = network["gt"]
            let cell = "620724/newUrbanJobs/2020-05"
            let forked = try office.explain(cell, field: "value")
            #expect(forked.value == nil)
            #expect(forked.blank?.code == "forked")
            #expect(forked.blank?.units.map(\.id) == ["620724.hrss"])
            #expect(Set(forked.claims.map(\.value)) == ["1318", "1381"])
            #expect(Set(forked.claims.map(\.known.node)).count == 2)
            let day = try Day(parsing: "2020-08-13")
            #expect(try office.todo(unit: "620724.hrss", asOf: day).choices.map(\.claims.count) == [2])
            let chosen = try office.claim(cell, fields: [("value", "1318人")], by: author("620724.hrss", "p2"))
            #expect(chosen.writings.first?.verdicts.first?.value == "1318")
            let checkpoint = try office.assessments(asOf: day).first { $0.qualifier == "by-2020-05" }
            #expect(checkpoint?.assessment == "met")
            #expect(checkpoint?.state == "met")
        }
    }

    @Test func step16theLineLeadsAndTheFloorIsMissed() throws {
        try county { network in
            try network.set("2020-08-14")
            try network.publish("gt/figures/16-grain.yaml")
            let office = network["gt"]
            let grain = try office.explain("620724/grainReserveDays/2020-08", field: "value")
            #expect(grain.value == "14.2")
            #expect(grain.rule == "mode")
            #expect(grain.mode == "lineFirst")
            #expect(grain.decidingPlace?.id == "620724")
            #expect(grain.source?.document == "无文号/关于印发高台县“六保”工作方案的通知")
            #expect(grain.source?.clause == "保粮食能源安全 一(五)")
            #expect(grain.source?.formula == "以条为主")
            #expect(grain.claims.first { $0.unit.id == "620724.mofcom" }?.verdict.code == "overruled")
            #expect(grain.dispute?.axis == "inTier")
            #expect(grain.dispute?.isDecided == true)
            #expect(grain.isSample)
            let day = try Day(parsing: "2020-08-14")
            let alerts = try office.alerts(asOf: day)
            #expect(alerts.map(\.indicator) == ["arrearsUnder5m", "grainReserveDays"])
            #expect(alerts.last?.shortBy == "0.8")
            #expect(try office.todo(unit: "620724.mofcom", asOf: day).unacknowledged.map(\.claim.value) == ["15.6"])
            _ = try office.acknowledge("620724/grainReserveDays/2020-08", by: author("620724.mofcom"))
            #expect(try office.todo(unit: "620724.mofcom", asOf: day).unacknowledged.isEmpty)
            // R3: the topped-up standard is refused along the path, and kept.
            try network.publish("gt/publish/02-standard-topped-up.yaml")
            #expect(try office.show("standard 620724/priceSubsidyRaise/2020/620724.civil").judgement == "refused")
            #expect(try office.kept().filter { $0.standing == "refused" }.map(\.value) == ["1.5"])
            // A unit that has no voice on this figure is told so before anything is written.
            let error = #expect(throws: NodeError.self) {
                try office.report(
                    FigureReport(place: "620724", indicator: "grainReserveDays", period: "2020-08", value: "20", measure: "天"), by: author("620724.culture"))
            }
            #expect(error?.code == .notYourFigure)
            #expect(error?.facts["reason"] == "notAdmitted")
        }
    }

    @Test func steps17to19oneProblemTwoRoutesOneCase() throws {
        try county { network in
            try network.set("2020-08-15")
            try network.publish("gt/ledger/17-transport.yaml")
            let office = network["gt"]
            _ = try office.assign("高工信-2020-017", department: "县交通运输局", by: author("620724.transport"))
            let item = try office.explain("高工信-2020-017", field: "department")
            #expect(item.value == "620724.transport")
            #expect(item.claims.count == 2)
            // Another leader is refused: not this unit's to say (R10).
            #expect(throws: OfficeError.self) {
                try office.assign("高工信-2020-017", leader: "620724.gov:督查室主任", by: author("620724.taskforce.market"))
            }
            try network.set("2020-08-16")
            let raised = try network.publish("gt/ledger/18-escalations.yaml")
            #expect(
                raised.writings.map(\.record.reference) == [
                    "escalation 620724.taskforce.market 2020-1", "escalation 620724.miit 2020-1", "高工信-2020-017",
                ])
            let row = try #require(try office.ledger(LedgerFilter(asOf: try Day(parsing: "2020-08-16"))).first)
            #expect(row.state == "escalated")
            #expect(row.episode == 1)
            try network.set("2020-08-20")
            try network.carry("gt", to: "zy")
            let city = network["zy"]
            #expect(
                try city.citations(place: "620724").map { "\($0.number) \($0.state) \($0.targets.map(\.reference))" } == [
                    "市委办发〔2020〕16号 mismatch [\"市委办发〔2020〕25号\"]", "市委办发〔2020〕25号 resolved [\"市委办发〔2020〕25号\"]",
                ])
            try network.publish("zy/ledger/19-case.yaml")
            let opened = try city.show("case 620700.gov 2020-1")
            #expect(
                Set(opened.fields.first { $0.field == "members" }?.members.compactMap(\.reference) ?? []) == [
                    "escalation 620724.taskforce.market 2020-1", "escalation 620724.miit 2020-1", "高工信-2020-017",
                ])
            #expect(opened.fields.first { $0.field == "handler" }?.value == "620700.taskforce.market")
            try network.carry("zy", to: "gt")
            #expect(try office.list(kind: "casePart").count == 1)
            #expect(try network.publish("zy/ledger/19-case.yaml").writings.isEmpty)
        }
    }

    @Test func step20and23aDecisionRisesToTheGovernmentAbove() throws {
        try county { network in
            try network.set("2020-08-20")
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.publish("zy/figures/20-labour-transfer.yaml")
            let city = network["zy"]
            let dispute = try #require(try city.disputes().first { $0.record.reference == "620724/labourTransfer/2020-07" })
            #expect(dispute.value == nil)
            #expect(dispute.blank?.code == "undecided")
            #expect(dispute.dispute.deciders.map(\.id).first == "620700.gov")
            try network.set("2020-09-01")
            try network.publish("zy/publish/02-minute.yaml")
            let refused = #expect(throws: OfficeError.self) {
                try city.decide("620724/labourTransfer/2020-07", field: "value", value: "30402", ground: "会商纪要 2020-1", by: author("620700.hrss"))
            }
            #expect(refused?.code == .wouldBeVoid)
            _ = try city.decide("620724/labourTransfer/2020-07", field: "value", value: "30402", ground: "会商纪要 2020-1", by: author("620700.gov"))
            try network.carry("zy", to: "gt")
            try network.publish("gt/figures/23-labour-transfer.yaml")
            let settled = try network["gt"].explain("620724/labourTransfer/2020-07", field: "value")
            #expect(settled.value == "30402")
            #expect(settled.rule == "decision")
            #expect(settled.claims.contains { $0.ground == "会商纪要 2020-1" })
            // The decision's author withdraws it: what it decided is open again.
            _ = try city.withdraw("620724/labourTransfer/2020-07", fields: ["value"], by: author("620700.gov"))
            #expect(try city.explain("620724/labourTransfer/2020-07", field: "value").blank?.code == "undecided")
        }
    }

    @Test func step24theBlockLeadsForMarketEntities() throws {
        try county { network in
            try network.exchange("gt", "zy")
            try network.set("2020-09-05")
            try network.publish("gt/figures/24-market-entities.yaml")
            try network.publish("zy/figures/24-market-entities.yaml")
            try network.exchange("gt", "zy")
            for name in ["gt", "zy"] {
                let cell = try network[name].explain("620724/marketEntityTotal/2020-08", field: "value")
                #expect(cell.value == "20480")
                #expect(cell.mode == "blockFirst")
                #expect(cell.source?.document == "市委办发〔2020〕25号")
                #expect(cell.dispute?.axis == "vertical")
                #expect(cell.claims.first { $0.unit.id == "620700.samr" }?.verdict.code == "overruled")
            }
            let target = try network["gt"].assessments(asOf: try Day(parsing: "2020-09-05")).first { $0.indicator == "marketEntityTotal" }
            #expect(target?.isRelative == true)
            #expect(target?.floor == "20300")
            #expect(target?.assessment == "met")
            let own = try network["gt"].history("620724/marketEntityTotal/2020-08")
            #expect(own.map(\.known.nodeName) == ["gt", "zy"])
            #expect(own.allSatisfy { $0.known.changeset != nil && $0.known.leaf != nil && $0.known.received != nil })
        }
    }

    @Test func step30noCloseWithoutEvidenceAndAnotherVerifier() throws {
        try county { network in
            try network.set("2020-10-08")
            try network.publish("gt/ledger/30-debts.yaml")
            let office = network["gt"]
            try network.set("2020-10-28")
            let (finance, government) = (author("620724.finance"), author("620724.gov", "p4"))
            for number in ["001", "002", "003"] {
                let item = "高财政-2020-\(number)"
                _ = try office.raise(item, event: "start", by: finance)
                #expect(throws: NodeError.self) { try office.raise(item, event: "resolve", by: finance) }
                _ = try office.raise(item, event: "resolve", by: finance, evidence: "银行回单")
                let same = #expect(throws: OfficeError.self) { try office.raise(item, event: "verify", by: finance, evidence: "自查") }
                #expect(same?.facts["reason"] == "sameUnitAsResolver")
                _ = try office.raise(item, event: "verify", by: government, evidence: "现场核验")
                let bare = #expect(throws: NodeError.self) { try office.raise(item, event: "close", by: government) }
                #expect(bare?.code == .noEvidence)
                _ = try office.raise(item, event: "close", by: government, evidence: "核验单")
            }
            let lodged = try office.raise("高财政-2020-001", event: "verify", by: finance, evidence: "再查", evenIfVoid: true)
            #expect(lodged.writings.first?.verdicts.first?.verdict.code == "void")
            try network.set("2020-10-31")
            try network.publish("gt/figures/30-arrears.yaml")
            let arrears = try office.assessments(asOf: try Day(parsing: "2020-10-31")).first { $0.indicator == "arrearsOther" }
            #expect(arrears?.assessment == "met")
            #expect(arrears?.state == "met")
            _ = try office.raise("高财政-2020-002", event: "reopen", by: author("620724.miit"), evidence: "电话回访记录")
            let rows = try office.ledger(LedgerFilter(unit: "县财政局", asOf: try Day(parsing: "2020-10-31")))
            #expect(
                rows.map { "\($0.record.reference) \($0.state) \($0.episode)" } == [
                    "高财政-2020-001 closed 1", "高财政-2020-002 reopened 2", "高财政-2020-003 closed 1",
                ])
            let history = try office.history("高财政-2020-002", field: "state")
            #expect(history.map { $0.fields[0].value } == ["open", "start", "resolve", "verify", "close", "reopen"])
        }
    }
}
