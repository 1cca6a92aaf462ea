import TiaokuaiHash
import TiaokuaiModel

/// A signed envelope, COSE_Sign1 of RFC 9052 §4.2: `18([protected : bstr, unprotected : map, payload : bstr / nil, signature : bstr])`.
///
/// Received bytes are verified as received: `protectedBytes` is never re-encoded. What is signed is `signatureInput`; the
/// unprotected bucket is outside of it, so a format that gives envelopes an identity must demand that it is empty.
public struct COSESign1: Hashable, Sendable {
    public enum Profile: Hashable, Sendable {
        /// Tag 18, deterministic CBOR, headers of the right types, alg and crit protected, no label in both buckets.
        case strict
        /// Whatever RFC 9052 admits, with or without the tag: for reading what others signed.
        case tolerant
    }

    public static let tag: UInt64 = 18

    public let protectedBytes: [UInt8]
    /// `protectedBytes`, parsed.
    public let protected: COSEHeader
    public let unprotected: COSEHeader
    /// Nil when it travels beside the envelope.
    public let payload: [UInt8]?
    public let signature: [UInt8]

    public init(protected: COSEHeader, unprotected: COSEHeader = COSEHeader(), payload: [UInt8]?, signature: [UInt8]) {
        protectedBytes = protected.isEmpty ? [] : protected.encode()
        self.protected = protected
        self.unprotected = unprotected
        self.payload = payload
        self.signature = signature
    }

    /// The bytes that a signature covers: the Sig_structure of RFC 9052 §4.4.
    ///
    /// - Parameters:
    ///   - externalAAD: what both sides know and the envelope doesn't carry.
    ///   - detachedPayload: the payload, where the envelope has none; `malformedEnvelope` when both or neither are there.
    public func signatureInput(externalAAD: [UInt8] = [], detachedPayload: [UInt8]? = nil) throws(FormatError) -> [UInt8] {
        guard let signed = payload ?? detachedPayload, payload == nil || detachedPayload == nil else {
            throw FormatError(.malformedEnvelope, payload == nil ? "the payload is detached" : "two payloads")
        }
        // An empty map is signed as an empty string, however it was sent.
        let headers = protected.isEmpty ? [] : protectedBytes
        return COSESign1.signatureInput(protectedBytes: headers, externalAAD: externalAAD, payload: signed)
    }

    public static func signatureInput(protectedBytes: [UInt8], externalAAD: [UInt8] = [], payload: [UInt8]) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 32 + protectedBytes.count + externalAAD.count + payload.count)
        encoder.arrayHeader(4)
        encoder.text("Signature1")
        encoder.byteString(protectedBytes)
        encoder.byteString(externalAAD)
        encoder.byteString(payload)
        return encoder.bytes
    }

    /// Tagged and deterministic, but for `protectedBytes`, which stay as they were received.
    public func encode() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 128 + protectedBytes.count + (payload?.count ?? 0))
        encoder.tag(COSESign1.tag)
        encoder.arrayHeader(4)
        encoder.byteString(protectedBytes)
        unprotected.item.encode(into: &encoder)
        if let payload { encoder.byteString(payload) } else { encoder.null() }
        encoder.byteString(signature)
        return encoder.bytes
    }
}
