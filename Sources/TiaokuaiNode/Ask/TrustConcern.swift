import TiaokuaiFormat
import TiaokuaiModel

/// Something about credentials and cuts that nobody but people can settle.
public struct TrustConcern: Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// A standing credential's last day is past: an honest node signs no more under it, a reader flags and admits; `item`: the credential.
        case pastItsDay
        /// Two credentials claim one unit, and neither says `joins` or `takesOver`: nobody writes it; `item`: one of the credentials.
        case contested
        /// Two credentials name different governments for one region, neither in the other's past: it has none; `item`: one of the
        /// credentials, `unit`: whom it names, `partition`: the region's policy.
        case rivalGovernment
        /// A cut leaves out what its author had vouched for before; `item`: the first head left out.
        case cutBehindLog
    }

    public let code: Code
    /// Whose credential it is, or who was cut.
    public let node: NodeID
    /// Who issued the cut or, of `contested`, the other node.
    public let other: NodeID?
    public let unit: UnitID?
    public let partition: Partition?
    public let item: Hash32
    /// Of `pastItsDay`: the last day; of `cutBehindLog`: when the author vouched for it.
    public let day: Day?
    /// Of `cutBehindLog`: the sequence of the head left out.
    public let sequence: UInt64?

    init(
        _ code: Code, node: NodeID, other: NodeID? = nil, unit: UnitID? = nil, partition: Partition? = nil, item: Hash32, day: Day? = nil, sequence: UInt64? = nil
    ) {
        self.code = code
        self.node = node
        self.other = other
        self.unit = unit
        self.partition = partition
        self.item = item
        self.day = day
        self.sequence = sequence
    }
}
