// Parts of the audit's report that its page and pictures are drawn from: every number in a picture is here.

/// An act that was received, kept and refused: void by the rules, a standard that differs from the one above, a bound looser than
/// the one above.
public struct RefusedAct: Codable, Hashable, Sendable {
    /// Its standing is `void`, `refused` or `inert`.
    public let kept: KeptRow
    public let person: String
    /// The author's clock.
    public let written: String
}

/// How many disputes of one rule came to what.
public struct DisputeOutcome: Codable, Hashable, Sendable {
    /// A raw value of `DecidingRule`.
    public let rule: String
    /// `lineFirst`, `blockFirst`, `unspecified`; left out where no mode was stated.
    public let mode: String?
    /// `undecided`, `reopened`, `byRule`, or how it ended (`DisputeEnd.how`).
    public let outcome: String
    public let count: Int
    /// How many of them are about 示例数据.
    public let samples: Int
}

/// A step that opened, closed or reopened an item of the ledger.
public struct LedgerTurn: Codable, Hashable, Sendable {
    public let record: RecordFact
    public let title: String
    /// `open`, `close` or `reopen`.
    public let event: String
    public let unit: UnitFact
    public let person: String
    /// The posts of the unit that the person held on the day of writing.
    public let posts: [String]
    public let written: String
    public let evidence: String?
    public let isSample: Bool
}

/// The newest checkpoint that a node signed over its log.
public struct AuditCheckpoint: Codable, Hashable, Sendable {
    public let node: String
    public let nodeName: String
    public let epoch: String
    public let size: UInt64
    public let root: String
    /// In a GM network.
    public let sm3Root: String?
    public let written: String
    /// Twelve digits of the root, to be read over the telephone.
    public let phoneDigest: String
    /// Entries of the log that it does not cover yet.
    public let entriesSince: UInt64
}

/// One changeset: when what it carries was written, and when it came.
public struct Arrival: Codable, Hashable, Sendable {
    public let changeset: String
    public let sequence: UInt64
    /// `applied`, `waiting` or `void`.
    public let state: String
    public let operations: Int
    /// How many of them are 示例数据.
    public let samples: Int
    /// By its authors' clocks, first and last; left out where its content is not read (waiting, void).
    public let madeFrom: String?
    public let madeTo: String?
    /// When it entered this node's log, as far as checkpoints seal it; of the node's own work when it was sealed.
    public let received: String
}

/// What came of one feed, in order of entry. Changesets that bring nothing but notes of who read the audit are left out.
public struct FeedArrivals: Codable, Hashable, Sendable {
    public let node: String
    public let nodeName: String
    public let epoch: String
    public let partition: String
    /// Of policy; else of work.
    public let isPolicy: Bool
    /// To which the feed's work is confidential.
    public let line: String?
    public let place: PlaceFact?
    /// This node's own.
    public let isOwn: Bool
    public let changesets: [Arrival]
}

/// Who reported when: places by months.
public struct ReportingGrid: Codable, Hashable, Sendable {
    /// Days after the end of a figure's period within which it counts as in time here. No policy states it: it is the report's own measure.
    public let termDays: Int
    /// `2020-08`, without gaps, oldest first.
    public let months: [String]
    /// As the tree of places has them, superiors first.
    public let places: [ReportingRow]
}

public struct ReportingRow: Codable, Hashable, Sendable {
    public let place: PlaceFact
    /// Tiers below the report's place.
    public let depth: Int
    /// The place that it reports to.
    public let superior: PlaceFact?
    /// One for each month of the grid.
    public let cells: [ReportingCell]
}

/// The figures of one place whose period ended in one month: those that a target in force asks for by its indicator's frequency, and
/// those that were reported unasked.
public struct ReportingCell: Codable, Hashable, Sendable {
    public let month: String
    public let due: Int
    public let onTime: Int
    /// Written within the term, received after it.
    public let receivedLate: Int
    public let madeLate: Int
    /// The term is over and nothing was held.
    public let missing: Int
    /// The term is not over yet.
    public let open: Int
    /// How many of the first reports are 示例数据.
    public let samples: Int

    /// `none` (nothing was due), `missing`, `madeLate`, `receivedLate`, `open` or `onTime`: the worst that there is.
    public var state: String {
        if due == 0 { return "none" }
        if missing > 0 { return "missing" }
        if madeLate > 0 { return "madeLate" }
        if receivedLate > 0 { return "receivedLate" }
        return open > 0 ? "open" : "onTime"
    }
}

/// What was heard of a node that has a credential.
public struct NodeHeard: Codable, Hashable, Sendable {
    public let node: String
    public let nodeName: String
    public let place: PlaceFact
    public let changesets: Int
    /// The newest that anybody wrote there, by its own clock; left out where nothing came.
    public let lastMade: String?
    public let lastReceived: String?
}

/// What this node does not know, as far as it can tell.
public struct AuditUnknown: Codable, Hashable, Sendable {
    /// The report's place is not this node's, nor below it: of what others wrote there it receives little or nothing.
    public let isOutside: Bool
    /// Nodes of the place and below, and the newest that was heard of each.
    public let nodes: [NodeHeard]
    /// Places below that have no node of their own here.
    public let placesWithoutNode: Int
    /// Changesets that wait for others that did not come.
    public let waiting: Int
    /// Citations whose document is not here.
    public let pendingCitations: Int
    /// Records whose form did not come.
    public let withoutForm: Int
    /// Own work that is in no log yet.
    public let unsealed: Int
    /// The lines to which what the node receives is limited; left out where it receives all.
    public let lines: [String]?
}
