import TestKit
import TiaokuaiFormat

/// Random trees of the strict profile, small ones mostly.
struct RandomItem {
    var generator: SplitMix64
    /// How often each sort of item was made, so that a test can see that none is missing.
    private(set) var made = [Int](repeating: 0, count: 8)

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func next(depth: Int = 4) -> CBORItem {
        let choice = Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator)
        made[choice] += 1
        switch choice {
        case 0: return .unsigned(number())
        case 1: return .negative(number())
        case 2: return .bytes(generator.bytes(length()))
        case 3: return .text(String((0..<length()).map { _ in "a条块é𠀀\0".randomElement(using: &generator) ?? "a" }))
        case 4: return [.null, .boolean(true), .boolean(false)].randomElement(using: &generator) ?? .null
        case 5: return .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in next(depth: depth - 1) })
        case 6: return map(depth: depth)
        default: return .tag(UInt64.random(in: 4...300, using: &generator), next(depth: depth - 1))
        }
    }

    /// Of every width alike.
    private mutating func number() -> UInt64 {
        UInt64.random(in: .min ... .max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
    }

    private mutating func length() -> Int {
        Int.random(in: 0..<(generator.chance(oneIn: 8) ? 300 : 26), using: &generator)
    }

    /// Sorted, so that the tree equals what is read back.
    private mutating func map(depth: Int) -> CBORItem {
        var pairs: [[UInt8]: CBORItem.Pair] = [:]
        for _ in 0..<Int.random(in: 0..<5, using: &generator) {
            let key = next(depth: depth - 1)
            pairs[key.encode()] = CBORItem.Pair(key, next(depth: depth - 1))
        }
        return .map(pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value))
    }
}
