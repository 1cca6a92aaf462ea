import TiaokuaiModel

/// Who had seen whom among what was said on one policy record: each statement numbered in causal order, its past kept as bits, so
/// that ten thousand versions of one entry take megabytes.
struct StatementPasts {
    /// In causal order, whatever the order in which they came.
    let order: [OperationID]
    private let numbers: [OperationID: Int]
    private(set) var pasts: [StatementPast] = []

    init(_ operations: [OperationID: Operation]) {
        order = CausalOrder.sorted(operations.map { ($0.key, $0.value.seen) }.sorted { $0.0 < $1.0 })
        numbers = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        pasts.reserveCapacity(order.count)
        for (number, id) in order.enumerated() {
            // What is not held counts as not seen; only bytes that lie could name what comes after.
            let seen = (operations[id]?.seen ?? []).compactMap { numbers[$0] }.filter { $0 < number }
            pasts.append(StatementPast(number: number, seen: seen, among: pasts))
        }
    }

    func past(of id: OperationID) -> StatementPast? { numbers[id].map { pasts[$0] } }
}

/// A statement's number, and those that its author had seen, directly or through others.
struct StatementPast: Hashable, Sendable {
    let number: Int
    /// Of what it names itself, ascending.
    let seen: [Int]
    private var bits: [UInt64]

    init(number: Int, seen: [Int], among earlier: [StatementPast]) {
        self.number = number
        self.seen = seen.sorted()
        bits = [UInt64](repeating: 0, count: (number + 63) >> 6)
        for parent in seen {
            for (word, value) in earlier[parent].bits.enumerated() { bits[word] |= value }
            bits[parent >> 6] |= 1 << UInt64(parent & 63)
        }
    }

    func holds(_ other: Int) -> Bool { other < number && bits[other >> 6] >> UInt64(other & 63) & 1 == 1 }

    /// Neither had seen the other.
    func isParallel(to other: StatementPast) -> Bool { number != other.number && !holds(other.number) && !other.holds(number) }
}
