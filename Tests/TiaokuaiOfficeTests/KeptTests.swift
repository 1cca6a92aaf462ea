import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

@testable import TiaokuaiOffice

/// What is kept beside what is in use, who signs what, and how things are found and listed.
@Suite struct KeptTests {
    @Test func overruledObjectingAndVoidWordsAreKeptWithWhatTheyStandAgainst() throws {
        try ExampleNetwork.withPlans { network in
            let county = network["gt"]
            try network.publish("gt/figures/16-grain.yaml")
            try network.publish("gt/publish/02-standard-topped-up.yaml")
            _ = try county.object("target 620724/newUrbanJobs/2020", field: "floor", text: "任务偏重", proposal: "2400人", by: author("620724.hrss"))
            _ = try county.report(
                FigureReport(place: "620724", indicator: "grainReserveDays", period: "2020-08", value: "20天"), by: author("620724.culture"), evenIfVoid: true)
            let rows = try county.kept()
            func row(_ standing: String, _ unit: String) -> KeptRow? { rows.first { $0.standing == standing && $0.unit.id == unit } }
            #expect(row("overruled", "620724.mofcom")?.value == "15.6")
            #expect(row("overruled", "620724.mofcom")?.againstValue == "14.2")
            #expect(row("overruled", "620724.mofcom")?.isSample == true)
            #expect(row("refused", "620724.civil")?.value == "1.5")
            #expect(row("objection", "620724.hrss")?.value == "2400人")
            #expect(row("objection", "620724.hrss")?.against?.reference == "target 620724/newUrbanJobs/2020")
            #expect(row("objection", "620724.hrss")?.againstValue == "2600")
            #expect(row("void", "620724.culture")?.reason == "notAdmitted")
            #expect(rows == (try county.kept()))
        }
    }

    // MARK: Signing and searching

    @Test func oneOfficeMaySignAJointIssueBeforeTheOther() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.found()
            try network.set("2020-04-30")
            let province = network["gs"]
            let file = try ExampleNetwork.bytes("gs/publish/01-six-guarantees.yaml")
            let half = try province.publish(file, file: "a.yaml", signedBy: "620000.partyoffice")
            #expect(half.writings.map(\.unit.id) == ["620000.partyoffice"])
            let blank = try province.explain("甘办发〔2020〕16号", field: "title")
            #expect(blank.value == nil)
            #expect(blank.blank?.code == "incompleteJointIssue")
            #expect(blank.blank?.units.map(\.id) == ["620000.govoffice"])
            let whole = try province.publish(file, file: "a.yaml", signedBy: "620000.govoffice")
            #expect(whole.writings.count == 1)
            #expect(try province.explain("甘办发〔2020〕16号", field: "title").value == "关于印发“六保”工作方案的通知")
            let rest = try province.publish(file, file: "a.yaml")
            #expect(rest.writings.map(\.record.kind) == ["target"])
            #expect(rest.unchanged == 2)
            let nothing = #expect(throws: OfficeError.self) { try province.publish(file, file: "a.yaml", signedBy: "620000.civil") }
            #expect(nothing?.code == .nothingSigned)
        }
    }

    @Test func wordsOfTwoCharactersAreFound() throws {
        try ExampleNetwork.withPlans { network in
            for word in ["就业", "粮食", "欠款"] {
                let found = try network["gt"].search(word)
                #expect(!found.isEmpty, "\(word)")
            }
        }
    }

    @Test func credentialsAndCutsAreListedByNameNotByBytes() throws {
        try ExampleNetwork.withPlans { network in
            let rows = try network["zy"].list(kind: "credential")
            let county = try #require(rows.first { $0.values.contains { $0.field == "node" && $0.value == "gt" } })
            #expect(county.values.first { $0.field == "region" }?.value == "高台县 620724")
            #expect(county.values.first { $0.field == "writes" }?.value.contains("620724.gov") == true)
        }
    }
}
