import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

/// What is on record, what stays at home, what a restored machine leaves behind (R12, R13, R16, R18, R19, R20).
@Suite struct RecordCases {
    @Test func r18theLosingOfficeAcknowledgesAndThatIsOnRecord() throws {
        let cell = "620724/marketEntityTotal/2020-08"
        try Case.play(["gs", "zy", "gt"]) { one in
            let county = try one.at("gt") { try $0.state(cell, ["value": "20480户"], by: "620724.gov") }
            let city = try one.at("zy") { try $0.state(cell, ["value": "21030户"], by: "620700.samr") }
            try one.at("zy", after: [county]) { office in
                #expect(try office.todo(unit: "620700.samr", place: "620724", asOf: office.today).unacknowledged.map(\.claim.value) == ["21030"])
                _ = try office.acknowledge(cell, answer: "objects", note: "口径不同", by: office.hand("620700.samr"))
            }
            _ = city
        } check: { (node, office) throws in
            let figure = try office.explain(cell, field: "value")
            #expect(figure.value == "20480")
            let lost = try #require(figure.claims.first { $0.verdict.code == "overruled" })
            #expect(lost.unit.id == "620700.samr" && lost.value == "21030" && lost.verdict.by != nil)
            #expect(figure.source?.formula == "突出以块为主")
            // The acknowledgement lies at its own unit's place, which the county does not receive.
            if node != "gt" {
                #expect(try office.todo(unit: "620700.samr", place: "620724", asOf: office.today).unacknowledged.isEmpty)
                #expect(try office.list(kind: "acknowledgement").count == 1)
            }
            let read = try office.disputes(place: "620724").flatMap(\.acknowledgements).map { "\($0.unit.id) \($0.state) \($0.answer ?? "-")" }
            #expect(read == [node == "gt" ? "620700.samr due -" : "620700.samr acknowledged objects"])
        }
    }

    @Test func r12noClockAndNoDateDecidesBetweenTwoOffices() throws {
        let cell = "620724/marketEntityTotal/2020-08"
        for (county, city) in [("2020-09-01", "2020-09-02"), ("2020-09-02", "2020-09-01")] {
            try Stage.with(["gs", "zy", "gt"], on: "2020-09-01") { stage in
                let one = Case(stage)
                // Whoever writes on the later day writes second; nobody has read the other.
                let first = county < city ? "gt" : "zy"
                for (name, day) in [("gt", county), ("zy", city)].sorted(by: { ($0.0 == first ? 0 : 1) < ($1.0 == first ? 0 : 1) }) {
                    try one.at(name, on: day) {
                        try $0.state(cell, ["value": name == "gt" ? "20480户" : "21030户"], by: name == "gt" ? "620724.gov" : "620700.samr")
                    }
                }
                try one.inEveryOrder { (_, office) throws in #expect(try office.explain(cell, field: "value").value == "20480") }
            }
        }
    }

    @Test func r13c25anExtensionReachesBackAndAShorteningDoesNot() throws {
        let form = KindTable(
            "case.application", "惠企办件", english: "application", .work, key: [.init("unit", .text, Label("单位", "unit")), .init("number", .decimal, Label("编号", "number"))],
            issuer: .key("unit"),
            fields: [
                FieldSpec("result", 16, .internal, .soleIssuer, .text, "办理结果", english: "result"),
                FieldSpec(Office.instrumentField, 17, .internal, .soleIssuer, .bytes, "依据版本", english: "instrument"),
            ])
        let relief = "standard 620000/energyRelief/2020/620000.gov"
        for (term, standing) in [("2020-12-31", "recheck"), ("2020-05-31", "stands")] {
            try Case.play(
                ["gs", "zy", "gt"], on: "2020-07-01",
                before: { stage in
                    try CaseForms.publish([form], on: stage)
                    try stage["gs"].state(relief, ["termFrom": "2020-02-01", "termTo": "2020-06-30"], by: "620000.gov")
                }
            ) { one in
                let version = try one.stage["gt"].history(relief)[0].operation
                try one.at("gt", on: "2020-07-10") {
                    try $0.state("case.application:620724/620724.miit/1", ["result": "到期不再办理", "instrument": version], by: "620724.miit")
                }
                let changed = try one.at("gs", on: "2020-08-12") { try $0.state(relief, ["termTo": term], by: "620000.gov") }
                try one.at("gt", on: "2020-08-20", after: [changed]) { office in
                    let now = try office.explain(relief, field: "termTo").claims[0].operation
                    try office.state("case.application:620724/620724.miit/2", ["result": "办结", "instrument": now], by: "620724.miit")
                }
            } check: { (_, office) throws in
                #expect(try office.explain(relief, field: "termTo").value == term)
                let made = try office.madeUnder(relief, within: "620724")
                #expect(made.map { "\($0.record.key[1].value) \($0.termThen ?? "") \($0.termNow ?? "") \($0.standing)" } == ["1 2020-06-30 \(term) \(standing)", "2 \(term) \(term) stands"])
                #expect(try office.history(relief, field: "termTo").compactMap { $0.fields[0].value } == ["2020-06-30", term])
            }
        }
    }

    @Test func r16c39whatIsQuotedIsShownNoFurtherThanTheStricterOfBoth() throws {
        func file(_ place: String, _ number: String, _ publicity: String, _ rest: String) -> [UInt8] {
            Array(
                """
                format: "tiaokuai/publish/1"
                place: "\(place)"
                on: "2020-08-12"
                示例数据: true
                by: {unit: "\(place).gov", as: "\(place).gov.p1"}
                document:
                  number: "\(number)"
                  title: "“六保”方案 \(number)"
                  issuers:
                    - {unit: "\(place).gov", as: "\(place).gov.p1"}
                  signedOn: "2020-08-12"
                  publicity: "\(publicity)"
                \(rest)
                """.utf8)
        }
        let cites = """
              cites:
                - {relation: "implements", number: "张政发〔2020〕1号", title: "“六保”方案 张政发〔2020〕1号", clause: "一"}
                - {relation: "implements", number: "甘政发〔2020〕1号", title: "未到文件", clause: "二"}
            """
        try Case.play(["zy", "gt"]) { one in
            try one.at("gt") { _ = try $0.publish(file("620724", "高政发〔2020〕1号", "public", cites), file: "county.yaml") }
            try one.at("zy") { _ = try $0.publish(file("620700", "张政发〔2020〕1号", "onRequest", ""), file: "city.yaml") }
        } check: { (_, office) throws in
            #expect(try office.explain("高政发〔2020〕1号", field: "publicity").value == "public")
            #expect(try office.citations(place: "620724").map { "\($0.clause) \($0.state) \($0.quotedPublicity)" } == ["一 resolved onRequest", "二 pending internal"])
        }
    }

    @Test func r16c40namedPeopleStayAtTheCountyAndOnlyTheCountLeaves() throws {
        try Case.play(["gs", "zy", "gt"]) { one in
            try one.at("gt") { office in
                let entry = RecordKey(.local, RealNameEntryKind.table.name, ["620724.hrss", "登记失业", 1])
                try office.node.write([Draft(key: entry, unit: "620724.hrss", person: "620724.hrss.p1", fields: [.init(RealNameEntryKind.name, "某某"), .init(.sample, .boolean(true))])])
                let error = #expect(throws: NodeError.self) {
                    try office.node.write([
                        Draft(
                            key: RecordKey(.work("620724", nil), CellKind.table.name, ["newUrbanJobs", "2020-08"]), unit: "620724.hrss", person: "620724.hrss.p1",
                            fields: [.init(FieldNumber(index: 16, class: .personal), "某某")])
                    ])
                }
                #expect([.personalField, .unknownField].contains(error?.code))
                try office.state("620724/newUrbanJobs/2020-08", ["value": "1人"], by: "620724.hrss")
            }
        } check: { (node, office) throws in
            #expect(try office.explain("620724/newUrbanJobs/2020-08", field: "value").value == "1")
            #expect(try office.list(kind: "realNameEntry").count == (node == "gt" ? 1 : 0))
        }
    }

    @Test func r19r20c45aRestoredMachinesBranchesAreBothAdmittedAndWaitForTheCounty() throws {
        let cell = "620724/grainReserveDays/2020-08"
        try Stage.with(["gs", "zy", "fg"]) { stage in
            let one = Case(stage)
            try stage["fg"].state("620724/grainReserveDays/2020-07", ["value": "15天"], by: "620724.ndrc")
            try stage.exchangeAll()
            let image = try stage.saveStore("fg")
            try stage.putStore(image, "fg")
            try one.at("fg") { try $0.state(cell, ["value": "14.2天"], by: "620724.ndrc") }
            try stage.putStore(image, "fg")
            try one.at("fg") { try $0.state(cell, ["value": "14.9天"], by: "620724.ndrc") }
            try one.sendBack(0, via: "zy")
            try one.inEveryOrder { (_, office) throws in
                let figure = try office.explain(cell, field: "value")
                #expect(figure.value == nil && figure.blank?.code == "forked")
                #expect(told(figure.claims) == ["620724.ndrc 14.2 forked", "620724.ndrc 14.9 forked"])
                let fork = try #require(try office.node.ask { try $0.forks() }.first)
                #expect(fork.branches.count == 2 && fork.repair == nil)
                #expect(try office.selfForks(place: "620724").map(\.unit.id) == ["620724.ndrc"])
            }
            // The county owns up to it and chooses; then neither is open any more.
            let mended = Case(stage)
            try mended.at("fg") { office in
                try office.state(cell, ["value": "14.2天"], by: "620724.ndrc")
                let fork = try #require(try office.node.ask { try $0.forks() }.first)
                let key = RecordKey(
                    .work("620724", nil), ForkRepairKind.table.name,
                    ["620724.ndrc", .bytes(fork.feed.id.hash.bytes), .decimal(ExactDecimal(Int64(fork.sequence)))])
                try office.node.write([
                    Draft(
                        key: key, unit: "620724.ndrc", person: "620724.ndrc.p1",
                        fields: [
                            .init(ForkRepairKind.branches, .list(fork.branches.map { .bytes($0.hash.bytes) })), .init(ForkRepairKind.cause, "restoredBackup"),
                            .init(.sample, .boolean(true)),
                        ])
                ])
            }
            try mended.inEveryOrder { (_, office) throws in
                #expect(try office.explain(cell, field: "value").value == "14.2")
                #expect(try office.node.ask { try $0.forks() }.map { $0.repair != nil } == [true])
                #expect(try office.selfForks(place: "620724").map { $0.chosen?.value } == ["14.2"])
            }
        }
    }

    @Test func r1c47theTierThatIssuedTheClauseSaysWhenTheEventWas() throws {
        try Case.play(["gs", "zy", "gt"]) { one in
            try one.at("gt") { try $0.state("standard 620724/epidemicEnd/2020/620724.gov", ["termTo": "2020-07-31", "clause": "疫情结束"], by: "620724.gov") }
            try one.at("zy") { try $0.state("standard 620700/epidemicEnd/2020/620700.gov", ["termTo": "2020-06-30", "clause": "疫情结束"], by: "620700.gov") }
        } check: { (_, office) throws in
            #expect(try office.show("standard 620700/epidemicEnd/2020/620700.gov").judgement == "stands")
            #expect(try office.show("standard 620724/epidemicEnd/2020/620724.gov").judgement == "refused")
            let kept = try office.kept(place: "620724")
            #expect(kept.map { "\($0.standing) \($0.unit.id) \($0.against?.reference ?? "")" } == ["refused 620724.gov standard 620700/epidemicEnd/2020/620700.gov"])
        }
    }

    @Test func r21s05s06oneActionWithAndWithoutADeadlineHasItAndTwoTermsAreNobodys() throws {
        try Case.play(["zy", "gt", "fg"]) { one in
            try one.at("gt") { try $0.state("target 620724/keyPowerUsers/2020", ["floor": "1", "clause": "产业链 15"], by: "620724.gov") }
            try one.at("gt") { try $0.state("target 620724/keyPowerUsers/2020", ["deadline": "2020-06-30", "clause": "产业链 16"], by: "620724.gov") }
            try one.at("gt") { try $0.state("standard 620724/billDeferral/2020/620724.samr", ["termFrom": "2020-02-01"], by: "620724.samr") }
            try one.at("fg") { try $0.state("standard 620724/billDeferral/2020/620724.ndrc", ["termFrom": "2020-02-01", "termTo": "2020-06-30"], by: "620724.ndrc") }
        } check: { (_, office) throws in
            #expect(try office.explain("target 620724/keyPowerUsers/2020", field: "floor").value == "1")
            #expect(try office.explain("target 620724/keyPowerUsers/2020", field: "deadline").value == "2020-06-30")
            for unit in ["samr", "ndrc"] { #expect(try office.show("standard 620724/billDeferral/2020/620724.\(unit)").judgement == "undecided") }
        }
    }

    @Test func r21s07oneFactSaidTwiceIsOneFact() throws {
        try Case.play(["zy", "gt", "fg"]) { one in
            try one.at("gt") { try $0.state("standard 620724/powerPrice/2020/620724.samr", ["value": "95", "termTo": "2020-12-31"], by: "620724.samr") }
            try one.at("fg") { try $0.state("standard 620724/powerPrice/2020/620724.ndrc", ["value": "95.0", "termTo": "2020-12-31"], by: "620724.ndrc") }
        } check: { (_, office) throws in
            for unit in ["samr", "ndrc"] { #expect(try office.show("standard 620724/powerPrice/2020/620724.\(unit)").judgement == "stands") }
            #expect(try office.kept(place: "620724").isEmpty)
        }
    }
}
