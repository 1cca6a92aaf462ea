import TiaokuaiHash
import TiaokuaiModel

/// That an identity lies in a node's log, as its owner signs it: an inclusion receipt of RFC 9942 (Docs/Formats/Log.md).
///
///   proof = [size, index, [* hash]]         ; 0 <= index < size; the path of RFC 9162 §2.1.3, at most 64 hashes
///
/// Readable, but nobody's word before the signature over the root is checked; it doesn't cover the path.
public struct InclusionReceipt: Hashable, Sendable {
    /// Hashes of a path in a log of less than 2⁶⁴ entries.
    public static let maximumPath = 64

    /// Under which of the two trees.
    public let hash: HashAlgorithm
    public let node: NodeID
    public let epoch: Epoch
    public let size, index: UInt64
    public let path: [Hash32]
    /// Thumbprint of the key that is said to have signed.
    public let keyID: Hash32
    public let envelope: COSESign1

    public var bytes: [UInt8] { envelope.encode() }

    /// The two header buckets of a receipt that is about to be signed; alg is the signer's to set.
    public static func headers(
        _ hash: HashAlgorithm, node: NodeID, epoch: Epoch, size: UInt64, index: UInt64, path: [Hash32], keyID: Hash32
    ) -> (protected: COSEHeader, unprotected: COSEHeader) {
        var encoder = CBOREncoder(reserving: 32 + path.count * 34)
        encoder.arrayHeader(3)
        encoder.unsigned(size)
        encoder.unsigned(index)
        encoder.arrayHeader(path.count)
        for hash in path { encoder.byteString(hash) }
        return LogReceiptEnvelope.headers(.inclusion, hash, node: node, epoch: epoch, proof: encoder.bytes, keyID: keyID)
    }

    /// Reads a receipt of exactly this shape; throws `FormatError`.
    public init(_ bytes: [UInt8]) throws(FormatError) {
        let read = try LogReceiptEnvelope(bytes, .inclusion)
        var reader = CBORReader(read.proof)
        try reader.arrayHeader(expecting: 3)
        size = try reader.unsigned()
        index = try reader.unsigned()
        guard index < size else { throw FormatError(.malformedHeader, at: 0, "index \(index), size \(size)") }
        let count = try reader.arrayHeader()
        guard count <= Self.maximumPath else { throw FormatError(.limitExceeded, at: reader.offset, "path") }
        var path: [Hash32] = []
        for _ in 0..<count { path.append(try reader.hash()) }
        try reader.finish()
        self.path = path
        (hash, node, epoch, keyID, envelope) = (read.hash, read.node, read.epoch, read.keyID, read.envelope)
    }
}
