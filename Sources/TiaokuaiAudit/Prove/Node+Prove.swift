import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

extension Node {
    /// Proves that a changeset lies in this node's log.
    ///
    /// - Parameter size: of the checkpoint that it is to end in; nil for the newest, made now if the log has grown.
    ///
    /// Throws `notLogged` where the changeset came later or is not held, `noCheckpoint` where none of that size was signed.
    public func proveInclusion(of changeset: ChangesetID, at size: UInt64? = nil) throws -> ProofFile {
        let newest = try checkpoint()
        let key = try signingKey(try settings())
        return try ask { view in
            let ending = try size.map { try view.ownCheckpoint(of: $0) } ?? view.checkpoint(newest)
            guard let index = try view.reader.leafPosition(of: changeset.hash), index < ending.checkpoint.size else {
                throw AuditError(.notLogged, ["changeset": changeset.hash.hex, "size": "\(ending.checkpoint.size)"])
            }
            let receipts = try ending.checkpoint.roots.map { hash, root in
                let path = try LogKeeper(reader: view.reader, hash).inclusionProof(index: index, size: ending.checkpoint.size)
                return try InclusionReceipt.sign(
                    hash, node: view.settings.node, epoch: view.settings.epoch, size: ending.checkpoint.size, index: index, path: path, root: root, key: key)
            }
            return try view.proof([ending.envelope], receipts, changeset)
        }
    }

    /// Proves that this node's log of one size begins with its log of an older one.
    ///
    /// Throws `noCheckpoint` where none of a size was signed, and a `LogError` for sizes the wrong way round.
    public func proveConsistency(from older: UInt64, to newer: UInt64? = nil) throws -> ProofFile {
        let newest = try checkpoint()
        let key = try signingKey(try settings())
        return try ask { view in
            let ending = try newer.map { try view.ownCheckpoint(of: $0) } ?? view.checkpoint(newest)
            let beginning = try view.ownCheckpoint(of: older)
            let size = ending.checkpoint.size
            let receipts = try ending.checkpoint.roots.map { hash, root in
                let path = try LogKeeper(reader: view.reader, hash).consistencyProof(from: older, to: size)
                return try ConsistencyReceipt.sign(
                    hash, node: view.settings.node, epoch: view.settings.epoch, older: older, newer: size, path: path, newRoot: root, key: key)
            }
            return try view.proof([beginning.envelope, ending.envelope], receipts, nil)
        }
    }
}

extension Checkpoint {
    /// Each hash under which it has a root, with the root; SHA-256 first.
    var roots: [(HashAlgorithm, Hash32)] { hashes.compactMap { hash in root(hash).map { (hash, $0) } } }
}

extension NodeView {
    fileprivate func checkpoint(_ envelope: [UInt8]) throws -> (checkpoint: Checkpoint, envelope: [UInt8]) {
        (try Checkpoint(UnverifiedStatement(envelope, .checkpoint).claimed), envelope)
    }

    /// This node's own checkpoint of a size, in this epoch.
    fileprivate func ownCheckpoint(of size: UInt64) throws -> (checkpoint: Checkpoint, envelope: [UInt8]) {
        let own = try reader.heldCheckpoints(of: settings.node).filter { $0.checkpoint.epoch == settings.epoch }
        if let one = own.first(where: { $0.checkpoint.size == size }) { return (one.checkpoint, one.envelope) }
        let nearest = own.map(\.checkpoint.size).sorted { ($0 > size ? $0 - size : size - $0) < ($1 > size ? $1 - size : size - $1) }.prefix(3).sorted()
        throw AuditError(.noCheckpoint, ["size": "\(size)", "sizes": nearest.map(String.init).joined(separator: " ")])
    }

    fileprivate func proof(_ checkpoints: [[UInt8]], _ receipts: [[UInt8]], _ changeset: ChangesetID?) throws -> ProofFile {
        let chain = try credentialChain(of: settings.node).compactMap { try reader.changeset($0)?.item }
        return ProofFile(
            roots: try reader.statements(.rootStatement).map(\.envelope), credentials: chain, checkpoints: checkpoints, receipts: receipts, changeset: changeset)
    }
}
