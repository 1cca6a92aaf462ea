import TiaokuaiModel

// What the checkers know comes from two sides that don't know each other: this ledger, in which the simulator notes what
// its people did, and the sightings, in which it notes what it saw at a node. Nothing here is of the product but its model.

/// What a person wrote, noted when the node acknowledged it.
public struct Deed: Hashable, Sendable {
    public let id: OperationID
    public let key: RecordKey
    public let unit: UnitID
    public let person: PersonID
    public let fields: [FieldNumber: Value?]
    public let names: Set<OperationID>
    /// Which machine acknowledged it, and at which step of the life.
    public let machine: String
    public let step: Int
    /// Every operation of the record that the machine held before.
    public let known: Set<OperationID>

    public init(
        id: OperationID, key: RecordKey, unit: UnitID, person: PersonID, fields: [FieldNumber: Value?], names: Set<OperationID>, machine: String, step: Int,
        known: Set<OperationID>
    ) {
        self.id = id
        self.key = key
        self.unit = unit
        self.person = person
        self.fields = fields
        self.names = names
        self.machine = machine
        self.step = step
        self.known = known
    }
}

/// That a node was let in, or changed its key: what the granting operation says, in plain words.
public struct Grant: Hashable, Sendable {
    /// The granting operation; of the root node the hash of the root statement.
    public let id: Hash32
    public let subject: NodeID
    /// Number of the node's key, from 1.
    public let key: Int
    public let units: Set<UnitID>
    /// What counts of the keys before it; nil where it is the node's first.
    public let endsAt: Set<ChangesetID>?

    public init(id: Hash32, subject: NodeID, key: Int, units: Set<UnitID>, endsAt: Set<ChangesetID>? = nil) {
        self.id = id
        self.subject = subject
        self.key = key
        self.units = units
        self.endsAt = endsAt
    }
}

/// That a key of a node was cut.
public struct KeyCut: Hashable, Sendable {
    public let id: OperationID
    public let subject: NodeID
    /// Number of the key, from 1.
    public let key: Int
    public let heads: Set<ChangesetID>

    public init(id: OperationID, subject: NodeID, key: Int, heads: Set<ChangesetID>) {
        self.id = id
        self.subject = subject
        self.key = key
        self.heads = heads
    }
}

/// A unit of the province as the simulator cast it.
public struct CastUnit: Hashable, Sendable {
    public let id: UnitID
    public let place: RegionID
    public let line: LineID?
    public let isGovernment: Bool
    public let isVertical: Bool

    public init(id: UnitID, place: RegionID, line: LineID?, isGovernment: Bool, isVertical: Bool) {
        self.id = id
        self.place = place
        self.line = line
        self.isGovernment = isGovernment
        self.isVertical = isVertical
    }
}

/// Everything that people did in one life.
public struct LifeLedger: Sendable {
    public let units: [UnitID: CastUnit]
    public private(set) var places: LifePlaces
    public private(set) var deeds: [OperationID: Deed] = [:]
    /// By record.
    public private(set) var spoken: [RecordKey: [OperationID]] = [:]
    public private(set) var grants: [Hash32: Grant] = [:]
    public private(set) var cuts: [OperationID: KeyCut] = [:]

    public init(units: [CastUnit], places: LifePlaces) {
        self.units = Dictionary(uniqueKeysWithValues: units.map { ($0.id, $0) })
        self.places = places
    }

    /// The same deeds, judged where another edition of the region table is known.
    public func under(_ places: LifePlaces) -> LifeLedger {
        var ledger = self
        ledger.places = places
        return ledger
    }

    public mutating func note(_ deed: Deed) {
        if deeds.updateValue(deed, forKey: deed.id) == nil { spoken[deed.key, default: []].append(deed.id) }
    }
    public mutating func note(_ grant: Grant) { grants[grant.id] = grant }
    public mutating func note(_ cut: KeyCut) { cuts[cut.id] = cut }

    public func path(of place: RegionID, on day: Day?) -> [RegionID] { places.path(of: place, on: day) }
    public func wasEverWithin(_ place: RegionID, _ above: RegionID) -> Bool { places.wasEverWithin(place, above) }

    public func government(of place: RegionID) -> UnitID? { units.values.first { $0.place == place && $0.isGovernment }?.id }
}
