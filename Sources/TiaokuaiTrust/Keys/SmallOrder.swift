import TiaokuaiModel

/// Ed25519 public keys that are points of order 1, 2, 4 or 8: with such a key, one signature fits many messages, so it
/// names nobody. The list is of y coordinates; the highest bit of a key is the sign of x and doesn't count.
enum SmallOrder {
    static func contains(_ key: [UInt8]) -> Bool {
        var coordinate = key
        coordinate[31] &= 0x7f
        return coordinates.contains(coordinate)
    }

    /// Whether the y coordinate is below p = 2²⁵⁵ − 19.
    static func isReduced(_ key: [UInt8]) -> Bool {
        key[31] & 0x7f != 0x7f || key[0] < 0xed || key[1..<31].contains { $0 != 0xff }
    }

    /// 1 (order 1), −1 (order 2), 0 (order 4), two of order 8, and 0 and 1 again as p and p + 1.
    private static let coordinates: Set<[UInt8]> = [
        [1] + zeros, [0xec] + ones, [0] + zeros,
        bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        [0xed] + ones, [0xee] + ones,
    ]

    private static let zeros = [UInt8](repeating: 0, count: 31)
    private static let ones = [UInt8](repeating: 0xff, count: 30) + [0x7f]

    private static func bytes(_ hex: String) -> [UInt8] { Array(hex: hex) ?? [] }
}
