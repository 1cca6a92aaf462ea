import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

/// What a node is, kept in the store's `meta`.
public struct NodeSettings: Hashable, Sendable {
    public var node: NodeID
    public var name: String
    public var region: RegionID
    public var epoch: Epoch
    /// Nil until enrolled.
    public var network: NetworkID?
    /// The credential under which it signs: operation id, or the root statement's hash for the root node.
    public var credential: Hash32?
    public var isRehearsal: Bool
    /// Number of the newest root statement held; 0 before enrolment.
    public var rootStatement: UInt64
    /// Whose name and post stand in operations unless a command says otherwise.
    public var defaultUnit: UnitID?
    public var defaultPerson: PersonID?
    /// Heads of this node's feeds in earlier epochs, named by the first changesets of the new one.
    public var resumes: [Heads.Head]

    static let key = "settings"

    func encode() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encoder.arrayHeader(12)
        encoder.unsigned(1)
        encoder.byteString(node.hash)
        encoder.text(name)
        encoder.text(region.text)
        encoder.byteString(epoch.bytes)
        if let network { encoder.byteString(network.hash) } else { encoder.null() }
        if let credential { encoder.byteString(credential) } else { encoder.null() }
        encoder.boolean(isRehearsal)
        encoder.unsigned(rootStatement)
        if let defaultUnit { encoder.text(defaultUnit.text) } else { encoder.null() }
        if let defaultPerson { encoder.text(defaultPerson.text) } else { encoder.null() }
        encoder.byteString(Heads(resumes).explicitForm)
        return encoder.bytes
    }

    init(_ bytes: [UInt8]) throws {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 12)
        guard try reader.unsigned() == 1 else { throw NodeError(.folderNewer) }
        node = NodeID(try reader.hash())
        name = try reader.text()
        region = RegionID(unchecked: try reader.text())
        guard let epoch = Epoch(bytes: try reader.byteString()) else { throw NodeError(.folderUnsafe) }
        self.epoch = epoch
        network = reader.nullIfNext() ? nil : NetworkID(try reader.hash())
        credential = reader.nullIfNext() ? nil : try reader.hash()
        isRehearsal = try reader.boolean()
        rootStatement = try reader.unsigned()
        defaultUnit = reader.nullIfNext() ? nil : UnitID(unchecked: try reader.text())
        defaultPerson = reader.nullIfNext() ? nil : PersonID(unchecked: try reader.text())
        resumes = try Heads(decoding: try reader.byteString()).heads
    }

    init(node: NodeID, name: String, region: RegionID, epoch: Epoch) {
        self.node = node
        self.name = name
        self.region = region
        self.epoch = epoch
        isRehearsal = false
        rootStatement = 0
        resumes = []
    }
}
