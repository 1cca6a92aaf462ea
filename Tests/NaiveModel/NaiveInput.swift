import TiaokuaiModel

// The naive model answers the same questions as the merge engine, from the same page, with sets and dictionaries and
// without a line of the engine. It is meant to be read beside the page, sentence by sentence; it may be as slow as it
// likes. Where the page leaves two readings, the reading taken is stated where it is taken.

/// What an operation says of one field.
public enum NaiveWord: Hashable, Sendable {
    case says(Value)
    case withdraws

    var value: Value? { if case .says(let value) = self { value } else { nil } }
}

public struct NaiveOperation: Hashable, Sendable {
    public let id: OperationID
    public let unit: UnitID
    /// The matrix version that an act cites.
    public let under: OperationID?
    public let seen: Set<OperationID>
    public let names: Set<OperationID>
    public let words: [FieldNumber: NaiveWord]
    /// Fields beyond the quota, by position in the author's own list.
    public let beyondQuota: Set<FieldNumber>
    /// Found void before the rules are asked.
    public let isVoidFromTrust: Bool

    public init(_ id: OperationID, _ operation: Operation, isVoidFromTrust: Bool) {
        self.id = id
        unit = operation.unit
        under = operation.under
        seen = Set(operation.seen)
        names = Set(operation.names)
        words = Dictionary(
            operation.fields.map { ($0.number, $0.value.map(NaiveWord.says) ?? .withdraws) }, uniquingKeysWith: { first, _ in first })
        beyondQuota = Set(operation.fields.dropFirst(Operation.maximumFields).map(\.number))
        self.isVoidFromTrust = isVoidFromTrust
    }

    func cites(_ accompanying: FieldNumber) -> Bool {
        guard let text = words[accompanying]?.value?.text else { return false }
        return !text.isEmpty
    }
}

public struct NaiveTier: Hashable, Sendable {
    public var government: UnitID?
    public var lineUnits: Set<UnitID>
    public var cooperating: Set<UnitID>
    public var mode: ResponsibilityMode

    public init(government: UnitID?, lineUnits: Set<UnitID>, cooperating: Set<UnitID>, mode: ResponsibilityMode) {
        self.government = government
        self.lineUnits = lineUnits
        self.cooperating = cooperating
        self.mode = mode
    }
}

/// One version of who decides.
public struct NaiveGovernance: Hashable, Sendable {
    /// The record's place first, the root last.
    public var tiers: [NaiveTier]
    public var onPath: [UnitID: Int]
    public var issuers: Set<UnitID>
    public var reporters: Set<UnitID>
    public var statistics: [UnitID]
    public var isVertical: Bool
    /// Who may name a vertically managed unit as a holder.
    public var assigners: [UnitID: Set<UnitID>]

    public init(
        tiers: [NaiveTier], onPath: [UnitID: Int], issuers: Set<UnitID>, reporters: Set<UnitID>, statistics: [UnitID], isVertical: Bool,
        assigners: [UnitID: Set<UnitID>]
    ) {
        self.tiers = tiers
        self.onPath = onPath
        self.issuers = issuers
        self.reporters = reporters
        self.statistics = statistics
        self.isVertical = isVertical
        self.assigners = assigners
    }
}

public struct NaiveMember: Hashable, Sendable {
    public let value: Value
    public let addedBy: OperationID
    public let unit: UnitID

    public init(value: Value, addedBy: OperationID, unit: UnitID) {
        self.value = value
        self.addedBy = addedBy
        self.unit = unit
    }
}

/// What one field comes to.
public struct NaiveOutcome: Hashable, Sendable {
    /// For a workflow the state.
    public var value: Value?
    /// Claims that their units still make, void ones and decisions left out.
    public var standing: Set<OperationID> = []
    public var isDisputed = false
    public var members: Set<NaiveMember> = []

    public init() {}
}

public struct NaiveSettlement: Hashable, Sendable {
    public var fields: [FieldNumber: NaiveOutcome] = [:]
    /// Operations without effect on the field.
    public var void: [OperationID: Set<FieldNumber>] = [:]
    public var pending: Set<OperationID> = []

    public init() {}
}
