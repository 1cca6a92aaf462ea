import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// Seals one value of a field to one node and opens it there (Docs/Formats/Seal.md, "A sealed value").
///
/// The plaintext is the value's CBOR and zeros up to one of five lengths. The digest of the place at which it stands is associated data: a
/// ciphertext carried elsewhere doesn't open.
public enum FieldSeal {
    static let name = "tk-field"
    static let version: UInt8 = 1
    static let secretBytes = 32

    /// Throws `valueTooLong` for a value whose CBOR has more than 65,536 bytes, `wrongKey` for a key of small order.
    public static func seal(_ value: Value, to key: SealingPublicKey, of receiver: NodeID, at place: SealedPlace) throws(SealError) -> SealedValue {
        try seal(value, to: key, of: receiver, at: place, ephemeral: nil)
    }

    /// The same with a given ephemeral key, for test vectors only.
    package static func seal(
        _ value: Value, to key: SealingPublicKey, of receiver: NodeID, at place: SealedPlace, ephemeral: SealingKey?
    ) throws(SealError) -> SealedValue {
        var plain = try padded(value)
        defer { SecretBytes.erase(&plain) }
        return try seal(plain: plain, to: key, of: receiver, binding: place.binding(to: receiver, key: key.thumbprint), ephemeral: ephemeral)
    }

    /// Seals bytes as they are: for test vectors only.
    package static func seal(
        plain: [UInt8], to key: SealingPublicKey, of receiver: NodeID, binding: Hash32, ephemeral: SealingKey? = nil
    ) throws(SealError) -> SealedValue {
        guard let kem = HPKE.KEM(key.curve) else {
            var secret = try SealError.crypto { try SecretBytes.random(secretBytes) }
            defer { SecretBytes.erase(&secret) }
            let wrapped = try SealError.crypto { try key.encrypt(secret) }
            return SealedValue(
                suite: .gm, receiver: receiver, key: key.thumbprint, binding: binding, wrapped: wrapped,
                ciphertext: try FieldCipher(secret: secret).seal(plain, binding: binding))
        }
        let sender = try HPKE.Suite(kem: kem, aead: .aes256GCM).setupSender(to: key, info: info(.hpke), ephemeral: ephemeral)
        return SealedValue(
            suite: .hpke, receiver: receiver, key: key.thumbprint, binding: binding, wrapped: sender.encapsulation,
            ciphertext: try sender.seal(plain, aad: binding.bytes))
    }

    /// The value, for the holder of the key to which it was sealed.
    ///
    /// Checked in this order: it stands where it was sealed for, else `sealedElsewhere`; a key of the reader's is the one that it names, else
    /// `valueForAnotherKey`; it opens with that key, else `alteredValue`; what opened is one value and zeros, else `malformedValue`.
    /// Throws as well what opening a key throws, such as `keyFileSealed`.
    public static func open(_ sealed: SealedValue, at place: SealedPlace, keys: SealingKeyring) throws -> Value {
        guard place.isOf(sealed) else { throw SealError(.sealedElsewhere) }
        guard let key = try keys.keys(for: [sealed.key]).first else {
            throw SealError(.valueForAnotherKey, receivers: [sealed.key])
        }
        guard var plain = plain(of: sealed, key: key) else { throw SealError(.alteredValue) }
        defer { SecretBytes.erase(&plain) }
        do {
            var reader = CBORReader(plain)
            let value = try Value(from: &reader)
            guard value.sealed == nil, plain[reader.offset...].allSatisfy({ $0 == 0 }), SealedValue.paddedLength(of: reader.offset) == plain.count else {
                throw SealError(.malformedValue)
            }
            return value
        } catch let error as FormatError {
            throw SealError(.malformedValue, error.description)
        }
    }

    private static func plain(of sealed: SealedValue, key: SealingKey) -> [UInt8]? {
        switch (sealed.suite, HPKE.KEM(key.curve)) {
        case (.hpke, let kem?):
            let receiver = try? HPKE.Suite(kem: kem, aead: .aes256GCM).setupReceiver(sealed.wrapped, key: key, info: info(.hpke))
            return try? receiver?.open(sealed.ciphertext, aad: sealed.binding.bytes)
        case (.gm, nil):
            guard var secret = try? key.decrypt(sealed.wrapped), secret.count == secretBytes else { return nil }
            defer { SecretBytes.erase(&secret) }
            return try? FieldCipher(secret: secret).open(sealed.ciphertext, binding: sealed.binding)
        default: return nil
        }
    }

    private static func padded(_ value: Value) throws(SealError) -> [UInt8] {
        var encoder = CBOREncoder(reserving: SealedValue.paddedLengths[0])
        value.encode(into: &encoder)
        guard let length = SealedValue.paddedLength(of: encoder.bytes.count) else {
            throw SealError(.valueTooLong, "\(encoder.bytes.count) > \(SealedValue.paddedLengths.last ?? 0)")
        }
        return encoder.bytes + [UInt8](repeating: 0, count: length - encoder.bytes.count)
    }

    private static func info(_ suite: SealedValue.Suite) -> [UInt8] { Array(name.utf8) + [version, UInt8(suite.rawValue)] }
}
