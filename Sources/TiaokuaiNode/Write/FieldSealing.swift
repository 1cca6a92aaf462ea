import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// To whom a draft's values are sealed, and by what: the module of seals, which this one does not know, brings its function.
///
/// The author keeps no copy in clear: what was sealed for another can be read there and nowhere else, on the author's machine neither.
public struct FieldSealing: Sendable {
    /// A value, the receiver's key, the receiver, and the place for which it is sealed.
    public typealias Seal = @Sendable (Value, SealingPublicKey, NodeID, SealedPlace) throws -> SealedValue

    public let receiver: NodeID
    let seal: Seal

    public init(to receiver: NodeID, by seal: @escaping Seal) {
        self.receiver = receiver
        self.seal = seal
    }
}

extension DraftChecker {
    /// The draft's fields as they are written at this origin: what it says for one node's eyes is sealed to it.
    func fields(of draft: Draft, record: RecordID, origin: Origin) throws -> [Operation.Field] {
        guard let sealing = draft.sealing else { return draft.fields }
        let key = try key(of: sealing.receiver)
        return try draft.fields.map { field in
            guard let value = field.value, !field.number.isAccompanying else { return field }
            let place = SealedPlace(record: record, unit: draft.unit, origin: origin, field: field.number)
            return Operation.Field(field.number, .sealed(try sealing.seal(value, key, sealing.receiver, place)))
        }
    }

    /// Throws `receiverUnknown`, `receiverEnded`, `receiverOutside`, `notSealable`, `personalUpward`, `receiverWithoutKey`.
    func checkSealing(_ sealing: FieldSealing, of draft: Draft, _ table: KindTable) throws {
        guard let trust = understanding.trust, !trust.credentials(of: sealing.receiver).isEmpty else {
            throw NodeError(.receiverUnknown, ["node": sealing.receiver.short])
        }
        let name = name(of: sealing.receiver)
        guard !trust.isEnded(sealing.receiver) else { throw NodeError(.receiverEnded, ["node": name]) }
        guard trust.receives(sealing.receiver, draft.key.partition, reaching: understanding.policy.reaches) else {
            throw NodeError(.receiverOutside, ["node": name, "partition": draft.key.partition.description])
        }
        for field in draft.fields where field.value != nil && !field.number.isAccompanying {
            guard let spec = table.field(field.number) else { continue }
            guard table.mayBeSealed(spec), spec.rule != .authority || !isStatistical(draft.key, table) else {
                throw NodeError(.notSealable, ["kind": table.name.text, "field": spec.name])
            }
            let isPersonal = spec.number.fieldClass == .personal
            guard !isPersonal || understanding.mayReceivePersonalData(sealing.receiver, from: draft.unit, in: draft.key.partition) else {
                throw NodeError(.personalUpward, ["kind": table.name.text, "field": spec.name])
            }
        }
        _ = try key(of: sealing.receiver)
    }

    private func isStatistical(_ key: RecordKey, _ table: KindTable) -> Bool {
        !understanding.policy.governance(of: key, table: table, values: [:], lodging: [], local: settings.region).statistics.isEmpty
    }

    /// The key of the newest credential that stands.
    private func key(of receiver: NodeID) throws -> SealingPublicKey {
        let newest = (understanding.trust?.credentials(of: receiver) ?? []).max { left, right in
            (left.isStanding ? 1 : 0, left.content.validFrom, left.id) < (right.isStanding ? 1 : 0, right.content.validFrom, right.id)
        }
        guard let newest, let key = try? SealingPublicKey(coseKey: newest.content.sealingKey) else {
            throw NodeError(.receiverWithoutKey, ["node": name(of: receiver)])
        }
        return key
    }

    private func name(of node: NodeID) -> String { understanding.trust?.credentials(of: node).first?.content.name ?? node.short }
}

extension Understanding {
    /// Personal data goes downward only, sealed to a node of the place that it is about (R16): the unit is of a place above.
    func mayReceivePersonalData(_ receiver: NodeID, from unit: UnitID, in partition: Partition) -> Bool {
        guard case .work(let place, _) = partition, let trust, let home = trust.regionOfUnit[unit] else { return false }
        guard home != place, policy.regions.wasEverWithin(place, home) else { return false }
        return trust.credentials(of: receiver).contains { $0.content.region == place }
    }
}
