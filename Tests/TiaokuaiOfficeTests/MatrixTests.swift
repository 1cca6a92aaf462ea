import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode

@testable import TiaokuaiOffice

/// The responsibility matrix as people ask for it, and what a change of it changes.
@Suite struct MatrixTests {
    private let grain = "620724/grainReserveDays/2020-08"

    private func plan(place: String, number: String, signedOn: String, _ rest: String) -> [UInt8] {
        Array(
            """
            format: "tiaokuai/publish/1"
            place: "\(place)"
            on: "\(signedOn)"
            by: {unit: "\(place).gov", as: "\(place).gov.p1"}
            document:
              number: "\(number)"
              title: "\(number)"
              issuers: [{unit: "\(place).gov", as: "\(place).gov.p1"}]
              signedOn: "\(signedOn)"
            \(rest)

            """.utf8)
    }

    private func day(_ text: String) throws -> Day { try Day(parsing: text) }

    // MARK: Show

    @Test func aStepSaysWhoLeadsWhyAndWhereTheModeComesFrom() throws {
        try ExampleNetwork.withPlans { network in
            let view = try network["gt"].responsibility(place: "620724", of: "成品粮储备可供应天数", on: try day("2020-08-31"))
            #expect(view.subject == "grainReserveDays")
            #expect(view.steps.map(\.place.id) == ["620724", "620700", "620000"])
            let own = view.steps[0]
            #expect([own.mode, own.modeFrom, own.source?.formula] == ["lineFirst", "part", "以条为主"])
            #expect(own.entry?.leads.map(\.unit.id) == ["620724.ndrc"])
            #expect(own.entry?.ledBy == "listOrder")
            #expect(own.others.map(\.part) == ["保基本民生/5"])
            // The other entry leads elsewhere and is less special (S02): no contradiction, its lead cooperates.
            #expect(view.contradictions.isEmpty)
            #expect(view.steps[2].modeFrom == "none")
            let jobs = try network["zy"].responsibility(place: "620700", of: "newUrbanJobs", on: try day("2020-08-31"))
            #expect(jobs.steps[0].entry?.ledBy == "named")
        }
    }

    @Test func aLowerPlanThatIsSilentInheritsThePartOnTheSameTopic() throws {
        try ExampleNetwork.withPlans { network in
            let city = network["zy"]
            // The city's part states a mode and names no indicator; the county's measure on that topic is silent.
            try network.set("2020-08-21")
            _ = try city.publish(
                plan(
                    place: "620700", number: "张政发〔2020〕9号", signedOn: "2020-08-01",
                    "parts:\n  - {part: \"稳就业\", topic: \"employment\", clause: \"一\", mode: \"blockFirst\", formula: \"以块为主\"}"), file: "jobs.yaml")
            try network.carry("zy", to: "gt")
            let view = try network["gt"].responsibility(place: "620724", of: "labourTransfer", on: try day("2020-08-31"))
            #expect(view.steps.prefix(2).map(\.mode) == ["blockFirst", "blockFirst"])
            #expect([view.steps[0].modeFrom, view.steps[0].inheritedFrom?.id] == ["inherited", "620700"])
            // What governs a record says the same.
            try network.publish("gt/figures/19-labour-transfer.yaml")
            _ = try network["gt"].claim("620724/labourTransfer/2020-08", fields: [("value", "1")], by: author("620724.hrss"))
            _ = try network["gt"].claim("620724/labourTransfer/2020-08", fields: [("value", "2")], by: author("620724.gov"))
            let explained = try network["gt"].explain("620724/labourTransfer/2020-08", field: "value")
            #expect([explained.value, explained.mode, explained.source?.document] == ["2", "blockFirst", "张政发〔2020〕9号"])
        }
    }

    @Test func blanketUnitsGroupsOpenListsAndVerticalUnitsAreNamedForWhatTheyAre() throws {
        try ExampleNetwork.withPlans { network in
            try network.set("2020-08-21")
            _ = try network["gt"].publish(
                plan(
                    place: "620724", number: "高政发〔2020〕8号", signedOn: "2020-08-21",
                    """
                    parts:
                      - {part: "稳粮", topic: "foodSecurity", clause: "稳粮", mode: "lineFirst", formula: "以条为主", blanket: ["各镇人民政府", "620724.agri"]}
                    measures:
                      - path: "稳粮/1"
                        title: "增储"
                        clause: "稳粮 1"
                        units: ["620724.ndrc", "620724.tax"]
                        collective: ["各镇人民政府"]
                        openEnded: true
                        indicators: ["grainReserveDays"]
                    """), file: "grain.yaml")
            let view = try network["gt"].responsibility(place: "620724", of: "稳粮/1", on: try day("2020-08-31"))
            let entry = try #require(view.steps[0].entry)
            #expect(entry.isOpenEnded)
            #expect(entry.blanket.map(\.unit.id) == ["620724.agri"])
            #expect(entry.blanketFrom == "稳粮")
            #expect(entry.groups.map(\.asPrinted) == ["各镇人民政府"])
            #expect(entry.blanketGroups.map(\.asPrinted) == ["各镇人民政府"])
            #expect(entry.assisting.first { $0.unit.id == "620724.tax" }?.management == "vertical")
            let figures = try network["gt"].responsibility(place: "620724", of: "grainReserveDays", on: try day("2020-08-31"))
            #expect(figures.steps[0].cooperating.contains { $0.unit.id == "620724.agri" })
        }
    }

    @Test func aFileThatContradictsItselfIsNotPublished() throws {
        try ExampleNetwork.withPlans { network in
            func faults(_ rest: String) -> [String] {
                let error = #expect(throws: OfficeError.self) {
                    try network["zy"].publish(plan(place: "620700", number: "张政发〔2020〕9号", signedOn: "2020-08-01", rest), file: "bad.yaml")
                }
                return error?.faults.map(\.code) ?? []
            }
            let part = "  - {part: \"稳粮\", topic: \"foodSecurity\", clause: \"一\", mode: \"blockFirst\", formula: \"以条为主\"}\n"
            #expect(faults("parts:\n" + part) == ["contradiction"])
            let clean = part.replacing("以条为主", with: "以块为主")
            #expect(faults("parts:\n" + clean + clean) == ["contradiction"])
            #expect(
                faults("parts:\n  - {part: \"稳粮\", topic: \"foodSecurity\", clause: \"一\", leads: [\"620700.ndrc\"], cooperating: [\"620700.ndrc\"]}\n") == ["contradiction"])
            let written = try network["zy"].search("稳粮")
            #expect(written.isEmpty)
        }
    }

    @Test func twoEntriesThatLeadOneIndicatorOtherwiseAreNamedAndOneGoverns() throws {
        try ExampleNetwork.withPlans { network in
            try network.set("2020-08-21")
            _ = try network["gt"].publish(
                plan(
                    place: "620724", number: "高政发〔2020〕8号", signedOn: "2020-08-21",
                    """
                    measures:
                      - {path: "保粮食能源安全/一/9", title: "a", clause: "9", units: ["620724.mofcom"], indicators: ["grainReserveDays"]}
                    """), file: "grain.yaml")
            let view = try network["gt"].responsibility(place: "620724", of: "grainReserveDays", on: try day("2020-08-31"))
            #expect(view.contradictions.map(\.kind) == ["leadsOfOneIndicator"])
            #expect(view.steps[0].entry?.leads.map(\.unit.id) == ["620724.ndrc"])
        }
    }

    @Test func whatIsNoIndicatorAndNoPartIsSaid() throws {
        try ExampleNetwork.withPlans { network in
            let error = #expect(throws: OfficeError.self) { try network["gt"].responsibility(place: "620724", of: "没有的", on: try day("2020-08-31")) }
            #expect(error?.code == .unknownIndicator)
        }
    }

    // MARK: Diff

    private func withGrain(_ body: (ExampleNetwork) throws -> Void) throws {
        try ExampleNetwork.withPlans { network in
            _ = try network["gt"].claim(grain, fields: [("value", "14.2天")], by: author("620724.ndrc"))
            _ = try network["gt"].claim(grain, fields: [("value", "15.6天")], by: author("620724.gov"))
            try body(network)
        }
    }

    private var blockFirst: [UInt8] {
        plan(
            place: "620724", number: "高政发〔2020〕8号", signedOn: "2020-08-25",
            """
            measures:
              - {path: "保粮食能源安全/一/3/1", title: "a", clause: "3(1)", mode: "blockFirst", formula: "以块为主", units: ["620724.ndrc"], indicators: ["grainReserveDays"]}
            """)
    }

    @Test func aFileAboutToBePublishedIsRehearsedAndThenComesToWhatTheRehearsalSaid() throws {
        try withGrain { network in
            let office = network["gt"]
            try network.set("2020-08-25")
            let before = try office.list(kind: "matrix").count
            let diff = try office.rehearse(blockFirst, file: "new.yaml")
            #expect(diff.by == "rehearsal")
            let change = try #require(diff.changes.first)
            #expect(diff.changes.count == 1)
            #expect([change.record.reference, change.field] == [grain, "value"])
            #expect([change.before.value, change.after.value, change.before.mode, change.after.mode] == ["14.2", "15.6", "lineFirst", "blockFirst"])
            #expect(change.why.first?.sourceAfter?.document == "高政发〔2020〕8号")
            #expect(change.why.first?.place.id == "620724")
            // Nothing was written.
            #expect(try office.list(kind: "matrix").count == before)
            #expect(try office.explain(grain, field: "value").value == "14.2")
            _ = try office.publish(blockFirst, file: "new.yaml")
            let after = try office.explain(grain, field: "value")
            #expect([after.value, after.mode, after.source?.document] == [change.after.value, change.after.mode, change.after.source?.document])
            #expect(try office.rehearse(blockFirst, file: "new.yaml").changes.isEmpty)
        }
    }

    @Test func twoDaysAndTwoVersionsAreCompared() throws {
        try withGrain { network in
            let office = network["gt"]
            try network.set("2020-08-25")
            _ = try office.publish(blockFirst, file: "new.yaml")
            let days = try office.responsibilityDiff(.days(from: try day("2020-08-24"), to: try day("2020-08-25")))
            #expect(days.changes.map { "\($0.before.value ?? "") \($0.after.value ?? "")" } == ["14.2 15.6"])
            #expect(try office.responsibilityDiff(.days(from: try day("2020-08-25"), to: nil)).changes.isEmpty)
            // Before any plan of the county: the city's mode held.
            let first = try office.responsibilityDiff(.days(from: try day("2020-01-01"), to: nil))
            #expect(first.changes.contains { $0.record.reference == grain && $0.before.rule == "none" && $0.after.value == "15.6" })
            let version = try #require(try office.responsibility(place: "620724", of: "grainReserveDays", on: try day("2020-08-31")).steps[0].entry?.version)
            let line = String(decoding: blockFirst, as: UTF8.self).replacing("blockFirst", with: "lineFirst").replacing("以块为主", with: "以条为主")
            try network.set("2020-08-26")
            _ = try office.publish(Array(line.utf8), file: "newer.yaml")
            let versions = try office.responsibilityDiff(.versions(from: String(version.prefix(12)), to: nil))
            #expect(versions.changes.map { "\($0.before.value ?? "") \($0.after.value ?? "")" } == ["15.6 14.2"])
            let error = #expect(throws: OfficeError.self) { try office.responsibilityDiff(.versions(from: "00000000", to: nil)) }
            #expect(error?.code == .unknownVersion)
        }
    }

    @Test func aRehearsalTakesAPublishFileOnly() throws {
        try withGrain { network in
            let error = #expect(throws: OfficeError.self) { try network["gt"].rehearse(try ExampleNetwork.bytes("gt/figures/16-grain.yaml"), file: "16-grain.yaml") }
            #expect(error?.code == .wrongFormat)
        }
    }
}
