/// One way to damage bytes, for tests that feed a reader what it must refuse. Positions beyond the end are clipped.
public enum ByteMutation: Hashable, Sendable {
    /// Flips one bit, counted from the first byte's highest.
    case flip(bit: Int)
    /// Keeps only so many bytes.
    case truncate(Int)
    /// Puts bytes in before this position.
    case insert([UInt8], at: Int)
    /// Puts other bytes in place of those in this range.
    case splice([UInt8], over: Range<Int>)

    public func applied(to bytes: [UInt8]) -> [UInt8] {
        var out = bytes
        switch self {
        case .flip(let bit):
            guard bit >= 0, bit / 8 < bytes.count else { return out }
            out[bit / 8] ^= 0x80 >> UInt8(bit % 8)
        case .truncate(let count):
            out = Array(bytes.prefix(max(0, count)))
        case .insert(let added, let position):
            out.insert(contentsOf: added, at: min(max(0, position), bytes.count))
        case .splice(let added, let range):
            out.replaceSubrange(range.clamped(to: 0..<bytes.count), with: added)
        }
        return out
    }

    /// A random damage for so many bytes; spliced-in bytes come from the donor (or are random when it is empty), so that
    /// well-formed parts turn up in wrong places.
    public static func random(
        count: Int, donor: [UInt8] = [], using generator: inout some RandomNumberGenerator
    ) -> ByteMutation {
        let position = Int.random(in: 0...count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where count > 0: return .flip(bit: Int.random(in: 0..<(count * 8), using: &generator))
        case 1 where count > 0: return .truncate(Int.random(in: 0..<count, using: &generator))
        case 2: return .insert(piece(of: donor, using: &generator), at: position)
        default:
            let end = Int.random(in: position...min(count, position + 32), using: &generator)
            return .splice(piece(of: donor, using: &generator), over: position..<end)
        }
    }

    private static func piece(of donor: [UInt8], using generator: inout some RandomNumberGenerator) -> [UInt8] {
        let count = Int.random(in: 1...24, using: &generator)
        guard !donor.isEmpty else { return generator.bytes(count) }
        let start = Int.random(in: 0..<donor.count, using: &generator)
        return Array(donor[start..<min(donor.count, start + count)])
    }
}

/// Every single-bit flip and every proper prefix of the bytes, then so many random damages; none equals the original.
public func mutations(
    of bytes: [UInt8], random: Int = 0, donor: [UInt8] = [], using generator: inout some RandomNumberGenerator
) -> [[UInt8]] {
    var out = (0..<bytes.count * 8).map { ByteMutation.flip(bit: $0).applied(to: bytes) }
    out += (0..<bytes.count).map { ByteMutation.truncate($0).applied(to: bytes) }
    for _ in 0..<random {
        out.append(ByteMutation.random(count: bytes.count, donor: donor, using: &generator).applied(to: bytes))
    }
    return out.filter { $0 != bytes }
}
