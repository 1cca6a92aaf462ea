import TiaokuaiModel
import TiaokuaiNode

/// When what one view holds came to this node, as far as its checkpoints seal it: read once, when it is first asked for.
///
/// Memory: some 40 bytes for each entry of the log.
final class ArrivalTimes {
    private let view: NodeView
    private var times: [UInt64: Written]?

    init(_ view: NodeView) { self.view = view }

    /// Nil for own work that is not sealed.
    func known(_ held: HeldOperation) throws -> Written? {
        guard let leaf = held.leaf else { return nil }
        if times == nil { times = try read() }
        return times?[leaf] ?? held.received
    }

    private func read() throws -> [UInt64: Written] {
        var out: [UInt64: Written] = [:]
        try view.forEachLogEntry { entry in
            out[entry.position] = entry.known
            return true
        }
        return out
    }
}
