import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// Signs with a node's own key what the node itself would never write: changesets at the end of its feed in a partition.
/// The node's store knows nothing of them, so a forger's node sends no more of that feed by itself.
struct Forger {
    let node: Node
    let partition: Partition
    private let settings: NodeSettings
    private var sequence: UInt64
    private var head: ChangesetID?
    private var number: UInt64 = 1_000_000

    /// Goes on where the node's feed ends.
    init(_ node: Node, _ partition: Partition) throws {
        try node.seal()
        let settings = try node.settings()
        let feed = Feed(node: settings.node, epoch: settings.epoch, partition: partition)
        try self.init(node, partition, at: try node.ask { view in try view.heldHeads().first { $0.feed == feed } })
    }

    /// Goes on after a changeset of the feed: a branch; nil begins the feed anew.
    init(_ node: Node, _ partition: Partition, at last: Heads.Head?) throws {
        self.node = node
        self.partition = partition
        try node.seal()
        settings = try node.settings()
        sequence = last?.sequence ?? 0
        head = last?.id
    }

    /// One operation on a record of the partition, whoever's name it bears.
    mutating func operation(
        _ key: RecordKey, _ unit: UnitID, _ fields: [Operation.Field], seen: [OperationID] = [], under: OperationID? = nil, written: Written? = nil
    ) throws -> CarriedOperation {
        number += 1
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        let operation = Operation(
            record: key.identity(in: network), unit: unit, person: "forger", written: written ?? node.surroundings.now(),
            origin: Origin(epoch: settings.epoch, number: number), under: under, seen: seen.sorted(), names: [], fields: fields.sorted { $0.number < $1.number })
        return CarriedOperation(id: OperationID(sha256(operation.explicitForm)), operation: operation, kind: key.kind, carriage: .new(values: key.values))
    }

    /// The next changeset of the feed; the one after it names this one.
    mutating func changeset(_ operations: [CarriedOperation], body: [UInt8]? = nil, resumes: [Heads.Head] = []) throws -> ChangesetItem {
        guard let network = settings.network, let credential = settings.credential else { throw NodeError(.notEnrolled) }
        var encoder = BodyEncoder(epoch: settings.epoch)
        for operation in operations { encoder.append(operation) }
        let header = ChangesetHeader(
            network: network, feed: Feed(node: settings.node, epoch: settings.epoch, partition: partition), sequence: sequence + 1, predecessor: head,
            bodyLength: 0, count: operations.count, credential: credential, rootStatement: settings.rootStatement, checkpoint: nil,
            isRehearsal: settings.isRehearsal,
            resumes: resumes.filter { $0.feed.partition == partition }.map { ChangesetHeader.Resumption(epoch: $0.feed.epoch, head: $0.id) })
        let signed = try SignedChangeset.sign(
            header: header, body: body ?? encoder.finish(salt: node.surroundings.randomBytes(16)), sealed: node.surroundings.now(),
            key: try node.folder.readSigningKey())
        sequence += 1
        head = signed.id
        return signed.item
    }
}
