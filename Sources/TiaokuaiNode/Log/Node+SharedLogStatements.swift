import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension Node {
    /// What goes beside these changesets in a file that several nodes read: of what each would get, what speaks of this node or of
    /// nodes whose feeds all of them receive. Receipts name what one node holds of another's, and stay out.
    public func logStatements(for peers: [NodeID], beside changesets: [ChangesetRef]) throws -> [Frame] {
        guard peers.count > 1 else { return try peers.flatMap { try logStatements(for: $0, beside: changesets, isLive: false) } }
        var seen: Set<Hash32> = []
        let all = try peers.flatMap { try logStatements(for: $0, beside: changesets, isLive: false) }.filter { seen.insert(try $0.statementID()).inserted }
        let known = try ask { view in try view.seen(byAll: peers).union([view.settings.node]) }
        let shared = try all.filter { frame in
            guard let subjects = try frame.subjects() else { return false }
            return known.isSuperset(of: subjects)
        }
        // A proof is read after the checkpoint in which it ends.
        return shared.filter { $0.type == .checkpoint } + shared.filter { $0.type != .checkpoint }
    }
}

extension NodeView {
    /// Authors of feeds that all of these nodes receive.
    fileprivate func seen(byAll peers: [NodeID]) throws -> Set<NodeID> {
        guard let trust else { return [] }
        let feeds = try reader.feeds().map(\.feed)
        return Set(
            feeds.map(\.node).filter { author in
                peers.allSatisfy { peer in
                    feeds.contains { $0.node == author && trust.isHanded($0.partition, to: peer, reaching: reaches) }
                }
            })
    }
}

extension Frame {
    /// Whose log it speaks of and who asks; nil for what is between two nodes.
    fileprivate func subjects() throws -> Set<NodeID>? {
        switch type {
        case .checkpoint: return [try Checkpoint(UnverifiedStatement(payload, .checkpoint).claimed).node]
        case .consistency: return [try ConsistencyReceipt(payload).node]
        case .evidence: return [try Checkpoint(UnverifiedStatement(SplitEvidence(payload).newer.checkpoint, .checkpoint).claimed).node]
        case .ask:
            let ask = try LogAsk(UnverifiedStatement(payload, .ask).claimed)
            return [ask.node, ask.of]
        default: return nil
        }
    }
}
