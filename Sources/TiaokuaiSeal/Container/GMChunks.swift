import TiaokuaiHash
import TiaokuaiTrust

/// Suite 2: SM4 in counter mode, then HMAC-SM3, because libcrypto 3.0 has no SM4-GCM.
struct GMChunks: ChunkCipher {
    /// Counter blocks of one chunk: of 65,540 bytes.
    static let blocksPerChunk = UInt128((ChunkPlan.countBytes + SealLimits.chunkBytes + CounterCipher.blockBytes - 1) / CounterCipher.blockBytes)

    private let cipher: CounterCipher
    private let counter: UInt128
    private let hash: KeyedHash

    /// - Parameter secret: SM4 key (16 bytes) ‖ first counter block (16) ‖ HMAC key (32).
    init(secret: [UInt8]) throws(SealError) {
        guard secret.count == SealSuite.gm.secretBytes else { throw SealError(.wrongKey, "\(secret.count) bytes") }
        cipher = try CounterCipher(key: Array(secret[..<16]))
        counter = secret[16..<32].reduce(0) { $0 << 8 | UInt128($1) }
        hash = try KeyedHash(.sm3, key: Array(secret[32...]))
    }

    func headTag(_ outline: [UInt8]) throws(SealError) -> [UInt8] { try hash.tag([0], outline[...]) }

    func headDigest(_ outline: [UInt8]) -> [UInt8] { sm3(outline).bytes }

    func seal(_ plain: [UInt8], chunk: UInt32, isFinal: Bool, head: [UInt8]) throws(SealError) -> [UInt8] {
        let ciphertext = try cipher.apply(plain[...], from: start(of: chunk))
        return ciphertext + (try tag(ciphertext[...], chunk, isFinal, head))
    }

    func open(_ sealed: ArraySlice<UInt8>, chunk: UInt32, isFinal: Bool, head: [UInt8]) throws(SealError) -> [UInt8]? {
        let ciphertext = sealed.dropLast(KeyedHash.tagBytes)
        guard KeyedHash.isEqual(try tag(ciphertext, chunk, isFinal, head), sealed.suffix(KeyedHash.tagBytes)) else { return nil }
        return try cipher.apply(ciphertext, from: start(of: chunk))
    }

    private func start(of chunk: UInt32) -> UInt128 { counter &+ GMChunks.blocksPerChunk * UInt128(chunk) }

    private func tag(_ ciphertext: ArraySlice<UInt8>, _ chunk: UInt32, _ isFinal: Bool, _ head: [UInt8]) throws(SealError) -> [UInt8] {
        try hash.tag(([1] + head + bigEndian(chunk) + [isFinal ? 1 : 0])[...], ciphertext)
    }
}
