import TiaokuaiModel

/// What may accompany any operation.
public struct Notes: Hashable, Sendable {
    public var ground: String?
    public var evidence: String?
    public var reason: String?
    public var newFact: String?
    /// 示例数据
    public var isSample: Bool
    public var under: OperationID?

    public init(
        ground: String? = nil, evidence: String? = nil, reason: String? = nil, newFact: String? = nil, isSample: Bool = false, under: OperationID? = nil
    ) {
        self.ground = ground
        self.evidence = evidence
        self.reason = reason
        self.newFact = newFact
        self.isSample = isSample
        self.under = under
    }

    var fields: [Operation.Field] {
        var fields: [Operation.Field] = []
        for (number, text) in [(FieldNumber.ground, ground), (.evidence, evidence), (.reason, reason), (.newFact, newFact)] {
            if let text { fields.append(.init(number, .text(text))) }
        }
        if isSample { fields.append(.init(.sample, .boolean(true))) }
        return fields
    }
}

/// One figure as it is typed.
public struct FigureReport: Hashable, Sendable {
    public var place: RegionID
    public var indicator: String
    /// `2020-08`, `2020年8月` …
    public var period: String
    /// With or without its measure; `3.04万`.
    public var value: String
    public var measure: String?
    public var remark: String?
    /// The measure served: its path, with or without the document's number before it.
    public var serves: String?
    public var notes: Notes

    public init(
        place: RegionID, indicator: String, period: String, value: String, measure: String? = nil, remark: String? = nil, serves: String? = nil,
        notes: Notes = Notes()
    ) {
        self.place = place
        self.indicator = indicator
        self.period = period
        self.value = value
        self.measure = measure
        self.remark = remark
        self.serves = serves
        self.notes = notes
    }
}

public struct LedgerOpening: Hashable, Sendable {
    /// Nil: the opening unit's.
    public var place: RegionID?
    public var year: Int
    /// Nil: the next of the unit and year.
    public var number: Int?
    public var title: String
    public var description: String?
    public var subject: String?
    /// With its measure, `620万元`; kept in 元.
    public var amount: String?
    public var document: String?
    public var path: String?
    public var line: String?
    public var category: String?
    public var deadline: String?
    /// `620724.gov:分管副县长`
    public var leader: String?
    public var department: String?
    public var notes: Notes

    public init(
        place: RegionID? = nil, year: Int, number: Int? = nil, title: String, description: String? = nil, subject: String? = nil, amount: String? = nil,
        document: String? = nil, path: String? = nil, line: String? = nil, category: String? = nil, deadline: String? = nil, leader: String? = nil,
        department: String? = nil, notes: Notes = Notes()
    ) {
        self.place = place
        self.year = year
        self.number = number
        self.title = title
        self.description = description
        self.subject = subject
        self.amount = amount
        self.document = document
        self.path = path
        self.line = line
        self.category = category
        self.deadline = deadline
        self.leader = leader
        self.department = department
        self.notes = notes
    }
}

public struct EscalationOpening: Hashable, Sendable {
    /// A reference to the ledger item.
    public var item: String
    public var year: Int
    public var number: Int?
    /// A unit above.
    public var to: String
    /// `line` or `block`.
    public var route: String
    /// `crossCounty`, `needsProvince`, `beyondPlace`.
    public var cause: String
    public var note: String?
    public var notes: Notes

    public init(item: String, year: Int, number: Int? = nil, to: String, route: String, cause: String, note: String? = nil, notes: Notes = Notes()) {
        self.item = item
        self.year = year
        self.number = number
        self.to = to
        self.route = route
        self.cause = cause
        self.note = note
        self.notes = notes
    }
}

public struct CaseOpening: Hashable, Sendable {
    public var year: Int
    public var number: Int?
    public var title: String
    public var linkingGround: String?
    /// References to ledger items and escalations.
    public var members: [String]
    public var handler: String?
    public var observers: [String]
    /// Places below that are told, each by a record of its own.
    public var tells: [String]
    public var notes: Notes

    public init(
        year: Int, number: Int? = nil, title: String, linkingGround: String? = nil, members: [String] = [], handler: String? = nil, observers: [String] = [],
        tells: [String] = [], notes: Notes = Notes()
    ) {
        self.year = year
        self.number = number
        self.title = title
        self.linkingGround = linkingGround
        self.members = members
        self.handler = handler
        self.observers = observers
        self.tells = tells
        self.notes = notes
    }
}

public struct LedgerFilter: Hashable, Sendable {
    public var state: String?
    /// Only items overdue on this day.
    public var overdueOn: Day?
    public var department: String?
    public var unit: String?
    public var place: RegionID?
    /// The day as of which overdue days are counted.
    public var asOf: Day

    public init(state: String? = nil, overdueOn: Day? = nil, department: String? = nil, unit: String? = nil, place: RegionID? = nil, asOf: Day) {
        self.state = state
        self.overdueOn = overdueOn
        self.department = department
        self.unit = unit
        self.place = place
        self.asOf = asOf
    }
}
