/// Which way a record flows, and who receives it.
public enum Partition: Hashable, Sendable {
    /// To the place, its superiors and everything below it.
    case policy(RegionID)
    /// To the place and its superiors; with a line, only to nodes that receive that line.
    case work(RegionID, LineID?)
    /// Named people: has no feed and never leaves the store.
    case local

    public var place: RegionID? {
        switch self {
        case .policy(let place), .work(let place, _): place
        case .local: nil
        }
    }
    public var isPolicy: Bool { if case .policy = self { true } else { false } }
}

extension Partition: Comparable {
    private var order: (Int, String, String) {
        switch self {
        case .policy(let place): (0, place.text, "")
        case .work(let place, let line): (1, place.text, line?.text ?? "")
        case .local: (2, "", "")
        }
    }
    public static func < (left: Partition, right: Partition) -> Bool { left.order < right.order }
}

extension Partition: CustomStringConvertible {
    public var description: String {
        switch self {
        case .policy(let place): "policy(\(place))"
        case .work(let place, nil): "work(\(place))"
        case .work(let place, let line?): "work(\(place), \(line))"
        case .local: "local"
        }
    }
}

/// A record's natural key: with the network, its identity.
public struct RecordKey: Hashable, Sendable {
    public let partition: Partition
    public let kind: KindName
    /// In the order of the kind's table; text, bytes or decimals only.
    public let values: [Value]

    public init(_ partition: Partition, _ kind: KindName, _ values: [Value]) {
        self.partition = partition
        self.kind = kind
        self.values = values
    }
}
