import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWording

/// Checks bundles with nothing but the network's root: what an auditor can do who has no node.
struct BundleVerify: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: say("不用节点,只凭网络的根,核对数据包。", "Checks bundles without a node, from the network's root alone."),
        discussion: example(
            "tiaokuai bundle verify --root 5f0c…(64) gt-zy.tkb", "tiaokuai bundle verify --root 5f0c…(64) --key sealing.key *.tkb", "tiaokuai bundle verify --dir gs *.tkb"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("数据包,可写多个。", "The bundles."), valueName: "file")) var files: [String]
    @Option(
        help: ArgumentHelp(
            say("网络编号或根密钥指纹,64 位;写了 --dir 可省。", "The network's id or a root key's thumbprint, 64 digits; --dir stands for it."), valueName: "hex"))
    var root: String?
    @Option(help: ArgumentHelp(say("打开加封文件的密钥文件,可写多个。", "A key file that opens what is sealed; may be repeated."), valueName: "file")) var key: [String] = []

    struct Waiting: Encodable {
        let changeset, node, partition, waitsFor, item: String
        let sequence: UInt64
    }

    struct Feed: Encodable {
        let node, partition, head: String
        let sequence: UInt64
    }

    struct Unread: Encodable {
        let file: String
        let error: Failure
    }

    struct Fork: Encodable {
        let node, nodeName, partition: String
        let sequence: UInt64
        /// Its unit has owned up to it.
        let isRepaired: Bool
    }

    struct Result: Encodable {
        let network: String
        /// Nothing is wrong and nothing is missing.
        let isClean: Bool
        let faults: Int
        /// Senders of whom these files hold no credential.
        let strangers: [String]
        let files: [ImportFacts]
        /// Files of which nothing could be read.
        let unread: [Unread]
        let waiting: [Waiting]
        let forks: [Fork]
        let feeds: [Feed]
        let input, derived: String
        let records: Int
    }

    func validate() throws {
        if let root, Hash32(hex: root) == nil { throw ValidationError(UsageWords.message("--root 要 64 位十六进制数字。", "--root takes 64 hexadecimal digits.")) }
        if root == nil, (try? basic.folder()) == nil {
            throw ValidationError(UsageWords.message("用 --root 写网络编号或根密钥指纹,或用 --dir 指定节点。", "Give the network's id or a root key's thumbprint with --root, or a node with --dir."))
        }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        // With a root of its own it goes on without the node, whose names and keys are then not at hand.
        let given = root.flatMap { Hash32(hex: $0) }
        let node = given == nil ? try context.node() : try? context.node()
        guard let root = try given ?? node?.settings().network?.hash else { throw NodeError(.notEnrolled) }
        let keys = try context.sealingKeys(key, node)
        let progress = Progress(say("核对", "Verifying"))
        let result = try BundleVerifier.verify(files, root: root, keys: keys) { file, bytes in
            progress.show("\(file) \(bytes / 1_048_576) MiB")
        } _: { found, view in
            BundleVerify.result(of: found, view)
        }
        progress.finish()
        let count = result.faults + result.waiting.count + result.strangers.count
        let failure = result.isClean ? nil : Failure(.command, CommandError.Code.checkFailed.rawValue, ["count": "\(count)"])
        return Answer(result, lines(result), failure: failure)
    }

    private static func result(of found: BundleVerification, _ view: NodeView) -> Result {
        Result(
            network: found.network.hash.hex, isClean: found.faults == 0 && found.isWhole, faults: found.faults,
            strangers: found.strangers.map(\.hash.hex), files: found.files.map { ImportFacts($0.report, file: $0.path, view: view) },
            unread: found.unread.map { Unread(file: $0.path, error: Failure($0.error)) },
            waiting: found.waiting.map {
                Waiting(
                    changeset: $0.id.hash.hex, node: $0.feed.node.hash.hex, partition: $0.feed.partition.description, waitsFor: $0.what, item: $0.item.hex,
                    sequence: $0.sequence)
            },
            forks: found.forks.map {
                Fork(node: $0.feed.node.hash.hex, nodeName: view.name(ofNode: $0.feed.node), partition: $0.feed.partition.description, sequence: $0.sequence, isRepaired: $0.repair != nil)
            },
            feeds: found.feeds.map { Feed(node: $0.feed.node.hash.hex, partition: $0.feed.partition.description, head: $0.head.hash.hex, sequence: $0.sequence) },
            input: found.digest.input.hex, derived: found.digest.derived.hex, records: found.digest.records)
    }

    private func lines(_ result: Result) -> [String] {
        var out = [say("网络 \(result.network)", "Network \(result.network)")]
        for file in result.files {
            out.append(file.file)
            out += file.lines(slip: false).map { "  " + $0 }
        }
        for one in result.unread { out += [one.file, "  " + say("没有读成:", "Not read: ") + one.error.words.what[runLanguage]] }
        for row in result.waiting {
            let what = CarriageWords.waitingFor(row.waitsFor)?[runLanguage] ?? row.waitsFor
            out.append(say("等待:", "Waiting: ") + "\(row.node.prefix(8)) \(Shown.partition(row.partition)) #\(row.sequence): \(what) \(row.item.prefix(12))")
        }
        out += result.forks.map { fork in
            (fork.isRepaired ? say("分叉,已声明:", "Fork, owned up to: ") : say("分叉:", "Fork: ")) + "\(fork.nodeName) \(Shown.partition(fork.partition)) #\(fork.sequence)"
        }
        out.append(say("共 \(result.feeds.count) 条流水,\(result.records) 条记录;输入摘要 \(result.input)", "\(result.feeds.count) feeds, \(result.records) records; input digest \(result.input)"))
        out += result.strangers.map { say("这些文件里没有节点 \($0.prefix(8)) 的凭证,它的声明无从核对。", "These files hold no credential of node \($0.prefix(8)): its statements can't be judged.") }
        if result.faults > 0 { out.append(say("有问题,见上。", "Something is wrong: see above.")) }
        if !result.waiting.isEmpty || !result.strangers.isEmpty {
            out.append(
                say(
                    "缺其他文件里的内容,不能全部核对:把批准文件、较早的数据包一起写上,或让对方用 bundle export --all 导出。",
                    "Not everything can be judged without other files: add the grant and earlier bundles, or have it exported with bundle export --all."))
        }
        if result.isClean { out.append(say("核对无误。", "Everything checks.")) }
        return out
    }
}

extension CommandContext {
    /// Key files that a command names, asking for the passphrase of a locked one; behind them the node's own.
    func sealingKeys(_ paths: [String], _ node: Node?) throws -> SealingKeyring {
        let named = SealingKeyring(
            try paths.map { path in
                let file = try KeyFile(decoding: try DurableFile.read(path, limit: KeyFile.maximumBytes))
                return try file.sealingKey(passphrase: file.isLocked ? try secrets.passphrase(path, .needed) : nil)
            })
        return node.map { named.or($0.keys.sealingKeys) } ?? named
    }
}
