import TiaokuaiModel

/// Digests of what two machines share, as each says.
public struct SharedDigest: Hashable, Sendable {
    public let input, derived: Hash32
    public init(input: Hash32, derived: Hash32) {
        self.input = input
        self.derived = derived
    }
}

public enum LifeCheck {
    /// "Same items, any order, grouping, carrier, number of times → same digests", compared where the inputs are the same.
    public static func digests(_ one: (String, SharedDigest), _ other: (String, SharedDigest)) -> [Finding] {
        one.1.input == other.1.input && one.1.derived != other.1.derived
            ? [Finding(1, one.0, "makes another thing of the same items than \(other.0)")] : []
    }

    /// After everything was carried everywhere the inputs must be the same.
    public static func convergence(_ one: (String, SharedDigest), _ other: (String, SharedDigest)) -> [Finding] {
        one.1.input == other.1.input ? [] : [Finding(4, one.0, "does not hold what \(other.0) holds, after everything was carried")]
    }

    /// "An acknowledged write survives", and what a machine held it holds: `before` what it must hold.
    public static func survival(_ sighting: Sighting, of before: Set<OperationID>, truth: Int, _ ledger: LifeLedger) -> [Finding] {
        let held = Set(sighting.carriages.map(\.id))
        return before.subtracting(held).sorted().map { id in
            Finding(truth, sighting.machine, "lost \(id.short) of \(ledger.deeds[id]?.unit.text ?? "somebody"), step \(ledger.deeds[id]?.step ?? -1)")
        }
    }

    /// "Whatever a node was told was received can be proven to be in the receiver's log."
    public static func receipts(_ holder: Sighting, of peer: Sighting) -> [Finding] {
        (holder.vouched[peer.node] ?? []).filter { !peer.log.contains($0.hash) }.sorted().map { head in
            Finding(5, peer.machine, "vouched to \(holder.machine) for \(head.short), which its log does not hold")
        }
    }
}
