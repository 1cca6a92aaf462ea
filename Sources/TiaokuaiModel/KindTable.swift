/// A record kind as data: its key, its fields with their rules and classes, and its workflow if it has one.
/// Adding a kind touches no engine.
public struct KindTable: Sendable, Hashable {
    public enum Stream: Hashable, Sendable { case policy, work, local }

    /// One part of a record's key. Parts of some names have a meaning of their own in every kind: `period` and `day` say
    /// which version of the matrix governs, `unit` who opened it, `indicator` what it counts.
    public struct KeyField: Hashable, Sendable {
        public let name: String
        public let type: ValueType
        /// What people read; nil where the wording of the built-in kinds has it.
        public let label: Label?
        public init(_ name: String, _ type: ValueType, _ label: Label? = nil) {
            self.name = name
            self.type = type
            self.label = label
        }

        /// A value of the type; and a period, a day or a unit where the part's name says that it is one.
        public func admits(_ value: Value) -> Bool {
            guard type.admits(value) else { return false }
            guard let text = value.text else { return true }
            return switch name {
            case "period": (try? Period(parsing: text)) != nil
            case "day": (try? Day(parsing: text)) != nil
            case "unit": UnitID.isWellFormed(text)
            default: true
            }
        }
    }

    /// Which unit issues or reports a record of this kind; resolved by the node from the record and the policy it holds.
    public enum Author: Hashable, Sendable {
        /// The unit, or the joint units (`+` between their ids, ascending), named by a key field of type text.
        case key(String)
        /// The government of the record's place.
        case government
        /// The government of the record's place or of a place above it, whichever registered it; of several the highest.
        case governmentOnPath
        /// The units of the line that reports the cell's indicator at its place.
        case indicatorReporter
        /// The units of the line that leads the kind, at the record's place.
        case lineOfPlace
        /// Any unit of the place.
        case unitOfPlace
    }

    public let name: KindName
    /// What people read, zh-CN.
    public let title: String
    /// The same in English; nil where the wording of the built-in kinds has it.
    public let english: String?
    public let stream: Stream
    public let key: [KeyField]
    public let issuer: Author
    public let reporter: Author
    /// Ascending by number.
    public let fields: [FieldSpec]
    public let workflow: Workflow?
    /// The line that leads it 条, where neither its key nor its fields name one.
    public let line: LineID?
    /// Only nodes that receive this line see its work; nil for all of the place and above.
    public let confidentialTo: LineID?

    /// Any table can be made; `faults` says whether it may be used.
    public init(
        _ name: KindName, _ title: String, english: String? = nil, _ stream: Stream, key: [KeyField], issuer: Author, reporter: Author = .unitOfPlace,
        fields: [FieldSpec], workflow: Workflow? = nil, line: LineID? = nil, confidentialTo: LineID? = nil
    ) {
        self.name = name
        self.title = title
        self.english = english
        self.stream = stream
        self.key = key
        self.issuer = issuer
        self.reporter = reporter
        self.fields = (fields + KindTable.common).sorted { $0.number < $1.number }
        self.workflow = workflow
        self.line = line
        self.confidentialTo = confidentialTo
    }

    public static let common: [FieldSpec] = [
        FieldSpec("ground", 1, .internal, .accompanying, .text, "依据"),
        FieldSpec("evidence", 2, .internal, .accompanying, .text, "佐证"),
        FieldSpec("reason", 3, .internal, .accompanying, .text, "理由"),
        FieldSpec("newFact", 4, .internal, .accompanying, .text, "新情况"),
        FieldSpec("sample", 5, .internal, .accompanying, .boolean, "示例数据"),
    ]

    /// A value of this field may be sealed to one node. Not where others must read it: policy is for everybody below, a public field for
    /// everybody, bounds are compared, events and holders move the record on, notes beside an operation are what others judge it by.
    public func mayBeSealed(_ spec: FieldSpec) -> Bool {
        guard stream == .work, spec.number.fieldClass != .public else { return false }
        return switch spec.rule {
        case .soleIssuer, .soleReporter, .authority, .set: true
        case .strictest, .holder, .workflow, .accompanying: false
        }
    }

    public func field(_ number: FieldNumber) -> FieldSpec? { fields.first { $0.number == number } }
    public func field(named name: String) -> FieldSpec? { fields.first { $0.name == name } }
    /// The fields that are the kind's own, without the common ones.
    public var ownFields: [FieldSpec] { fields.filter { !$0.number.isAccompanying } }
}

/// What something is called, in both languages.
public struct Label: Hashable, Sendable {
    public let chinese: String
    public let english: String
    public init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}

/// A state machine whose events are operations. States are listed safest first: of several latest valid transitions the
/// safest stands (reopened before closed, returned before accepted).
public struct Workflow: Hashable, Sendable {
    public enum Role: Hashable, Sendable {
        /// A unit that issues records of this key, not whoever happened to speak first.
        case issuer
        /// The unit named by the holder field of this name.
        case holder(String)
        /// A lead of the measure, or a unit of its line on the path.
        case lead
        /// The government of the record's place.
        case government
        /// The government of a place above the record's.
        case superior
        /// A unit of a place above the record's, of any line.
        case superiorUnit
        /// Any unit on the record's path.
        case anyone
    }

    public struct Event: Hashable, Sendable {
        public let name: String
        public let from: Set<String>
        public let to: String
        public let by: Set<Role>
        /// Needs a note or a file in the accompanying field `evidence`.
        public let needsEvidence: Bool
        /// Needs `names`: the claim or episode that it judges.
        public let needsNames: Bool
        /// The acting unit must not be the one that did this event last in its causal past 销号: verifier ≠ resolver.
        public let notByAuthorOf: String?
        /// Starts a new episode, whose id is this event's.
        public let opensEpisode: Bool
        /// What people read; nil where the wording of the built-in kinds has it.
        public let label: Label?

        public init(
            _ name: String, from: Set<String>, to: String, by: Set<Role>, needsEvidence: Bool = false, needsNames: Bool = false,
            notByAuthorOf: String? = nil, opensEpisode: Bool = false, label: Label? = nil
        ) {
            self.name = name
            self.from = from
            self.to = to
            self.by = by
            self.needsEvidence = needsEvidence
            self.needsNames = needsNames
            self.notByAuthorOf = notByAuthorOf
            self.opensEpisode = opensEpisode
            self.label = label
        }
    }

    /// Safest first. The state before any event is "" and belongs to none of them.
    public let states: [String]
    public let events: [Event]
    /// What people read for a state; absent where the wording of the built-in kinds has it.
    public let stateLabels: [String: Label]

    public init(states: [String], events: [Event], stateLabels: [String: Label] = [:]) {
        self.states = states
        self.events = events
        self.stateLabels = stateLabels
    }

    public func event(named name: String) -> Event? { events.first { $0.name == name } }
}
