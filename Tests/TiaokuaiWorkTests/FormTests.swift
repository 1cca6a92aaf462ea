import Testing
import TiaokuaiModel

@testable import TiaokuaiWork

@Suite struct FormReadingTests {
    private static let post = KindTable(
        "flood.post", "防汛值班", english: "flood duty", .work, key: [.init("day", .text, Label("日期", "day")), .init("number", .decimal, Label("号", "number"))],
        issuer: .key("day"), reporter: .lineOfPlace,
        fields: [
            FieldSpec("level", 16, .public, .authority, .decimal, "水位", english: "level", measure: "米"),
            FieldSpec("warning", 17, .internal, .soleIssuer, .text, "预警", english: "warning", choices: [.init("red", Label("红", "red"))]),
            FieldSpec("officer", 18, .internal, .holder, .text, "值守", english: "officer"),
            FieldSpec("state", 19, .internal, .workflow, .text, "状态", english: "state"),
        ],
        workflow: Workflow(
            states: ["opened", "done"],
            events: [
                .init("open", from: [""], to: "opened", by: [.issuer, .holder("officer")], opensEpisode: true, label: Label("开", "open")),
                .init(
                    "finish", from: ["opened"], to: "done", by: [.superior], needsEvidence: true, needsNames: true, notByAuthorOf: "open", label: Label("结", "finish")),
            ], stateLabels: ["opened": Label("已开", "opened"), "done": Label("已结", "done")]),
        line: "water", confidentialTo: "water")

    private func values(_ fields: [Operation.Field]) -> [FieldNumber: Value] {
        Dictionary(fields.compactMap { field in field.value.map { (field.number, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    private func code(_ changed: [FieldNumber: Value], without absent: FieldNumber? = nil) -> KindFault.Code? {
        var values = values(FormKind.fields(of: FormReadingTests.post))
        if let absent { values[absent] = nil }
        for (number, value) in changed { values[number] = value }
        do throws(KindFault) {
            _ = try FormKind.table(named: "flood.post", values)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aFormIsReadAsItWasWritten() throws {
        let fields = FormKind.fields(of: FormReadingTests.post)
        #expect(fields == fields.sorted { $0.number < $1.number })
        #expect(try FormKind.table(named: "flood.post", values(fields)) == FormReadingTests.post)
        #expect(values(FormKind.fields(of: FormReadingTests.post, document: "甘防〔2020〕1号"))[FormKind.document] == "甘防〔2020〕1号")
    }

    /// Whatever can be declared in Swift can be published: the built-in tables too, but for their names and their wording.
    @Test(arguments: WorkKinds.all) func everyBuiltInTableCanBeSaidAsAForm(_ table: KindTable) throws {
        #expect(table.faults == [])
        guard table.issuer != .indicatorReporter, table.reporter != .indicatorReporter else { return }
        let read = try FormKind.table(named: table.name, values(FormKind.fields(of: table)))
        #expect(read.fault == nil)
        #expect(table.fault(ofSuccessor: read) == nil)
        #expect(read.fault(ofSuccessor: table) == nil)
    }

    @Test func whatIsMissingOrOfAnotherShapeIsIncomplete() {
        for number in [FormKind.title, FormKind.english, FormKind.stream, FormKind.issuer] {
            #expect(code([:], without: number) == .formIncomplete)
            #expect(code([number: ""]) == .formIncomplete)
        }
        for number in [FormKind.key, FormKind.fields, FormKind.choices, FormKind.states, FormKind.events] {
            #expect(code([number: "text"]) == .formIncomplete)
            #expect(code([number: ["text"]]) == .formIncomplete)
            #expect(code([number: [["text"]]]) == .formIncomplete)
        }
        #expect(code([FormKind.key: [[1, 2, 3, 4]]]) == .formIncomplete)
        #expect(code([FormKind.line: "water works"]) == .formIncomplete)
        #expect(code([FormKind.choices: [["nobody", "a", "甲", "a"]]]) == .formIncomplete)
        #expect(code([FormKind.events: [["open", "开", "open", "from", "opened", ["issuer"], [], ""]]]) == .formIncomplete)
    }

    @Test func wordsAreThoseOfThePageOnly() {
        func field(_ type: Value, _ fieldClass: Value, _ rule: Value, number: Value = 16) -> [FieldNumber: Value] {
            [FormKind.fields: [[number, "level", type, fieldClass, rule, "甲", "a", ""]], FormKind.choices: []]
        }
        func event(_ roles: Value, _ needs: Value) -> [FieldNumber: Value] { [FormKind.events: [["open", "开", "open", [""], "opened", roles, needs, ""]]] }
        #expect(code([FormKind.stream: "upward"]) == .formWordUnknown)
        #expect(code([FormKind.issuer: "everybody"]) == .formWordUnknown)
        #expect(code([FormKind.reporter: "everybody"]) == .formWordUnknown)
        #expect(code(field("number", "public", "sole")) == .formWordUnknown)
        #expect(code(field("decimal", "secret", "sole")) == .formWordUnknown)
        #expect(code(field("decimal", "public", "newest")) == .formRuleUnknown)
        #expect(code(event(["king"], [])) == .formWordUnknown)
        #expect(code(event(["issuer"], ["luck"])) == .formWordUnknown)
        for number in [15, 65_536, -1] as [Int64] {
            #expect(code(field("decimal", "public", "sole", number: .decimal(ExactDecimal(number)))) == .formNumberOutOfRange)
        }
        #expect(code(field("decimal", "public", "sole", number: "16")) == .formNumberOutOfRange)
        #expect(code(field("decimal", "public", "sole", number: 65_535)) == nil)
    }
}

@Suite struct KindRegistryTests {
    private func table(_ name: KindName, _ title: String = "甲") -> KindTable {
        KindTable(name, title, .work, key: [.init("day", .text)], issuer: .government, fields: [FieldSpec("note", 16, .public, .soleIssuer, .text, "备注")])
    }

    private func form(_ name: KindName, at place: RegionID, _ title: String = "甲") -> KindRegistry.PublishedForm {
        .init(place: place, version: OperationID(Hash32(bytes: [UInt8](repeating: 1, count: 32))!), table: table(name, title))
    }

    private func published(_ forms: [KindRegistry.PublishedForm]) -> KindRegistry {
        var kinds = KindRegistry.builtIn
        for form in forms { kinds.publish(form) }
        return kinds
    }

    private let path: [RegionID] = ["620724", "620700", "620000"]

    @Test func anIntegratorsKindsStandBesideTheBuiltInOnes() throws {
        let kinds = try KindRegistry.builtIn.adding([table("flood.post")])
        #expect(kinds.table(of: "flood.post", along: path) == table("flood.post"))
        #expect(kinds.table(of: CellKind.table.name, along: []) == CellKind.table)
        #expect(kinds.tables.count == WorkKinds.all.count + 1)
        #expect(KindRegistry.builtIn.table(of: "flood.post", along: path) == nil)
    }

    @Test func aNameIsDeclaredOnceAndATableIsWhole() {
        func code(_ tables: [KindTable]) -> KindFault.Code? {
            do throws(KindFault) {
                _ = try KindRegistry.builtIn.adding(tables)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code([table(CellKind.table.name)]) == .formNameTaken)
        #expect(code([table("flood.post"), table("flood.post")]) == .formNameTaken)
        #expect(code([table("flood.post", "")]) == .formIncomplete)
    }

    @Test func theHighestPlaceOfThePathHasTheName() {
        let kinds = published([
            form("flood.post", at: "620724", "县"), form("flood.post", at: "620700", "市"), form("flood.post", at: "622900", "州"), form("flood.own", at: "620724"),
        ])
        #expect(kinds.table(of: "flood.post", along: path)?.title == "市")
        #expect(kinds.form(of: "flood.post", along: ["622921", "622900", "620000"])?.place == "622900")
        #expect(kinds.table(of: "flood.post", along: ["620100", "620000"]) == nil)
        #expect(kinds.table(of: "flood.own", along: path) != nil)
        #expect(kinds.table(of: "flood.own", along: ["620700", "620000"]) == nil)
        #expect(kinds.tables.filter { $0.name == "flood.post" }.count == 3)
        // A declared kind goes before a form of its name.
        #expect(published([form(CellKind.table.name, at: "620000")]).table(of: CellKind.table.name, along: path) == CellKind.table)
    }

    @Test func onlyKindsWhoseTableChangedAreNamed() {
        let before = published([form("flood.a", at: "620000"), form("flood.b", at: "620000")])
        let after = published([form("flood.a", at: "620000"), form("flood.b", at: "620000", "乙"), form("flood.c", at: "620700")])
        #expect(after.kindsChanged(since: before) == ["flood.b", "flood.c"])
        #expect(before.kindsChanged(since: after) == ["flood.b", "flood.c"])
        #expect(after.kindsChanged(since: after) == [])
    }
}
