import Testing
import TiaokuaiModel
import TiaokuaiOffice

/// The problem ledger: who closes, who holds, who handles (R9, R10, R11, R12, R17).
@Suite struct LedgerCases {
    /// An item of 高工信 that was resolved and verified, known to everybody.
    private func verified(_ stage: Stage) throws { try verified(stage["gt"]) }

    private func verified(_ county: Office) throws {
        try open(county)
        try county.step("高工信-2020-001", "start", by: "620724.miit")
        try county.step("高工信-2020-001", "resolve", by: "620724.transport", evidence: "通行证办结单")
        try county.step("高工信-2020-001", "verify", by: "620724.gov", evidence: "现场核验")
    }

    private func open(_ office: Office, unit: String = "620724.miit", department: String? = "620724.transport", leader: String? = nil) throws {
        _ = try office.openLedgerItem(
            LedgerOpening(year: 2020, title: "原材料跨县运输受阻", leader: leader, department: department, notes: Notes(isSample: true)), by: office.hand(unit))
    }

    @Test func r9c15aCloseThatDidNotKnowOfTheNewEvidenceGivesWay() throws {
        try Case.play(["gs", "zy", "gt"], before: verified) { one in
            try one.at("gt") { try $0.step("高工信-2020-001", "close", by: "620724.gov", evidence: "核验单") }
            try one.at("zy") { try $0.step("高工信-2020-001", "reopen", by: "620700.miit", evidence: "企业电话反映未解决") }
        } check: { (_, office) throws in
            let row = try office.ledger(LedgerFilter(place: "620724", asOf: office.today))
            #expect(row.map { "\($0.state) \($0.episode)" } == ["reopened 2"])
            let state = try office.explain("高工信-2020-001", field: "state")
            #expect(told(state.claims) == ["620724.gov close overruled", "620700.miit reopen stands"])
            #expect(state.claims.allSatisfy { $0.parallelTo.count == 1 })
            #expect(Set(state.claims.compactMap(\.evidence)) == ["核验单", "企业电话反映未解决"])
            #expect(state.dispute.map { "\($0.knowledge) \($0.axis)" } == "parallel vertical")
        }
    }

    @Test func r9anItemIsClosedByAnotherHandThanTheOneThatResolvedIt() throws {
        try Case.play(["gs", "zy", "gt"], before: verified) { one in
            try one.at("gt") {
                try $0.step("高工信-2020-001", "close", by: "620724.transport", evidence: "自查", evenIfVoid: true)
                try $0.step("高工信-2020-001", "close", by: "620724.gov", evenIfVoid: true)
            }
        } check: { (_, office) throws in
            #expect(try office.ledger(LedgerFilter(place: "620724", asOf: office.today)).map(\.state) == ["verified"])
            #expect(
                Set(try office.kept(place: "620724").map(told)) == [
                    "void(wrongRole) 620724.transport state close against verified", "void(noEvidence) 620724.gov state close against verified",
                ])
        }
    }

    @Test func r10c16whoIsNotToSayNamesNoSecondLeader() throws {
        try Case.play(["gs", "zy", "gt"], before: { try self.open($0["gt"], leader: "620724.gov:分管副县长") }) { one in
            try one.at("gt") { try $0.state("高工信-2020-001", ["leader": "620724.gov:督查室主任"], by: "620724.taskforce", evenIfVoid: true) }
            try one.at("zy") { try $0.state("高工信-2020-001", ["leader": "620700.gov:秘书长"], by: "620700.taskforce", evenIfVoid: true) }
        } check: { (_, office) throws in
            #expect(try office.explain("高工信-2020-001", field: "leader").value == "620724.gov:分管副县长")
            #expect(
                Set(try office.kept(place: "620724").map(told)) == [
                    "void(notAdmitted) 620724.taskforce leader 620724.gov:督查室主任 against 620724.gov:分管副县长",
                    "void(notAdmitted) 620700.taskforce leader 620700.gov:秘书长 against 620724.gov:分管副县长",
                ])
        }
    }

    @Test func r10c16ofEqualAuthoritiesThePreviousLeaderStaysAndTheyAreInDispute() throws {
        let item = "ledger 620724.ndrc-2020-1"
        try Case.play(
            ["gs", "zy", "gt", "fg"],
            before: { stage in
                try self.open(stage["fg"], unit: "620724.ndrc", leader: "620724.gov:分管副县长")
                try stage.exchangeAll()
                try stage["gt"].state(item, ["leader": "620724.gov:分管副县长"], by: "620724.gov")
            }
        ) { one in
            try one.at("fg") { try $0.state(item, ["leader": "620724.gov:督查室主任"], by: "620724.ndrc") }
            try one.at("gt") { try $0.state(item, ["leader": "620724.gov:办公室主任"], by: "620724.gov") }
        } check: { (_, office) throws in
            let leader = try office.explain(item, field: "leader")
            #expect(leader.value == "620724.gov:分管副县长")
            #expect(leader.rule == "lastAgreed")
            #expect(told(leader.claims) == ["620724.ndrc 620724.gov:督查室主任 disputed", "620724.gov 620724.gov:办公室主任 disputed"])
            #expect(leader.dispute.map { "\($0.axis) \($0.deciders.map(\.id))" } == "inTier [\"620700.gov\", \"620000.gov\"]")
        }
    }

    @Test func c17twoRoutesAreOneCaseAndTheOtherRouteLooksOn() throws {
        try Case.play(["gs", "zy", "gt"]) { one in
            let item = try one.at("gt") { try self.open($0) }
            let block = try one.at("gt") {
                _ = try $0.escalate(
                    EscalationOpening(item: "高工信-2020-001", year: 2020, to: "620700.taskforce", route: "block", cause: "crossCounty", notes: Notes(isSample: true)),
                    by: $0.hand("620724.taskforce"))
            }
            let line = try one.at("gt") {
                _ = try $0.escalate(
                    EscalationOpening(item: "高工信-2020-001", year: 2020, to: "620700.miit", route: "line", cause: "beyondPlace", notes: Notes(isSample: true)),
                    by: $0.hand("620724.miit"))
            }
            try one.at("zy", after: [item, block, line]) {
                _ = try $0.openCase(
                    CaseOpening(
                        year: 2020, title: "原材料跨县运输受阻", linkingGround: "同一企业同一问题,跨县域",
                        members: ["高工信-2020-001", "escalation 620724.taskforce 2020-1", "escalation 620724.miit 2020-1"], handler: "620700.taskforce",
                        observers: ["620700.miit"], tells: ["620724"], notes: Notes(isSample: true)), by: $0.hand("620700.gov"))
            }
        } check: { (node, office) throws in
            #expect(try office.ledger(LedgerFilter(place: "620724", asOf: office.today)).map(\.state) == ["escalated"])
            let part = try #require(try office.list(kind: "casePart", place: "620724").first)
            let told = Dictionary(part.values.map { ($0.field, $0.value) }, uniquingKeysWith: { first, _ in first })
            #expect(told["handler"] == "620700.taskforce")
            #expect(told["observers"]?.contains("620700.miit") == true)
            if node != "gt" {
                let opened = try office.show("case 620700.gov 2020-1")
                #expect(opened.fields.first { $0.field == "members" }?.members.count == 3)
                #expect(opened.fields.first { $0.field == "linkingGround" }?.claims.map(\.unit.id) == ["620700.gov"])
                #expect(opened.references.allSatisfy { $0.state == "resolved" })
            }
        }
    }

    @Test func c19twoCountiesItemsStayTwoUnderOneCaseOfTheCity() throws {
        try Case.play(["gs", "zy", "gt", "gz"]) { one in
            let first = try one.at("gt") { try self.open($0) }
            let second = try one.at("gz") { try self.open($0, unit: "620702.miit", department: nil) }
            try one.at("zy", after: [first, second]) { office in
                try self.openCase(of: ["高工信-2020-001", "甘工信-2020-001"], office)
                // Each county closes its part first.
                let error = #expect(throws: OfficeError.self) {
                    try office.raise("case 620700.gov 2020-1", event: "close", by: office.hand("620700.gov"), evidence: "协调纪要")
                }
                #expect([error?.code.rawValue, error?.facts["items"]] == ["itemsOpen", "甘工信-2020-001、高工信-2020-001"])
            }
        } check: { (node, office) throws in
            let items = try office.ledger(LedgerFilter(asOf: office.today)).map(\.record.reference)
            #expect(Set(items) == (node == "gt" ? ["高工信-2020-001"] : node == "gz" ? ["甘工信-2020-001"] : ["高工信-2020-001", "甘工信-2020-001"]))
            #expect(try office.list(kind: "casePart").count == (["gt", "gz"].contains(node) ? 1 : 2))
            if !["gt", "gz"].contains(node) {
                let members = try office.show("case 620700.gov 2020-1").fields.first { $0.field == "members" }?.members ?? []
                #expect(Set(members.compactMap(\.reference)) == ["高工信-2020-001", "甘工信-2020-001"])
                #expect(Set(members.map(\.unit.id)) == ["620700.gov"])
            }
        }
    }

    @Test func c19theCaseIsClosedOnceBothCountiesHaveClosedTheirItems() throws {
        try Case.play(["gs", "zy", "gt", "gz"]) { one in
            let first = try one.at("gt") { office in
                try self.verified(office)
                try office.step("高工信-2020-001", "close", by: "620724.gov", evidence: "核验单")
            }
            let second = try one.at("gz") { office in
                try self.open(office, unit: "620702.miit", department: nil)
                try office.step("甘工信-2020-001", "resolve", by: "620702.miit", evidence: "通行证办结单")
                try office.step("甘工信-2020-001", "verify", by: "620702.gov", evidence: "现场核验")
                try office.step("甘工信-2020-001", "close", by: "620702.gov", evidence: "核验单")
            }
            try one.at("zy", after: [first, second]) { office in
                try self.openCase(of: ["高工信-2020-001", "甘工信-2020-001"], office)
                try office.step("case 620700.gov 2020-1", "close", by: "620700.gov", evidence: "协调纪要")
            }
        } check: { (node, office) throws in
            if !["gt", "gz"].contains(node) { #expect(try office.explain("case 620700.gov 2020-1", field: "state").value == "closed") }
            #expect(try office.ledger(LedgerFilter(asOf: office.today)).allSatisfy { $0.state == "closed" })
        }
    }

    private func openCase(of members: [String], _ office: Office) throws {
        _ = try office.openCase(
            CaseOpening(
                year: 2020, title: "跨县供应商停供", linkingGround: "同一供应商", members: members, handler: "620700.miit", tells: ["620724", "620702"],
                notes: Notes(isSample: true)), by: office.hand("620700.gov"))
        try office.step("case 620700.gov 2020-1", "handle", by: "620700.gov")
    }

    @Test func r11c21thePostHoldsTheItemAndActsBindWhoHeldThePostThatDay() throws {
        try Case.play(
            ["gs", "zy", "gt"], on: "2020-08-10",
            before: { stage in
                try self.verified(stage)
                try stage["gt"].state("高工信-2020-001", ["leader": "620724.gov:分管副县长"], by: "620724.miit")
            }
        ) { one in
            try one.at("gt") { office in
                for (post, person, from, until) in [
                    ("县长", "p1", "2020-01-01", ""), ("分管副县长", "p2", "2020-01-01", "2020-08-14"), ("分管副县长", "p3", "2020-08-15", ""),
                ] {
                    try office.state("post:620724/620724.gov/\(post)/\(from)", ["person": "620724.gov.\(person)", "until": until], by: "620724.gov")
                }
            }
            try one.at("gt", on: "2020-08-14") {
                _ = try $0.raise("高工信-2020-001", event: "close", by: $0.hand("620724.gov", "p2"), evidence: "核验单", notes: Notes(isSample: true))
            }
            try one.at("gt", on: "2020-08-16") { office in
                let error = #expect(throws: (any Error).self) {
                    try office.raise("高工信-2020-001", event: "reopen", by: office.hand("620724.gov", "p2"), evidence: "回访")
                }
                #expect("\(error.map { "\($0)" } ?? "")".contains("personHoldsNoPost"))
                _ = try office.raise("高工信-2020-001", event: "reopen", by: office.hand("620724.gov", "p3"), evidence: "回访未解决", notes: Notes(isSample: true))
            }
        } check: { (_, office) throws in
            let rows = try office.ledger(LedgerFilter(place: "620724", asOf: office.today))
            #expect(rows.map { "\($0.state) \($0.episode) \($0.leader ?? "")" } == ["reopened 2 620724.gov:分管副县长"])
            let acts = Dictionary(
                try office.history("高工信-2020-001", field: "state").map { ($0.fields[0].value ?? "", "\($0.person) \($0.fields[0].verdict.code)") },
                uniquingKeysWith: { first, _ in first })
            #expect(acts["close"] == "620724.gov.p2 passed")
            #expect(acts["reopen"] == "620724.gov.p3 stands")
        }
    }

    @Test func r17c38aVerticallyManagedOfficeIsAskedAndNotAssigned() throws {
        try Case.play(["gs", "zy", "gt", "sw"], before: { try self.open($0["gt"]) }) { one in
            try one.at("gt") { office in
                let error = #expect(throws: (any Error).self) { try office.assign("高工信-2020-001", department: "高台县税务局", by: office.hand("620724.gov")) }
                #expect("\(error.map { "\($0)" } ?? "")".contains("verticalUnit"))
                try office.state("高工信-2020-001", ["department": "620724.tax"], by: "620724.miit", evenIfVoid: true)
                try office.state("高工信-2020-001", ["cooperating": "620724.tax"], by: "620724.gov")
            }
            try one.at("sw") { try $0.state("高工信-2020-001", ["attachments": "答复函"], by: "620724.tax") }
        } check: { (_, office) throws in
            #expect(try office.explain("高工信-2020-001", field: "department").value == "620724.transport")
            #expect(try office.kept(place: "620724").map(told) == ["void(verticalUnit) 620724.miit department 620724.tax against 620724.transport"])
            let item = try office.show("高工信-2020-001")
            #expect(item.fields.first { $0.field == "cooperating" }?.members.map { "\($0.unit.id) \($0.value)" } == ["620724.gov 620724.tax"])
        }
    }

    @Test func c48aSiblingsLedgerIsNotWrittenInTheRequestGoesThroughTheProvince() throws {
        try Case.play(["gs", "zy", "lx"]) { one in
            let request = try one.at("lx") { office in
                #expect(throws: (any Error).self) {
                    try office.openLedgerItem(LedgerOpening(place: "620700", year: 2020, title: "请疏通上游企业"), by: office.hand("622900.miit"))
                }
                try self.open(office, unit: "622900.miit", department: nil)
                _ = try office.escalate(
                    EscalationOpening(item: "州工信-2020-001", year: 2020, to: "620000.gov", route: "line", cause: "needsProvince", notes: Notes(isSample: true)),
                    by: office.hand("622900.miit"))
            }
            let told = try one.at("gs", after: [request]) {
                _ = try $0.openCase(
                    CaseOpening(
                        year: 2020, title: "跨市州产业链协作", linkingGround: "临夏州商请", members: ["州工信-2020-001"], handler: "620700.miit", tells: ["620700", "622900"],
                        notes: Notes(isSample: true)), by: $0.hand("620000.gov"))
            }
            try one.at("zy", after: [told]) { try self.open($0, unit: "620700.miit", department: nil) }
        } check: { (node, office) throws in
            let places = Set(try office.ledger(LedgerFilter(asOf: office.today)).map(\.unit.id))
            #expect(places == (node == "zy" ? ["620700.miit"] : node == "lx" ? ["622900.miit"] : ["620700.miit", "622900.miit"]))
            let parts = try office.list(kind: "casePart")
            #expect(parts.count == (node == "gs" ? 2 : 1))
            #expect(parts.allSatisfy { $0.values.contains { $0.field == "handler" && $0.value == "620700.miit" } })
        }
    }
}
