import Testing
import TiaokuaiAudit
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording
import TiaokuaiWork

/// One value of each case; the switch makes a new case a compile error here.
private func everyVerdict(_ reason: VoidReason) -> [Verdict] {
    let id = OperationID(.zero)
    let all: [Verdict] = [
        .stands, .overruled(by: id), .disputed, .incomplete, .inert, .objection, .replaced(by: id), .withdrawn, .forked, .pending([]), .void(reason), .passed,
        .decides,
    ]
    for verdict in all {
        switch verdict {
        case .stands, .overruled, .disputed, .incomplete, .inert, .objection, .replaced, .withdrawn, .forked, .pending, .void, .passed, .decides: break
        }
    }
    return all
}

private func name(_ value: some Any) -> String { String("\(value)".prefix { $0 != "(" }) }

@Suite struct EngineWordsTests {
    @Test func everyVerdictHasWords() {
        for verdict in everyVerdict(.noGround) { #expect(JudgementWords.verdictCodes(of: name(verdict)) == [name(verdict)], "\(verdict)") }
    }

    @Test(arguments: VoidReason.allCases) func everyVoidReasonHasWords(reason: VoidReason) {
        #expect(JudgementWords.voidReason(reason.rawValue) != nil)
        #expect(JudgementWords.verdict("void", reason: reason.rawValue).zh.hasPrefix("无效:"))
    }

    @Test(arguments: KindFault.Code.allCases) func everyFaultOfAFormIsAVoidReasonWithWords(code: KindFault.Code) {
        #expect(VoidReason(rawValue: code.rawValue) != nil)
        #expect(FormFaultWords.of(code.rawValue) != nil)
    }

    @Test func everyTrustFaultIsAVoidReason() {
        for fault in TrustFault.allCases { #expect(JudgementWords.voidReason(fault.rawValue) != nil) }
        for fault in GrantFault.allCases { #expect(CarriageWords.grantFault(fault.rawValue) != nil) }
    }

    @Test(arguments: DecidingRule.allCases) func everyRuleHasWords(rule: DecidingRule) { #expect(JudgementWords.rule(rule.rawValue) != nil) }

    @Test(arguments: ResponsibilityMode.allCases) func everyModeHasWords(mode: ResponsibilityMode) {
        #expect(ValueWords.of(field: "mode", value: mode.rawValue) != nil)
    }

    @Test func everyBlankHasWords() {
        let unit: UnitID = "620724.hrss"
        for blank in [Blank.noClaim, .undecided, .forked(unit), .incompleteJointIssue(missing: [unit]), .noReport] {
            switch blank {
            case .noClaim, .undecided, .forked, .incompleteJointIssue, .noReport: break
            }
            #expect(JudgementWords.blank(name(blank), units: ["县人社局"]) != nil, "\(blank)")
        }
        #expect(JudgementWords.blank("incompleteJointIssue", units: ["甲", "乙"])?.zh == "联合发文,还差:甲、乙")
    }

    @Test func everyWayToChangeAValueHasWords() {
        let all: [Explanation.Change.Action] = [
            .lodge, .report, .amend, .agree, .withdraw, .choose, .joinIssue, .decide, .revise, .citeNewFact, .removeMember, .raise("close"),
        ]
        for action in all {
            switch action {
            case .lodge, .report, .amend, .agree, .withdraw, .choose, .joinIssue, .decide, .revise, .citeNewFact, .removeMember, .raise: break
            }
            #expect(JudgementWords.action(name(action)) != nil, "\(action)")
        }
        #expect(JudgementWords.action("raise", event: "close")?.zh == "销号")
    }

    @Test func everyThingWaitedForHasWords() {
        for what in WaitingFor.allCases { #expect(CarriageWords.waitingFor(what.rawValue) != nil) }
        for concern in LogConcern.Code.allCases { #expect(LogWords.concern(concern.rawValue) != nil) }
        for finding in AuditFinding.Code.allCases { #expect(VerificationWords.finding(finding.rawValue) != nil) }
        for stage in HistoryAudit.Stage.allCases { #expect(VerificationWords.stage(stage.rawValue) != nil) }
        for concern in TrustConcern.Code.allCases { #expect(CarriageWords.concern(concern.rawValue) != nil) }
        for outcome in ["accepted", "duplicate", "waiting", "void", "refused", "statement"] { #expect(CarriageWords.reception(outcome) != nil) }
    }

    @Test func everyAxisAndKnowledgeHasWords() {
        for axis in [Dispute.Axis.vertical, .inTier] { #expect(JudgementWords.axis(axis.rawValue) != nil) }
        for knowledge in [Dispute.Knowledge.parallel, .conflicting] { #expect(JudgementWords.knowledge(knowledge.rawValue) != nil) }
    }
}

@Suite struct WorkWordsTests {
    @Test(arguments: WorkKinds.all) func everyKindAndFieldHasAnEnglishName(table: KindTable) {
        #expect(KindWords.english(kind: table.name.text) != nil, "\(table.name)")
        for field in table.fields { #expect(KindWords.english(field: field.name, of: table.name.text) != nil, "\(table.name) \(field.name)") }
    }

    @Test(arguments: WorkKinds.all) func everyStateAndEventHasWords(table: KindTable) {
        for state in table.workflow?.states ?? [] { #expect(WorkflowWords.state(state) != nil, "\(state)") }
        for event in table.workflow?.events ?? [] { #expect(WorkflowWords.event(event.name) != nil, "\(event.name)") }
    }

    @Test func everyCodedValueHasWords() {
        func check(_ field: String, _ values: [String]) {
            for value in values { #expect(ValueWords.of(field: field, value: value) != nil, "\(field) \(value)") }
        }
        check("management", Management.allCases.map(\.rawValue))
        check("comparator", Comparator.allCases.map(\.rawValue))
        check("firmness", Firmness.allCases.map(\.rawValue))
        check("direction", IndicatorDefinition.Direction.allCases.map(\.rawValue))
        check("nature", IndicatorDefinition.Nature.allCases.map(\.rawValue))
        check("frequency", IndicatorDefinition.Frequency.allCases.map(\.rawValue))
        check("publicity", Publicity.allCases.map(\.rawValue))
        check("topic", Topic.allCases.map(\.rawValue))
        check("route", EscalationKind.Route.allCases.map(\.rawValue))
        check("cause", EscalationKind.Cause.allCases.map(\.rawValue))
        for kind in MatrixContradiction.Kind.allCases { #expect(ResponsibilityWords.contradiction(kind.rawValue, subjects: "甲") != nil) }
        #expect(ResponsibilityWords.contradiction("parallelVersions", subjects: "甲")?.zh.contains("甲") == true)
        for from in ["own", "part", "inherited", "none"] { #expect(ResponsibilityWords.modeFrom(from, place: "张掖市") != nil) }
        for rhythm in DisputeTerms.Consultation.allCases { #expect(DisputeWords.consultation(rhythm.rawValue) != nil) }
        for state in (AppealKind.table.workflow?.states ?? []) + ["replaced", "pending", "void"] { #expect(DisputeWords.appeal(state) != nil) }
        for why in ["nothingLost", "notYourClaim", "unknownDecision", "noTierAbove", "noEvidence"] { #expect(DisputeWords.refusal(why) != nil) }
        for state in ["acknowledged", "due", "overdue"] { #expect(DisputeWords.acknowledgement(state, answer: "accepts", day: "2020-09-02", due: "2020-09-16", late: 4) != nil) }
    }

    /// By code or as screens call them.
    @Test func verdictsAreFoundByTheirWords() {
        #expect(JudgementWords.verdictCodes(of: "不采用") == ["overruled"])
        #expect(JudgementWords.verdictCodes(of: "采用") == ["stands", "effective"])
        #expect(JudgementWords.verdictCodes(of: "kept, overruled") == ["overruled"])
        #expect(JudgementWords.verdictCodes(of: "nothing").isEmpty)
    }

    @Test func partitionsLengthsAndPartsOfTargetsAreNamed() {
        let withheld = LogWords.concern("withheld", ["node": "gt", "partition": "work(620724, hrss)", "item": "ab", "since": "2020-09-01"])
        #expect(withheld?.zh.contains("业务 620724, hrss") == true && withheld?.en.contains("work of 620724, hrss") == true)
        let rival = CarriageWords.concern("rivalGovernment", ["node": "gt", "partition": "policy(620724)", "item": "ab", "unit": "县政府"])
        #expect(rival?.zh.contains("定为 620724 的本级政府") == true && rival?.en.contains("the government of 620724, and") == true)
        #expect(SheetWords.partition("local").en == "this machine only" && SheetWords.partition("other").zh == "other" && SheetWords.partition("of(1)").zh == "of(1)")
        #expect(SheetWords.qualifier("by-2020-05").en == "by 2020-05" && SheetWords.qualifier("male").zh == "male")
        let lengths: [Int64] = [1_999, 2_000, 119_999, 120_000, 7_200_000, 172_800_000]
        #expect(lengths.map { VerificationWords.length(milliseconds: $0).zh } == ["1999 毫秒", "2 秒", "119 秒", "2 分钟", "2 小时", "2 天"])
    }
}
