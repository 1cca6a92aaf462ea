// What the audit's report holds. Every part is a view over what the node holds: nothing is stored for it, and made again
// on the same day over the same history it is the same, byte for byte.

import TiaokuaiModel

public struct AuditReport: Codable, Hashable, Sendable {
    /// The first day of the report's period; left out: from the beginning.
    public let from: String?
    /// The last one.
    public let asOf: String
    public let node: String
    public let place: PlaceFact
    public let held: AuditHeld
    /// Of each target set at the place and below: what its bounds came to, and from which day.
    public let bounds: [BoundTimeline]
    /// At odds now, and ended.
    public let disputes: [DisputeRow]
    public let selfForks: [SelfForkRow]
    /// Received, kept, and not in use.
    public let kept: [KeptRow]
    public let citations: AuditCitations
    public let carriage: AuditCarriage
    public let late: [LateFigure]
    public let privacy: AuditPrivacy
    public let unreported: [UnreportedMeasure]
    /// Targets whose deadline lay before the signing of the document that sets them.
    public let dueBeforeIssue: [AssessmentRow]
    /// Standards whose term had run out when they were issued.
    public let terms: [TermRow]
    public let ledger: [AuditLedgerItem]
    /// Acts of the period that were refused.
    public let refused: [RefusedAct]
    public let disputeOutcomes: [DisputeOutcome]
    /// Openings, closings and reopenings of the period, by the time at which they were written.
    public let turns: [LedgerTurn]
    /// Left out where the node has signed none.
    public let checkpoint: AuditCheckpoint?
    public let arrivals: [FeedArrivals]
    public let reporting: ReportingGrid
    public let unknown: AuditUnknown

    /// Keys of the parts that tell of this node: its log, what it holds, and when things came here. Another node that holds the
    /// same history has its own; all other parts are the same at both.
    public static let partsOfTheNode = ["arrivals", "carriage", "checkpoint", "held", "late", "node", "privacy", "reporting", "unknown"]
}

/// What the report rests on.
public struct AuditHeld: Codable, Hashable, Sendable {
    /// The node's own place.
    public let place: PlaceFact
    public let nodes: Int
    public let changesets: Int
    public let operations: Int
    public let records: Int
    /// Entries of this node's log.
    public let log: UInt64
    /// What `log verify` would find wrong with it; empty where it verifies.
    public let logFindings: [String]
}

public struct BoundTimeline: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let place: PlaceFact
    public let indicator: String
    public let indicatorTitle: String
    public let period: String
    public let qualifier: String
    /// `equal`: its bound is the value itself; left out for a floor or a ceiling.
    public let comparator: String?
    public let changes: [BoundChange]

    /// What a change is called: `equal` for the value of such a target.
    public func name(of change: BoundChange) -> String { comparator == "equal" && ["floor", "ceiling"].contains(change.field) ? "equal" : change.field }
}

public struct AuditCitations: Codable, Hashable, Sendable {
    public let resolved: Int
    /// Pending, or found under another number or title.
    public let open: [CitationRow]
}

public struct AuditFork: Codable, Hashable, Sendable {
    public let node: String
    public let nodeName: String
    public let partition: String
    public let feed: String
    public let sequence: UInt64
    public let branches: [String]
    /// When the second of them came, as far as checkpoints seal it; left out while it is in no log.
    public let since: String?
    /// Who owned up to it; left out while nobody has.
    public let repairedBy: UnitFact?
    public let cause: String?
    public let repaired: String?
    public let isSample: Bool
}

/// A changeset that is held and not in effect.
public struct AuditQuarantine: Codable, Hashable, Sendable {
    public let changeset: String
    public let nodeName: String
    public let partition: String
    public let sequence: UInt64
    /// `waiting` or `void`.
    public let state: String
    /// What it waits for (`predecessor` is a gap in its feed), or the code for which it is void.
    public let reason: String
}

/// Numbers of a feed of which nothing is here, though what comes behind them is.
public struct AuditGap: Codable, Hashable, Sendable {
    public let node: String
    public let nodeName: String
    public let partition: String
    public let feed: String
    public let from: UInt64
    public let through: UInt64
    /// When the first changeset behind it came, as far as checkpoints seal it; left out where it is in no log yet.
    public let since: String?
}

/// A signing key that a node gave up for another: what it had signed before counts, nothing else.
public struct AuditRetiredKey: Codable, Hashable, Sendable {
    public let node: String
    public let nodeName: String
    /// Thumbprints.
    public let key: String
    public let replacedBy: String
    public let validFrom: String
    public let validTo: String?
    /// When the credential for the new key was written, and by whom; left out for a root key's.
    public let replaced: String?
    public let by: UnitFact?
}

/// What is wrong or unproven with a log or feed that a node has shown.
public struct AuditLogConcern: Codable, Hashable, Sendable {
    /// A raw value of `LogConcern.Code`.
    public let code: String
    public let node: String
    public let nodeName: String
    public let partition: String?
    public let item: String
    public let numbers: [UInt64]
    public let since: String
    /// Nothing that is still under way can explain it, and nobody owned up to it.
    public let isContradiction: Bool
    /// A unit of that node stated the repair of a fork of this epoch.
    public let isRepaired: Bool
}

/// A credential that was ended.
public struct AuditCut: Codable, Hashable, Sendable {
    public let node: String
    public let nodeName: String
    public let by: UnitFact
    public let reason: String
    public let written: String
}

/// What credentials and cuts leave for people to settle.
public struct AuditTrustConcern: Codable, Hashable, Sendable {
    /// A raw value of `TrustConcern.Code`.
    public let code: String
    public let node: String
    public let nodeName: String
    public let otherName: String?
    public let unit: UnitFact?
    public let partition: String?
    public let item: String
    public let day: String?
    public let sequence: UInt64?
}

public struct AuditCarriage: Codable, Hashable, Sendable {
    public let forks: [AuditFork]
    public let gaps: [AuditGap]
    public let retired: [AuditRetiredKey]
    /// What is wrong or unproven with the logs that other nodes have shown.
    public let logs: [AuditLogConcern]
    public let quarantined: [AuditQuarantine]
    public let cuts: [AuditCut]
    /// Credentials past their day, units granted twice, cuts behind what their author had vouched for.
    public let trust: [AuditTrustConcern]

    /// Without what showed here after a day only.
    func through(_ day: Day) -> AuditCarriage {
        func isSeen(_ time: String?) -> Bool { time.map { $0.prefix(10) <= day.description } ?? true }
        return AuditCarriage(
            forks: forks.filter { isSeen($0.since) }, gaps: gaps.filter { isSeen($0.since) }, retired: retired.filter { isSeen($0.replaced) }, logs: logs.filter { isSeen($0.since) },
            quarantined: quarantined, cuts: cuts.filter { isSeen($0.written) }, trust: trust)
    }
}

/// The first report on a figure that a dated target needed, where it came after the deadline: made late, or made in time and
/// received here late.
public struct LateFigure: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let place: PlaceFact
    public let indicatorTitle: String
    public let target: String
    public let deadline: String
    public let unit: UnitFact
    public let written: String
    /// When this node received it; left out for its own work.
    public let received: String?
    public let daysMadeLate: Int?
    public let daysReceivedLate: Int?
    public let isSample: Bool
}

public struct AuditPrivacy: Codable, Hashable, Sendable {
    /// Looked through one by one, in every body in effect.
    public let operationsSearched: Int
    /// Fields of the personal class among them.
    public let personalFields: Int
    /// Changesets that were void as a whole because they held personal data.
    public let refused: [String]
    /// Records of local lists outside the local partition.
    public let localRecordsOutside: Int
}

/// A part or measure of a plan that names an indicator of which no figure is held from its place or below.
public struct UnreportedMeasure: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let place: PlaceFact
    public let document: String
    public let part: String
    public let indicator: String
    public let indicatorTitle: String
    public let leads: [UnitFact]
}

public struct AuditLedgerEvent: Codable, Hashable, Sendable {
    public let event: String
    public let unit: UnitFact
    public let person: String
    /// The posts of the unit that the person held on the day of writing.
    public let posts: [String]
    public let written: String
    public let evidence: String?
    public let isSample: Bool
}

public struct AuditLedgerItem: Codable, Hashable, Sendable {
    public let item: LedgerRow
    public let timesReopened: Int
    /// Valid ones, by the time at which they were written.
    public let events: [AuditLedgerEvent]
}
