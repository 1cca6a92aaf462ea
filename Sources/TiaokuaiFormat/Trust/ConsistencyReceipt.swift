import TiaokuaiHash
import TiaokuaiModel

/// That a log only grew 一致性证明: a consistency receipt of RFC 9942 as its owner signs it (Docs/Formats/Log.md).
///
///   COSE_Sign1, payload detached: the root at the newer size
///   protected   = {alg, kid, 15: {iss: node, sub: epoch}, typ, 395: 1, or −132905 over the tree under SM3}
///   unprotected = {396: {−2: [bstr .cbor [older size, newer size, [+ hash]]]}}
///
/// Readable, but nobody's word yet. The signature doesn't cover the path: only that it leads to two signed roots counts.
public struct ConsistencyReceipt: Hashable, Sendable {
    /// Hashes of a proof between two sizes below 2⁶⁴.
    public static let maximumPath = 65

    /// Of which tree it speaks: a GM network has one of each for every step.
    public let hash: HashAlgorithm
    public let node: NodeID
    public let epoch: Epoch
    /// Sizes as in `Checkpoint`; the older is at least 1 and below the newer.
    public let older, newer: UInt64
    public let path: [Hash32]
    /// Thumbprint of the key that is said to have signed.
    public let keyID: Hash32
    public let envelope: COSESign1

    public var bytes: [UInt8] { envelope.encode() }

    /// SHA-256 of `["tk-consistency", vds, node, epoch, proof]`: making the same proof again, with another signature, is the same.
    public var id: Hash32 {
        var encoder = CBOREncoder(reserving: 128 + path.count * 34)
        encoder.arrayHeader(5)
        encoder.text("tk-consistency")
        encoder.integer(LogReceiptEnvelope.structure(hash))
        encoder.byteString(node.hash)
        encoder.byteString(epoch.bytes)
        encoder.byteString(Self.proof(older: older, newer: newer, path: path))
        return sha256(encoder.bytes)
    }

    /// The two header buckets of a receipt that is about to be signed; alg is the signer's to set.
    public static func headers(
        _ hash: HashAlgorithm, node: NodeID, epoch: Epoch, older: UInt64, newer: UInt64, path: [Hash32], keyID: Hash32
    ) -> (protected: COSEHeader, unprotected: COSEHeader) {
        let proof = proof(older: older, newer: newer, path: path)
        return LogReceiptEnvelope.headers(.consistency, hash, node: node, epoch: epoch, proof: proof, keyID: keyID)
    }

    private static func proof(older: UInt64, newer: UInt64, path: [Hash32]) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 32 + path.count * 34)
        encoder.arrayHeader(3)
        encoder.unsigned(older)
        encoder.unsigned(newer)
        encoder.arrayHeader(path.count)
        for hash in path { encoder.byteString(hash) }
        return encoder.bytes
    }

    /// Reads a receipt of exactly this shape; throws `FormatError`.
    public init(_ bytes: [UInt8]) throws(FormatError) {
        let read = try LogReceiptEnvelope(bytes, .consistency)
        var reader = CBORReader(read.proof)
        try reader.arrayHeader(expecting: 3)
        older = try reader.unsigned()
        newer = try reader.unsigned()
        guard older > 0, older < newer else { throw FormatError(.malformedHeader, at: 0, "sizes \(older), \(newer)") }
        let count = try reader.arrayHeader()
        guard (1...Self.maximumPath).contains(count) else { throw FormatError(.limitExceeded, at: reader.offset, "path") }
        var path: [Hash32] = []
        for _ in 0..<count { path.append(try reader.hash()) }
        try reader.finish()
        self.path = path
        (hash, node, epoch, keyID, envelope) = (read.hash, read.node, read.epoch, read.keyID, read.envelope)
    }
}
