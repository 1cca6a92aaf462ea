import TiaokuaiModel

/// One step of the path from a record's place up to the root.
public struct GoverningTier: Hashable, Sendable {
    public var region: RegionID
    /// The block of this tier 块; nil where none is registered.
    public var government: UnitID?
    /// Units of the record's lead line at this tier, and leads of the governing measure whose place this is.
    public var lineUnits: Set<UnitID>
    /// Other units of this tier that cooperate on, or lead another measure of, the same indicator.
    public var cooperating: Set<UnitID>
    /// The mode of the step: stated by this tier's plan, else by one above it; `unspecified` where all are silent.
    public var mode: ResponsibilityMode
    /// Which document states the mode; nil where none does.
    public var source: Source?
    /// The operation that published the governing matrix version; nil where none is held.
    public var version: OperationID?

    public init(
        region: RegionID, government: UnitID? = nil, lineUnits: Set<UnitID> = [], cooperating: Set<UnitID> = [],
        mode: ResponsibilityMode = .unspecified, source: Source? = nil, version: OperationID? = nil
    ) {
        self.region = region
        self.government = government
        self.lineUnits = lineUnits
        self.cooperating = cooperating
        self.mode = mode
        self.source = source
        self.version = version
    }
}

/// Everything about who decides that `settle` needs, resolved beforehand from the policy that is held.
public struct Governance: Hashable, Sendable {
    /// The record's place first, the root last; never empty.
    public var tiers: [GoverningTier]
    /// Every unit on the path and its tier: only they may lodge on the record.
    public var tierOfUnit: [UnitID: Int]
    /// Who issues the record (`soleIssuer`, `strictest`): all of them must stand with the same content.
    public var issuers: Set<UnitID>
    /// Who answers for it (`soleReporter`); a determination from above counts only beside a report of one of these.
    public var reporters: Set<UnitID>
    /// For statistical indicators 谁主管谁统计: the statistics unit of the place, then upward. Empty otherwise.
    public var statistics: [UnitID]
    /// The record is of a vertically managed unit: requests only, no decision by a block.
    public var isVertical: Bool
    /// Vertically managed units 垂直管理 on the path, each with the units of its own line there and itself: nobody else names it,
    /// or a post of it, as a holder. Others can only ask.
    public var assigners: [UnitID: Set<UnitID>]

    public init(
        tiers: [GoverningTier], tierOfUnit: [UnitID: Int], issuers: Set<UnitID> = [], reporters: Set<UnitID> = [],
        statistics: [UnitID] = [], isVertical: Bool = false, assigners: [UnitID: Set<UnitID>] = [:]
    ) {
        precondition(!tiers.isEmpty)
        self.tiers = tiers
        self.tierOfUnit = tierOfUnit
        self.issuers = issuers
        self.reporters = reporters
        self.statistics = statistics
        self.isVertical = isVertical
        self.assigners = assigners
    }
}

/// The governance that weighs a record's claims, and those under which its acts were made.
///
/// Claims are weighed by the version that governs the record; acts (events, decisions, acceptances) by the version
/// they cite in `under`, but never by an older one than their node's feed had cited before. An act that cites a version
/// not in `cited` is weighed by `governing`.
public struct GoverningVersions: Sendable {
    public var governing: Governance
    /// By the version's operation.
    public var cited: [OperationID: Governance]
    /// Versions that a later one supersedes: an act under one of them stands, flagged.
    public var superseded: Set<OperationID>
    /// By the act's operation: the newer version that its node's feed had cited before, by which the act is weighed
    /// instead of the one that it cites.
    public var raised: [OperationID: OperationID]

    public init(
        _ governing: Governance, cited: [OperationID: Governance] = [:], superseded: Set<OperationID> = [], raised: [OperationID: OperationID] = [:]
    ) {
        self.governing = governing
        self.cited = cited
        self.superseded = superseded
        self.raised = raised
    }
}
