import TestKit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiSeal
import TiaokuaiTrust

/// The keys and secrets of the sealed files.
struct Seals {
    let x25519, p256, sm2: SealingKey

    init() throws {
        (x25519, p256, sm2) = (try Seals.made(.x25519, 1), try Seals.made(.p256, 2), try Seals.made(.sm2, 6))
    }

    private static func made(_ curve: SealingCurve, _ seed: UInt64) throws -> SealingKey {
        try SealingKey(curve, secret: Seals.secret(seed))
    }

    private static func secret(_ seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return random.bytes(32)
    }

    func key(_ curve: SealingCurve, _ seed: UInt64) throws -> SealingKey { try Seals.made(curve, seed) }

    /// What a reader has: the seeds are those of `init`, and 9 a stranger's.
    func given(_ key: SealingKey) -> [String: String] {
        let seed: UInt64 = [x25519.publicKey: 1, p256.publicKey: 2, sm2.publicKey: 6][key.publicKey] ?? 9
        return ["curve": "\(key.curve)", "secret": Seals.secret(seed).hex]
    }

    /// Bytes of the generator's numbers, low ones first.
    func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var out: [UInt8] = []
        while out.count < count { withUnsafeBytes(of: random.next().littleEndian) { out += $0 } }
        return Array(out.prefix(count))
    }

    func file(_ count: Int, to keys: [SealingKey], secret: [UInt8]? = nil) throws -> [UInt8] {
        let writer = try SealWriter(
            to: keys.map(\.publicKey), atMost: UInt64(count), secret: secret ?? bytes(32, seed: 3),
            ephemeral: { $0.curve == .p256 ? try? key(.p256, 5) : try? key(.x25519, 4) })
        try writer.append(bytes(count, seed: 7))
        writer.finish()
        var out: [UInt8] = []
        while let bytes = try writer.next() { out += bytes }
        return out
    }

    func headCount(_ file: [UInt8]) throws -> Int { try SealHead(beginning: file)?.byteCount ?? 0 }

    func flipped(_ bytes: [UInt8], _ place: Int) -> [UInt8] {
        var bytes = bytes
        bytes[place] ^= 1
        return bytes
    }

    /// A file of one chunk, its plaintext changed and sealed again, as only a sealer can.
    func withChunk(_ file: [UInt8], isFinal: Bool = true, outline: [UInt8]? = nil, _ change: ([UInt8]) -> [UInt8]) throws -> [UInt8] {
        let start = try headCount(file)
        let plain = try opened(file[start...], head: file, chunk: 0, isFinal: true)
        return Array(file[..<start]) + (try sealed(change(plain), head: file, outline: outline, chunk: 0, isFinal: isFinal))
    }

    /// A file of two chunks, of which the first says that the content ends in it.
    func withGap(_ file: [UInt8]) throws -> [UInt8] {
        let start = try headCount(file)
        let end = start + 4 + SealLimits.chunkBytes + SealSuite.hpke.tagBytes
        let plain = try opened(file[start..<end], head: file, chunk: 0, isFinal: false)
        let short = [0, 0, 0xff, 0xff] + plain[4..<(plain.count - 1)] + [0]
        return Array(file[..<start]) + (try sealed(short, head: file, chunk: 0, isFinal: false)) + file[end...]
    }

    private func opened(_ chunk: ArraySlice<UInt8>, head file: [UInt8], chunk number: UInt8, isFinal: Bool) throws -> [UInt8] {
        guard let plain = try cipher().open(chunk, nonce: nonce(number, isFinal), aad: sha256(outline(file)).bytes) else { throw SealError(.notOpened) }
        return plain
    }

    private func sealed(_ plain: [UInt8], head file: [UInt8], outline other: [UInt8]? = nil, chunk: UInt8, isFinal: Bool) throws -> [UInt8] {
        try cipher().seal(plain[...], nonce: nonce(chunk, isFinal), aad: sha256(other ?? outline(file)).bytes)
    }

    private func cipher() throws -> AuthenticatedCipher {
        try AuthenticatedCipher(.aes256GCM, key: HKDF.expand(bytes(32, seed: 3), info: Array("tk-seal chunk".utf8), count: 32))
    }

    private func nonce(_ chunk: UInt8, _ isFinal: Bool) -> [UInt8] { [UInt8](repeating: 0, count: 10) + [chunk, isFinal ? 1 : 0] }

    func outline(_ file: [UInt8]) throws -> [UInt8] {
        try CBORItem.decode(Array(file[..<headCount(file)])).array?[2].bytes ?? []
    }
}
