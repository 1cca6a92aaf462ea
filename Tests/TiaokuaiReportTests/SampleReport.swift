import TiaokuaiModel
import TiaokuaiWording

@testable import TiaokuaiOffice
@testable import TiaokuaiReport

/// Reports made up for the tests: of nothing, of a whole province, and with whatever name is asked for wherever a name can stand.
enum SampleReport {
    static func terms(_ language: Language = .zh) -> ReportTerms {
        ReportTerms(
            language: language, value: { value, measure, _, _ in value.map { $0 + (measure.map { " \($0)" } ?? "") } }, field: { _, title, _ in title },
            bound: { $0 }, document: { $0 },
            carriage: { carriage in [(title: "forks", lines: carriage.forks.map(\.nodeName))] })
    }

    static func province(counties: Int, months: Int, name: String? = nil) -> AuditReport {
        let first = Day(year: 2020, month: 1, day: 1)!
        let monthNames = (0..<months).map { "\(2020 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)" }
        let asOf = months == 0 ? "2020-12-31" : "\(monthNames[months - 1])-28"
        let places = (0..<counties).map { PlaceFact(id: "\(620_000 + $0)", name: name ?? "第\($0)县") }
        let rows = places.enumerated().map { index, place in
            ReportingRow(place: place, depth: index % 9 == 0 ? 1 : 2, superior: PlaceFact(id: "62", name: name ?? "某市"), cells: monthNames.enumerated().map { cell(index, $0, $1) })
        }
        let feeds = places.enumerated().map { index, place in
            let arrivals = (0..<(months * 2)).map { arrival(index, $0, first) }
            return FeedArrivals(
                node: "\(index)", nodeName: name ?? "节点\(index)", epoch: "e", partition: "work(\(place.id))", isPolicy: false, line: nil, place: place, isOwn: false,
                changesets: arrivals)
        }
        let one = place(name)
        let isAny = counties > 0
        return AuditReport(
            from: nil, asOf: asOf, node: name ?? "gs", place: one, held: AuditHeld(place: one, nodes: counties, changesets: 3, operations: 4, records: 5, log: 6, logFindings: []),
            bounds: isAny ? [bounds(name)] : [], disputes: isAny ? [dispute(name, "byRule"), dispute(name, "ended")] : [], selfForks: isAny ? [selfFork(name)] : [], kept: [],
            citations: AuditCitations(resolved: 0, open: isAny ? [citation(name)] : []), carriage: carriage(isAny ? name ?? "gt" : nil), late: isAny ? [late(name)] : [],
            privacy: AuditPrivacy(operationsSearched: 0, personalFields: 0, refused: [], localRecordsOutside: 0), unreported: isAny ? [unreported(name)] : [], dueBeforeIssue: [],
            terms: isAny ? [TermRow(record: record(name), signedOn: "2020-08-12", from: nil, until: "2020-06-30", state: "expiredAtIssue", days: nil)] : [], ledger: [],
            refused: isAny ? [refused(name)] : [],
            disputeOutcomes: isAny
                ? [DisputeOutcome(rule: "mode", mode: "lineFirst", outcome: "byRule", count: 40, samples: 1), DisputeOutcome(rule: "none", mode: nil, outcome: "decision", count: 1, samples: 1)] : [],
            turns: isAny ? [turn(name)] : [],
            checkpoint: isAny
                ? AuditCheckpoint(
                    node: "n", nodeName: name ?? "gs", epoch: "e", size: 6, root: "abcdef", sm3Root: nil, written: "2020-12-30T09:00:00.000+08:00", phoneDigest: "abcd-ef01-2345", entriesSince: 2)
                : nil,
            arrivals: feeds, reporting: ReportingGrid(termDays: 15, months: monthNames, places: rows),
            unknown: AuditUnknown(
                isOutside: name != nil, nodes: isAny ? [NodeHeard(node: "n", nodeName: name ?? "gt", place: one, changesets: 0, lastMade: nil, lastReceived: nil)] : [], placesWithoutNode: 2,
                waiting: 0,
                pendingCitations: 1, withoutForm: 0, unsealed: 0, lines: nil))
    }

    private static let outcomes = [
        DisputeOutcome(rule: "mode", mode: "lineFirst", outcome: "byRule", count: 40, samples: 1),
        DisputeOutcome(rule: "none", mode: nil, outcome: "decision", count: 1, samples: 1),
    ]

    private static func checkpoint(_ name: String?) -> AuditCheckpoint {
        AuditCheckpoint(
            node: "n", nodeName: name ?? "gs", epoch: "e", size: 6, root: "abcdef", sm3Root: nil, written: "2020-12-30T09:00:00.000+08:00", phoneDigest: "abcd-ef01-2345",
            entriesSince: 2)
    }

    private static func place(_ name: String?) -> PlaceFact { PlaceFact(id: "620000", name: name ?? "甘肃省") }
    private static func unit(_ name: String?) -> UnitFact { UnitFact(id: "620000.gov", name: name ?? "甘肃省人民政府") }

    private static func selfFork(_ name: String?) -> SelfForkRow {
        func claim(_ value: String) -> ForkedClaim {
            ForkedClaim(operation: "o", value: name ?? value, nodeName: name ?? "gt2", written: "2020-08-13T09:00:00.000+08:00", isSample: true)
        }
        return SelfForkRow(record: record(name), field: "value", fieldTitle: name ?? "数值", unit: unit(name), claims: [claim("1318"), claim("1381")], measure: name ?? "人", chosen: claim("1318"))
    }

    private static func citation(_ name: String?) -> CitationRow {
        CitationRow(
            document: record(name), relation: "implements", number: name ?? "市委办发〔2020〕16号", title: name ?? "方案", clause: name ?? "一", state: "mismatch", targets: [],
            quotedPublicity: "internal")
    }

    private static func unreported(_ name: String?) -> UnreportedMeasure {
        UnreportedMeasure(
            record: record(name), place: place(name), document: name ?? "市委办发〔2020〕25号", part: name ?? "保居民就业", indicator: "i", indicatorTitle: name ?? "就业", leads: [unit(name)])
    }

    private static func record(_ name: String?) -> RecordFact {
        RecordFact(
            id: "r", reference: name ?? "620724/grainReserveDays/2020-08", kind: "cell", kindTitle: "指标数据", kindEnglish: nil, place: place(name), partition: "p", key: [], title: name,
            isSample: true)
    }

    private static func cell(_ place: Int, _ month: Int, _ name: String) -> ReportingCell {
        let kind = (place + month) % 6
        return ReportingCell(
            month: name, due: kind == 5 ? 0 : 120, onTime: kind == 0 ? 120 : 0, receivedLate: kind == 1 ? 120 : 0, madeLate: kind == 2 ? 120 : 0, missing: kind == 3 ? 120 : 0,
            open: kind == 4 ? 120 : 0, samples: place % 3)
    }

    private static func arrival(_ feed: Int, _ number: Int, _ first: Day) -> Arrival {
        func time(_ day: Int) -> String { "\(Day(number: first.number + Int32(day)))T09:00:00.000+08:00" }
        let made = number * 14 + feed % 10
        return Arrival(
            changeset: "c\(number)", sequence: UInt64(number + 1), state: number % 7 == 3 ? "waiting" : "applied", operations: 3, samples: number % 2,
            madeFrom: number % 7 == 3 ? nil : time(made), madeTo: number % 7 == 3 ? nil : time(made + 2), received: time(made + feed % 40))
    }

    private static func bounds(_ name: String?) -> BoundTimeline {
        let step = BoundStep(
            place: place(name), unit: unit(name), operation: "o", value: "15", standing: "effective", document: name ?? "甘办发〔2020〕16号", clause: name, isFirm: true, isSample: true,
            since: "2020-04-30", sinceBy: "signedOn")
        return BoundTimeline(
            record: record(name), place: place(name), indicator: "i", indicatorTitle: name ?? "成品粮储备", period: "2020", qualifier: "", comparator: nil,
            changes: [BoundChange(since: "2020-04-30", field: "floor", value: name ?? "15", measure: "天", source: step)])
    }

    private static func dispute(_ name: String?, _ state: String) -> DisputeRow {
        let claim = ClaimBrief(operation: "o", unit: unit(name), value: name ?? "14.2", verdict: VerdictFact(code: "stands", by: nil, reason: nil, waitsFor: nil))
        let fact = DisputeFact(id: "d", axis: "inTier", knowledge: "parallel", claims: ["o"], prevailing: [], deciders: [unit(name)], isReopened: false, isDecided: true)
        return DisputeRow(
            record: record(name), field: "value", fieldTitle: name ?? "数值", value: name ?? "14.2", measure: "天", blank: nil, dispute: fact, state: state, rule: "mode", mode: "lineFirst",
            source: SourceFact(document: name ?? "方案", clause: name ?? "一(五)", formula: name ?? "县发改局牵头"), claims: [claim, claim], acknowledgements: [],
            begun: "2020-08-14T09:00:00.000+08:00",
            end: state == "ended" ? DisputeEnd(how: "decision", unit: unit(name), value: name, ground: name, operation: "o", written: "2020-09-01T09:00:00.000+08:00", isSample: true) : nil)
    }

    private static func refused(_ name: String?) -> RefusedAct {
        let kept = KeptRow(
            record: record(name), place: place(name), unit: unit(name), field: "value", fieldTitle: name ?? "数值", value: name ?? "8", measure: "天", standing: "inert",
            reason: nil, against: record(name), againstValue: name ?? "10", operation: "o", isSample: true)
        return RefusedAct(kept: kept, person: name ?? "p1", written: "2020-05-12T09:00:00.000+08:00")
    }

    private static func turn(_ name: String?) -> LedgerTurn {
        LedgerTurn(
            record: record(name), title: name ?? "欠款", event: "close", unit: unit(name), person: name ?? "p1", posts: name.map { [$0] } ?? [], written: "2020-10-31T09:00:00.000+08:00", evidence: name,
            isSample: true)
    }

    private static func late(_ name: String?) -> LateFigure {
        LateFigure(
            record: record(name), place: place(name), indicatorTitle: name ?? "新增就业", target: name ?? "t", deadline: "2020-05-31", unit: unit(name),
            written: "2020-08-13T09:00:00.000+08:00", received: "2020-08-20T09:00:00.000+08:00", daysMadeLate: 74, daysReceivedLate: nil, isSample: true)
    }

    private static func carriage(_ name: String?) -> AuditCarriage {
        let fork = name.map {
            AuditFork(
                node: "n", nodeName: $0, partition: "p", feed: "f", sequence: 118, branches: ["a", "b"], since: nil, repairedBy: unit($0),
                cause: "restoredBackup", repaired: "2020-11-06", isSample: true)
        }
        return AuditCarriage(forks: [fork].compactMap { $0 }, gaps: [], retired: [], logs: [], quarantined: [], cuts: [], trust: [])
    }
}
