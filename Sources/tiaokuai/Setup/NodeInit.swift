import ArgumentParser
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWording
import TiaokuaiWork

struct NodeCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: say("新建、备份、恢复节点,保管密钥。", "Makes, backs up and restores nodes, and keeps their keys."),
        discussion: example("tiaokuai node init --dir gt --units Nodes/gt/node.yaml"),
        subcommands: [
            NodeInit.self, NodeBackup.self, NodeRestore.self, NodeKeys.self, NodeLock.self, NodeUnlock.self, NodePassphrase.self, NodeToken.self,
        ])
}

/// A new node folder: the root of a new network, or a node that will ask for enrolment.
struct NodeInit: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: say("新建节点文件夹;--root 同时创建网络。", "Makes a node folder; with --root, a network too."),
        discussion: example(
            "tiaokuai node init --dir gs --root --region 620000 --name gs",
            "tiaokuai node init --dir gt --units Nodes/gt/node.yaml",
            "tiaokuai node init --dir gs --root --rehearsal --units Nodes/gs/node.yaml",
            "tiaokuai node init --dir gt --units Nodes/gt/node.yaml --suite sm2 --lock"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var planned: PlanOptions
    @OptionGroup var keys: KeyOptions

    @Flag(
        help: ArgumentHelp(
            say(
                "密钥文件上锁:签名要口令(--passphrase-file、TIAOKUAI_PASSPHRASE,或在终端问)。",
                "Locks the key files: signing takes a passphrase (--passphrase-file, TIAOKUAI_PASSPHRASE, or asked for).")))
    var lock = false

    @Flag(help: ArgumentHelp(say("创建一个新网络,本节点为根。", "Founds a network with this node as its root.")))
    var root = false

    @Flag(help: ArgumentHelp(say("演练网络:可用 --now,内容不进正式网络。", "A rehearsal: --now works, and real networks refuse what it writes.")))
    var rehearsal = false

    @Option(help: ArgumentHelp(say("几把根密钥(1 到 16),写成分开保管的文件;不写则用本节点自己的密钥。", "How many root keys (1 to 16), written as files to be kept apart; by default this node's own key."), valueName: "n"))
    var rootKeys: Int?

    @Option(help: ArgumentHelp(say("根声明须几把根密钥签名;不写为过半。", "How many root keys a root statement needs; by default more than half."), valueName: "k"))
    var threshold: UInt64?

    @Option(help: ArgumentHelp(say("根密钥文件名的开头,如 /media/usb/root。", "The beginning of the root keys' files, such as /media/usb/root."), valueName: "beginning"))
    var rootKeysOut: String?

    @Option(name: .customLong("as"), help: ArgumentHelp(say("登记单位名称的人。", "Who registers the units' names."), valueName: "person"))
    var person: String?

    struct Result: Encodable {
        let node, name, region: String
        let regionName: String
        let folder: String
        let network: String?
        let isRoot, isRehearsal: Bool
        let units: [SavedPlan.PlannedUnit]
        let registered: Int
        let keys: KeyFacts
        /// Files to be kept apart; none where the node's own key is the root key.
        let rootKeys: [String]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        guard context.options.now == nil || rehearsal else { throw NodeError(.rehearsalOnly) }
        var saved = try planned.plan(isRehearsal: rehearsal)
        if root, saved.units.isEmpty {
            let government = "\(saved.region).gov"
            saved.units = [.init(id: government, name: nil, region: saved.region, isGovernment: true)]
        }
        var plan = try saved.nodePlan()
        plan.keys = try keys.plan()
        let passphrase = lock ? try context.secrets.firstPassphrase() : nil
        let made =
            try rootKeys.map { count -> (files: [String], keys: [SigningKey]) in
                guard root, let rootKeysOut else { throw CommandError(.missingReason, ["field": root ? "--root-keys-out" : "--root"]) }
                if let threshold, threshold < 1 || threshold > UInt64(clamping: count) { throw NodeError(.notARoot, ["reason": "\(threshold) / \(count)"]) }
                return try RootKeyFiles.make(count, rootKeysOut)
            } ?? (files: [], keys: [])
        let node = try Node.create(at: try basic.folder(), plan: plan, passphrase: passphrase, surroundings: try context.surroundings())
        if root { try node.found(plan: plan, isRehearsal: rehearsal, rootKeys: made.keys, threshold: threshold ?? UInt64(made.keys.count / 2 + 1)) }
        try saved.write(in: node.folder)
        let registered = root ? try UnitNames.register(saved, node, person: person) : 0
        let settings = try node.settings()
        let regionName = node.regions.region(settings.region)?.lastPeriod.name ?? settings.region.text
        let result = Result(
            node: settings.node.hash.hex, name: settings.name, region: settings.region.text, regionName: regionName, folder: node.folder.path,
            network: settings.network?.hash.hex, isRoot: root, isRehearsal: rehearsal, units: saved.units, registered: registered, keys: try KeyFacts(node), rootKeys: made.files)
        return Answer(result, lines(result))
    }

    private func lines(_ result: Result) -> [String] {
        var out =
            [
                say("已建节点 \(result.name)(\(result.regionName) \(result.region)):\(result.folder)", "Made node \(result.name) (\(result.regionName) \(result.region)): \(result.folder)"),
                say("节点编号 \(result.node.prefix(16))…;写 \(result.units.count) 个单位", "Node \(result.node.prefix(16))…; writes for \(result.units.count) unit(s)"),
            ] + result.keys.lines
        if let network = result.network {
            out.append(say("已创建\(rehearsal ? "演练" : "")网络 \(network.prefix(8))。", "Founded the \(rehearsal ? "rehearsal " : "")network \(network.prefix(8))."))
            if !result.rootKeys.isEmpty {
                out.append(
                    say(
                        "根密钥 \(result.rootKeys.count) 把,分开离线保管,本机不留:\(result.rootKeys.joined(separator: "、"))",
                        "\(result.rootKeys.count) root keys, to be kept apart and offline, none on this machine: \(result.rootKeys.joined(separator: ", "))"))
            }
            out.append(
                planned.units == nil
                    ? say("下一步:tiaokuai publish 发布文件和指标;批准下级:tiaokuai enroll grant。", "Next: tiaokuai publish documents and indicators; grant lower nodes with tiaokuai enroll grant.")
                    : say("下一步:登记单位和任职:tiaokuai publish \(planned.units ?? "")", "Next: register units and posts: tiaokuai publish \(planned.units ?? "")"))
        } else {
            out.append(
                say("下一步:申请加入:tiaokuai enroll request --dir \(result.folder) --out 申请文件", "Next: ask for enrolment: tiaokuai enroll request --dir \(result.folder) --out FILE"))
        }
        return out
    }
}

/// Names that were given with `--unit id=name` become `unit` records as soon as the node may write.
enum UnitNames {
    /// How many were written; none where the node writes no government, or no names were given.
    static func register(_ plan: SavedPlan, _ node: Node, person: String?) throws -> Int {
        guard !plan.joins, let government = plan.units.first(where: \.isGovernment) else { return 0 }
        let author = try PersonID(checking: person ?? "\(government.id).init")
        let table = UnitKind.table
        let drafts = try plan.units.compactMap { unit -> Draft? in
            guard let name = unit.name, let nameField = table.field(named: "name")?.number, let lineField = table.field(named: "line")?.number,
                let governmentField = table.field(named: "isGovernment")?.number
            else { return nil }
            var fields = [Operation.Field(nameField, .text(name))]
            if unit.isGovernment {
                fields.append(.init(governmentField, true))
            } else if let dot = unit.id.lastIndex(of: "."), let line = try? LineID(checking: String(unit.id[unit.id.index(after: dot)...])) {
                fields.append(.init(lineField, .text(line.text)))
            }
            return Draft(
                key: RecordKey(.policy(try RegionID(checking: unit.region)), table.name, [.text(unit.id)]), unit: try UnitID(checking: government.id),
                person: author, fields: fields)
        }
        return try node.write(drafts).count
    }
}
