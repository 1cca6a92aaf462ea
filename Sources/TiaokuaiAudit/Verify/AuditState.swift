import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What an audit has verified so far, kept in a file so that it can go on later (Docs/Operating.md, "Audit: verifying").
///
/// It believes its own word that the changesets up to `through` were good as they were read, and nothing of what lies there now:
/// their bytes are hashed again, and only where they come to `chain` does the audit go on behind them. Whoever may write this
/// file may have it say anything.
struct AuditState: Codable {
    static let format = "tk-audit-state-1"

    var format = AuditState.format
    let network, node, epoch: String
    /// Number of the last changeset that was verified and taken by the replay.
    var through: Int64 = 0
    /// Over number, identity, arrival and bytes of each changeset up to there, in order.
    var chain = Hash32.zero.hex
    /// Those among them whose credential was not here: looked at again each time, their bytes left out of the chain.
    var open: [Int64] = []
    /// Those that lay here without their signatures: `unsignedDigest` is in the chain, so that a signature may come later.
    var unsigned: [Int64] = []
    var findings: [AuditFinding] = []
    /// Codes with which the fresh store refused changesets, by identity.
    var refused: [String: String] = [:]
    var operations = 0
    /// When the last of them arrived, by the node's clock.
    var received: Int64 = .min

    init(_ settings: NodeSettings) {
        network = settings.network?.hash.hex ?? ""
        node = settings.node.hash.hex
        epoch = settings.epoch.description
    }

    /// Nil for a file that is missing, or of another epoch of this node; the audit then begins anew. Throws `notAState` for what no audit
    /// wrote and `stateOfAnother` for what one of another node did: it would be lost.
    static func read(_ path: String, for settings: NodeSettings) throws -> AuditState? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let wanted = AuditState(settings)
        let bytes = try DurableFile.read(path, limit: maximumBytes, onlyRegular: true)
        guard let state = try? JSONDecoder().decode(AuditState.self, from: Data(bytes)), state.format == format else { throw AuditError(.notAState, ["path": path]) }
        guard (state.network, state.node) == (wanted.network, wanted.node) else { throw AuditError(.stateOfAnother, ["path": path]) }
        return state.epoch == wanted.epoch ? state : nil
    }

    /// A finding takes a few hundred bytes.
    private static let maximumBytes = 256 * 1_024 * 1_024

    func write(_ path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try DurableFile.write(Array(try encoder.encode(self)), to: path)
    }

    /// Stands for the bytes of a changeset that came without its signature: the same once that is put in, which alone its identity
    /// leaves out. Zero where identity, body and row don't fit together.
    static func unsignedDigest(of row: ChangesetRow) -> Hash32 {
        guard row.item.storedDigest == row.digest, let changeset = try? UnverifiedChangeset(row.item), changeset.id == row.id,
            (try? changeset.body()) != nil
        else { return .zero }
        return row.id.hash
    }

    /// The chain with one more changeset.
    static func chain(_ before: String, _ row: ChangesetRow, digest: Hash32) -> String {
        let hasher = Hasher256()
        hasher.update(Array(before.utf8))
        var encoder = CBOREncoder(reserving: 128)
        encoder.arrayHeader(4)
        encoder.integer(row.ref.number)
        encoder.byteString(row.id.hash)
        encoder.integer(row.received.milliseconds)
        encoder.byteString(digest)
        hasher.update(encoder.bytes)
        return hasher.finish().hex
    }
}
