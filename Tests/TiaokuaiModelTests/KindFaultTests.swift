import Testing

@testable import TiaokuaiModel

/// What a declared kind may not be, and what a later version of it may not change. The plan: one good table, one thing wrong.
@Suite struct KindFaultTests {
    private struct Parts {
        var name: KindName = "flood.post"
        var title = "防汛值班"
        var stream = KindTable.Stream.work
        var key: [KindTable.KeyField] = [.init("day", .text), .init("unit", .text)]
        var issuer = KindTable.Author.key("unit")
        var reporter = KindTable.Author.lineOfPlace
        var fields: [FieldSpec] = [
            FieldSpec("note", 16, .public, .soleIssuer, .text, "备注"), FieldSpec("remark", 17, .internal, .soleReporter, .text, "说明"),
            FieldSpec("level", 18, .internal, .authority, .decimal, "水位", measure: "米"), FieldSpec("holder", 19, .internal, .holder, .text, "承办"),
            FieldSpec("state", 20, .internal, .workflow, .text, "状态"), FieldSpec("links", 21, .internal, .set, .bytes, "关联"),
            FieldSpec("warning", 22, .internal, .soleIssuer, .text, "预警", choices: [.init("red", Label("红", "red")), .init("blue", Label("蓝", "blue"))]),
        ]
        var states = ["opened", "done"]
        var events: [Workflow.Event] = [
            .init("open", from: [""], to: "opened", by: [.issuer]), .init("finish", from: ["opened"], to: "done", by: [.holder("holder")], notByAuthorOf: "open"),
        ]
        var hasWorkflow = true

        var table: KindTable {
            KindTable(
                name, title, stream, key: key, issuer: issuer, reporter: reporter, fields: fields,
                workflow: hasWorkflow ? Workflow(states: states, events: events) : nil)
        }

        func with(_ field: FieldSpec) -> [FieldSpec] { fields.filter { $0.number.index != field.number.index } + [field] }
    }

    private func codes(_ change: (inout Parts) -> Void) -> [KindFault.Code] {
        var parts = Parts()
        change(&parts)
        return parts.table.faults.map(\.code)
    }

    private func successor(_ change: (inout Parts) -> Void) -> KindFault.Code? {
        var parts = Parts()
        change(&parts)
        return Parts().table.fault(ofSuccessor: parts.table)?.code
    }

    @Test func aGoodTableHasNone() {
        #expect(codes { _ in }.isEmpty)
        #expect(Parts().table.fault == nil)
    }

    @Test func aTableNeedsATitleAKeyAndFields() {
        #expect(codes { $0.title = "" } == [.formIncomplete])
        #expect(
            codes {
                $0.fields = []; $0.hasWorkflow = false
            } == [.formIncomplete])
        #expect(
            codes {
                $0.key = []; $0.issuer = .government
            } == [.formIncomplete])
    }

    @Test func nothingIsBeyondItsLimit() {
        let many = { (count: UInt32) in (0..<count).map { FieldSpec("f\($0)", 100 + $0, .public, .soleIssuer, .text, "甲") } }
        #expect(codes { $0.fields += many(52) }.isEmpty)
        #expect(codes { $0.fields += many(53) } == [.formTooManyFields])
        #expect(codes { $0.key += (0..<7).map { .init("k\($0)", .text) } } == [.formTooManyFields])
        let choices = (0..<65).map { FieldSpec.Choice("c\($0)", Label("甲", "a")) }
        #expect(codes { $0.fields = $0.with(FieldSpec("warning", 22, .internal, .soleIssuer, .text, "预警", choices: choices)) } == [.formTooManyFields])
        #expect(codes { $0.events += (0..<63).map { .init("e\($0)", from: ["opened"], to: "done", by: [.anyone]) } } == [.formTooManyFields])
        #expect(
            codes { parts in
                parts.states += (0..<31).map { "s\($0)" }
                parts.events += (0..<31).map { .init("e\($0)", from: [""], to: "s\($0)", by: [.anyone]) }
            } == [.formTooManyFields])
    }

    @Test func namesAndNumbersAreWellFormedAndOnce() {
        #expect(codes { $0.fields = $0.with(FieldSpec("Note", 16, .public, .soleIssuer, .text, "备注")) } == [.formNameMalformed])
        #expect(codes { $0.fields = $0.with(FieldSpec("备注", 16, .public, .soleIssuer, .text, "备注")) } == [.formNameMalformed])
        #expect(codes { $0.fields = $0.with(FieldSpec("a b", 16, .public, .soleIssuer, .text, "备注")) } == [.formNameMalformed])
        #expect(codes { $0.fields = $0.with(FieldSpec("remark", 16, .public, .soleIssuer, .text, "备注")) } == [.formNameTwice])
        #expect(codes { $0.fields = $0.with(FieldSpec("ground", 16, .public, .soleIssuer, .text, "备注")) } == [.formNameTwice])
        #expect(codes { $0.fields.append(FieldSpec("other", 16, .internal, .soleIssuer, .text, "备注")) } == [.formNumberTwice])
        #expect(codes { $0.key[0] = .init("unit", .text) } == [.formNameTwice])
        #expect(codes { $0.key[0] = .init("a-b", .text) } == [.formNameMalformed])
        #expect(codes { $0.states = ["opened", "opened", "done"] } == [.formNameTwice])
        #expect(codes { $0.states = ["opened", "done", "a b"] }.contains(.formNameMalformed))
        #expect(codes { $0.events.append($0.events[0]) } == [.formNameTwice])
        #expect(codes { $0.events.append(.init("a b", from: [""], to: "opened", by: [.anyone])) } == [.formNameMalformed])
        let twice = [FieldSpec.Choice("red", Label("红", "red")), .init("red", Label("赤", "red"))]
        #expect(codes { $0.fields = $0.with(FieldSpec("warning", 22, .internal, .soleIssuer, .text, "预警", choices: twice)) } == [.formNameTwice])
    }

    @Test(arguments: [
        FieldSpec("level", 18, .internal, .authority, .list, "水位"), FieldSpec("level", 18, .internal, .soleIssuer, .text, "水位", measure: "米"),
        FieldSpec("level", 18, .public, .strictest(.floor), .decimal, "水位"), FieldSpec("level", 18, .public, .strictest(.earliest), .day, "水位"),
        FieldSpec("level", 18, .public, .set, .decimal, "水位"), FieldSpec("level", 18, .public, .holder, .day, "水位"),
        FieldSpec("level", 18, .public, .accompanying, .text, "水位"),
        FieldSpec("level", 18, .public, .soleIssuer, .day, "水位", choices: [.init("red", Label("红", "red"))]),
    ])
    func aRuleGoesWithTypeAndStream(_ field: FieldSpec) {
        #expect(codes { $0.fields = $0.with(field) } == [.formRuleUnfit])
    }

    @Test func boundsStandInPolicyAndAReportersFieldNeedsAReporter() {
        let bounds = [
            FieldSpec("least", 30, .public, .strictest(.floor), .decimal, "甲"), FieldSpec("most", 31, .public, .strictest(.ceiling), .decimal, "乙"),
            FieldSpec("by", 32, .public, .strictest(.earliest), .day, "丙"),
        ]
        #expect(
            codes {
                $0.stream = .policy; $0.fields += bounds
            }.isEmpty)
        #expect(codes { $0.fields += bounds } == [.formRuleUnfit, .formRuleUnfit, .formRuleUnfit])
        #expect(codes { $0.reporter = .unitOfPlace } == [.formRuleUnfit])
        #expect(codes { $0.key[0] = .init("day", .day) } == [.formRuleUnfit])
    }

    @Test func personalFieldsStayInTheStoreOrAreSealed() {
        let name = FieldSpec("name", 30, .personal, .holder, .text, "姓名")
        #expect(codes { $0.fields.append(name) } == [.formPersonal])
        #expect(
            codes {
                $0.stream = .local; $0.fields.append(name)
            }.isEmpty)
        // Where a value may be sealed to one node, it may be of a person.
        #expect(codes { $0.fields.append(FieldSpec("address", 31, .personal, .soleIssuer, .text, "住址")) }.isEmpty)
    }

    @Test func aWorkflowIsWhole() {
        #expect(codes { $0.hasWorkflow = false } == [.formWorkflowMissing])
        #expect(codes { $0.fields.removeAll { $0.rule == .workflow } } == [.formWorkflowMissing])
        #expect(codes { $0.states = ["opened"] } == [.formStateUndefined])
        #expect(codes { $0.events[0] = .init("open", from: ["nowhere", ""], to: "opened", by: [.issuer]) } == [.formStateUndefined])
        #expect(codes { $0.events[0] = .init("open", from: [""], to: "", by: [.issuer]) }.contains(.formStateUndefined))
        #expect(codes { $0.events[1] = .init("finish", from: [], to: "done", by: [.issuer]) }.contains(.formIncomplete))
        #expect(codes { $0.events[1] = .init("finish", from: ["opened"], to: "done", by: []) } == [.formIncomplete])
        #expect(codes { $0.events[1] = .init("finish", from: ["opened"], to: "done", by: [.issuer], notByAuthorOf: "start") } == [.formEventUndefined])
        #expect(codes { $0.events[1] = .init("finish", from: ["opened"], to: "done", by: [.holder("note")]) } == [.formHolderUndefined])
        #expect(codes { $0.issuer = .key("office") } == [.formKeyUndefined])
    }

    /// The one cycle that a form can have: states that lead to each other, and nothing to them.
    @Test func aRingOfStatesThatNothingEntersIsUnreachable() {
        let ring: [Workflow.Event] = [.init("turn", from: ["left"], to: "right", by: [.anyone]), .init("back", from: ["right"], to: "left", by: [.anyone])]
        #expect(
            codes {
                $0.states += ["left", "right"]; $0.events += ring
            } == [.formStateUnreachable, .formStateUnreachable])
        #expect(
            codes {
                $0.states += ["left", "right"]; $0.events += ring + [.init("enter", from: ["done"], to: "left", by: [.anyone])]
            }.isEmpty)
    }

    // MARK: Later versions

    @Test func aLaterVersionMayAddAndRename() {
        #expect(successor { _ in } == nil)
        #expect(
            successor {
                $0.title = "值班"; $0.fields = $0.with(FieldSpec("note", 16, .public, .soleIssuer, .text, "附注", english: "note"))
            } == nil)
        #expect(successor { $0.fields.append(FieldSpec("rain", 30, .public, .authority, .decimal, "雨量")) } == nil)
        #expect(
            successor { parts in
                parts.states = ["recalled", "opened", "checked", "done"]
                parts.events[1] = .init("finish", from: ["opened", "checked"], to: "done", by: [.holder("holder"), .government], notByAuthorOf: "open")
            } == nil)
        let more = ["red", "orange", "blue"].map { FieldSpec.Choice($0, Label("甲", $0)) }
        #expect(successor { $0.fields = $0.with(FieldSpec("warning", 22, .internal, .soleIssuer, .text, "预警", choices: more)) } == nil)
    }

    @Test func whoSpeaksAndWhereItFlowsStays() {
        #expect(successor { $0.stream = .policy } == .formChanged)
        #expect(successor { $0.key.append(.init("more", .text)) } == .formChanged)
        #expect(successor { $0.issuer = .government } == .formChanged)
        #expect(successor { $0.reporter = .government } == .formChanged)
    }

    @Test(arguments: [
        FieldSpec("note", 16, .internal, .soleIssuer, .text, "备注"), FieldSpec("notes", 16, .public, .soleIssuer, .text, "备注"),
        FieldSpec("note", 16, .public, .authority, .text, "备注"), FieldSpec("note", 16, .public, .soleIssuer, .day, "备注"),
        FieldSpec("note", 16, .public, .soleIssuer, .text, "备注", choices: [.init("a", Label("甲", "a"))]),
        FieldSpec("warning", 22, .internal, .soleIssuer, .text, "预警"),
        FieldSpec("warning", 22, .internal, .soleIssuer, .text, "预警", choices: [.init("red", Label("红", "red"))]),
        FieldSpec("level", 18, .internal, .authority, .decimal, "水位", measure: "厘米"),
    ])
    func aFieldStays(_ changed: FieldSpec) {
        #expect(successor { $0.fields = $0.with(changed) } == .formFieldChanged)
        #expect(successor { $0.fields.removeAll { $0.number.index == changed.number.index } } == .formFieldDropped)
    }

    @Test func aWorkflowStays() {
        #expect(successor { $0.hasWorkflow = false } == .formWorkflowChanged)
        #expect(successor { $0.states = ["done", "opened"] } == .formWorkflowChanged)
        #expect(successor { $0.states = ["done"] } == .formWorkflowChanged)
        #expect(successor { $0.events.removeLast() } == .formWorkflowChanged)
        #expect(successor { $0.events[0] = .init("open", from: [""], to: "opened", by: [.issuer], needsEvidence: true) } == .formWorkflowChanged)
        #expect(successor { $0.events[0] = .init("open", from: [""], to: "opened", by: [.government]) } == .formWorkflowChanged)
        // A kind without steps may get some.
        var plain = Parts()
        plain.hasWorkflow = false
        #expect(plain.table.fault(ofSuccessor: Parts().table) == nil)
    }

    @Test func aKeyPartSaysWhatItTakes() {
        let cases: [(String, Value, Bool)] = [
            ("day", "2020-08-14", true), ("day", "昨天", false), ("period", "2020-Q3", true), ("period", "去年", false), ("unit", "620724.gov", true),
            ("unit", "县 政府", false), ("reservoir", "示例 01", true), ("reservoir", 3, false),
        ]
        for (name, value, isAdmitted) in cases { #expect(KindTable.KeyField(name, .text).admits(value) == isAdmitted, "\(name) \(value)") }
    }

    @Test func aFieldTakesItsChoicesOnly() {
        let warning = Parts().fields[6]
        #expect(warning.admits("red"))
        #expect(!warning.admits("green"))
        #expect(!warning.admits(1))
        #expect(Parts().fields[0].admits("anything"))
    }
}
