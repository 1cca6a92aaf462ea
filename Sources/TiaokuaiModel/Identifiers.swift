/// An identity that is the hash of what it names. One type for each sort of thing, so that none is taken for another.
public protocol HashIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
    var hash: Hash32 { get }
    init(_ hash: Hash32)
}

extension HashIdentifier {
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.hash < right.hash }
    public var description: String { hash.hex }
    /// The first eight hexadecimal digits: for people, never for looking up.
    public var short: String { String(hash.hex.prefix(8)) }
    public init?(hex: some StringProtocol) {
        guard let hash = Hash32(hex: hex) else { return nil }
        self.init(hash)
    }
}

/// A network: the hash of its root statement 1.
@frozen public struct NetworkID: HashIdentifier {
    public let hash: Hash32
    @inlinable public init(_ hash: Hash32) { self.hash = hash }
}

/// A node: the hash of its first signing key. Rotation keeps it.
@frozen public struct NodeID: HashIdentifier {
    public let hash: Hash32
    @inlinable public init(_ hash: Hash32) { self.hash = hash }
}

/// A record: a hash over network, partition, kind and natural key.
@frozen public struct RecordID: HashIdentifier {
    public let hash: Hash32
    @inlinable public init(_ hash: Hash32) { self.hash = hash }
}

/// An operation: the hash of its explicit form, fixed when the write is acknowledged.
@frozen public struct OperationID: HashIdentifier {
    public let hash: Hash32
    @inlinable public init(_ hash: Hash32) { self.hash = hash }
}

/// A changeset: the hash of the bytes that were signed, the signature left out.
@frozen public struct ChangesetID: HashIdentifier {
    public let hash: Hash32
    @inlinable public init(_ hash: Hash32) { self.hash = hash }
}

/// A feed: the hash of (node, epoch, partition).
@frozen public struct FeedID: HashIdentifier {
    public let hash: Hash32
    @inlinable public init(_ hash: Hash32) { self.hash = hash }
}

/// A dispute: hash over record, field and the last agreed points or decision; the same on every node.
@frozen public struct DisputeID: HashIdentifier {
    public let hash: Hash32
    @inlinable public init(_ hash: Hash32) { self.hash = hash }
}

/// 128 random bits: a node's time between two restores 纪元.
@frozen public struct Epoch: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let high, low: UInt64
    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
    @inlinable public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(high: high, low: low)
    }
    public var bytes: [UInt8] {
        withUnsafeBytes(of: high.bigEndian, Array.init) + withUnsafeBytes(of: low.bigEndian, Array.init)
    }
    @inlinable public static func < (left: Epoch, right: Epoch) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
    public var description: String { bytes.hex }
}

/// Where an operation was made: its node's epoch and the node's own counter in it, from 1, without gaps.
@frozen public struct Origin: Hashable, Comparable, Sendable {
    public let epoch: Epoch
    public let number: UInt64
    @inlinable public init(epoch: Epoch, number: UInt64) {
        self.epoch = epoch
        self.number = number
    }
    @inlinable public static func < (left: Origin, right: Origin) -> Bool {
        left.epoch != right.epoch ? left.epoch < right.epoch : left.number < right.number
    }
}
