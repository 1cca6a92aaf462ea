import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

@testable import TiaokuaiOffice

/// The questions of an auditor on what the province received from a county's August.
@Suite struct AuditAskingTests {
    private static let grain = "620724/grainReserveDays/2020-08"

    /// The county's two offices differ, the city orders a revision, the province receives it in two sticks.
    private func province(_ body: (ExampleNetwork, Office) throws -> Void) throws {
        try ExampleNetwork.withPlans { network in
            try network.exchange("zy", "gs")
            try network.publish("gt/figures/16-grain.yaml")
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            try network.set("2020-09-05")
            _ = try network["gt"].claim(AuditAskingTests.grain, fields: [("value", "16天")], by: author("620724.ndrc"))
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            try body(network, network["gs"])
        }
    }

    @Test func aHistoryTellsWhatAWordWasWorthThenAndNow() throws {
        try province { _, office in
            let history = try office.auditHistory(AuditAskingTests.grain, field: "value")
            let words = history.words.filter { $0.unit.id == "620724.ndrc" }
            #expect(words.map(\.value) == ["14.2", "16"])
            let first = try #require(words.first)
            #expect(first.verdictThen?.code == "stands" && first.verdictNow.code == "replaced" && first.valueThen == "14.2")
            #expect(words[1].hadSeen.contains { $0.operation == first.operation && $0.value == "14.2" })
            #expect(first.business == "2020-08" && first.entered != nil && first.entered!.position < words[1].entered!.position)
            let field = try #require(history.fields.first)
            #expect(field.value == "16" && field.mode == "lineFirst" && field.source?.clause == "保粮食能源安全 一(五)")
            #expect(field.losing.map(\.unit.id) == ["620724.mofcom"])
        }
    }

    @Test func aTimelineIsInOrderOfEntryAndGoesOnWhereItEnded() throws {
        try province { _, office in
            func rows(_ filter: TimelineFilter = TimelineFilter(), from: UInt64 = 0, limit: Int = .max) throws -> [TimelineRow] {
                var out: [TimelineRow] = []
                try office.timeline(filter, from: from) { row in
                    out.append(row)
                    return out.count < limit
                }
                return out
            }
            let all = try rows()
            #expect(all.map(\.entry.position) == all.map(\.entry.position).sorted() && all.map(\.entry.received) == all.map(\.entry.received).sorted())
            let half = try rows(limit: 5)
            #expect(half == Array(all.prefix(5)))
            let middle = all[all.count / 2].entry.position
            let rest = all.filter { $0.entry.position >= middle }
            #expect(try rows(from: middle) == rest)
            var filter = TimelineFilter()
            filter.unit = "620724.ndrc"
            filter.kind = CellKind.table.name
            let own = try rows(filter)
            #expect(own.map(\.unit?.id) == ["620724.ndrc", "620724.ndrc"])
            filter.verdicts = ["replaced"]
            #expect(try rows(filter).map(\.fields.first?.value) == ["14.2"])
            var late = TimelineFilter()
            late.from = try Day(parsing: "2020-09-05")
            let later = all.filter { $0.entry.received >= "2020-09-05" }
            #expect(try rows(late) == later && !later.isEmpty)
            late.from = nil
            late.to = try Day(parsing: "2020-09-04")
            #expect(try rows(late) == Array(all.dropLast(later.count)))
        }
    }

    @Test func askedAsOfADayTheOfficeAnswersWhatItKnewThen() throws {
        try province { _, office in
            let then = Office(try office.node.past(try office.node.ask { try $0.horizon(day: try Day(parsing: "2020-08-31")) }))
            #expect(try then.explain(AuditAskingTests.grain, field: "value").value == "14.2")
            #expect(try office.explain(AuditAskingTests.grain, field: "value").value == "16")
            #expect(then.today == (try Day(parsing: "2020-08-31")))
            #expect(try then.disputes().contains { $0.record.reference == AuditAskingTests.grain && $0.value == "14.2" })
            let before = Office(try office.node.past(try office.node.ask { try $0.horizon(day: try Day(parsing: "2020-04-30")) }))
            // A word that has been replaced since is found where it stood, and what came later is not.
            #expect(try before.search("六保").contains { $0.record.kind == "document" })
            #expect { try before.show(AuditAskingTests.grain) } throws: { ($0 as? NodeError)?.code == .unknownRecord }
        }
    }

    /// A report to an earlier day: disputes as the words of that day settle them.
    @Test func aDisputeIsReportedAsItStoodOnTheDay() throws {
        try province { _, office in
            func value(_ day: String) throws -> String? {
                try office.auditReport(asOf: try Day(parsing: day)).disputes.first { $0.record.reference == AuditAskingTests.grain && $0.field == "value" }?.value
            }
            #expect(try value("2020-09-05") == "16")
            #expect(try value("2020-08-31") == "14.2")
            #expect(try value("2020-08-01") == nil)
            let county = try Day(parsing: "2020-09-05")
            #expect(try office.auditReport(place: try RegionID(checking: "620724"), asOf: county).unknown.isOutside == false)
        }
    }

    @Test func betweenTwoDaysTheValueChangedByOneEntry() throws {
        try province { _, office in
            let (first, last) = try office.node.ask { view in
                (try view.horizon(day: try Day(parsing: "2020-08-31")), try view.horizon(day: try Day(parsing: "2020-09-30")))
            }
            let diff = try office.auditDiff(first, last)
            let change = try #require(diff.changes.first { $0.record.reference == AuditAskingTests.grain && $0.field == "value" })
            #expect(change.before?.value == "14.2" && change.after?.value == "16" && change.broughtBy.count == 1)
            let befores = change.words.map { $0.before?.code }
            #expect(befores.count == 2 && befores.contains("stands") && befores.contains(nil))
            #expect(try office.auditDiff(last, last).changes.isEmpty)
        }
    }

    /// Two fields of one target, said on two days: each by its own entry.
    @Test func eachFieldIsBroughtByTheEntriesThatSpeakOfIt() throws {
        try province { network, office in
            let before = try office.node.ask { try $0.horizon(position: try $0.reader.leafCount()) }
            func say(_ number: FieldNumber, _ value: Value) throws {
                let key = RecordKey(.policy("620724"), TargetKind.table.name, ["labourTransfer", "2021", ""])
                _ = try network["gt"].node.write([Draft(key: key, unit: "620724.gov", person: "620724.gov.p1", fields: [.init(number, value)])])
                try network.carry("gt", to: "zy")
                try network.carry("zy", to: "gs")
            }
            try network.set("2021-02-01")
            try say(TargetKind.floor, .decimal(ExactDecimal(100)))
            try network.set("2021-02-02")
            try say(TargetKind.deadline, .day(try Day(parsing: "2021-12-31")))
            let after = try office.node.ask { try $0.horizon(position: try $0.reader.leafCount()) }
            let rows = try office.auditDiff(before, after).changes.filter { $0.record.reference.contains("labourTransfer/2021") }
            #expect(Set(rows.map(\.field)) == ["floor", "deadline"])
            #expect(rows.allSatisfy { $0.broughtBy.count == 1 } && Set(rows.flatMap(\.broughtBy)).count == 2)
        }
    }

    @Test func aCircularsFiguresStayAndWhatChangedLaterIsNamed() throws {
        try province { network, office in
            // Made on what was known at the end of August; the correction to 16 came later.
            try network.set("2020-09-06")
            let key = RecordKey(.policy("620000"), CircularKind.table.name, ["620000.gov", "2020-08", "保粮食能源安全"])
            let used = try #require(try office.auditHistory(AuditAskingTests.grain, field: "value").words.first { $0.value == "14.2" })
            let operation = try #require(Hash32(hex: used.operation))
            _ = try office.node.write([
                Draft(
                    key: key, unit: "620000.gov", person: "620000.gov.p1",
                    fields: [
                        .init(CircularKind.title, "八月通报"), .init(CircularKind.frozenOn, .day(try Day(parsing: "2020-08-31"))),
                        .init(
                            CircularKind.figures,
                            .list([.list(["620724", "grainReserveDays", "2020-08", .decimal(try ExactDecimal(parsing: "14.2")), .bytes(operation.bytes)])])),
                    ])
            ])
            let circular = try #require(try office.auditCirculars().first)
            let figure = try #require(circular.figures.first)
            #expect(figure.used == "14.2" && figure.now == "16" && figure.state == "changed" && figure.isHeld)
        }
    }

    @Test func aCircularFreezesWhatIsInUseAndIsMadeOnce() throws {
        try province { network, office in
            func code(_ order: CircularOrder) -> OfficeError.Code? {
                do { _ = try office.makeCircular(order, by: author("620000.gov")) } catch { return (error as? OfficeError)?.code }
                return nil
            }
            try network.set("2020-09-08")
            var order = CircularOrder(try Period(parsing: "2020-08"), scope: "粮食")
            order.indicators = ["成品粮储备可供应天数"]
            #expect(code(order) == nil)
            order.indicators = ["grainReserveDays"]
            #expect(code(order) == .circularMade)
            let made = try #require(try office.auditCirculars().first { $0.record.reference.contains("粮食") })
            let values = made.figures.map { "\($0.place.id) \($0.used) \($0.state) \($0.isHeld)" }
            #expect(values == ["620724 16 same true"] && made.frozenOn == "2020-09-08")
            #expect { try office.auditCirculars(reference: AuditAskingTests.grain) } throws: { ($0 as? NodeError)?.code == .unknownRecord }
            order.indicators = ["noSuchIndicator"]
            order.scope = "别的"
            #expect(code(order) == .unknownIndicator)
            order.indicators = []
            order.period = try Period(parsing: "2019-01")
            #expect(code(order) == .noFigures)
            // The correction comes later, and is told.
            _ = try network["gt"].claim(AuditAskingTests.grain, fields: [("value", "15.5天")], by: author("620724.ndrc"))
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            let later = try #require(try office.auditCirculars().first { $0.record.reference.contains("粮食") }?.figures.first)
            // Though the circular itself is sealed after the correction came: the word that it froze says what is later.
            #expect(later.state == "changed" && later.later.map(\.value) == ["15.5"])
            var partly = CircularOrder(try Period(parsing: "2020-08"), scope: "两项")
            partly.indicators = ["grainReserveDays", "newUrbanJobs"]
            #expect(code(partly) == .noFigures)
        }
    }

    /// The county had set its own, looser floor before the province's document could reach it.
    @Test func anActMadeBeforeThePolicyCouldBeKnownIsToldApart() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.exchange("zy", "gs")
            try network.carry("zy", to: "gt")
            try network.set("2020-04-30")
            try network.publish("gs/publish/01-six-guarantees.yaml")
            try network.set("2020-05-12")
            _ = try network["gt"].claim("target 620724/grainReserveDays/2020", fields: [("floor", "8天")], by: author("620724.gov"))
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            let acts = try network["gs"].auditUnaware(place: "620724")
            let act = try #require(acts.first { $0.record.reference == "target 620724/grainReserveDays/2020" })
            #expect(act.why == "inert" && act.policyBy.id == "620000.gov" && act.knowledge != "could")
        }
    }

    @Test func whoAsksIsNotedAndCannotBeTakenOutOnceSealed() throws {
        try province { network, office in
            #expect(try office.auditReadings().isEmpty)
            let before = try office.auditReport(asOf: try Day(parsing: "2020-09-30"))
            try office.noteReading(of: "audit history x", by: nil, account: "auditor")
            try office.noteReading(of: "audit feeds", by: author("620000.gov"), account: "auditor")
            #expect(try office.auditReport(asOf: try Day(parsing: "2020-09-30")) == before)
            let readings = try office.auditReadings()
            #expect(readings.map(\.reader) == ["os:auditor", "620000.gov.p1"] && readings.map(\.question) == ["audit history x", "audit feeds"])
            #expect(readings.compactMap(\.entered).isEmpty)
            try office.node.seal()
            #expect(try office.auditReadings().compactMap(\.entered).count == 2)
        }
    }
}
