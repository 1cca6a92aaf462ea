import TiaokuaiHash
import TiaokuaiTrust

/// What a suite does with one file's secret: authenticate the head, and encrypt each chunk apart from all others. For one thread
/// at a time.
protocol ChunkCipher {
    /// The tag of a head with this outline.
    func headTag(_ outline: [UInt8]) throws(SealError) -> [UInt8]
    /// Ciphertext and tag. `head` is the outline's digest by `headDigest`.
    func seal(_ plain: [UInt8], chunk: UInt32, isFinal: Bool, head: [UInt8]) throws(SealError) -> [UInt8]
    /// The plaintext; nil when the chunk is not authentic in this place.
    func open(_ sealed: ArraySlice<UInt8>, chunk: UInt32, isFinal: Bool, head: [UInt8]) throws(SealError) -> [UInt8]?
    func headDigest(_ outline: [UInt8]) -> [UInt8]
}

extension SealSuite {
    func cipher(secret: [UInt8]) throws(SealError) -> any ChunkCipher {
        switch self {
        case .hpke: try AESChunks(secret: secret)
        case .gm: try GMChunks(secret: secret)
        }
    }
}

/// Suite 1: AES-256-GCM, whose nonces count because the key is one file's.
struct AESChunks: ChunkCipher {
    private let cipher: AuthenticatedCipher
    private let headHash: KeyedHash

    init(secret: [UInt8]) throws(SealError) {
        var chunkKey = try SealError.crypto { try HKDF.expand(secret, info: Array("tk-seal chunk".utf8), count: 32) }
        var headKey = try SealError.crypto { try HKDF.expand(secret, info: Array("tk-seal head".utf8), count: 32) }
        defer {
            SecretBytes.erase(&chunkKey)
            SecretBytes.erase(&headKey)
        }
        cipher = try SealError.crypto { [chunkKey] in try AuthenticatedCipher(.aes256GCM, key: chunkKey) }
        headHash = try KeyedHash(.sha256, key: headKey)
    }

    func headTag(_ outline: [UInt8]) throws(SealError) -> [UInt8] { try headHash.tag(outline[...]) }

    func headDigest(_ outline: [UInt8]) -> [UInt8] { sha256(outline).bytes }

    func seal(_ plain: [UInt8], chunk: UInt32, isFinal: Bool, head: [UInt8]) throws(SealError) -> [UInt8] {
        return try SealError.crypto { try cipher.seal(plain[...], nonce: nonce(chunk, isFinal), aad: head) }
    }

    func open(_ sealed: ArraySlice<UInt8>, chunk: UInt32, isFinal: Bool, head: [UInt8]) -> [UInt8]? {
        cipher.open(sealed, nonce: nonce(chunk, isFinal), aad: head)
    }

    private func nonce(_ chunk: UInt32, _ isFinal: Bool) -> [UInt8] {
        [UInt8](repeating: 0, count: 7) + bigEndian(chunk) + [isFinal ? 1 : 0]
    }
}
