/// A value that one node alone can read, at its place inside a signed operation (密封值). Everybody else carries it unread: for precedence it
/// is one opaque value, equal to nothing but its own bytes.
public struct SealedValue: Hashable, Sendable {
    /// How it is sealed; the raw value stands on the wire.
    public enum Suite: UInt64, Hashable, Sendable, CaseIterable {
        /// HPKE to an X25519 or P-256 key, AES-256-GCM.
        case hpke = 1
        /// SM2 encryption, SM4-CTR, HMAC-SM3.
        case gm = 2

        /// Length of the tag at the end of the ciphertext, in bytes.
        public var tagBytes: Int { self == .hpke ? 16 : 32 }
    }

    public let suite: Suite
    /// The node that can read it.
    public let receiver: NodeID
    /// Thumbprint of the sealing key of that node.
    public let key: Hash32
    /// Digest of where it stands: record, unit, origin, field, receiver and key. In any other place it says nothing.
    public let binding: Hash32
    /// What the receiver needs besides its key: an encapsulated public key (suite 1) or an encrypted secret (suite 2).
    public let wrapped: [UInt8]
    /// The padded value and a tag.
    public let ciphertext: [UInt8]

    public init(suite: Suite, receiver: NodeID, key: Hash32, binding: Hash32, wrapped: [UInt8], ciphertext: [UInt8]) {
        self.suite = suite
        self.receiver = receiver
        self.key = key
        self.binding = binding
        self.wrapped = wrapped
        self.ciphertext = ciphertext
    }
}

extension SealedValue {
    /// Lengths to which a value is padded, in bytes: what a ciphertext tells of the length of its value is which of these.
    public static let paddedLengths = [256, 1_024, 4_096, 16_384, 65_536]

    /// The least of them that holds so many bytes; nil beyond the last.
    public static func paddedLength(of count: Int) -> Int? { paddedLengths.first { $0 >= count } }

    /// The text of a value that can't be shown, in place of it: `sealed:` and the receiver's identity in hexadecimal.
    public static let mark = "sealed:"
}

extension SealedValue: CustomStringConvertible {
    public var description: String { SealedValue.mark + receiver.hash.hex }
}
