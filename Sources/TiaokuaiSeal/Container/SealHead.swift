import TiaokuaiFormat
import TiaokuaiModel

/// What stands outside a seal. Until its tag was checked it is what somebody wrote there; `SealOpener` checks it.
///
///   head    = ["tk-seal", 1, outline: bstr, tag: bstr .size 32]
///   outline = [suite, padded length, [1*256 [key id, wrap, wrapped secret]]]
public struct SealHead: Hashable, Sendable {
    public struct Receiver: Hashable, Sendable {
        /// Thumbprint of the receiver's sealing key.
        public let key: Hash32
        public let wrap: KeyWrap
        let wrapped: [UInt8]
    }

    public static let name = "tk-seal"
    static let version: UInt64 = 1
    static let tagBytes = 32

    public let suite: SealSuite
    /// Length of content and padding, in bytes.
    public let paddedLength: UInt64
    /// Ascending by key.
    public let receivers: [Receiver]
    let tag: [UInt8]
    let outline: [UInt8]
    /// Length of the head itself.
    public let byteCount: Int

    init(_ suite: SealSuite, paddedLength: UInt64, receivers: [Receiver], tag makeTag: ([UInt8]) throws(SealError) -> [UInt8]) throws(SealError) {
        self.suite = suite
        self.paddedLength = paddedLength
        self.receivers = receivers
        outline = SealHead.outline(suite, paddedLength, receivers)
        tag = try makeTag(outline)
        byteCount = SealHead.encode(outline, tag).count
    }

    var bytes: [UInt8] { SealHead.encode(outline, tag) }

    private static func outline(_ suite: SealSuite, _ length: UInt64, _ receivers: [Receiver]) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 16 + receivers.count * 212)
        encoder.arrayHeader(3)
        encoder.unsigned(suite.rawValue)
        encoder.unsigned(length)
        encoder.arrayHeader(receivers.count)
        for receiver in receivers {
            encoder.arrayHeader(3)
            encoder.byteString(receiver.key)
            encoder.unsigned(receiver.wrap.rawValue)
            encoder.byteString(receiver.wrapped)
        }
        return encoder.bytes
    }

    private static func encode(_ outline: [UInt8], _ tag: [UInt8]) -> [UInt8] {
        var encoder = CBOREncoder(reserving: outline.count + 64)
        encoder.arrayHeader(4)
        encoder.text(name)
        encoder.unsigned(version)
        encoder.byteString(outline)
        encoder.byteString(tag)
        return encoder.bytes
    }
}

extension SealHead {
    /// Whether bytes that begin so are a sealed file, of any version; nil while there are too few to tell.
    public static func begins(_ bytes: [UInt8]) -> Bool? {
        let marker = [0x60 | UInt8(name.utf8.count)] + Array(name.utf8)
        guard bytes.first.map({ 0x82...0x97 ~= $0 }) ?? true, marker.starts(with: bytes.dropFirst().prefix(marker.count)) else { return false }
        return bytes.count > marker.count ? true : nil
    }

    /// The head with which `bytes` begin, unchecked; nil while it isn't all there, and then trying again costs nothing.
    /// Throws `notSealed`, `unsupportedVersion`, `malformedHead`, `tooManyReceivers` or `unknownSuite`.
    public init?(beginning bytes: [UInt8]) throws(SealError) {
        guard let isSealed = SealHead.begins(bytes) else { return nil }
        guard isSealed else { throw SealError(.notSealed) }
        do {
            var reader = CBORReader(bytes, to: min(bytes.count, SealHead.mostBytes))
            let count = try reader.arrayHeader()
            _ = try reader.text()
            let version = try reader.unsigned()
            guard version == SealHead.version else { throw SealError(.unsupportedVersion, "\(version)") }
            guard count == 4 else { throw SealError(.malformedHead, "\(count) items") }
            let outline = try reader.byteString(limit: SealLimits.headBytes)
            try self.init(outline: outline, tag: try reader.hash().bytes, byteCount: reader.offset)
        } catch let error as FormatError {
            guard error.code == .truncated, bytes.count < SealHead.mostBytes else { throw SealError(.malformedHead, error.description) }
            return nil
        } catch let error as SealError {
            throw error
        } catch {
            throw SealError(.malformedHead)
        }
    }

    /// Name, version, the outline at its longest, tag, and their CBOR heads.
    private static let mostBytes = 16 + SealLimits.headBytes + 2 + tagBytes

    private init(outline: [UInt8], tag: [UInt8], byteCount: Int) throws(SealError) {
        self.outline = outline
        self.tag = tag
        self.byteCount = byteCount
        do {
            var reader = CBORReader(outline)
            try reader.arrayHeader(expecting: 3)
            let number = try reader.unsigned()
            guard let suite = SealSuite(rawValue: number) else { throw SealError(.unknownSuite, "\(number)") }
            self.suite = suite
            paddedLength = try reader.unsigned()
            guard paddedLength <= SealLimits.contentBytes, SealLimits.padded(paddedLength) == paddedLength else {
                throw SealError(.malformedHead, "a length of \(paddedLength)")
            }
            receivers = try SealHead.receivers(&reader, suite)
            try reader.finish()
        } catch let error as SealError {
            throw error
        } catch {
            throw SealError(.malformedHead, "outline: \(error)")
        }
    }

    private static func receivers(_ reader: inout CBORReader, _ suite: SealSuite) throws -> [Receiver] {
        let count = try reader.arrayHeader()
        guard count <= SealLimits.receivers else { throw SealError(.tooManyReceivers, "\(count) > \(SealLimits.receivers)") }
        guard count > 0 else { throw SealError(.malformedHead, "no receiver") }
        var receivers: [Receiver] = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 3)
            let key = try reader.hash()
            let number = try reader.unsigned()
            guard let wrap = KeyWrap(rawValue: number) else { throw SealError(.unknownSuite, "receiver: \(number)") }
            guard suite.admits(wrap) else { throw SealError(.malformedHead, "an SM2 receiver in suite \(suite.rawValue)") }
            let receiver = Receiver(key: key, wrap: wrap, wrapped: try reader.byteString(limit: SealLimits.wrappedBytes))
            if let last = receivers.last, last.key >= receiver.key { throw SealError(.malformedHead, "receivers don't ascend") }
            receivers.append(receiver)
        }
        return receivers
    }
}

extension SealHead {
    var chunkCount: UInt64 { (paddedLength + UInt64(SealLimits.chunkBytes) - 1) / UInt64(SealLimits.chunkBytes) }

    /// How long the whole sealed file is, which a carrier can compare without a key.
    public var sealedLength: UInt64 { UInt64(byteCount) + paddedLength + chunkCount * UInt64(ChunkPlan.countBytes + suite.tagBytes) }
}
