import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

@Suite struct PublishingTests {
    @Test func everyFileOfTheExampleNetworkLoads() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-04-16")
            try network.enrol("gt2", by: "zy", consentOf: "gt")
            try network.set("2020-04-20")
            try network.enrol("lx", by: "gs")
            try network.enrol("lxx", by: "lx")
            var count = 0
            for (day, file) in [
                ("2020-04-30", "gs/publish/01-six-guarantees.yaml"), ("2020-04-30", "gs/publish/02-price-subsidy.yaml"),
                ("2020-05-08", "lx/publish/01-livelihood.yaml"), ("2020-05-08", "lx/publish/02-supply-chains.yaml"),
                ("2020-05-08", "lx/publish/03-grassroots.yaml"), ("2020-05-12", "lxx/publish/01-own-floor.yaml"),
                ("2020-05-20", "zy/publish/01-zhangye-plan.yaml"), ("2020-06-30", "gt/figures/11-arrears.yaml"),
                ("2020-08-12", "gt/publish/01-six-plans.yaml"), ("2020-08-13", "gt/figures/15-may-jobs.yaml"),
                ("2020-08-13", "gt2/figures/15-may-jobs.yaml"), ("2020-08-14", "gt/figures/16-grain.yaml"),
                ("2020-08-14", "gt/figures/19-labour-transfer.yaml"), ("2020-08-14", "gt/publish/02-standard-topped-up.yaml"),
                ("2020-08-15", "gt/ledger/17-transport.yaml"), ("2020-08-16", "gt/ledger/18-escalations.yaml"),
            ] {
                try network.set(day)
                let writing = try network.publish(file)
                #expect(!writing.writings.isEmpty, "\(file)")
                #expect(writing.writings.flatMap(\.verdicts).allSatisfy { $0.verdict.code != "void" }, "\(file)")
                count += 1
            }
            #expect(count == 16)
            // Everything once more: the same content is not said twice.
            for file in ["gs/publish/00-indicators.yaml", "gs/publish/01-six-guarantees.yaml", "gt/publish/01-six-plans.yaml", "gt/ledger/17-transport.yaml"] {
                let again = try network.publish(file)
                #expect(again.writings.isEmpty, "\(file)")
                #expect(again.unchanged > 0)
            }
            #expect(try network.publish("gt/node.yaml").writings.isEmpty)
        }
    }

    @Test func aChangedDocumentIsANewClaimOfItsIssuer() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.found()
            try network.publish("gs/publish/01-six-guarantees.yaml")
            var text = String(decoding: try ExampleNetwork.bytes("gs/publish/01-six-guarantees.yaml"), as: UTF8.self)
            // Another typography of the same title changes nothing.
            text = text.replacingOccurrences(of: "工作方案的通知\"", with: "工作方案 的通知\"")
            #expect(try network["gs"].publish(Array(text.utf8), file: "again.yaml").writings.isEmpty)
            text = text.replacingOccurrences(of: "value: \"10\"", with: "value: \"12\"")
            let changed = try network["gs"].publish(Array(text.utf8), file: "changed.yaml")
            #expect(changed.writings.count == 1)
            #expect(changed.writings.first?.record.reference == "target 620000/grainReserveDays/2020")
            #expect(try network["gs"].history("target 620000/grainReserveDays/2020", field: "floor").count == 2)
        }
    }

    @Test func everyFaultOfAFileIsNamedWithItsLineAndNothingIsWritten() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.found()
            let text = """
                format: "tiaokuai/publish/1"
                place: "620000"
                on: 2020-04-30
                by: {unit: "620000.gov", as: "620000.gov.p1"}
                targets:
                  - {indicator: "grainReserveDays", period: "2020", comparator: "atLeast", value: "10", measure: "人"}
                  - {indicator: "nobodyCounts", period: "2020-13", comparator: "more", value: "10", measure: "天"}
                  - {indicator: "newUrbanJobs", period: "2020", comparator: "atLeast", valu: "10"}
                """
            let error = #expect(throws: OfficeError.self) { try network["gs"].publish(Array(text.utf8), file: "bad.yaml") }
            #expect(error?.code == .badFile)
            let found = Set((error?.faults ?? []).map { "\($0.line ?? 0) \($0.code) \($0.keyPath ?? "")" })
            #expect(
                found.isSuperset(of: [
                    "3 wrongType on", "6 measureMismatch targets[0].measure", "7 unknownIndicator targets[1].indicator", "7 badValue targets[1].period",
                    "7 badValue targets[1].comparator", "8 unknownKey targets[2].valu", "8 badValue targets[2]",
                ]), "\(found.sorted())")
            #expect(try network["gs"].list(kind: "target").isEmpty)
        }
    }

    @Test func whatIsNotTheAuthorsToPublishIsAFaultOfTheFile() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.found()
            let text = """
                format: "tiaokuai/publish/1"
                place: "620000"
                on: "2020-04-30"
                by: {unit: "620000.civil", as: "620000.civil.p1"}
                targets:
                  - {indicator: "grainReserveDays", period: "2020", comparator: "atLeast", value: "11", measure: "天"}
                """
            let error = #expect(throws: OfficeError.self) { try network["gs"].publish(Array(text.utf8), file: "civil.yaml") }
            #expect(error?.faults.first?.code == "wouldBeVoid")
            #expect(error?.faults.first?.fact.hasPrefix("notIssuer") == true)
        }
    }

    @Test func brokenYAMLAndDuplicateKeysAreRefused() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.found()
            for (text, code) in [
                ("format: [", "malformedYAML"), ("", "malformedYAML"), ("format: \"tiaokuai/publish/2\"", "unknownFormat"),
                ("format: \"tiaokuai/publish/1\"\nplace: \"620000\"\nplace: \"620700\"", "duplicateKey"),
            ] {
                let error = #expect(throws: OfficeError.self) { try network["gs"].publish(Array(text.utf8), file: "x.yaml") }
                #expect(error?.faults.first?.code == code, "\(text)")
            }
        }
    }

    @Test func oneSignatureOfTwoLeavesADocumentBlank() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.found()
            try network.publish("gs/publish/01-six-guarantees.yaml")
            let office = network["gs"]
            #expect(try office.explain("甘办发〔2020〕16号", field: "title").value == "关于印发“六保”工作方案的通知")
            _ = try office.withdraw("甘办发[2020]16号", fields: [], by: author("620000.partyoffice"))
            let blank = try office.explain("甘办发〔2020〕16号", field: "标题")
            #expect(blank.value == nil)
            #expect(blank.blank?.code == "incompleteJointIssue")
            #expect(blank.blank?.units.map(\.id) == ["620000.partyoffice"])
        }
    }
}
