import TiaokuaiModel

/// What one place on a path states for a key.
public struct NaiveBound: Hashable, Sendable {
    public let value: Value
    /// 确保; false for 力争, which "does not block a child's firm value".
    public let isFirm: Bool

    public init(_ value: Value, isFirm: Bool) {
        self.value = value
        self.isFirm = isFirm
    }
}

/// The bounds of one key along a path, each record first settled alone.
public struct NaivePath {
    public let direction: Strictness
    /// The root's first, the place's own last; one for each place that states anything.
    public let bounds: [NaiveBound]

    public init(_ direction: Strictness, _ bounds: [NaiveBound]) {
        self.direction = direction
        self.bounds = bounds
    }

    /// "The strictest of the same key along the path root → here": of what is firm, else of what is aspired to.
    public var inForce: Value? {
        strictest(bounds.filter(\.isFirm)) ?? strictest(bounds)
    }

    /// "A looser one is kept and inert": looser than something above that binds it.
    public func isInert(at index: Int) -> Bool {
        let own = bounds[index]
        return bounds.prefix(index).contains { above in
            (above.isFirm || !own.isFirm) && isStricter(above.value, than: own.value)
        }
    }

    public func isStricter(_ one: Value, than other: Value) -> Bool {
        switch (direction, one, other) {
        case (.floor, .decimal(let left), .decimal(let right)): left > right
        case (.ceiling, .decimal(let left), .decimal(let right)): left < right
        case (.earliest, .day(let left), .day(let right)): left < right
        default: false
        }
    }

    private func strictest(_ bounds: [NaiveBound]) -> Value? {
        bounds.map(\.value).first { one in bounds.allSatisfy { !isStricter($0.value, than: one) } }
    }
}
