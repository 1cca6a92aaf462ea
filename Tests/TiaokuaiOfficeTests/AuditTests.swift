import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

@testable import TiaokuaiOffice

@Suite struct AuditTests {
    /// The province after the county's and the city's plans, figures and ledger have come up, 2021-01-15.
    private func province(beforeItComes: (ExampleNetwork) throws -> Void = { _ in }, _ body: (ExampleNetwork, Office) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-04-16")
            try network.enrol("gt2", by: "zy", consentOf: "gt")
            try network.set("2020-04-30")
            try network.publish("gs/publish/01-six-guarantees.yaml")
            try network.publish("gs/publish/02-price-subsidy.yaml")
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gt")
            try network.set("2020-06-30")
            try network.publish("gt/figures/11-arrears.yaml")
            try network.set("2020-08-12")
            try network.publish("gt/publish/01-six-plans.yaml")
            try network.set("2020-08-13")
            try network.publish("gt/figures/15-may-jobs.yaml")
            try network.publish("gt2/figures/15-may-jobs.yaml")
            try network.carry("gt2", to: "zy")
            try network.carry("zy", to: "gt")
            _ = try network["gt"].claim("620724/newUrbanJobs/2020-05", fields: [("value", "1318人")], by: author("620724.hrss", "p2"))
            try network.set("2020-08-14")
            try network.publish("gt/figures/16-grain.yaml")
            try network.publish("gt/publish/02-standard-topped-up.yaml")
            try network.set("2020-10-08")
            try network.publish("gt/ledger/30-debts.yaml")
            let item = "高财政-2020-001"
            let (finance, government) = (author("620724.finance"), author("620724.gov", "p4"))
            _ = try network["gt"].raise(item, event: "start", by: finance)
            _ = try network["gt"].raise(item, event: "resolve", by: finance, evidence: "银行回单")
            _ = try network["gt"].raise(item, event: "verify", by: government, evidence: "现场核验")
            _ = try network["gt"].raise(item, event: "close", by: government, evidence: "核验单")
            try network.set("2021-01-15")
            try beforeItComes(network)
            try network.carry("gt", to: "zy")
            try network.exchange("zy", "gs")
            try body(network, network["gs"])
        }
    }

    private func report(_ office: Office) throws -> AuditReport { try office.auditReport(asOf: try Day(parsing: "2021-01-15")) }

    @Test func theReportAnswersFromReceivedHistoryAlone() throws {
        try province { _, office in
            let report = try report(office)
            let grain = try #require(report.bounds.first { $0.record.reference == "target 620724/grainReserveDays/2020" })
            #expect(grain.changes.filter { $0.field == "floor" }.map { "\($0.since) \($0.value ?? "") \($0.source?.place.id ?? "")" } == ["2020-04-30 10 620000", "2020-08-12 15 620724"])
            #expect(report.disputes.first { $0.record.reference == "620724/grainReserveDays/2020-08" }?.source?.clause == "保粮食能源安全 一(五)")
            let fork = try #require(report.selfForks.first)
            #expect(fork.record.reference == "620724/newUrbanJobs/2020-05")
            #expect(Set(fork.claims.map(\.nodeName)) == ["gt", "gt2"])
            #expect(fork.chosen?.value == "1318")
            #expect(report.kept.contains { $0.standing == "refused" && $0.value == "1.5" })
            #expect(report.citations.open.map(\.state) == ["pending", "pending"])
            #expect(report.carriage.forks.isEmpty)
            #expect(report.carriage.quarantined.isEmpty)
            #expect(report.dueBeforeIssue.count == 4)
            #expect(report.terms.contains { $0.record.reference == "standard 620724/energyUsePolicies/2020/620724.gov" })
            let debt = try #require(report.ledger.first { $0.item.record.reference == "高财政-2020-001" })
            #expect(debt.item.state == "closed")
            #expect(debt.events.map(\.event) == ["open", "start", "resolve", "verify", "close"])
            #expect(debt.events.last?.evidence == "核验单")
            #expect(debt.events.last?.posts == ["督查室主任"])
            #expect(!report.unknown.isOutside)
            #expect(report.held.logFindings.isEmpty)
        }
    }

    @Test func madeLateAndReceivedLateAreToldApart() throws {
        try province { _, office in
            let late = try report(office).late
            let jobs = try #require(late.first { $0.target == "target 620724/newUrbanJobs/2020/by-2020-05" })
            #expect(jobs.daysMadeLate == 74)
            #expect(jobs.daysReceivedLate == nil)
            let arrears = try #require(late.first { $0.record.reference == "620724/arrearsUnder5m/2020-06" })
            #expect(arrears.daysMadeLate == nil)
            // Written on the deadline itself, received half a year later.
            #expect(arrears.daysReceivedLate == 199)
        }
    }

    /// A time in the store is signed by nobody: what was proven late stays late.
    @Test func aTimeThatWasChangedInTheStoreMakesNothingPunctual() throws {
        // A checkpoint of that day, before anything came.
        func handOver(_ network: ExampleNetwork) throws {
            try network["gs"].noteReading(of: "audit", by: nil, account: "auditor")
            try network.carry("gs", to: "zy")
        }
        try province(beforeItComes: handOver) { _, office in
            let before = try report(office)
            #expect(before.late.contains { $0.daysReceivedLate != nil } && before.reporting.places.contains { $0.cells.contains { $0.receivedLate > 0 } })
            try DatabaseQueue(path: office.node.folder.storePath).write { try $0.execute(sql: "UPDATE changeset SET received = received - 34560000000") }
            let after = try report(office)
            #expect(after.late.map(\.daysReceivedLate) == before.late.map(\.daysReceivedLate) && after.reporting == before.reporting)
        }
    }

    /// As of a day: what had been written by then, and what it came to.
    @Test func asOfADayNothingCountsThatWasWrittenLater() throws {
        try province { _, office in
            let october = try Day(parsing: "2020-10-07")
            func item(_ day: Day) throws -> AuditLedgerItem? { try office.auditLedger(asOf: day).first { $0.item.record.reference == "高财政-2020-001" } }
            #expect(try item(october) == nil)
            let closed = try #require(try item(october.adding(1)))
            #expect(closed.item.state == "closed" && closed.events.map(\.event) == ["open", "start", "resolve", "verify", "close"])
            // The grain report of August: of July nobody had one.
            func unreported(_ day: String) throws -> Bool {
                try office.auditUnreported(asOf: Day(parsing: day)).unreported.contains { $0.indicator == "grainReserveDays" && $0.place.id == "620724" }
            }
            #expect(try unreported("2020-08-13"))
            #expect(try !unreported("2020-08-14"))
            let july = try office.auditReport(asOf: Day(parsing: "2020-07-31"))
            #expect(july.ledger.isEmpty && july.selfForks.isEmpty && !july.kept.contains { $0.standing == "refused" })
            #expect(july.dueBeforeIssue.isEmpty && !july.bounds.isEmpty && july.bounds.allSatisfy { $0.changes.allSatisfy { $0.since <= "2020-07-31" } })
            // Before everything there is nothing.
            let none = try office.auditReport(asOf: Day(parsing: "2019-01-01"))
            #expect(none.bounds.isEmpty && none.citations.open.isEmpty && none.disputes.isEmpty && none.unreported.isEmpty && none.carriage.forks.isEmpty && none.terms.isEmpty)
        }
    }

    /// The city never got number 1 of what the county sealed; number 2 waits for it.
    @Test func aGapInAFeedIsNamedWithItsNumbers() throws {
        try province { network, _ in
            let (gt, zy) = (network["gt"].node, network["zy"])
            #expect(try zy.auditFeeds(asOf: zy.today).gaps.isEmpty)
            let feed = try gt.ask { view in try view.heldHeads().filter { $0.feed.node == view.settings.node }.map(\.id) }
            _ = try network["gt"].claim("620724/grainReserveDays/2020-11", fields: [("value", "13天")], by: author("620724.ndrc", "p1"))
            _ = try gt.seal()
            let known = try gt.ask { try Heads($0.heldHeads()) }
            _ = try network["gt"].claim("620724/grainReserveDays/2020-12", fields: [("value", "13天")], by: author("620724.ndrc", "p1"))
            let path = network.folder.appendingPathComponent("late.tkb").path
            _ = try BundleFile.export(gt, to: try zy.node.settings().node, path: path, known: known)
            _ = try BundleFile.import(zy.node, path: path)
            let gap = try #require(try zy.auditFeeds(asOf: zy.today).gaps.first)
            #expect(gap.nodeName == "gt" && gap.from == gap.through && !feed.isEmpty)
            try network.carry("gt", to: "zy")
            #expect(try zy.auditFeeds(asOf: zy.today).gaps.isEmpty)
        }
    }

    /// The county's own standard of 1.5 against the city's, and its target looser than the province's: said, kept, in use nowhere.
    @Test func whatIsRefusedAlongThePathIsNotSaidToBeInUse() throws {
        try province { _, office in
            let kept = try report(office).kept.filter { ["refused", "inert"].contains($0.standing) }
            #expect(Set(kept.map(\.standing)).contains("refused"))
            for row in kept {
                let words = try office.auditHistory(row.record.id, field: row.field).words.filter { $0.unit.id == row.unit.id }
                #expect(words.contains { $0.verdictNow.code == row.standing }, "\(row.record.reference)")
                var filter = TimelineFilter()
                filter.verdicts = [row.standing]
                var found: [String?] = []
                try office.timeline(filter) { line in
                    found.append(line.record?.id)
                    return true
                }
                #expect(found.contains(row.record.id))
            }
            // Alone it stood; what came above it put it aside.
            let county = try #require(kept.first { $0.place.id == "620724" })
            let then = try office.auditHistory(county.record.id, field: county.field).words.compactMap(\.verdictThen?.code)
            #expect(!then.isEmpty)
        }
    }

    @Test func aMeasureIsUnreportedUntilItsFigureCame() throws {
        try province { network, office in
            let before = try report(office).unreported
            #expect(!before.contains { $0.indicator == "grainReserveDays" && $0.place.id == "620724" })
            let open = try #require(before.first { $0.indicator == "labourTransfer" && $0.place.id == "620724" })
            #expect(!open.leads.isEmpty)
            try network.publish("gt/figures/19-labour-transfer.yaml")
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            let after = try report(office).unreported
            #expect(!after.contains { $0.indicator == "labourTransfer" && $0.place.id == "620724" })
        }
    }

    @Test func everyFieldOfEveryBodyIsLookedAtForPersonalData() throws {
        try province { network, office in
            let privacy = try report(office).privacy
            let operations = try office.node.ask { view in
                var count = 0
                try view.forEachCarriedOperation { _, _, _ in count += 1 }
                return count
            }
            #expect(operations > 200)
            #expect(privacy.operationsSearched == operations)
            #expect(privacy.personalFields == 0)
            #expect(privacy.refused.isEmpty)
            #expect(privacy.localRecordsOutside == 0)
        }
    }

    @Test func madeTwiceItIsTheSameBytes() throws {
        try province { network, office in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            let first = try encoder.encode(try report(office))
            #expect(try encoder.encode(try report(office)) == first)
            // What others received at another time says the same of what was said.
            let (here, there) = (try report(office), try report(network["zy"]))
            #expect(here.ledger == there.ledger)
            #expect(here.kept == there.kept)
        }
    }

    // MARK: The period and the parts for the page

    @Test func aPeriodLeavesOutWhatWasSaidBeforeItAndAfterIt() throws {
        try province { _, office in
            func report(_ from: String?, _ to: String) throws -> AuditReport { try office.auditReport(from: try from.map { try Day(parsing: $0) }, asOf: try Day(parsing: to)) }
            let whole = try report(nil, "2021-01-15")
            #expect(whole.refused.contains { $0.kept.standing == "refused" && $0.kept.value == "1.5" && $0.written.hasPrefix("2020-08-14") })
            #expect(whole.turns.map(\.event).contains("close"))
            let autumn = try report("2020-09-01", "2020-12-31")
            #expect(autumn.from == "2020-09-01")
            #expect(!autumn.refused.contains { $0.kept.value == "1.5" })
            #expect(autumn.turns.map(\.event).contains("close") && autumn.turns.allSatisfy { $0.written.hasPrefix("2020-10") })
            #expect(autumn.reporting.months == ["2020-09", "2020-10", "2020-11", "2020-12"])
            // The bound with which it begins is there, the one before that is not.
            let grain = try #require(autumn.bounds.first { $0.record.reference == "target 620724/grainReserveDays/2020" })
            #expect(grain.changes.filter { $0.field == "floor" }.map(\.value) == ["15"])
            #expect(autumn.arrivals.isEmpty)
            // The unit had settled its own two words before the period.
            #expect(whole.selfForks.count == 1 && autumn.selfForks.isEmpty)
            let spring = try report(nil, "2020-06-30")
            #expect(spring.turns.isEmpty && spring.disputes.isEmpty)
            let before = try #require(spring.bounds.first { $0.record.reference == "target 620724/grainReserveDays/2020" })
            #expect(before.changes.filter { $0.field == "floor" }.map(\.value) == ["10"])
        }
    }

    @Test func theGridTellsMissingFiguresFromThoseThatCameLate() throws {
        try province { _, office in
            let grid = try report(office).reporting
            let county = try #require(grid.places.first { $0.place.id == "620724" })
            #expect(county.superior?.id == "620700" && county.depth == 2)
            #expect(county.cells.map(\.month) == grid.months)
            let may = try #require(county.cells.first { $0.month == "2020-05" })
            // Written in August.
            #expect(may.madeLate == 1 && may.onTime == 0 && may.state == "madeLate")
            #expect(may.samples == 1)
            let august = try #require(county.cells.first { $0.month == "2020-08" })
            // Written in time, and at the province in January.
            #expect(august.receivedLate == 1 && august.missing > 0 && august.state == "missing")
            for cell in grid.places.flatMap(\.cells) { #expect(cell.due == cell.onTime + cell.receivedLate + cell.madeLate + cell.missing + cell.open) }
            let atTheCounty = try office.auditReport(asOf: try Day(parsing: "2021-01-15"), termDays: 366).reporting.places.first { $0.place.id == "620724" }
            #expect(atTheCounty?.cells.contains { $0.madeLate > 0 || $0.missing > 0 } == false)
        }
    }

    @Test func arrivalsTellWhenThingsWereMadeAndWhenTheyCame() throws {
        try province { _, office in
            let report = try report(office)
            let work = try #require(report.arrivals.first { $0.nodeName == "gt" && $0.place?.id == "620724" && !$0.isPolicy })
            let last = try #require(work.changesets.last)
            #expect(last.madeTo?.hasPrefix("2020-10-08") == true && last.received.hasPrefix("2021-01-15"))
            #expect(last.samples > 0 && last.state == "applied")
            let heard = try #require(report.unknown.nodes.first { $0.nodeName == "gt" })
            #expect(heard.lastMade?.hasPrefix("2020-10-08") == true && heard.changesets > 0)
            #expect(report.unknown.pendingCitations == 2)
            #expect(try office.lastDayHeld().description == "2021-01-15")
        }
    }

    @Test func theCheckpointIsTheNewestThatTheNodeSigned() throws {
        try province { _, office in
            let envelope = try office.node.checkpoint()
            let signed = try Checkpoint(try UnverifiedStatement(envelope, .checkpoint).claimed)
            let shown = try #require(try report(office).checkpoint)
            #expect(shown.root == signed.root.hex && shown.size == signed.size && shown.entriesSince == 0)
            #expect(shown.phoneDigest.filter { $0 != "-" } == shown.root.prefix(12))
        }
    }

    /// Who asked is noted and sealed: what the report says of the history does not change.
    @Test func askingChangesNoPartOfTheHistory() throws {
        try province { network, office in
            let before = try report(office)
            try office.noteReading(of: "audit report", by: nil, account: "auditor")
            let noted = try report(office)
            #expect(noted == before)
            try network.carry("gs", to: "zy")
            let sealed = try report(office)
            #expect(try history(sealed) == history(before))
            #expect(sealed.arrivals == before.arrivals && sealed.unknown == before.unknown && sealed.reporting == before.reporting)
        }
    }

    @Test func anotherNodeWithTheSameHistorySaysTheSameOfIt() throws {
        try province { network, office in
            let place = RegionID(unchecked: "620724")
            let day = try Day(parsing: "2021-01-15")
            let reports = try ["gs", "zy", "gt"].map { try network[$0].auditReport(place: place, asOf: day) }
            for report in reports { #expect(try history(report) == history(reports[0])) }
            #expect(reports[0].arrivals != reports[2].arrivals)
        }
    }

    /// The report as JSON without the parts that are the node's own.
    private func history(_ report: AuditReport) throws -> Data {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
        let parts = try #require(object).filter { !AuditReport.partsOfTheNode.contains($0.key) }
        #expect(parts.count >= 14)
        return try JSONSerialization.data(withJSONObject: parts, options: [.sortedKeys])
    }
}
