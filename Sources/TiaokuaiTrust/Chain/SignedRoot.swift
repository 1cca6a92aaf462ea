import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

/// A root statement with its signatures (Docs/Formats/Credential.md, "Root"): one statement, or a list of 2 to 16 over the same content,
/// ascending by key id. Made apart by whoever keeps a root key, and put together by anybody.
///
///   signed-root = statement / [2*16 bstr .cbor statement]
public struct SignedRoot: Sendable {
    public let statement: RootStatement
    public let content: [UInt8]
    public let bytes: [UInt8]
    public let signatures: [UnverifiedStatement]

    /// SHA-256 of the content: names the root node's credential and, of statement 1, the network.
    public var id: Hash32 { SignedRoot.contentID(content) }

    public static func contentID(_ content: [UInt8]) -> Hash32 { sha256(content) }

    /// Under which a store keeps it.
    public var rowID: Hash32 { signatures.count == 1 ? signatures[0].id : id }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Limits.statementBytes else { throw FormatError(.limitExceeded, at: 0, "root statement") }
        let signatures = try SignedRoot.signatures(bytes)
        guard let first = signatures.first, signatures.allSatisfy({ $0.claimed == first.claimed }) else {
            throw FormatError(.malformedEnvelope, at: 0, "signatures over two contents")
        }
        self.signatures = signatures
        self.bytes = bytes
        content = first.claimed
        statement = try RootStatement(first.claimed)
    }

    private static func signatures(_ bytes: [UInt8]) throws(FormatError) -> [UnverifiedStatement] {
        // A COSE_Sign1 begins with its tag; a list with an array's head.
        guard let first = bytes.first, first >> 5 == 4 else { return [try UnverifiedStatement(bytes, .root)] }
        var reader = CBORReader(bytes)
        let count = try reader.arrayHeader()
        guard (2...RootStatement.maximumKeys).contains(count) else { throw FormatError(.outOfRange, at: 0, "\(count) signatures") }
        var out: [UnverifiedStatement] = []
        for _ in 0..<count {
            let one = try UnverifiedStatement(try reader.byteString(limit: Limits.statementBytes), .root)
            if let last = out.last, last.keyID >= one.keyID { throw FormatError(.unsortedKeys, at: reader.offset, "signatures") }
            out.append(one)
        }
        try reader.finish()
        return out
    }

    /// Puts signatures over one content together, each key's once; throws `malformedEnvelope` for different contents.
    public static func joining(_ parts: [[UInt8]]) throws(FormatError) -> SignedRoot {
        var byKey: [Hash32: UnverifiedStatement] = [:]
        for part in parts {
            for one in try SignedRoot(part).signatures where byKey[one.keyID] == nil { byKey[one.keyID] = one }
        }
        let sorted = byKey.values.sorted { $0.keyID < $1.keyID }
        if sorted.count == 1 { return try SignedRoot(sorted[0].bytes) }
        var encoder = CBOREncoder(reserving: 2_048)
        encoder.arrayHeader(sorted.count)
        for one in sorted { encoder.byteString(one.bytes) }
        return try SignedRoot(encoder.bytes)
    }

    /// Statement 1 is of the network with this id, or is signed with the key of this thumbprint, once `verify` has passed. A key that it
    /// only names vouches for nothing: anybody can name it.
    public func isVouched(by root: Hash32) -> Bool { id == root || signatures.contains { $0.keyID == root } }

    public func isNext(after previous: SignedRoot?) -> Bool {
        statement.number == (previous?.statement.number ?? 0) + 1 && statement.previous == previous?.id
    }

    /// Checks that `threshold` of the keys of the statement before (of its own, for statement 1) signed, and nobody else;
    /// throws `wrongKey`, `wrongSignature` or `tooFewSignatures`.
    public func verify(after previous: SignedRoot?) throws(TrustError) {
        let signers = (previous ?? self).statement
        let keys = signers.keys.compactMap { try? VerifyingKey(coseKey: $0) }
        var signed: Set<Hash32> = []
        for one in signatures {
            guard let key = keys.first(where: { $0.thumbprint == one.keyID }) else { throw TrustError(.wrongKey, "not a root key") }
            _ = try one.verified(by: key)
            signed.insert(one.keyID)
        }
        guard signed.count >= Int(clamping: signers.threshold) else { throw TrustError(.tooFewSignatures, "\(signed.count) of \(signers.threshold)") }
    }
}
