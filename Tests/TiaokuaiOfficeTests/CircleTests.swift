import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

/// What points back at itself: documents that cite each other, an escalation that doesn't go up. It is shown for what it is, and
/// nothing follows it round.
@Suite struct CircleTests {
    private func author(_ unit: String) -> Author { Author(unit: UnitID(unchecked: unit), person: PersonID(unchecked: unit + ".p1")) }

    @Test func documentsThatCiteEachOtherAreBothResolved() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-08-12")
            let numbers = ["高政发〔2020〕31号", "高政发〔2020〕32号"]
            for (own, other) in [(0, 1), (1, 0)] {
                let file = """
                    format: "tiaokuai/publish/1"
                    place: "620724"
                    on: "2020-08-12"
                    by: {unit: "620724.gov", as: "620724.gov.p1"}
                    document:
                      number: "\(numbers[own])"
                      title: "通知\(own)"
                      issuers: [{unit: "620724.gov", as: "620724.gov.p1"}]
                      signedOn: "2020-08-12"
                      cites:
                        - {relation: "implements", number: "\(numbers[other])", title: "通知\(other)"}
                        - {relation: "implements", number: "\(numbers[own])", title: "通知\(own)"}
                    """
                _ = try network["gt"].publish(Array(file.utf8), file: "\(own).yaml")
            }
            let cited = try network["gt"].citations(place: "620724").filter { numbers.contains($0.document.reference) }
            #expect(cited.count == 4 && cited.allSatisfy { $0.state == "resolved" })
            #expect(try network["gt"].show(numbers[0]).references.allSatisfy { $0.state == "resolved" })
        }
    }

    @Test func anEscalationGoesUpOnlyAndOneThatGoesRoundIsOnlyShown() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-08-12")
            let county = network["gt"]
            _ = try county.openLedgerItem(LedgerOpening(year: 2020, title: "原材料跨县运输受阻", department: "620724.transport"), by: author("620724.miit"))
            let item = try #require(try county.ledger(LedgerFilter(place: "620724", asOf: county.today)).first).record.reference
            for to in ["620724.miit", "620724.gov"] {
                let error = #expect(throws: OfficeError.self) {
                    try county.escalate(EscalationOpening(item: item, year: 2020, to: to, route: "line", cause: "beyondPlace"), by: author("620724.miit"))
                }
                #expect([error?.code.rawValue, error?.facts["to"]] == ["notAbove", to])
            }
            // What another hand writes all the same names itself; it is listed, and nobody follows it.
            let row = try county.node.ask { try $0.reader.record(try #require($0.reader.records(kind: LedgerItemKind.table.name).first)) }
            let key = RecordKey(.work("620724", nil), EscalationKind.table.name, [.text("620724.miit"), .decimal(ExactDecimal(2020)), .decimal(ExactDecimal(9))])
            try county.node.write([
                Draft(
                    key: key, unit: "620724.miit", person: "620724.miit.p1",
                    fields: [.init(EscalationKind.item, .bytes(row.id.hash.bytes)), .init(EscalationKind.to, "620724.miit")])
            ])
            #expect(try county.list(kind: EscalationKind.table.name.text).count == 1)
            #expect(try county.show("escalation 620724.miit 2020-9").fields.contains { $0.field == "to" && $0.value == "620724.miit" })
            _ = try county.todo(unit: nil, asOf: county.today)
        }
    }
}
