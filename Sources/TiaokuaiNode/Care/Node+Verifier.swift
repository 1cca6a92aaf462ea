import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

extension Node {
    /// Runs `body` with a store in a temporary folder that knows a network's root statements and nothing else, and sees what
    /// the root node would see. It has no keys: it receives and is asked, and never signs. The folder is removed afterwards.
    ///
    /// - Parameters:
    ///   - rootEnvelopes: the root statements from number 1 on.
    ///   - root: what they must be of: the network's id, or the thumbprint of a key that signed statement 1.
    ///
    /// Throws `wrongNetwork` when they are another's, `notAGrant` when they are not a chain.
    public static func verifying<Result>(
        rootEnvelopes: [[UInt8]], root: Hash32, surroundings: Surroundings = .real, kinds: KindRegistry = .builtIn, regions: RegionTable = .gbt2260,
        _ body: (Node) throws -> Result
    ) throws -> Result {
        guard let first = rootEnvelopes.first, let newest = rootEnvelopes.last else { throw NodeError(.notAGrant, ["reason": "no root statement"]) }
        let claimed = try SignedRoot(first)
        guard claimed.isVouched(by: root) else { throw NodeError(.wrongNetwork, ["network": NetworkID(claimed.id).short]) }
        let grant = try SignedRoot(newest).statement.grant
        let folder = NodeFolder(path: try NodeFolder.makeTemporary("verify"))
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let node = Node(folder: folder, store: try Store(path: folder.storePath, creating: true), surroundings: surroundings, kinds: kinds, regions: regions)
        try node.store.write { writer in
            try writer.setMeta(NodeSettings.key, NodeSettings(node: grant.subject, name: grant.name, region: grant.region, epoch: surroundings.newEpoch()).encode())
        }
        try node.accept(rootEnvelopes: rootEnvelopes)
        return try body(node)
    }
}
