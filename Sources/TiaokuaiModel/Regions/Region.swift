/// A place 区划: a permanent id and, by period, a code, a name and a superior.
///
/// A code is never a key of history: it is recoded, merged, split and given to other places. The id stays.
public struct Region: Hashable, Sendable {
    /// The tier at which a place reports. A zone has the level of what it stands beside (normally `county`).
    public enum Level: UInt8, Sendable, CaseIterable, Comparable {
        case country = 0, province, city, county, town
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    public enum Kind: String, Sendable, CaseIterable {
        /// A division of GB/T 2260, with a government.
        case admin
        /// A grouping node that is not a government, such as 市辖区 or 省直辖县级行政区划: never a tier of a path.
        case virtual
        /// A functional zone 开发区, with a statistical or a local code: a real reporting unit.
        case zone
        /// Another code of the statistical table, such as 620201 嘉峪关市.
        case stat
    }

    /// One stretch of days in which nothing about the place changed.
    public struct Period: Hashable, Sendable {
        public let code: String
        public let name: String
        /// The node that it is listed under, perhaps a virtual one; nil for the country only.
        public let parent: RegionID?
        /// The first day; nil: since before the table begins.
        public let from: Day?
        /// The first day after; nil: still so.
        public let until: Day?

        public init(code: String, name: String, parent: RegionID?, from: Day? = nil, until: Day? = nil) {
            self.code = code
            self.name = name
            self.parent = parent
            self.from = from
            self.until = until
        }

        public func covers(_ day: Day) -> Bool {
            if let from, day < from { return false }
            if let until, day >= until { return false }
            return true
        }

        func ending(_ day: Day) -> Period { Period(code: code, name: name, parent: parent, from: from, until: day) }
    }

    public let id: RegionID
    public let level: Level
    public let kind: Kind
    /// Ascending, without gaps; never empty.
    public let periods: [Period]

    init(id: RegionID, level: Level, kind: Kind, periods: [Period]) {
        precondition(!periods.isEmpty, "a place without a period")
        self.id = id
        self.level = level
        self.kind = kind
        self.periods = periods
    }

    /// What the place was on a day; nil before it began and after it ended.
    public func period(on day: Day) -> Period? { periods.last { $0.covers(day) } }

    /// What the place was last.
    public var lastPeriod: Period { periods[periods.count - 1] }

    /// True for what can hold records and units; grouping nodes can't.
    public var isTier: Bool { kind != .virtual }
}

/// One recorded change of places. A recode, a rename and a transfer may keep the id; then `from` and `to` are the same.
public struct RegionChange: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case recode, merge, split, rename, transfer, new
    }

    public struct Place: Hashable, Sendable {
        public let id: RegionID
        /// Its code just before (`from`) or from that day on (`to`).
        public let code: String
        public let name: String
        public init(id: RegionID, code: String, name: String) {
            self.id = id
            self.code = code
            self.name = name
        }
    }

    /// As published; the identities in `from` and `to` say what became of the place.
    public let kind: Kind
    /// The first day on which the table shows the change. Where only a year was published it is the last day on which
    /// the change can have come into force.
    public let day: Day
    /// The year under which it was published.
    public let year: Int
    /// Nil only for `new`.
    public let from: Place?
    public let to: [Place]

    public init(kind: Kind, day: Day, year: Int, from: Place?, to: [Place]) {
        self.kind = kind
        self.day = day
        self.year = year
        self.from = from
        self.to = to
    }

    /// True when the place that it is about goes on under its id.
    public var keepsIdentity: Bool { to.contains { $0.id == from?.id } }
}
