import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

/// Cases of kinds that are declared as data: the engine's rules hold for them as for its own.
@Suite struct FormCases {
    private func forms(_ tables: KindTable...) -> (Stage) throws -> Void {
        { stage in try CaseForms.publish(tables, on: stage) }
    }

    @Test func c23oneFirmInTwoListsIsTwoEntriesOfOneIdentity() throws {
        try Case.play(["gs", "zy", "gt", "gt2"], before: forms(CaseForms.roster)) { one in
            try one.at("gt") { try $0.state("case.roster:620724/91620724TEST/620724.miit", ["list": "规上工业", "headcount": "120"], by: "620724.miit") }
            try one.at("gt2") { try $0.state("case.roster:620724/91620724TEST/620724.hrss", ["list": "用工监测", "headcount": "131"], by: "620724.hrss") }
        } check: { (_, office) throws in
            let entries = try office.list(kind: "case.roster", place: "620724")
            let told = entries.map { row in "\(row.record.key[1].value) \(row.values.first { $0.field == "headcount" }?.value ?? "")" }
            #expect(Set(told) == ["620724.miit 120", "620724.hrss 131"])
            #expect(Set(entries.map { $0.record.key[0].value }) == ["91620724TEST"])
            #expect(entries.allSatisfy { !$0.isDisputed })
        }
    }

    @Test func r13c24parallelExclusiveGrantsAreBothSuspendedAndInDispute() throws {
        let record = "case.refund:620724/91620724TEST/2020"
        try Case.play(
            ["gs", "zy", "gt", "gt2"],
            before: { stage in
                try CaseForms.publish([CaseForms.refund], on: stage)
                try stage["gt"].state(
                    "matrix:620724/高台县“六保”方案/保居民就业%2F稳岗返还",
                    ["leads": "620724.hrss、620724.finance", "indicators": "case.refund", "clause": "就业 2", "topic": "employment", "inForceFrom": "2020-05-20"],
                    by: "620724.gov")
            }
        ) { one in
            try one.at("gt2", on: "2020-08-14") { try $0.state(record, ["benefit": "hardship", "amount": "60000"], by: "620724.hrss") }
            try one.at("gt", on: "2020-08-15") { try $0.state(record, ["benefit": "general", "amount": "18000"], by: "620724.finance") }
        } check: { (_, office) throws in
            let benefit = try office.explain(record, field: "benefit")
            #expect(benefit.value == nil && benefit.blank?.code == "undecided")
            #expect(told(benefit.claims) == ["620724.hrss hardship disputed", "620724.finance general disputed"])
            #expect(benefit.dispute.map { "\($0.axis) \($0.knowledge) \($0.deciders.map(\.id))" } == "inTier parallel [\"620724.gov\", \"620700.gov\", \"620000.gov\"]")
        }
    }

    @Test func c33aWarningIsAnsweredByTheEnrolmentThatCameBeforeIt() throws {
        let (warning, verification) = ("warning:622921/620000.civil/2020/1", "case.verification:622921/h-7")
        try Case.play(["gs", "lx", "lxx"], before: forms(CaseForms.verification)) { one in
            try one.at("lxx", on: "2020-08-14") {
                try $0.state(verification, ["result": "enrolled", "enrolledOn": "2020-08-13", "methods": "入户排查"], by: "622921.civil")
            }
            let warned = try one.at("gs", on: "2020-08-20") {
                try $0.state(warning, ["title": "疑似困难家庭 h-7", "deadline": "2020-09-20"], by: "620000.civil")
                try $0.step(warning, "raise", by: "620000.civil")
            }
            try one.at("lxx", on: "2020-08-25", after: [warned]) { try $0.step(warning, "answer", by: "622921.civil", evidence: "h-7 已于2020-08-13纳入低保") }
        } check: { (_, office) throws in
            let state = try office.explain(warning, field: "state")
            #expect(state.value == "answered")
            #expect(state.claims.map { "\($0.unit.id) \($0.evidence ?? "")" } == ["622921.civil h-7 已于2020-08-13纳入低保"])
            #expect(Set(try office.search("h-7").map(\.record.kind)) == ["warning", "case.verification"])
            let answer = try office.show(verification).fields
            #expect(answer.first { $0.field == "result" }?.value == "enrolled")
            #expect(answer.first { $0.field == "enrolledOn" }?.value == "2020-08-13")
        }
    }

    @Test func r6c34theDepartmentVerifiesAndTheTownsViewIsKept() throws {
        let record = "case.verification:620724/h-9"
        try Case.play(
            ["gs", "zy", "gt", "fg"],
            before: { stage in
                try CaseForms.publish([CaseForms.verification], on: stage)
                try stage["gt"].state(
                    "matrix:620724/高台县“六保”方案/保基本民生%2F核实",
                    [
                        "leads": "620724.civil", "cooperating": "620724.xiangdao", "indicators": "case.verification", "clause": "民生 6", "topic": "basicLivelihood",
                        "inForceFrom": "2020-05-20",
                    ], by: "620724.gov")
            }
        ) { one in
            try one.at("gt") { try $0.state(record, ["result": "eligible", "methods": "信息比对"], by: "620724.civil") }
            try one.at("fg") { try $0.state(record, ["result": "notEligible", "methods": "入户排查"], by: "620724.xiangdao") }
        } check: { (_, office) throws in
            let result = try office.explain(record, field: "result")
            #expect(result.value == "eligible")
            #expect("\(result.rule) \(result.mode ?? "") \(result.source?.clause ?? "")" == "mode lineFirst 保基本民生 五(一)")
            #expect(told(result.claims) == ["620724.civil eligible stands", "620724.xiangdao notEligible overruled"])
            #expect(Set(try office.explain(record, field: "methods").members.map(\.value)) == ["信息比对", "入户排查"])
        }
    }

    @Test func c35moneyOfTheWageAccountGoesNowhereElseAtAnyNode() throws {
        try Case.play(["gs", "zy", "gt"], before: forms(CaseForms.wages)) { one in
            try one.at("gt") { office in
                let error = #expect(throws: (any Error).self) {
                    try office.state("case.wages:620724/620724.finance/1", ["purpose": "project", "amount": "500000"], by: "620724.finance")
                }
                #expect("\(error.map { "\($0)" } ?? "")".contains("purpose"))
                try office.state("case.wages:620724/620724.finance/2", ["purpose": "wages", "amount": "300000"], by: "620724.finance")
            }
            try one.at("zy") { try $0.state("case.wages:620724/620700.finance/1", ["purpose": "wages", "amount": "1000000"], by: "620700.finance") }
        } check: { (_, office) throws in
            let rows = try office.list(kind: "case.wages", place: "620724").map { row in
                "\(row.record.key[0].value)-\(row.record.key[1].value) \(row.values.first { $0.field == "amount" }?.value ?? "")"
            }
            #expect(Set(rows) == ["620724.finance-2 300000", "620700.finance-1 1000000"])
        }
    }

    @Test func r1c36theSuperiorScoresAndTheCountysOwnScoreIsAnObjection() throws {
        let record = "case.assessment:620724/620700.gov/620724.gov/2020-Q3"
        try Case.play(["gs", "zy", "gt"], before: forms(CaseForms.assessment)) { one in
            try one.at("gt") { try $0.state(record, ["score": "98"], by: "620724.gov") }
            try one.at("zy") { try $0.state(record, ["score": "86"], by: "620700.gov") }
        } check: { (_, office) throws in
            let score = try office.explain(record, field: "score")
            #expect(score.value == "86")
            #expect(told(score.claims) == ["620700.gov 86 stands", "620724.gov 98 objection"])
            #expect(try office.kept(place: "620724").map(told) == ["objection 620724.gov score 98 against 86"])
        }
    }

    @Test func r1c42onlyTheTierThatHungThePlacardTakesItDown() throws {
        let record = "case.placard:622921/622900.gov/h-48"
        try Case.play(
            ["gs", "lx", "lxx"],
            before: { stage in
                try CaseForms.publish([CaseForms.placard], on: stage)
                try stage.exchangeAll()
                try stage["lx"].writePlacard(record)
            }
        ) { one in
            try one.at("lxx") { try $0.step(record, "takeDown", by: "622921.gov", evidence: "已达标", evenIfVoid: true) }
            try one.at("lx") { try $0.step(record, "takeDown", by: "622900.gov", evenIfVoid: true) }
        } check: { (_, office) throws in
            #expect(try office.explain(record, field: "state").value == "hung")
            #expect(
                Set(try office.kept(place: "622921").map(told)) == [
                    "void(wrongRole) 622921.gov state takeDown against hung", "void(noEvidence) 622900.gov state takeDown against hung",
                ])
        }
    }

    @Test func r14aFormThatComesAfterItsRecordsIsAppliedToThem() throws {
        let record = "case.assessment:620724/620700.gov/620724.gov/2020-Q3"
        try Case.play(["gs", "zy", "gt"]) { one in
            let form = try one.at("gs") { try $0.node.write([FormKind.draft(of: CaseForms.assessment, at: "620000", by: "620000.gov", person: "620000.gov.p1")]) }
            try one.at("zy", after: [form]) { try $0.state(record, ["score": "86"], by: "620700.gov") }
            try one.at("zy") { try $0.state(record, ["score": "88"], by: "620700.gov") }
        } check: { (_, office) throws in
            #expect(try office.explain(record, field: "score").value == "88")
        }
    }

    @Test func aFormThatComesLateAndValuesThatOneNodeReadsComeToTheSameInEveryOrder() throws {
        let record = "case.assessment:620724/620700.gov/620724.gov/2020-Q4"
        try Case.play(["gs", "zy", "gt"]) { one in
            let receiver = try #require(one.stage.nodes["gt"]).settings().node
            func sealed(_ score: String, _ mark: UInt8) -> (Office) throws -> Void {
                { office in
                    _ = try office.claim(
                        record, fields: [(name: "score", value: score)], by: office.hand("620700.gov"), notes: Notes(isSample: true),
                        sealing: FieldSealing(to: receiver) { _, key, node, place in
                            // Nobody opens it here; for merging one opaque value is like another.
                            SealedValue(
                                suite: .hpke, receiver: node, key: key.thumbprint, binding: place.binding(to: node, key: key.thumbprint),
                                wrapped: [UInt8](repeating: mark, count: 32), ciphertext: [UInt8](repeating: mark, count: 272))
                        })
                }
            }
            let form = try one.at("gs") { try $0.node.write([FormKind.draft(of: CaseForms.assessment, at: "620000", by: "620000.gov", person: "620000.gov.p1")]) }
            try one.at("zy", after: [form], sealed("86", 1))
            try one.at("zy", sealed("88", 2))
        } check: { (_, office) throws in
            let score = try office.explain(record, field: "score")
            #expect(score.value?.hasPrefix(SealedValue.mark) == true)
            #expect(score.claims.count == 1 && score.dispute == nil)
            #expect(try office.history(record).map { $0.fields.map(\.verdict.code) }.sorted { $0.joined() < $1.joined() } == [["replaced"], ["stands"]])
        }
    }
}

extension Office {
    fileprivate func writePlacard(_ reference: String) throws {
        let parts = reference.split(separator: "/").map(String.init)
        let key = RecordKey(.work("622921", nil), CaseForms.placard.name, [.text(parts[1]), .text(parts[2])])
        let state = try #require(CaseForms.placard.field(named: "state")).number
        try node.write([Draft(key: key, unit: "622900.gov", person: "622900.gov.p1", fields: [.init(state, "hang"), .init(.sample, .boolean(true))])])
    }
}
