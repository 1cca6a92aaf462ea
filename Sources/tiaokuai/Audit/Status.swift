import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording
import TiaokuaiWork

/// Where this node stands: who it is, what it writes, whom it knows, what waits.
struct Status: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: say("节点概况:身份、单位、对方、待办。", "Who this node is, what it writes, whom it knows, what waits."),
        discussion: example("tiaokuai status --dir gt", "tiaokuai status --dir gt --json"))

    @OptionGroup var basic: BasicOptions

    struct Peer: Encodable {
        let node, name, region: String
        /// The newest receipt of it that this node holds.
        let receipt: String?
        /// Changesets of this node that it has not vouched for.
        let unacknowledged: Int
    }

    /// A feed with two changesets of one sequence: both branches are in force.
    struct Fork: Encodable {
        let node, nodeName, partition, feed: String
        /// The first sequence that was issued twice.
        let sequence: UInt64
        let branches: [String]
        /// A government owned up to it with a `forkRepair` record.
        let isRepaired: Bool
    }

    struct Result: Encodable {
        let node, name, region, regionName, epoch, folder: String
        let network, credential: String?
        let isEnrolled, isRehearsal: Bool
        let writes: [String]
        let unit, person: String?
        /// `disputed`: undecided ones.
        let records, disputed, unsealed, waiting: Int
        let log: UInt64
        let forks: [Fork]
        /// What the logs of others, as they were shown here, contradict or leave open.
        let logs: [LogFact]
        /// Credentials past their day, units that two credentials claim, cuts behind what their author had vouched for.
        let trust: [TrustFact]
        /// Superiors that have not vouched for what was sealed long ago.
        let overdueReceipts: [OverdueFact]
        /// Records whose form has not come yet, and how many of each kind and place.
        let waitingForForm: [WaitingForForm]
        let peers: [Peer]
    }

    struct WaitingForForm: Encodable {
        let kind: String
        let place: String?
        let records: Int
    }

    func answer(_ context: CommandContext) throws -> Answer { try Status.answer(context) }

    static func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let result = try node.ask { view in try Result(view) }
        return Answer(result, result.lines)
    }

    /// What to do first, where there is no node; its status, where there is one.
    static func overview(_ context: CommandContext) throws -> Answer {
        if let path = try? context.options.folder(), NodeFolder(path: path).exists { return try answer(context) }
        struct Result: Encodable {
            let next: [String]
        }
        let steps = [
            "tiaokuai node init --dir \(say("文件夹", "FOLDER")) --region \(say("区划", "REGION")) --name \(say("名称", "NAME")) --unit \(say("单位", "ID"))=\(say("全称", "NAME"))",
            "tiaokuai enroll request --dir \(say("文件夹", "FOLDER")) --out \(say("申请文件", "REQUEST"))",
            "tiaokuai enroll accept --dir \(say("文件夹", "FOLDER")) \(say("批准文件", "GRANT"))",
        ]
        return Answer(
            Result(next: steps),
            [
                say("这里还没有节点。先做三步:", "There is no node here yet. Three steps first:"), "  1. \(steps[0])", "  2. \(steps[1])", "  3. \(steps[2])",
                say(
                    "创建全新的网络,在第 1 步加 --root,不用 2、3。全部命令:tiaokuai --help",
                    "To found a new network add --root to step 1 and leave out 2 and 3. All commands: tiaokuai --help"),
            ])
    }
}

extension Status.Result {
    init(_ view: NodeView) throws {
        let settings = view.settings
        let feeds = try view.reader.feeds()
        node = settings.node.hash.hex
        name = settings.name
        region = settings.region.text
        regionName = view.name(of: settings.region)
        epoch = settings.epoch.description
        folder = view.node.folder.path
        network = settings.network?.hash.hex
        credential = settings.credential?.hex
        isEnrolled = settings.credential != nil
        isRehearsal = settings.isRehearsal
        writes = Set(view.trust?.credentials(of: settings.node).flatMap(\.content.writes).map(\.unit.text) ?? []).sorted()
        unit = settings.defaultUnit?.text
        person = settings.defaultPerson?.text
        records = try view.reader.recordCount()
        disputed = try view.reader.disputedRecords().count
        unsealed = try view.reader.pendingCount()
        waiting = try view.reader.waiting().count
        log = try view.reader.leafCount()
        forks = try view.forks().map { Status.Fork($0, view) }
        logs = try view.logConcerns().map { LogFact($0, view) }
        let today = view.node.surroundings.now().day
        trust = try view.trustConcerns(on: today).map { TrustFact($0, view) }
        overdueReceipts = try view.overdueReceipts(on: today).map { OverdueFact($0, view) }
        waitingForForm = try view.recordsWithoutForm().map { Status.WaitingForForm(kind: $0.kind.text, place: $0.place?.text, records: $0.count) }
        let own = feeds.filter { $0.feed.node == settings.node }
        peers = try (view.trust?.nodes ?? []).filter { $0 != settings.node }.map { peer in
            let credential = view.trust?.credentials(of: peer).first
            let receipt = try view.reader.statements(.receipt, node: peer).last
            let vouched = Dictionary(try view.reader.acknowledged(by: peer).map { ($0.feed, $0.sequence) }, uniquingKeysWith: max)
            var missing = 0
            for row in own where view.trust?.receives(peer, row.feed.partition, reaching: view.reaches) == true {
                let newest = try view.reader.heads(ofFeed: row.ref).map(\.sequence).max() ?? 0
                missing += Int(newest - min(newest, vouched[row.feed.id] ?? 0))
            }
            return Status.Peer(
                node: peer.hash.hex, name: credential?.content.name ?? peer.short, region: credential?.content.region.text ?? "",
                receipt: receipt.map { Written(milliseconds: Int64(clamping: $0.number)).toTheMinute }, unacknowledged: missing)
        }
    }

    var lines: [String] {
        let state =
            isEnrolled
            ? say(
                "已加入\(isRehearsal ? "演练" : "")网络 \(network?.prefix(8) ?? "")",
                "enrolled in \(isRehearsal ? "rehearsal " : "")network \(network?.prefix(8) ?? "")")
            : say("还没有加入网络:下一步 tiaokuai enroll request", "not enrolled yet: next, tiaokuai enroll request")
        var out = [
            Terminal.heading(say("节点 \(name) · \(regionName)(\(region))", "Node \(name) · \(regionName) (\(region))")),
            say("状态:\(state)", "State: \(state)"),
            say("编号:\(node.prefix(16))…  纪元 \(epoch.prefix(8))", "Identity: \(node.prefix(16))…  epoch \(epoch.prefix(8))"),
            say("单位 \(writes.count) 个:\(writes.joined(separator: "、"))", "Writes for \(writes.count): \(writes.joined(separator: ", "))"),
            say("默认:\(unit ?? "—") / \(person ?? "—")", "Defaults: \(unit ?? "—") / \(person ?? "—")"),
            say(
                "记录 \(records) 条,未定的争议 \(disputed) 条,未封装 \(unsealed) 条,等待补齐 \(waiting) 份,日志 \(log) 项",
                "\(records) records, \(disputed) undecided, \(unsealed) unsealed, \(waiting) waiting, log of \(log)"),
        ]
        for fork in forks { out.append(fork.line) }
        out += logs.map(\.line) + trust.map(\.line) + overdueReceipts.map { say("注意:", "Note: ") + $0.sentence }
        for held in waitingForForm {
            out.append(
                say(
                    "等待表式:\(held.kind) \(held.place ?? "") \(held.records) 条已收存,表式到达后生效",
                    "Waiting for a form: \(held.records) of \(held.kind) at \(held.place ?? "here") are kept and count when it arrives"))
        }
        guard !peers.isEmpty else { return out }
        var table = TextTable([
            .init(say("节点", "Node")), .init(say("区划", "Region")), .init(say("最近回执", "Newest receipt")), .init(say("对方未确认", "Not acknowledged"), .right),
        ])
        for peer in peers { table.add([peer.name, peer.region, peer.receipt ?? say("无", "none"), "\(peer.unacknowledged)"]) }
        return out + [""] + table.lines
    }
}

extension Status.Fork {
    init(_ fork: TiaokuaiNode.Fork, _ view: NodeView) {
        self.init(
            node: fork.feed.node.hash.hex, nodeName: view.name(ofNode: fork.feed.node), partition: fork.feed.partition.description, feed: fork.feed.id.hash.hex,
            sequence: fork.sequence, branches: fork.branches.map(\.hash.hex),
            isRepaired: fork.repair != nil)
    }

    var line: String {
        let name = "\(nodeName) \(Shown.partition(partition)) #\(sequence)"
        if isRepaired { return say("\(name) 曾分叉,两个分支都在,已作修复声明", "\(name) was forked; both branches are kept, the repair is stated") }
        return say(
            "警报:\(name) 分叉,两个分支都在;由该节点收齐两支后声明:tiaokuai log repair --cause restoredBackup",
            "ALARM: \(name) is forked, both branches are kept; once that node has both, it states it: tiaokuai log repair --cause restoredBackup"
        )
    }
}
