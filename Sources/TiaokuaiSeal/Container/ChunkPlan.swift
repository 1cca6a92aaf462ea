/// How content lies in chunks: which part of the padded length each has, and how its plaintext is spelled. Docs/Formats/Seal.md.
struct ChunkPlan {
    /// Bytes before the content of each chunk, that say how much of it is content.
    static let countBytes = 4

    let paddedLength: UInt64
    /// At least one.
    let count: UInt32

    init(_ head: SealHead) {
        paddedLength = head.paddedLength
        // At most 2⁴⁰ / 2¹⁶, by the limit of the length.
        count = UInt32(head.chunkCount)
    }

    func isFinal(_ chunk: UInt32) -> Bool { chunk + 1 == count }

    /// Where a chunk's content begins in the whole.
    func start(of chunk: UInt32) -> UInt64 { UInt64(chunk) * UInt64(SealLimits.chunkBytes) }

    /// Bytes of the padded length that a chunk has.
    func share(of chunk: UInt32) -> Int { Int(min(UInt64(SealLimits.chunkBytes), paddedLength - start(of: chunk))) }

    func plain(_ content: ArraySlice<UInt8>, chunk: UInt32) -> [UInt8] {
        var plain = bigEndian(UInt32(content.count))
        plain.reserveCapacity(ChunkPlan.countBytes + share(of: chunk))
        plain += content
        plain += repeatElement(0, count: share(of: chunk) - content.count)
        return plain
    }

    /// The content in a chunk's plaintext; nil when it is not spelled as `plain` does, or goes on after the content's end.
    func content(_ plain: [UInt8], chunk: UInt32, isAfterEnd: Bool) -> ArraySlice<UInt8>? {
        let count = plain.prefix(ChunkPlan.countBytes).reduce(0) { $0 << 8 | Int($1) }
        guard count <= (isAfterEnd ? 0 : share(of: chunk)) else { return nil }
        let end = ChunkPlan.countBytes + count
        guard plain[end...].allSatisfy({ $0 == 0 }) else { return nil }
        return plain[ChunkPlan.countBytes..<end]
    }
}
