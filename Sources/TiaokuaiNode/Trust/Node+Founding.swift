import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// What a new node is to be.
public struct NodePlan: Sendable {
    public var name: String
    public var region: RegionID
    public var lines: [LineID]?
    public var units: [CredentialContent.WrittenUnit]
    public var keys: KeyPlan

    public init(name: String, region: RegionID, lines: [LineID]? = nil, units: [CredentialContent.WrittenUnit], keys: KeyPlan = KeyPlan()) {
        self.name = name
        self.region = region
        self.lines = lines
        self.units = units
        self.keys = keys
    }
}

extension Node {
    /// Makes a folder with keys and an empty store: a node that is not enrolled yet. Cut short, the folder is no node, and
    /// the same call makes it anew.
    ///
    /// - Parameter passphrase: what locks the key files; nil leaves them open under the folder's modes.
    public static func create(
        at path: String, plan: NodePlan, passphrase: String? = nil, surroundings: Surroundings = .real, kinds: KindRegistry = .builtIn, regions: RegionTable = .gbt2260
    ) throws -> Node {
        guard regions.region(plan.region) != nil else { throw NodeError(.unknownRegion, ["region": plan.region.text]) }
        let folder = NodeFolder(path: path, on: surroundings.medium)
        var made: NewKeys?
        try folder.make { made = try fill(folder, plan: plan, passphrase: passphrase, surroundings) }
        let node = try Node(opening: path, surroundings: surroundings, kinds: kinds, regions: regions)
        if let made { node.keys.remember(made) }
        return node
    }

    @discardableResult
    static func fill(_ folder: NodeFolder, plan: NodePlan, passphrase: String? = nil, _ surroundings: Surroundings) throws -> NewKeys {
        let made = try NewKeys(plan.keys, surroundings)
        let store = try Store(path: folder.unfinishedStorePath, creating: true)
        func kept(_ file: KeyFile) throws -> KeyFile { try passphrase.map { try file.locked(with: $0) } ?? file }
        try folder.writeKeyFile(try kept(made.signingFile), KeyCabinet.Name.signing)
        try folder.writeKeyFile(try kept(KeyFile(made.sealing)), KeyCabinet.Name.sealing)
        let settings = NodeSettings(node: made.signing.verifyingKey.nodeID, name: plan.name, region: plan.region, epoch: surroundings.newEpoch())
        try store.write { try $0.setMeta(NodeSettings.key, settings.encode()) }
        try store.close()
        try Marker.write(epoch: settings.epoch, rootStatement: 0, in: folder)
        return made
    }

    /// Founds a network: this node is its root, and the hash of root statement 1 its name.
    ///
    /// - Parameters:
    ///   - rootKeys: who signs root statements; none: this node's own key. They sign here and are kept elsewhere.
    ///   - threshold: how many of them a root statement needs.
    public func found(plan: NodePlan, isRehearsal: Bool, rootKeys: [any Signer] = [], threshold: UInt64 = 1) throws {
        let key = try keys.signer()
        let rootKeys = rootKeys.isEmpty ? [key] : rootKeys
        let sealing = try keys.sealingPublicKey()
        let now = surroundings.now()
        try store.write { writer in
            var settings = try Node.settings(writer.reader)
            guard settings.network == nil else { throw NodeError(.alreadyEnrolled) }
            let grant = CredentialContent(
                subject: settings.node, name: plan.name, signingKey: key.verifyingKey.coseKey, sealingKey: sealing.coseKey, region: plan.region,
                writes: plan.units, mayIssue: .init(region: plan.region, depth: CredentialContent.maximumDepth), validFrom: now.day)
            let root = RootStatement(
                number: 1, previous: nil, nonce: surroundings.randomBytes(16), isRehearsal: isRehearsal, threshold: threshold,
                keys: rootKeys.map(\.verifyingKey.coseKey), grant: grant)
            let signed = try SignedRoot.joining(try rootKeys.map { try Statement.sign(root.explicitForm, as: .root, key: $0) })
            try signed.verify(after: nil)
            try writer.insertStatement(
                StatementRow(id: signed.rowID, type: .rootStatement, node: nil, number: 1, envelope: signed.bytes, received: now))
            settings.network = NetworkID(signed.id)
            settings.credential = signed.id
            settings.isRehearsal = isRehearsal
            settings.rootStatement = 1
            settings.defaultUnit = plan.units.first { $0.isGovernment }?.unit ?? plan.units.first?.unit
            try writer.setMeta(NodeSettings.key, settings.encode())
            try self.beginLog(writer, settings)
        }
        try Marker.write(epoch: try settings().epoch, rootStatement: 1, in: folder)
    }

    func beginLog(_ writer: StoreWriter, _ settings: NodeSettings) throws {
        guard let network = settings.network, try writer.reader.leafCount() == 0 else { return }
        _ = try LogKeeper.append(LogKeeper.genesis(network: network, node: settings.node, epoch: settings.epoch), writer)
    }
}
