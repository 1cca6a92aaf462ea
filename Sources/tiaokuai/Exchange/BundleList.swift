import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWording

/// The stick register: what went out and came in, newest first.
struct BundleList: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: say("交接登记:进出过哪些数据包,谁经办,对方确认没有。", "The register of bundles: what went out and came in, by whom, acknowledged or not."),
        discussion: example("tiaokuai bundle list --dir gt", "tiaokuai bundle list --dir gt --unacknowledged --with gs"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("只看与哪个节点的。", "Only with this node."), valueName: "node")) var with: String?
    @Flag(help: ArgumentHelp(say("只看还没有回执的。", "Only what has no receipt yet."))) var unacknowledged = false
    @Option(help: ArgumentHelp(say("最多多少行。", "At most so many lines."), valueName: "count")) var limit = 1_000

    func validate() throws {
        guard limit > 0 else { throw ValidationError(UsageWords.message("--limit 至少为 1。", "--limit is at least 1.")) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let rows = try context.node().ask { view in
            let peer = try with.map { try context.peer($0, view).id }
            return try view.register(with: peer, onlyUnacknowledged: unacknowledged, limit: limit).map { RegisterLine($0, view) }
        }
        return Answer(Rows(rows), rows.isEmpty ? [say("没有这样的交接。", "There is no such hand-over.")] : RegisterLine.table(rows))
    }
}

/// A line of the register for people and programs.
struct RegisterLine: Encodable {
    struct Word: Encodable {
        let at: String
        let unit, person: String?
    }

    let direction, carrier: String
    let handover: Int64
    let peer, peerName, digest, phoneDigest: String?
    let frames: Int
    let bytes: Int64
    let at, note: String
    let unit, person: String?
    /// Feeds that it brought forward.
    let heads: Int
    /// By the receiver's own receipt; nil where there is nothing to acknowledge.
    let isAcknowledged: Bool?
    /// An operator's word that it arrived; it is no receipt.
    let confirmed: Word?

    init(_ entry: RegisterEntry, _ view: NodeView) {
        let row = entry.row
        (direction, carrier, handover) = (row.direction, row.carrier, row.handover)
        (peer, peerName) = (row.peer?.hash.hex, row.peer.map { view.name(ofNode: $0) })
        (digest, phoneDigest) = (row.digest?.hex, entry.phoneDigest)
        (frames, bytes, at, note) = (row.frames, row.bytes, row.written.toTheMinute, row.note)
        (unit, person) = (row.unit?.text, row.person?.text)
        heads = entry.heads.count
        isAcknowledged = entry.isAcknowledged
        confirmed = entry.confirmation.map { Word(at: $0.written.toTheMinute, unit: $0.unit?.text, person: $0.person?.text) }
    }

    private var state: String {
        if isAcknowledged == true { return say("有回执", "yes") }
        if let confirmed { return say("无回执;\(confirmed.person ?? "—") 称收讫", "no; \(confirmed.person ?? "—") says so") }
        return isAcknowledged == nil ? "—" : say("无回执", "no")
    }

    static func table(_ rows: [RegisterLine]) -> [String] {
        var table = TextTable([
            .init(say("时间", "At")), .init(say("方向", "Way")), .init(say("对方", "Node")), .init(say("途径", "By")), .init(say("经办", "Handled by")),
            .init(say("文件", "File")), .init(say("字节", "Bytes"), .right), .init(say("校验码", "Check code")), .init(say("回执", "Acknowledged")),
        ])
        for row in rows {
            let way = row.direction == "out" ? say("出", "out") : say("进", "in")
            let handler = [row.unit, row.person].compactMap { $0 }.joined(separator: " ")
            table.add([
                row.at, way, row.peerName ?? "—", CarriageWords.carrier(row.carrier)?[runLanguage] ?? row.carrier, handler.isEmpty ? "—" : handler, row.note,
                "\(row.bytes)", row.phoneDigest ?? "", row.state,
            ])
        }
        return table.lines
    }
}
