import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWording

/// What a bundle holds, without taking anything in; needs no node, and names nodes where there is one.
struct BundleInspect: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: say("看数据包里有什么,不收取。", "Shows what a bundle holds and takes nothing in."),
        discussion: example("tiaokuai bundle inspect /media/usb/gt-zy.tkb"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("数据包文件。", "The bundle."), valueName: "file")) var file: String

    struct Item: Encodable {
        let offset: UInt64
        let type: String
        let bytes: Int
        var id, node, nodeName, partition: String?
        var sequence: UInt64?
        var operations: Int?
        var isRehearsal: Bool?
        var fact: String?
    }

    /// What a sealed file shows to everybody, and nothing else.
    struct Seal: Encodable {
        /// `hpke` or `gm`.
        let suite: String
        /// Key ids of the receivers.
        let receivers: [String]
        /// How each of them gets the secret: `hpke` or `sm2`.
        let wraps: [String]
        let paddedLength: UInt64

        init(_ head: SealHead) {
            suite = "\(head.suite)"
            receivers = head.receivers.map(\.key.hex)
            wraps = head.receivers.map { "\($0.wrap)" }
            paddedLength = head.paddedLength
        }
    }

    struct Result: Encodable {
        let file: String
        /// Nil for a file that is not sealed.
        var seal: Seal?
        var network, from, fromName, to: String?
        var items: [Item] = []
        var damaged: [ImportFacts.Damage] = []
        var hasTrailer = false
    }

    func answer(_ context: CommandContext) throws -> Answer {
        // Without a folder nodes go by their identities.
        let node = basic.dir == nil ? try? context.node() : try context.node()
        func name(_ id: NodeID) -> String { (try? node?.ask { $0.name(ofNode: id) }) ?? id.short }
        var result = Result(file: file)
        do {
            try BundleFile.inspect(path: file, keys: node?.keys.sealingKeys ?? []) { found in
                switch found {
                case .sealed(let head): result.seal = Seal(head)
                case .unopened(let error):
                    result.damaged.append(.init(offset: error.offset ?? 0, length: error.length ?? 0, code: error.code.rawValue, fact: error.fact))
                case .item(.frame(let frame, let offset)): read(frame, offset, into: &result, name)
                case .item(.damaged(let offset, let length, let reason)):
                    result.damaged.append(.init(offset: offset, length: length, code: reason.code.rawValue, fact: reason.detail))
                }
            }
        } catch let error as SealError where error.code == .notForTheseKeys {
            // What stands outside is all that anybody else may see.
            guard let head = try BundleFile.sealHead(path: file) else { throw error }
            result.seal = Seal(head)
            return Answer(result, sealLines(result) + [say("封内只有收件方看得到;在收件节点上加 --dir 再看。", "Only its receivers see what is inside: look there, with --dir.")])
        } catch let error as TrustError where error.code == .keyFileSealed {
            guard let head = try BundleFile.sealHead(path: file) else { throw error }
            result.seal = Seal(head)
            return Answer(result, sealLines(result) + [say("是封给本节点的;要看封内,给出密钥文件的口令。", "It is for this node; to see what is inside, give the key files' passphrase.")])
        }
        guard !result.items.isEmpty else { throw NodeError(.notABundle) }
        var failure: Failure?
        if let first = result.damaged.first {
            failure = Failure(
                .command, CommandError.Code.bundleDamaged.rawValue,
                ["count": "\(result.damaged.count)", "offset": "\(first.offset)", "reasonCode": first.code], phrases: ["reason": first.words])
        } else if !result.hasTrailer {
            failure = Failure(.command, CommandError.Code.bundleCutShort.rawValue)
        }
        return Answer(result, lines(result), failure: failure)
    }

    private func read(_ frame: Frame, _ offset: UInt64, into result: inout Result, _ name: (NodeID) -> String) {
        var item = Item(offset: offset, type: "\(frame.type)", bytes: frame.payload.count)
        do {
            switch frame.type {
            case .header:
                let header = try BundleHeader(frame.payload)
                (result.network, result.from, result.to) = (header.network.hash.hex, header.from.hash.hex, header.to?.hash.hex)
                result.fromName = name(header.from)
                item.fact = header.written.toTheMinute
            case .changeset:
                let changeset = try UnverifiedChangeset(try ChangesetItem(frame.payload))
                item.id = changeset.id.hash.hex
                (item.node, item.nodeName) = (changeset.header.feed.node.hash.hex, name(changeset.header.feed.node))
                item.partition = changeset.header.feed.partition.description
                (item.sequence, item.operations, item.isRehearsal) = (changeset.header.sequence, changeset.header.count, changeset.header.isRehearsal)
            case .checkpoint:
                let checkpoint = try Checkpoint(try UnverifiedStatement(frame.payload, .checkpoint).claimed)
                (item.node, item.nodeName) = (checkpoint.node.hash.hex, name(checkpoint.node))
                item.fact = say("日志 \(checkpoint.size) 项", "log of \(checkpoint.size)")
            case .receipt:
                let receipt = try Receipt(try UnverifiedStatement(frame.payload, .receipt).claimed)
                (item.node, item.nodeName) = (receipt.node.hash.hex, name(receipt.node))
                item.fact = say(
                    "收下 \(receipt.accepted.count),等待 \(receipt.waiting.count),未收 \(receipt.refused.count)",
                    "accepted \(receipt.accepted.count), waiting \(receipt.waiting.count), refused \(receipt.refused.count)")
            case .rootStatement:
                let root = try SignedRoot(frame.payload).statement
                (item.sequence, item.isRehearsal) = (root.number, root.isRehearsal)
            case .trailer: result.hasTrailer = true
            case .consistency:
                let receipt = try ConsistencyReceipt(frame.payload)
                (item.node, item.nodeName) = (receipt.node.hash.hex, name(receipt.node))
                item.fact = say("日志 \(receipt.older) → \(receipt.newer) 项", "log of \(receipt.older) → \(receipt.newer)")
            case .ask:
                let ask = try LogAsk(try UnverifiedStatement(frame.payload, .ask).claimed)
                (item.node, item.nodeName) = (ask.node.hash.hex, name(ask.node))
                item.fact = say("向 \(name(ask.of)) 索要 \(ask.sizes.count + ask.checkpoints.count) 项", "asks \(name(ask.of)) for \(ask.sizes.count + ask.checkpoints.count)")
            case .evidence:
                let checked = try EvidenceCheck.check(try SplitEvidence(frame.payload))
                (item.node, item.nodeName) = (checked.node.hash.hex, name(checked.node))
                item.fact = say("两本账:\(checked.older.size) 项和 \(checked.newer.size) 项", "two logs: of \(checked.older.size) and of \(checked.newer.size)")
            case .snapshot:
                let snapshot = try SnapshotStatement(try UnverifiedStatement(frame.payload, .snapshot).claimed)
                (item.node, item.nodeName) = (snapshot.node.hash.hex, name(snapshot.node))
                item.fact = say("给 \(name(snapshot.to)) 的快照,归并 \(snapshot.summed) 份", "snapshot for \(name(snapshot.to)), \(snapshot.summed) summed up")
            case .summary:
                let page = try SummaryPage(frame.payload)
                item.fact = say("归并 \(page.items.count) 份", "\(page.items.count) summed up")
            case .request, .heads: break
            }
        } catch {
            let failure = Failure(error)
            item.fact = failure.code
        }
        result.items.append(item)
    }

    private func sealLines(_ result: Result) -> [String] {
        guard let seal = result.seal else { return [] }
        let keys = seal.receivers.map { String($0.prefix(12)) }.joined(separator: say("、", ", "))
        return [say("已加封(\(seal.suite)),收件密钥 \(keys),内容至多 \(seal.paddedLength) 字节", "Sealed (\(seal.suite)) to the keys \(keys), content of at most \(seal.paddedLength) bytes")]
    }

    private func lines(_ result: Result) -> [String] {
        var out =
            sealLines(result) + [
                say("来自 \(result.fromName ?? "不明"),网络 \(result.network?.prefix(8) ?? "不明")", "From \(result.fromName ?? "unknown"), network \(result.network?.prefix(8) ?? "unknown")")
            ]
        var table = TextTable([
            .init(say("位置", "Offset"), .right), .init(say("种类", "Type")), .init(say("节点", "Node")), .init(say("分区", "Partition")), .init(say("序号", "No."), .right),
            .init(say("条数", "Ops"), .right), .init(say("字节", "Bytes"), .right), .init(""),
        ])
        for item in result.items {
            table.add([
                "\(item.offset)", item.type, item.nodeName ?? "", item.partition ?? "", item.sequence.map(String.init) ?? "",
                item.operations.map(String.init) ?? "", "\(item.bytes)", item.fact ?? "",
            ])
        }
        out += table.lines
        for place in result.damaged {
            out.append(say("损坏:第 \(place.offset) 字节起 \(place.length) 字节(\(place.code))", "Damaged: \(place.length) bytes from byte \(place.offset) (\(place.code))"))
        }
        return out
    }
}
