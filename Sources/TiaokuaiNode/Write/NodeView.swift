import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// A node as it stands within one consistent view: what every list, page and command asks.
public struct NodeView {
    public let node: Node
    public let reader: StoreReader
    public let settings: NodeSettings
    package let understanding: Understanding

    package init(node: Node, reader: StoreReader, settings: NodeSettings) throws {
        self.node = node
        self.reader = reader
        self.settings = settings
        understanding = try node.understanding(reader, settings)
    }

    /// The same view over another understanding.
    init(_ view: NodeView, _ understanding: Understanding) {
        node = view.node
        reader = view.reader
        settings = view.settings
        self.understanding = understanding
    }

    public func name(of unit: UnitID) -> String { understanding.policy.name(of: unit) }
    public var units: [Unit] { understanding.policy.units.values.sorted { $0.id < $1.id } }
    public var tenures: [Tenure] { understanding.policy.tenures }
    public var trust: TrustState? { understanding.trust }
    public var root: RootStatement? { understanding.root }
    public func indicator(_ id: String, at place: RegionID) -> IndicatorDefinition? { understanding.policy.indicator(id, at: place) }
    public var indicators: [IndicatorDefinition] { understanding.policy.indicators.values.flatMap { $0 }.sorted { ($0.id, $0.place) < ($1.id, $1.place) } }
    public func ledgerMark(of unit: UnitID) -> String? { understanding.policy.ledgerMarks[unit] }

    public func isWithin(_ region: RegionID, _ ancestor: RegionID) -> Bool { node.isWithin(region, ancestor) }

    /// A credential for the region reaches the partition, in any period of the region table and whatever its lines.
    public func reaches(_ region: RegionID, _ partition: Partition) -> Bool { node.reaches(region, partition) }

    /// Steps from the place up to the root; 0 for the root itself.
    public func depth(of place: RegionID) -> Int { understanding.policy.path(of: place, on: Day(number: .max)).count - 1 }

    /// True when a key granted to the node signed the statement.
    public func isSigned(_ statement: UnverifiedStatement, by node: NodeID) -> Bool {
        guard let key = understanding.key(of: node, thumbprint: statement.keyID) else { return false }
        return (try? statement.verified(by: key)) != nil
    }

    /// A credential held gives the node a key with this thumbprint.
    public func holdsKey(_ thumbprint: Hash32, of node: NodeID) -> Bool { understanding.key(of: node, thumbprint: thumbprint) != nil }

    /// The unit with this id, name or alias; several fits are all given.
    public func units(matching text: String) -> [Unit] {
        let all = units
        if let exact = all.first(where: { $0.id.text == text }) { return [exact] }
        return all.filter { $0.name == text || $0.aliases.contains(text) }
    }

    /// Nodes enrolled in this network whose name or id begins with the text.
    public func nodes(matching text: String) -> [TrustState.Credential] {
        let all = (trust?.valid.values.map { $0 } ?? []).sorted { ($0.depth, $0.id) < ($1.depth, $1.id) }
        let exact = all.filter { $0.content.name == text }
        let found = exact.isEmpty ? all.filter { $0.content.subject.hash.hex.hasPrefix(text.lowercased()) && text.count >= 6 } : exact
        var seen: Set<NodeID> = []
        return found.filter { seen.insert($0.content.subject).inserted }
    }

    /// Declared kinds, and the forms in force.
    public var kinds: KindRegistry { understanding.forms.kinds }

    /// The table that governs a record; nil where its form has not come yet.
    public func table(of key: RecordKey) -> KindTable? { understanding.table(of: key) }

    public func effective(_ ref: RecordRef) throws -> EffectiveRecord { try PolicyView.effective(reader, ref) }

    public func settlement(_ ref: RecordRef) throws -> Settlement? { try reader.outcome(ref).map { try SettlementForm.decode($0.form) } }

    public func governance(of row: RecordRow) throws -> Governance {
        let values = try effective(row.ref).values
        let lodging = try Set(reader.standing(row.ref).map { UnitID(unchecked: try reader.name($0.unit)) })
        return understanding.policy.governance(of: row.key, table: table(of: row.key), values: values, lodging: lodging, local: settings.region)
    }
}

extension Node {
    /// Asks within one consistent view.
    public func ask<Answer>(_ question: (NodeView) throws -> Answer) throws -> Answer {
        try store.read { reader in
            let settings = try Node.settings(reader)
            return try question(NodeView(node: self, reader: reader, settings: settings))
        }
    }
}
