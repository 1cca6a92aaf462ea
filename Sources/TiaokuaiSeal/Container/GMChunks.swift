import TiaokuaiHash
import TiaokuaiTrust

/// Suite 2: SM4 in counter mode, then HMAC-SM3, because libcrypto 3.0 has no SM4-GCM.
struct GMChunks: ChunkCipher {
    /// Counter blocks of one chunk: of 65,540 bytes.
    static let blocksPerChunk = UInt128((ChunkPlan.countBytes + SealLimits.chunkBytes + CounterCipher.blockBytes - 1) / CounterCipher.blockBytes)

    private let cipher: CounterCipher
    private let counter: UInt128
    private let hash: KeyedHash

    /// Both keys follow from the secret alone, so that no two secrets fit one head.
    init(secret: [UInt8]) throws(SealError) {
        let root = try KeyedHash(.sm3, key: secret)
        var stream = try root.tag(Array("tk-seal chunk".utf8)[...])
        var hashKey = try root.tag(Array("tk-seal head".utf8)[...])
        defer {
            SecretBytes.erase(&stream)
            SecretBytes.erase(&hashKey)
        }
        try self.init(stream: stream, hashKey: hashKey)
    }

    /// - Parameter stream: SM4 key (16 bytes) ‖ first counter block (16).
    init(stream: [UInt8], hashKey: [UInt8]) throws(SealError) {
        cipher = try CounterCipher(key: Array(stream.prefix(CounterCipher.keyBytes)))
        counter = stream.dropFirst(CounterCipher.keyBytes).reduce(0) { $0 << 8 | UInt128($1) }
        hash = try KeyedHash(.sm3, key: hashKey)
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
