import TiaokuaiModel

/// An operation as the trust stratum hands it over: admitted, or void with the reason found there.
public struct JudgedOperation: Hashable, Sendable {
    public let id: OperationID
    public let operation: Operation
    /// Non-nil: the operation never counts, but keeps its place in the record's graph and in history.
    public let voidReason: VoidReason?

    public init(_ id: OperationID, _ operation: Operation, voidReason: VoidReason? = nil) {
        self.id = id
        self.operation = operation
        self.voidReason = voidReason
    }
}

/// Why an operation has no effect. Stable codes; the sentences are made in one place.
public enum VoidReason: String, Hashable, Sendable, CaseIterable {
    // From trust.
    case unitNotGranted, credentialCut, unitTakenOver, rehearsal, personalField, outsidePartition
    // From the operation alone.
    case sealedElsewhere, notSealable, unknownField, wrongType, noGround, noEvidence, noNames, overQuota, emptyOperation, malformedKey, notAChoice
    // From the rules.
    case notOnPath, notIssuer, notReporter, notAdmitted, notDecider, deciderLodged, statisticsDecide, verticalUnit
    case eventNotAllowed, wrongRole, sameUnitAsResolver, unknownNames, notMemberAuthor, notHolder
    // From policy: a form that none can go by. The codes of `KindFault`.
    case formIncomplete, formNameWithoutDot, formNameTaken, formNameTakenAbove, formRuleUnknown, formWordUnknown, formNameMalformed, formNameTwice
    case formNumberTwice, formNumberOutOfRange, formTooManyFields, formRuleUnfit, formWorkflowMissing, formStateUndefined, formStateUnreachable
    case formEventUndefined, formHolderUndefined, formKeyUndefined, formPersonal, formFieldChanged, formFieldDropped, formWorkflowChanged, formChanged
    // From policy: a matrix entry that can't be read, or says two things at once.
    case matrixMalformed, matrixContradictsItself
}

/// What an operation's word on one field has become. Derived; may change when more arrives.
public enum Verdict: Hashable, Sendable {
    /// It is (one of) the claim(s) in use.
    case stands
    /// Stands on, visible, but another claim is in use; takes effect by itself when that one goes.
    case overruled(by: OperationID)
    /// Differs from an equal claim; listed, undecided.
    case disputed
    /// One issuer's part of a joint issue; waits for the others to lodge the same content.
    case incomplete
    /// Looser than the bound in force; kept and inert.
    case inert
    /// Recorded beside the value, never in effect by itself.
    case objection
    /// Replaced by a later claim of its own unit.
    case replaced(by: OperationID)
    case withdrawn
    /// Of a unit's own parallel claims: waits for that unit to choose.
    case forked
    /// Waits, by name, for what it names; by none, for the form of its kind.
    case pending([OperationID])
    case void(VoidReason)
    /// A neutral or past event: did its work, not the latest.
    case passed
    /// A decision that holds.
    case decides
}

/// Why a field has no value in use.
public enum Blank: Hashable, Sendable {
    case noClaim
    /// Equal claims differ and there is no value last agreed.
    case undecided
    /// The unit's machines wrote in parallel; it alone can choose.
    case forked(UnitID)
    /// A joint issue to which not every issuer has lodged the same content.
    case incompleteJointIssue(missing: [UnitID])
    /// Only determinations from above stand; no report beside them.
    case noReport
}

/// Which rule produced a field's outcome.
public enum DecidingRule: String, Hashable, Sendable, CaseIterable {
    case sole, strictest, agreement, mode, decision, lastAgreed, statistics, workflow, set, none
}

/// What one field comes to.
public struct FieldOutcome: Hashable, Sendable {
    /// Nil is a blank; `blank` then says why.
    public var value: Value?
    public var blank: Blank?
    /// The operations whose value is in use, ascending.
    public var sources: [OperationID]
    public var rule: DecidingRule
    /// The tier whose step decided (0 = the record's place), and its mode, for `rule == .mode`.
    public var decidingTier: Int?
    public var mode: ResponsibilityMode?
    public var dispute: Dispute?
    /// Every standing claim, of every unit, by unit then id; each with its verdict.
    public var standing: [StandingClaim]
    /// Members with their adding operations, for `set`; ascending by value's explicit form then id.
    public var members: [SetMember]
    /// The episode (id of the event that opened it), for `workflow`.
    public var episode: OperationID?

    public init(
        value: Value? = nil, blank: Blank? = nil, sources: [OperationID] = [], rule: DecidingRule = .none, decidingTier: Int? = nil,
        mode: ResponsibilityMode? = nil, dispute: Dispute? = nil, standing: [StandingClaim] = [], members: [SetMember] = [], episode: OperationID? = nil
    ) {
        self.value = value
        self.blank = blank
        self.sources = sources
        self.rule = rule
        self.decidingTier = decidingTier
        self.mode = mode
        self.dispute = dispute
        self.standing = standing
        self.members = members
        self.episode = episode
    }
}

public struct StandingClaim: Hashable, Sendable {
    public let operation: OperationID
    public let unit: UnitID
    public let value: Value
    public let verdict: Verdict
    public init(operation: OperationID, unit: UnitID, value: Value, verdict: Verdict) {
        self.operation = operation
        self.unit = unit
        self.value = value
        self.verdict = verdict
    }
}

public struct SetMember: Hashable, Sendable {
    public let value: Value
    public let addedBy: OperationID
    public let unit: UnitID
    public init(value: Value, addedBy: OperationID, unit: UnitID) {
        self.value = value
        self.addedBy = addedBy
        self.unit = unit
    }
}

/// Standing claims that differ: listed, never silent.
public struct Dispute: Hashable, Sendable {
    public enum Axis: String, Hashable, Sendable { case vertical, inTier }
    public enum Knowledge: String, Hashable, Sendable {
        /// Made in ignorance of each other.
        case parallel
        /// One was made in knowledge of the other.
        case conflicting
    }
    /// Over record, field and the last agreed points or decision: the same on every node.
    public let id: DisputeID
    public let field: FieldNumber
    /// The claims at odds, ascending.
    public let claims: [OperationID]
    public let axis: Axis
    public let knowledge: Knowledge
    /// Claims that prevail by rule; empty while undecided.
    public let prevailing: [OperationID]
    /// Governments that may decide, the lowest first; empty where a decision does not reach (R7, R17).
    public let deciders: [UnitID]
    /// A claim after the decision cites a new fact: the dispute is open again on the decider's agenda.
    public let isReopened: Bool

    public init(
        id: DisputeID, field: FieldNumber, claims: [OperationID], axis: Axis, knowledge: Knowledge, prevailing: [OperationID], deciders: [UnitID],
        isReopened: Bool
    ) {
        self.id = id
        self.field = field
        self.claims = claims
        self.axis = axis
        self.knowledge = knowledge
        self.prevailing = prevailing
        self.deciders = deciders
        self.isReopened = isReopened
    }
}

/// Something that is not void but must be shown.
public enum Flag: Hashable, Sendable {
    /// An act made under a version that another supersedes.
    case supersededVersion(OperationID)
    /// A unit wrote in parallel to itself.
    case selfFork(UnitID)
}

/// What a record comes to, given all of its operations that are held.
public struct Settlement: Hashable, Sendable {
    /// Every field of the kind that any operation spoke of.
    public var fields: [FieldNumber: FieldOutcome]
    /// For every operation given, its verdict on each field it names. Nothing is lost.
    public var verdicts: [OperationID: [FieldNumber: Verdict]]
    public var flags: [OperationID: [Flag]]
    /// Heads of the record's graph: what a new operation must name as `seen`. Ascending.
    public var heads: [OperationID]

    public init(
        fields: [FieldNumber: FieldOutcome] = [:], verdicts: [OperationID: [FieldNumber: Verdict]] = [:],
        flags: [OperationID: [Flag]] = [:], heads: [OperationID] = []
    ) {
        self.fields = fields
        self.verdicts = verdicts
        self.flags = flags
        self.heads = heads
    }
}
