import Testing
import TiaokuaiModel

@testable import TiaokuaiWork

/// Every kind's table against the rules that hold for all of them.
@Suite struct KindTableTests {
    @Test func allKindsAreListedOnceAndFoundByName() {
        #expect(WorkKinds.all.count == 28)
        #expect(Set(WorkKinds.all.map(\.name)).count == WorkKinds.all.count)
        #expect(WorkKinds.all.map(\.name) == WorkKinds.all.map(\.name).sorted())
        for table in WorkKinds.all { #expect(WorkKinds.table(named: table.name) == table) }
        #expect(WorkKinds.table(named: "unheardOf") == nil)
    }

    @Test(arguments: WorkKinds.all) func fieldsHaveNamesNumbersAndTitlesOfTheirOwn(_ table: KindTable) {
        #expect(Set(table.fields.map(\.name)).count == table.fields.count)
        #expect(Set(table.fields.map(\.number.index)).count == table.fields.count)
        #expect(table.fields.map(\.number) == table.fields.map(\.number).sorted())
        #expect(!table.title.isEmpty)
        #expect(table.fields.allSatisfy { !$0.title.isEmpty })
        let own = table.fields.filter { !$0.number.isAccompanying }
        #expect(!own.isEmpty)
        #expect(own.allSatisfy { $0.number.index >= FieldNumber.firstOwnIndex && $0.rule != .accompanying })
        #expect(own.count <= Operation.maximumFields - KindTable.common.count)
    }

    @Test(arguments: WorkKinds.all) func aKeyIsNamedAndOfTextBytesOrDecimals(_ table: KindTable) {
        #expect(!table.key.isEmpty)
        #expect(Set(table.key.map(\.name)).count == table.key.count)
        #expect(table.key.allSatisfy { [.text, .bytes, .decimal].contains($0.type) })
        for case .key(let name) in [table.issuer, table.reporter] {
            #expect(table.key.contains { $0.name == name && $0.type == .text })
        }
    }

    @Test(arguments: WorkKinds.all) func personalFieldsStandInLocalKindsOrWhereTheyMayBeSealed(_ table: KindTable) {
        let own = table.fields.filter { !$0.number.isAccompanying }
        #expect(own.allSatisfy { $0.number.fieldClass != nil })
        if table.stream == .local {
            #expect(own.allSatisfy { $0.number.fieldClass == .personal })
        } else {
            #expect(own.allSatisfy { $0.number.fieldClass != .personal || table.mayBeSealed($0) })
        }
    }

    @Test(arguments: WorkKinds.all) func aRuleFitsItsType(_ table: KindTable) {
        for field in table.fields {
            switch field.rule {
            case .strictest(.floor), .strictest(.ceiling): #expect(field.type == .decimal)
            case .strictest(.earliest): #expect(field.type == .day)
            case .workflow, .holder: #expect(field.type == .text)
            case .set: #expect(field.type == .text || field.type == .bytes)
            case .soleIssuer, .soleReporter, .authority, .accompanying: break
            }
        }
        #expect(table.fields.filter { $0.rule == .workflow }.count == (table.workflow == nil ? 0 : 1))
        for case .holder(let name) in table.workflow?.events.flatMap(\.by) ?? [] {
            #expect(table.field(named: name)?.rule == .holder)
        }
    }

    @Test func whatTrustReadsIsTheIssuersAlone() {
        for table in [CredentialKind.table, CutKind.table] {
            #expect(table.stream == .policy)
            #expect(table.issuer == .key("issuer"))
            #expect(table.fields.allSatisfy { $0.number.isAccompanying || $0.rule == .soleIssuer })
        }
    }

    @Test func aBatchOfProgressNeedsNoSettlement() {
        #expect(ProgressKind.table.fields.allSatisfy { $0.number.isAccompanying || $0.rule == .soleIssuer })
        #expect(ProgressKind.table.issuer == .unitOfPlace)
        #expect(ProgressKind.table.workflow == nil)
    }

    @Test func onlyPolicyTightensDownward() {
        let strict = WorkKinds.all.filter { table in table.fields.contains { if case .strictest = $0.rule { true } else { false } } }
        #expect(strict.map(\.name) == [TargetKind.table.name])
        #expect(strict.allSatisfy { $0.stream == .policy })
    }

    @Test func theNumbersOnTheWireAreTheseForEver() {
        #expect(CellKind.value.wire == 65)
        #expect(TargetKind.floor.wire == 65)
        #expect(LedgerItemKind.state.wire == 109)
        #expect(CredentialKind.content.wire == 65)
        #expect(RealNameEntryKind.name.wire == 64)
        #expect(UnitKind.name.wire == 66)
        #expect(FieldNumber.sample.wire == 21)
        #expect(KindTable.common.map(\.number) == [.ground, .evidence, .reason, .newFact, .sample])
    }
}

extension KindTable: CustomTestStringConvertible {
    public var testDescription: String { name.text }
}
