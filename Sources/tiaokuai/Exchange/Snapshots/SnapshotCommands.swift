import ArgumentParser
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

struct SnapshotCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: say("快照:新节点或久别的节点不必带全部历史。", "Snapshots: a new or returning node begins without the whole history."),
        discussion: example(
            "tiaokuai snapshot make --dir zy --to gt --out /media/usb/gt.tkb", "tiaokuai snapshot load --dir gt /media/usb/gt.tkb",
            "tiaokuai snapshot check --dir gs gt.tkb"),
        subcommands: [SnapshotMake.self, SnapshotLoad.self, SnapshotCheck.self, SnapshotList.self])
}

/// What a statement says, for people and programs.
struct SnapshotFacts: Encodable {
    let id: String
    let node, nodeName: String
    let to, toName: String
    let written: String
    /// Changesets without their signatures.
    let summed: UInt64
    let heads: Int
    let partitions: [String]

    init(_ statement: SnapshotStatement, _ id: Hash32, _ view: NodeView) {
        self.id = id.hex
        (node, nodeName) = (statement.node.hash.hex, view.name(ofNode: statement.node))
        (to, toName) = (statement.to.hash.hex, view.name(ofNode: statement.to))
        written = statement.written.toTheMinute
        summed = statement.summed
        heads = statement.heads.heads.count
        partitions = statement.states.map(\.partition.description)
    }

    var line: String {
        say(
            "\(id.prefix(12)) \(written) 由 \(nodeName) 给 \(toName):归并 \(summed) 份,\(partitions.count) 个分区",
            "\(id.prefix(12)) \(written), by \(nodeName) for \(toName): \(summed) summed up, \(partitions.count) partition(s)")
    }
}
