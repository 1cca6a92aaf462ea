/// Every limit of a sealed file, each with its reason, and the rule of its length; Docs/Formats/Seal.md lists them.
public enum SealLimits {
    /// A province with its cities and counties has about 110 sealing keys. More would make the head larger than a chunk.
    public static let receivers = 256
    /// 256 SM2 receivers take 46 kB; a reader holds the head before it knows anything.
    public static let headBytes = 65_536
    /// One wrapped secret: at most 141 bytes by SM2, 113 by P-256, 80 by X25519.
    public static let wrappedBytes = 256
    /// The padded length: a thousand volumes. 2²⁴ chunks under one key are far from what AES-GCM bears.
    public static let contentBytes: UInt64 = 1 << 40
    /// Content of one chunk: what one bad byte costs. Smaller ones would cost more than 0.03 % in tags.
    public static let chunkBytes = 65_536
    /// The least padded length, so that a receipt, an empty exchange and ten edits look alike.
    public static let leastBytes: UInt64 = 16_384

    /// The padded length for content of at most `length` bytes: Padmé (Nikitin et al., "Reducing Metadata Leakage from
    /// Encrypted Files and Communication with PURBs", PETS 2019), at most 6.25 % more. A length beyond `contentBytes` comes back
    /// as it is, to be refused.
    public static func padded(_ length: UInt64) -> UInt64 {
        guard length > leastBytes else { return leastBytes }
        guard length <= contentBytes else { return length }
        let exponent = UInt64(63 - length.leadingZeroBitCount)
        let kept = UInt64(64 - exponent.leadingZeroBitCount)
        let mask: UInt64 = 1 << (exponent - kept) - 1
        return (length + mask) & ~mask
    }
}
