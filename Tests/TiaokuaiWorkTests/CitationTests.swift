import Testing
import TiaokuaiModel
import TiaokuaiWork

@Suite struct CitationTests {
    static let title = "关于印发张掖市“六保”工作方案的通知"

    func document(_ number: String, _ title: String, place: RegionID = "620700") -> EffectiveRecord {
        EffectiveRecord(
            RecordKey(.policy(place), DocumentKind.table.name, [.text("\(place).govoffice+\(place).partyoffice"), .text(number)]),
            [DocumentKind.title: .text(title)])
    }

    let sixteen = Citation(relation: .implements, number: "市委办发〔2020〕16号", title: title, clause: "保居民就业")
    let twentyFive = Citation(relation: .implements, number: "市委办发〔2020〕25号", title: title, clause: "保基层运转")

    @Test func whatHasNotArrivedIsPending() {
        #expect(sixteen.resolve(among: []) == .pending)
        #expect(sixteen.resolve(among: [document("甘办发〔2020〕16号", "关于印发“六保”工作方案的通知", place: "620000")]) == .pending)
    }

    @Test func theIssuersRegistrySaysWhichNumberIsRight() {
        let registered = document("市委办发〔2020〕25号", "关于印发张掖市 “六保”工作方案的通知")
        #expect(twentyFive.resolve(among: [registered]) == .resolved(registered.key))
        #expect(sixteen.resolve(among: [registered]) == .mismatch([registered.key]))
    }

    @Test func theAnswerDoesNotDependOnTheOrderOfArrival() {
        let held = [document("市委办发〔2020〕25号", Self.title), document("张办发〔2020〕3号", Self.title), document("市委办发〔2020〕16号", "别的通知")]
        #expect(sixteen.resolve(among: held) == sixteen.resolve(among: held.reversed()))
        #expect(sixteen.resolve(among: held) == .mismatch([held[0].key, held[1].key]))
    }

    @Test func aNumberUnderAnotherTitleIsSaid() {
        let other = document("市委办发〔2020〕16号", "别的通知")
        #expect(sixteen.resolve(among: [other]) == .titleMismatch([other.key]))
    }

    @Test func aDocumentCitedByTitleAloneIsFound() {
        let rules = document(DocumentKind.number(ofUnnumbered: "保障农民工工资支付条例"), "保障农民工工资支付条例")
        #expect(Citation(relation: .applies, number: "", title: "保障农民工工资支付条例").resolve(among: [rules]) == .resolved(rules.key))
    }

    @Test func aCitationKeepsItsShape() {
        #expect(Citation(sixteen.value) == sixteen)
        #expect(Citation(["implements", "a", "b"]) == Citation(relation: .implements, number: "a", title: "b"))
        #expect(Citation(["implements", "a"]) == nil)
        #expect(Citation(["follows", "a", "b"]) == nil)
        #expect(Citation("implements") == nil)
    }
}
