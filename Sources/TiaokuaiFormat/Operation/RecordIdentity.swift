import TiaokuaiHash
import TiaokuaiModel

extension Partition {
    /// `[0, place]` for policy, `[1, place, line / null]` for work. `local` has no wire form.
    public func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .policy(let place):
            encoder.arrayHeader(2)
            encoder.unsigned(0)
            encoder.text(place.text)
        case .work(let place, let line):
            encoder.arrayHeader(3)
            encoder.unsigned(1)
            encoder.text(place.text)
            if let line { encoder.text(line.text) } else { encoder.null() }
        case .local:
            encoder.arrayHeader(1)
            encoder.unsigned(2)
        }
    }

    /// Refuses `local`: nothing of it may arrive from anywhere.
    public init(from reader: inout CBORReader) throws(FormatError) {
        let offset = reader.offset
        let count = try reader.arrayHeader()
        switch (count, try reader.unsigned()) {
        case (2, 0): self = .policy(try RegionID(reading: &reader))
        case (3, 1):
            let place = try RegionID(reading: &reader)
            self = .work(place, reader.nullIfNext() ? nil : try LineID(reading: &reader))
        default: throw FormatError(.wrongType, at: offset, "partition")
        }
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 32)
        encode(into: &encoder)
        return encoder.bytes
    }
}

extension RecordKey {
    /// SHA-256 of `["tk-record", network, partition, kind, [* key]]`.
    public func identity(in network: NetworkID) -> RecordID {
        var encoder = CBOREncoder(reserving: 160)
        encoder.arrayHeader(5)
        encoder.text("tk-record")
        encoder.byteString(network.hash)
        partition.encode(into: &encoder)
        encoder.text(kind.text)
        encoder.arrayHeader(values.count)
        for value in values { value.encode(into: &encoder) }
        return RecordID(sha256(encoder.bytes))
    }
}

/// Computes record identities of one partition with the constant beginning encoded once.
public struct RecordIdentifier {
    private let beginning: [UInt8]
    private var encoder = CBOREncoder(reserving: 256)

    public init(network: NetworkID, partition: Partition) {
        var start = CBOREncoder(reserving: 96)
        start.arrayHeader(5)
        start.text("tk-record")
        start.byteString(network.hash)
        partition.encode(into: &start)
        beginning = start.bytes
    }

    public mutating func identity(kind: KindName, values: [Value], hasher: Hasher256) -> RecordID {
        encoder.removeAll()
        encoder.raw(beginning)
        encoder.text(kind.text)
        encoder.arrayHeader(values.count)
        for value in values { value.encode(into: &encoder) }
        return RecordID(encoder.bytes.withUnsafeBytes { hasher.hash($0) })
    }
}

/// A feed: one node's gapless chain of changesets in one partition, between two restores.
public struct Feed: Hashable, Sendable {
    public let node: NodeID
    public let epoch: Epoch
    public let partition: Partition

    public init(node: NodeID, epoch: Epoch, partition: Partition) {
        self.node = node
        self.epoch = epoch
        self.partition = partition
    }

    /// SHA-256 of `["tk-feed", node, epoch, partition]`.
    public var id: FeedID {
        var encoder = CBOREncoder(reserving: 128)
        encoder.arrayHeader(4)
        encoder.text("tk-feed")
        encoder.byteString(node.hash)
        encoder.byteString(epoch.bytes)
        partition.encode(into: &encoder)
        return FeedID(sha256(encoder.bytes))
    }
}
