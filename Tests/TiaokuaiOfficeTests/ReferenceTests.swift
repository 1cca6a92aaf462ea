import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

@Suite struct ReferenceTests {
    @Test func everyRecordIsFoundAgainUnderItsReference() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-08-12")
            try network.publish("gt/publish/01-six-plans.yaml")
            try network.publish("gt/figures/16-grain.yaml")
            try network.publish("gt/ledger/17-transport.yaml")
            try network.publish("gt/ledger/18-escalations.yaml")
            let office = network["gt"]
            let rows = try office.node.ask { view in
                try office.node.kinds.tables.map(\.name).flatMap { try view.reader.records(kind: $0).map { try view.reader.record($0) } }
            }
            #expect(rows.count > 150)
            #expect(Set(rows.map(\.key.kind)).count > 9)
            for row in rows {
                let reference = try office.reference(of: row.id)
                #expect(try office.resolve(reference).map(\.id) == [row.id], "\(reference)")
                #expect(try office.record(String(row.id.hash.hex.prefix(16))).reference == reference)
            }
        }
    }

    @Test func peopleWriteReferencesInTheirOwnWay() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-08-12")
            try network.publish("gt/publish/01-six-plans.yaml")
            try network.publish("gt/figures/16-grain.yaml")
            try network.publish("gt/ledger/17-transport.yaml")
            let office = network["gt"]
            for (text, reference) in [
                ("高台县/成品粮储备可供应天数/2020年8月", "620724/grainReserveDays/2020-08"), (" 620724/grainReserveDays/202008 ", "620724/grainReserveDays/2020-08"),
                ("高工信-2020-17", "高工信-2020-017"), ("ledger 620724.miit-2020-017", "高工信-2020-017"), ("县工信局-2020-017", "高工信-2020-017"),
                ("target 高台/newUrbanJobs/2020", "target 620724/newUrbanJobs/2020"), ("unit 县人社局", "unit 620724.hrss"), ("620724.hrss", "unit 620724.hrss"),
                ("standard 620724/powerPriceShare/2020", "standard 620724/powerPriceShare/2020/620724.gov"),
                ("cell:620724/grainReserveDays/2020-08", "620724/grainReserveDays/2020-08"),
            ] {
                #expect(try office.record(text).reference == reference, "\(text)")
            }
            for text in [
                "", "620724/grainReserveDays/2020-09", "高工信-2020-018", "abcdef", "target 620724/nothing/2020", "/", "//", "measure:", "高工信-2020-99999999999",
            ] {
                let error = #expect(throws: NodeError.self) { try office.record(text) }
                #expect(error?.code == .unknownRecord, "\(text)")
            }
        }
    }

    @Test func twoMachinesThatGaveOneNumberMakeItAmbiguous() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.enrol("gt2", by: "zy", consentOf: "gt")
            try network.carry("zy", to: "gt")
            for name in ["gt", "gt2"] {
                let opened = try network[name].openLedgerItem(LedgerOpening(year: 2020, title: "招工难(\(name))"), by: author("620724.hrss"))
                #expect(opened.writings.first?.record.reference == "高人社-2020-001")
            }
            try network.carry("gt2", to: "zy")
            try network.carry("zy", to: "gt")
            let error = #expect(throws: NodeError.self) { try network["gt"].record("高人社-2020-001") }
            #expect(error?.code == .ambiguousRecord)
            #expect(error?.facts["candidates"]?.split(separator: "\n").count == 2)
            // The next one does not take the number again.
            let next = try network["gt"].openLedgerItem(LedgerOpening(year: 2020, title: "培训场地"), by: author("620724.hrss"))
            #expect(next.writings.first?.record.reference == "高人社-2020-002")
        }
    }
}
