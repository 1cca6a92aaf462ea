import TiaokuaiModel
import TiaokuaiTrust

/// Suite 2 of a sealed value: SM4 in counter mode, then HMAC-SM3 over the place and the ciphertext. Both keys follow from one secret.
struct FieldCipher {
    private let cipher: CounterCipher
    private let counter: UInt128
    private let hash: KeyedHash

    init(secret: [UInt8]) throws(SealError) {
        let root = try KeyedHash(.sm3, key: secret)
        var stream = try root.tag(Array("tk-field value".utf8)[...])
        var hashKey = try root.tag(Array("tk-field tag".utf8)[...])
        defer {
            SecretBytes.erase(&stream)
            SecretBytes.erase(&hashKey)
        }
        cipher = try CounterCipher(key: Array(stream.prefix(CounterCipher.keyBytes)))
        counter = stream.dropFirst(CounterCipher.keyBytes).reduce(0) { $0 << 8 | UInt128($1) }
        hash = try KeyedHash(.sm3, key: hashKey)
    }

    func seal(_ plain: [UInt8], binding: Hash32) throws(SealError) -> [UInt8] {
        let ciphertext = try cipher.apply(plain[...], from: counter)
        return ciphertext + (try tag(ciphertext[...], binding))
    }

    /// The tag is compared before anything is decrypted; nil where it differs.
    func open(_ sealed: [UInt8], binding: Hash32) throws(SealError) -> [UInt8]? {
        let ciphertext = sealed.dropLast(KeyedHash.tagBytes)
        guard KeyedHash.isEqual(try tag(ciphertext, binding), sealed.suffix(KeyedHash.tagBytes)) else { return nil }
        return try cipher.apply(ciphertext, from: counter)
    }

    private func tag(_ ciphertext: ArraySlice<UInt8>, _ binding: Hash32) throws(SealError) -> [UInt8] { try hash.tag(binding.bytes[...], ciphertext) }
}
