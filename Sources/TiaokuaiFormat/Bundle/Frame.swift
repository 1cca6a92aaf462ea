import TiaokuaiHash
import TiaokuaiModel

// A bundle, file or HTTP body, is a CBOR sequence of frames (Docs/Formats/Bundle.md):
//
//   frame   = ["tk-item", type, payload: bstr, SHA-256 of the bytes before it]
//   bundle  = header frame, item frames …, trailer frame
//   header  = ["tkb", 1, network, from, to / null, written, volume]
//   item    = root statement envelope / [changeset envelope, compressed body] / checkpoint envelope / receipt envelope / request envelope
//             / consistency receipt / ask envelope / evidence / snapshot envelope / summary page
//   trailer = COSE_Sign1 over [number of frames before it, SHA-256 over their digests, is last volume]
//
// A frame's first nine bytes are constant, so that a reader finds the next valid frame behind a damaged one.

public enum FrameType: UInt64, Hashable, Sendable, CaseIterable {
    case header = 0
    case rootStatement = 1
    case changeset = 2
    case checkpoint = 3
    case receipt = 4
    case request = 5
    /// What the sender holds: `Heads`, for the carrier that can answer (HTTP).
    case heads = 6
    /// That one checkpoint's log begins with another's: a `ConsistencyReceipt`.
    case consistency = 7
    /// What its author wants to have proven of a log: a `LogAsk`.
    case ask = 8
    /// Two checkpoints that can't be of one log: a `SplitEvidence`.
    case evidence = 9
    /// What a superior says of the history that it sums up for one node: a `SnapshotStatement`; in a snapshot file only.
    case snapshot = 10
    /// Changesets without their signatures: a `SummaryPage`; in a snapshot file only.
    case summary = 11
    case trailer = 23
}

public struct Frame: Hashable, Sendable {
    public let type: FrameType
    public let payload: [UInt8]
    /// SHA-256 of the frame's bytes up to here: of its type too, or a flipped bit would make another item of it.
    public let digest: Hash32

    public init(_ type: FrameType, _ payload: [UInt8]) {
        self.type = type
        self.payload = payload
        digest = sha256(Frame.beginning(type, payload).bytes)
    }

    init(checked type: FrameType, _ payload: [UInt8], _ digest: Hash32) {
        self.type = type
        self.payload = payload
        self.digest = digest
    }

    /// `84 67 "tk-item"`: an array of four that begins with the marker.
    public static let marker: [UInt8] = [0x84, 0x67] + Array("tk-item".utf8)

    public var bytes: [UInt8] {
        var encoder = Frame.beginning(type, payload)
        encoder.byteString(digest)
        return encoder.bytes
    }

    private static func beginning(_ type: FrameType, _ payload: [UInt8]) -> CBOREncoder {
        var encoder = CBOREncoder(reserving: payload.count + 64)
        encoder.arrayHeader(4)
        encoder.text("tk-item")
        encoder.unsigned(type.rawValue)
        encoder.byteString(payload)
        return encoder
    }
}

public struct BundleHeader: Hashable, Sendable {
    public static let version: UInt64 = 1

    public var network: NetworkID
    public var from: NodeID
    /// Nil where there are several.
    public var to: NodeID?
    public var written: Written
    /// Which file of the hand-over this is, from 1.
    public var volume: UInt64

    public init(network: NetworkID, from: NodeID, to: NodeID?, written: Written, volume: UInt64 = 1) {
        self.network = network
        self.from = from
        self.to = to
        self.written = written
        self.volume = volume
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 128)
        encoder.arrayHeader(7)
        encoder.text("tkb")
        encoder.unsigned(BundleHeader.version)
        encoder.byteString(network.hash)
        encoder.byteString(from.hash)
        encoder.optional(to?.hash)
        encoder.integer(written.milliseconds)
        encoder.unsigned(volume)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 7)
        guard try reader.text(limit: 8) == "tkb" else { throw FormatError(.malformedBundle, at: 0, "header") }
        guard try reader.unsigned() == BundleHeader.version else { throw FormatError(.unsupported, at: 0, "bundle version") }
        network = NetworkID(try reader.hash())
        from = NodeID(try reader.hash())
        to = try reader.optionalHash().map(NodeID.init)
        written = Written(milliseconds: try reader.integer())
        volume = try reader.unsigned()
        guard volume >= 1 else { throw FormatError(.outOfRange, at: reader.offset, "volume") }
        try reader.finish()
    }
}

/// The trailer's content: how many frames came before it, one digest over all of theirs, and whether the hand-over ends here.
public struct BundleTrailer: Hashable, Sendable {
    public var frames: UInt64
    public var digest: Hash32
    /// False when another volume follows.
    public var isLast: Bool

    public init(frames: UInt64, digest: Hash32, isLast: Bool = true) {
        self.frames = frames
        self.digest = digest
        self.isLast = isLast
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 64)
        encoder.arrayHeader(3)
        encoder.unsigned(frames)
        encoder.byteString(digest)
        encoder.boolean(isLast)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 3)
        frames = try reader.unsigned()
        digest = try reader.hash()
        isLast = try reader.boolean()
        try reader.finish()
    }
}

/// A changeset as it travels: its envelope as received, its body compressed.
public struct ChangesetItem: Hashable, Sendable {
    public let envelope: [UInt8]
    public let compressedBody: [UInt8]

    public init(envelope: [UInt8], compressedBody: [UInt8]) {
        self.envelope = envelope
        self.compressedBody = compressedBody
    }

    public var bytes: [UInt8] {
        var encoder = CBOREncoder(reserving: envelope.count + compressedBody.count + 16)
        encoder.arrayHeader(2)
        encoder.byteString(envelope)
        encoder.byteString(compressedBody)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 2)
        envelope = try reader.byteString(limit: Limits.envelopeBytes)
        compressedBody = try reader.byteString(limit: Limits.bodyBytes)
        try reader.finish()
    }
}
