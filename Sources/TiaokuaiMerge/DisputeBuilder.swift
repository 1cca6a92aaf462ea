import TiaokuaiHash
import TiaokuaiModel

/// Makes the record of a dispute, the same on every node that holds the same.
struct DisputeBuilder {
    let input: FieldInput

    /// - Parameters:
    ///   - claims: positions of the claims at odds.
    ///   - anchors: the last agreed points, or the decision that was reopened: they identify the dispute.
    ///   - prevailing: positions of the claims that prevail by rule; empty while undecided.
    func dispute(
        _ claims: [Int], anchors: [Int], prevailing: [Int], deciders: [UnitID], isReopened: Bool = false
    ) -> Dispute {
        Dispute(
            id: identity(input.ids(anchors)), field: input.spec.number, claims: input.ids(Set(claims)), axis: axis(claims),
            knowledge: knowledge(claims), prevailing: input.ids(Set(prevailing)), deciders: deciders, isReopened: isReopened)
    }

    /// Governments that may decide between the units of `claims`: at or above the highest of their tiers, none that
    /// lodged one of them; the lowest first. None for statistical indicators and records of vertical units.
    func deciders(_ claims: [Int]) -> [UnitID] {
        let governance = input.governance
        guard governance.statistics.isEmpty, !governance.isVertical else { return [] }
        let units = Set(claims.map { input.graph.unit(at: $0) })
        let highest = units.compactMap { governance.tierOfUnit[$0] }.max() ?? 0
        return governance.tiers.dropFirst(max(0, highest)).compactMap(\.government).filter { !units.contains($0) }
    }

    /// SHA-256 over "tk-dispute", the record, the field's number (4 bytes, big-endian) and the sorted identities.
    private func identity(_ anchors: [OperationID]) -> DisputeID {
        var bytes = Array("tk-dispute".utf8)
        input.record.hash.append(to: &bytes)
        bytes += withUnsafeBytes(of: input.spec.number.wire.bigEndian, Array.init)
        for anchor in anchors { anchor.hash.append(to: &bytes) }
        return DisputeID(sha256(bytes))
    }

    private func axis(_ claims: [Int]) -> Dispute.Axis {
        Set(claims.compactMap { input.governance.tierOfUnit[input.graph.unit(at: $0)] }).count > 1 ? .vertical : .inTier
    }

    /// Conflicting when one of two different claims of different units was made in knowledge of the other.
    ///
    /// One pass: each operation has seen none of them, some that say one thing (one of those is kept), or some that differ.
    private func knowledge(_ claims: [Int]) -> Dispute.Knowledge {
        let (none, several) = (-1, -2)
        var isClaim = [Bool](repeating: false, count: input.graph.count)
        for claim in claims { isClaim[claim] = true }
        var seen = [Int](repeating: none, count: input.graph.count)
        for (position, parents) in input.graph.parents.enumerated() {
            var known = none
            for parent in parents {
                for next in [seen[parent], isClaim[parent] ? parent : none] where next != none && known != several {
                    known = known == none ? next : next == several || differ(known, next) ? several : known
                }
            }
            seen[position] = known
            if isClaim[position], known == several || (known != none && differ(known, position)) { return .conflicting }
        }
        return .parallel
    }

    private func differ(_ one: Int, _ other: Int) -> Bool {
        let number = input.spec.number
        guard case .some(.some(let left)) = input.operation(at: one).value(of: number),
            case .some(.some(let right)) = input.operation(at: other).value(of: number)
        else { return true }
        return !input.equality.areEqual(left, right)
    }
}
