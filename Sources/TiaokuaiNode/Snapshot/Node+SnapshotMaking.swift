import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension Node {
    /// Signs and keeps what this node says of the history that it sums up for a node below it, as it stands at its newest checkpoint.
    ///
    /// - Parameters:
    ///   - heads: of everything that is carried; nil is returned when others have written meanwhile and these are no longer all.
    ///   - summed: changesets that are carried without their signatures.
    ///
    /// Throws `notBelow`, `unknownNode`, `notEnrolled`, `clonedFolder`.
    public func snapshotStatement(for peer: NodeID, heads: Heads, summed: UInt64) throws -> [UInt8]? {
        let envelope = try checkpoint()
        let checkpoint = try Checkpoint(UnverifiedStatement(envelope, .checkpoint).claimed)
        let content: [UInt8]? = try ask { view in
            guard let network = view.settings.network, let trust = view.trust else { throw NodeError(.notEnrolled) }
            guard !trust.credentials(of: peer).isEmpty else { throw NodeError(.unknownNode, ["node": peer.short]) }
            guard view.isAbove(view.settings.node, peer) else { throw SnapshotError(.notBelow, ["node": peer.short]) }
            // Checkpoint, heads and state are of one instant, and nothing in it is unsealed.
            let local = try view.reader.partitionRef(.local)
            let isSealed = try view.reader.pending().allSatisfy { $0.partition == local }
            guard isSealed, try view.reader.leafCount() == checkpoint.size, try view.heads(handedTo: peer) == heads else { return nil }
            return SnapshotStatement(
                network: network, node: view.settings.node, to: peer, written: surroundings.now(), checkpoint: envelope, summed: summed,
                states: try view.states(of: heads), heads: heads
            ).explicitForm
        }
        guard let content else { return nil }
        let statement = try sign(content, as: .snapshot)
        let id = try UnverifiedStatement(statement, .snapshot).id
        let node = try settings().node
        _ = try store.write { writer in
            try writer.insertStatement(
                StatementRow(id: id, type: .snapshot, node: node, number: checkpoint.size, envelope: statement, received: surroundings.now()))
        }
        return statement
    }
}
