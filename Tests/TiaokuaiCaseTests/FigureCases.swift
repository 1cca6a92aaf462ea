import Testing
import TiaokuaiOffice

/// Figures of one cell from several offices: who prevails by mode, and what is a dispute (R5, R6, R7, R8, R18, R19).
@Suite struct FigureCases {
    @Test func r6c07underLineFirstTheDepartmentsFigureStandsAndTheAlertIsRaised() throws {
        let cell = "620724/grainReserveDays/2020-08"
        try Case.play(["gs", "zy", "gt", "fg"]) { one in
            try one.at("gt") {
                try $0.state("target 620724/grainReserveDays/2020", ["floor": "15天"], by: "620724.gov")
                try $0.state(cell, ["value": "15.6天"], by: "620724.gov")
            }
            try one.at("fg") { try $0.state(cell, ["value": "14.2天"], by: "620724.ndrc") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "14.2")
            #expect("\(figure.rule) \(figure.mode ?? "") \(figure.decidingPlace?.id ?? "")" == "mode lineFirst 620724")
            #expect(figure.source.map { [$0.document, $0.clause, $0.formula] } == ["高台县“六保”方案", "保粮食安全 一(五)", "条块结合、以条为主"])
            #expect(told(figure.claims) == ["620724.gov 15.6 overruled", "620724.ndrc 14.2 stands"])
            #expect(figure.dispute.map { "\($0.axis) \($0.knowledge) \($0.isDecided)" } == "inTier parallel true")
            let day = try office.day("2020-08-31")
            #expect(try office.todo(unit: "620724.gov", place: "620724", asOf: day).unacknowledged.map { "\($0.claim.value ?? "") \($0.valueInUse ?? "")" } == ["15.6 14.2"])
            #expect(try office.todo(unit: "620724.ndrc", place: "620724", asOf: day).unacknowledged.isEmpty)
            if office.node.folder.path.hasSuffix("gt") { #expect(try office.alerts(asOf: day).map { "\($0.indicator) \($0.shortBy ?? "")" } == ["grainReserveDays 0.8"]) }
        }
    }

    @Test func r6c08underBlockFirstTheCountysFigureStandsAndTheLineGuides() throws {
        let cell = "620724/marketEntityTotal/2020-08"
        try Case.play(["gs", "zy", "gt"]) { one in
            try one.at("gt") { try $0.state(cell, ["value": "20480户"], by: "620724.gov") }
            try one.at("zy") { try $0.state(cell, ["value": "21030户"], by: "620700.samr") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "20480")
            #expect("\(figure.rule) \(figure.mode ?? "") \(figure.source?.document ?? "")" == "mode blockFirst 市委办发〔2020〕25号")
            #expect(told(figure.claims) == ["620724.gov 20480 stands", "620700.samr 21030 overruled"])
            #expect(figure.dispute?.axis == "vertical")
            #expect(try office.kept(place: "620724").map(told) == ["overruled 620700.samr value 21030 against 20480"])
        }
    }

    @Test func r6c09withoutAModeNobodyWinsAndTheValueLastAgreedStays() throws {
        let cell = "620724/productionResumptionRate/2020-07"
        try Case.play(["gs", "zy", "gt"]) { one in
            try one.at("gt", on: "2020-08-01") { try $0.state(cell, ["value": "90%"], by: "620724.miit") }
            try one.at("zy", on: "2020-08-02", after: [0]) { try $0.state(cell, ["value": "90%"], by: "620700.miit") }
            try one.at("gt", on: "2020-08-13", after: [1]) { try $0.state(cell, ["value": "92%"], by: "620724.miit") }
            try one.at("zy", on: "2020-08-13") { try $0.state(cell, ["value": "88%"], by: "620700.miit") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "90")
            #expect(figure.rule == "lastAgreed")
            #expect(told(figure.claims) == ["620724.miit 92 disputed", "620700.miit 88 disputed"])
            let dispute = try #require(try office.disputes(place: "620724").first)
            #expect("\(dispute.state) \(dispute.dispute.axis) \(dispute.dispute.knowledge)" == "undecided vertical parallel")
            #expect(dispute.dispute.deciders.map(\.id) == ["620700.gov", "620000.gov"])
            for unit in ["620724.miit", "620700.miit", "620700.gov"] {
                #expect(try office.todo(unit: .init(unchecked: unit), place: "620724", asOf: office.today).disputes.count == 1)
            }
        }
    }

    @Test func r8c09theConsultationDecidesOnceAndForBoth() throws {
        let cell = "620724/productionResumptionRate/2020-07"
        try Case.play(["gs", "zy", "gt"]) { one in
            let county = try one.at("gt") { try $0.state(cell, ["value": "92%"], by: "620724.miit") }
            try one.at("zy") { try $0.state(cell, ["value": "88%"], by: "620700.miit") }
            try one.at("zy", on: "2020-09-01", after: [county]) {
                _ = try $0.decide(cell, field: "value", value: "91%", ground: "会商纪要 2020-1", by: $0.hand("620700.gov"), notes: Notes(isSample: true))
            }
            try one.at("gt", on: "2020-09-02") { try $0.state(cell, ["value": "93%"], by: "620724.miit") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "91")
            #expect(figure.rule == "decision")
            #expect(told(figure.claims) == ["620700.gov 91 decides", "620700.miit 88 overruled", "620724.miit 93 overruled"])
            #expect(figure.claims.compactMap(\.ground) == ["会商纪要 2020-1"])
            #expect(try office.disputes(place: "620724").isEmpty)
            let ended = try office.disputes(place: "620724", withEnded: true)
            #expect(ended.map { "\($0.end?.how ?? "") \($0.end?.unit?.id ?? "") \($0.end?.ground ?? "")" } == ["decision 620700.gov 会商纪要 2020-1"])
        }
    }

    @Test func aDisputeAboutADecisionIsOneAtEveryNodeInEveryOrder() throws {
        let cell = "620724/productionResumptionRate/2020-07"
        var ids: Set<String> = []
        try Case.play(["gs", "zy", "gt"]) { one in
            let county = try one.at("gt") { try $0.state(cell, ["value": "92%"], by: "620724.miit") }
            try one.at("zy") { try $0.state(cell, ["value": "88%"], by: "620700.miit") }
            let decided = try one.at("zy", after: [county]) {
                _ = try $0.decide(cell, field: "value", value: "91%", ground: "会商纪要 2020-1", by: $0.hand("620700.gov"), notes: Notes(isSample: true))
            }
            try one.at("gt", after: [1, decided]) {
                _ = try $0.claim(
                    cell, fields: [(name: "value", value: "93%")], by: $0.hand("620724.miit"), notes: Notes(newFact: "补报两户企业", isSample: true))
            }
        } check: { (_, office) throws in
            let dispute = try #require(try office.disputes(place: "620724").first)
            #expect(dispute.dispute.isReopened)
            ids.insert(dispute.dispute.id)
        }
        #expect(ids.count == 1)
    }

    @Test func r5c10theCityCannotEditTheCountysFigureItDeterminesBesideIt() throws {
        let cell = "620724/labourTransfer/2020-07"
        try Case.play(["gs", "rs", "zy", "gt"]) { one in
            let report = try one.at("gt") { try $0.state(cell, ["value": "30412人"], by: "620724.hrss") }
            try one.at("zy", after: [report]) {
                try $0.state(cell, ["value": "29800人"], by: "620700.hrss")
                try $0.step(cell, "return", by: "620700.hrss", reason: "612人重复统计")
            }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == nil)
            #expect(figure.blank?.code == "undecided")
            #expect(told(figure.claims) == ["620724.hrss 30412 disputed", "620700.hrss 29800 disputed"])
            #expect(figure.dispute.map { "\($0.axis) \($0.knowledge)" } == "vertical conflicting")
            let returned = try office.todo(unit: "620724.hrss", place: "620724", asOf: office.today).returned
            #expect(returned.map { "\($0.by.id) \($0.reason ?? "")" } == ["620700.hrss 612人重复统计"])
        }
    }

    @Test func r5r8c10theCountysSecondVersionAgreesAndBothVersionsStayOnRecord() throws {
        let cell = "620724/labourTransfer/2020-07"
        try Case.play(["gs", "rs", "zy", "gt"]) { one in
            let report = try one.at("gt") { try $0.state(cell, ["value": "30412人"], by: "620724.hrss") }
            let city = try one.at("zy", after: [report]) { try $0.state(cell, ["value": "29800人"], by: "620700.hrss") }
            let second = try one.at("gt", after: [city]) { try $0.state(cell, ["value": "30402人"], by: "620724.hrss") }
            try one.at("zy", after: [second]) { try $0.state(cell, ["value": "30402人"], by: "620700.hrss") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "30402")
            #expect(figure.rule == "agreement")
            let all = try office.history(cell).map { "\($0.unit.id) \($0.fields[0].value ?? "") \($0.fields[0].verdict.code)" }
            #expect(Set(all) == ["620724.hrss 30412 replaced", "620700.hrss 29800 replaced", "620724.hrss 30402 stands", "620700.hrss 30402 stands"])
        }
    }

    @Test func r7c11theStatisticsOfficesFigureOutranksLineAndBlock() throws {
        let cell = "620724/smeOutput/2020-07"
        try Case.play(["gs", "zy", "gt"]) { one in
            try one.at("gt") {
                try $0.state(cell, ["value": "120万元"], by: "620724.miit")
                try $0.state(cell, ["value": "100万元"], by: "620724.stats")
            }
            try one.at("zy") { try $0.state(cell, ["value": "125万元"], by: "620700.miit") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "100")
            #expect(figure.rule == "statistics")
            #expect(told(figure.claims) == ["620724.stats 100 stands", "620724.miit 120 overruled", "620700.miit 125 overruled"])
        }
    }

    @Test func r19c12twoMachinesOfOneOfficeThatDifferWaitForThatOffice() throws {
        let cell = "620724/newUrbanJobs/2020-05"
        try Case.play(["gs", "zy", "gt", "gt2"]) { one in
            try one.at("gt") { try $0.state(cell, ["value": "1318人"], by: "620724.hrss") }
            try one.at("gt2") { try $0.state(cell, ["value": "1381人"], by: "620724.hrss") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == nil)
            #expect("\(figure.blank?.code ?? "") \(figure.blank?.units.map(\.id) ?? [])" == "forked [\"620724.hrss\"]")
            #expect(told(figure.claims) == ["620724.hrss 1318 forked", "620724.hrss 1381 forked"])
            #expect(Set(figure.claims.compactMap(\.known.nodeName)) == ["gt", "gt2"])
            #expect(try office.todo(unit: "620724.hrss", place: "620724", asOf: office.today).choices.map(\.claims.count) == [2])
            #expect(try office.selfForks(place: "620724").map { $0.chosen?.value } == [nil])
        }
    }

    @Test func r19c12theOfficeChoosesAndItsChoiceIsOnRecord() throws {
        let cell = "620724/newUrbanJobs/2020-05"
        try Case.play(["gs", "zy", "gt", "gt2"]) { one in
            try one.at("gt") { try $0.state(cell, ["value": "1318人"], by: "620724.hrss") }
            let second = try one.at("gt2") { try $0.state(cell, ["value": "1381人"], by: "620724.hrss") }
            try one.at("gt", after: [second]) { try $0.state(cell, ["value": "1318人"], by: "620724.hrss") }
        } check: { (_, office) throws in
            #expect(try office.explain(cell, field: "value").value == "1318")
            #expect(try office.selfForks(place: "620724").map { "\($0.unit.id) \($0.chosen?.value ?? "") \($0.chosen?.nodeName ?? "")" } == ["620724.hrss 1318 gt"])
            #expect(try office.todo(unit: "620724.hrss", place: "620724", asOf: office.today).choices.isEmpty)
        }
    }

    @Test func r19c12twoMachinesThatSayTheSameAreOneReport() throws {
        let cell = "620724/newUrbanJobs/2020-05"
        try Case.play(["gs", "zy", "gt", "gt2"]) { one in
            try one.at("gt") { try $0.state(cell, ["value": "1318人"], by: "620724.hrss") }
            try one.at("gt2") { try $0.state(cell, ["value": "0.1318万人"], by: "620724.hrss") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "1318")
            #expect(figure.dispute == nil)
            #expect(figure.claims.map(\.verdict.code) == ["stands", "stands"])
            #expect(try office.selfForks(place: "620724").isEmpty)
        }
    }

    @Test func r21c14ofTwoLeadsTheMoreSpecialPlansFigureIsInUse() throws {
        let cell = "620724/grainReserveDays/2020-08"
        try Case.play(["zy", "gt", "fg"]) { one in
            try one.at("gt") {
                try $0.state(
                    "matrix:620724/高台县“六保”方案/保基本民生%2F5",
                    ["leads": "620724.mofcom", "indicators": "grainReserveDays", "clause": "保基本民生 四(二)5", "topic": "basicLivelihood", "inForceFrom": "2020-08-12"],
                    by: "620724.gov")
            }
            try one.at("gt") { try $0.state(cell, ["value": "15.6天"], by: "620724.mofcom") }
            try one.at("fg") { try $0.state(cell, ["value": "14.2天"], by: "620724.ndrc") }
        } check: { (_, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "14.2")
            #expect("\(figure.mode ?? "") \(figure.source?.clause ?? "")" == "lineFirst 保粮食安全 一(五)")
            #expect(told(figure.claims) == ["620724.mofcom 15.6 overruled", "620724.ndrc 14.2 stands"])
            #expect(try office.todo(unit: "620724.mofcom", place: "620724", asOf: office.today).unacknowledged.map(\.claim.value) == ["15.6"])
        }
    }
}
