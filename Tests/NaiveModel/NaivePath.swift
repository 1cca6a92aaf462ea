import TiaokuaiModel

/// The bounds of one key along a path, each record's own value first settled alone.
public struct NaivePath {
    public let direction: Strictness
    /// The place's own record first, the root's last; nil where a place states nothing.
    public let values: [Value?]

    public init(_ direction: Strictness, values: [Value?]) {
        self.direction = direction
        self.values = values
    }

    /// "The strictest of the same key along the path root → here."
    public var inForce: Value? { bound(above: -1) }

    /// What binds a place: the strictest of those above it.
    public func bound(above index: Int) -> Value? {
        var strictest: Value?
        for case let value? in values.dropFirst(index + 1) where strictest.map({ isStricter(value, than: $0) }) ?? true {
            strictest = value
        }
        return strictest
    }

    /// "A looser one is kept and inert."
    public func isInert(at index: Int) -> Bool {
        guard let own = values[index], let bound = bound(above: index) else { return false }
        return isStricter(bound, than: own)
    }

    private func isStricter(_ one: Value, than other: Value) -> Bool {
        switch direction {
        case .floor: one.decimal.flatMap { left in other.decimal.map { left > $0 } } ?? false
        case .ceiling: one.decimal.flatMap { left in other.decimal.map { left < $0 } } ?? false
        case .earliest: one.day.flatMap { left in other.day.map { left < $0 } } ?? false
        }
    }
}
