import ArgumentParser
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording

/// Writes a proof that anybody can check with a root key alone.
struct AuditProve: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: say("出具日志证明:一份内容在日志里,或日志只增不改。", "Proves that a changeset is in the log, or that the log only grew."),
        discussion: example(
            "tiaokuai audit prove --dir gs 5f0c1a2b --out proof.tkp", "tiaokuai audit prove --dir gs 5f0c1a2b --with-changeset it.tkc --out it.tkp",
            "tiaokuai audit prove --dir gs --from 80 --at 120 --out grown.tkp"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var reader: ReaderOptions
    @Argument(
        help: ArgumentHelp(
            say("变更集编号,或其开头 8 位以上;也可写记录编号的开头,证明它现行内容所在的那一份。", "The changeset's identity or at least eight digits of it; or of a record's, for the changeset that its standing claim is in."),
            valueName: "changeset"))
    var changeset: String?
    @Option(help: ArgumentHelp(say("止于多长的日志(要签过检查点);不写为最新。", "The log's size under a signed checkpoint; by default the newest."), valueName: "size")) var at: UInt64?
    @Option(help: ArgumentHelp(say("证明日志从这个长度起只增不改。", "Proves that the log only grew from this size."), valueName: "size")) var from: UInt64?
    @Option(help: ArgumentHelp(say("证明写到哪个文件。", "The file for the proof."), valueName: "file")) var out: String
    @Option(help: ArgumentHelp(say("把这份内容的原样字节也写到文件。", "Writes the changeset's own bytes to this file as well."), valueName: "file")) var withChangeset: String?

    struct Result: Encodable {
        let kind: String
        let changeset: String?
        let file: String
        let bytes: Int
        let digest: String
    }

    func validate() throws {
        guard (changeset == nil) != (from == nil) else {
            throw ValidationError(UsageWords.message("写一份内容的编号,或写 --from 长度,两者其一。", "Give a changeset, or a size with --from: one of the two."))
        }
        if withChangeset != nil, changeset == nil {
            throw ValidationError(UsageWords.message("--with-changeset 要和内容编号一起用。", "--with-changeset goes with a changeset."))
        }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let unrecorded = try AuditNote.note(context, reader)
        let file: ProofFile
        if let from {
            file = try node.proveConsistency(from: from, to: at)
        } else {
            let id = try node.changeset(matching: changeset ?? "")
            file = try node.proveInclusion(of: id, at: at)
            if let withChangeset, let row = try node.ask({ try $0.reader.changeset(id) }) { try OwnFile.write(row.item.bytes, to: withChangeset) }
        }
        let bytes = file.bytes
        try OwnFile.write(bytes, to: out)
        let digest = sha256(bytes)
        let result = Result(
            kind: file.changeset == nil ? "consistency" : "inclusion", changeset: file.changeset?.hash.hex, file: out, bytes: bytes.count, digest: digest.hex)
        return Answer(
            Noted(payload: result, unrecorded: unrecorded?.code),
            [
                say("已写出 \(out),\(bytes.count) 字节,摘要 \(Node.phoneDigest(digest))。", "Wrote \(out), \(bytes.count) bytes, digest \(Node.phoneDigest(digest))."),
                say("核验:tiaokuai audit check \(out) --root 网络编号或根密钥指纹", "Check it with tiaokuai audit check \(out) --root NETWORK-OR-ROOT-KEY"),
            ])
    }
}

/// Checks a proof with a root key and nothing else.
struct AuditCheck: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: say("只凭根密钥核验日志证明,不用节点。", "Checks a proof with a root key alone; needs no node."),
        discussion: example("tiaokuai audit check proof.tkp --root 5f0c…(64)", "tiaokuai audit check proof.tkp --root 5f0c…(64) --changeset item.tkc --json") + "\n\n"
            + say(
                "证明说的是:这份内容在那个节点签过的日志里;凭证由根一级级签发。它说不出后来有没有撤销。",
                "A proof says that the changeset is in the log that the node signed, under credentials issued from the root down. It can't say whether one was cut later."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("证明文件。", "The proof."), valueName: "file")) var proof: String
    @Option(help: ArgumentHelp(say("网络编号或根密钥指纹,64 位。", "The network's id or a root key's thumbprint, 64 digits."), valueName: "hex")) var root: String
    @Option(help: ArgumentHelp(say("所证的内容:核对是不是它、有没有改动。", "What it is said to prove: checks that it is that, unaltered."), valueName: "file")) var changeset: String?

    struct Result: Encodable {
        let holds: Bool
        let kind, network, node, nodeName, region, epoch: String
        let issuers: [String]
        let isRehearsal: Bool
        let size: UInt64
        let logRoot: String
        let written: String
        let hashes: [String]
        let changeset: String?
        let index: UInt64?
        let olderSize: UInt64?
        let olderRoot: String?
        /// The changeset's bytes were given, and are what is proven.
        let isChangesetWhole: Bool?
    }

    func validate() throws {
        if Hash32(hex: root) == nil { throw ValidationError(UsageWords.message("--root 要 64 位十六进制数字。", "--root takes 64 hexadecimal digits.")) }
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let bytes = try DurableFile.read(proof, limit: ProofFile.maximumBytes)
        let item = try changeset.map { try ChangesetItem(try DurableFile.read($0, limit: Limits.frameBytes)) }
        let checked = try ProofCheck.check(bytes, root: Hash32(hex: root) ?? .zero, changeset: item)
        var (id, index): (ChangesetID?, UInt64?) = (nil, nil)
        if case .inclusion(let proven, let at) = checked.what { (id, index) = (proven, at) }
        let result = Result(
            holds: true, kind: id == nil ? "consistency" : "inclusion", network: checked.network.hash.hex, node: checked.node.hash.hex, nodeName: checked.name,
            region: checked.region.text, epoch: checked.checkpoint.epoch.description, issuers: checked.issuers, isRehearsal: checked.isRehearsal,
            size: checked.checkpoint.size, logRoot: checked.checkpoint.root.hex, written: checked.checkpoint.written.timestamp, hashes: checked.hashes.map(\.rawValue),
            changeset: id?.hash.hex, index: index, olderSize: checked.older?.size, olderRoot: checked.older?.root.hex, isChangesetWhole: item == nil ? nil : true)
        let issuers = (result.issuers.isEmpty ? [""] : result.issuers).map { $0.isEmpty ? say("根密钥", "the root keys") : $0 }
        var lines = [
            say("网络 \(result.network)\(result.isRehearsal ? "(演练)" : "")", "Network \(result.network)\(result.isRehearsal ? " (rehearsal)" : "")"),
            say(
                "节点 \(result.nodeName)(\(result.region),\(result.node.prefix(8))),凭证由 \(issuers.joined(separator: "、")) 签发",
                "Node \(result.nodeName) (\(result.region), \(result.node.prefix(8))), credential issued by \(issuers.joined(separator: ", "))"),
        ]
        if let id = result.changeset, let index = result.index {
            lines.append(
                say(
                    "\(id) 是其日志第 \(index) 项(共 \(result.size) 项),\(checked.checkpoint.written.toTheMinute) 签:成立。",
                    "\(id) is entry \(index) of its log of \(result.size), signed \(checked.checkpoint.written.toTheMinute): it holds."))
            if result.isChangesetWhole == true { lines.append(say("给出的内容就是这一份,没有改动。", "What was given is that changeset, unaltered.")) }
        } else if let older = result.olderSize {
            lines.append(
                say(
                    "其日志从 \(older) 项到 \(result.size) 项只增不改,\(checked.checkpoint.written.toTheMinute) 签:成立。",
                    "Its log only grew from \(older) to \(result.size), signed \(checked.checkpoint.written.toTheMinute): it holds."))
        }
        return Answer(result, lines)
    }
}

extension Node {
    /// The changeset that digits mean; throws `changesetUnknown`, `changesetAmbiguous`.
    func changeset(matching text: String) throws -> ChangesetID {
        let digits = text.lowercased()
        return try ask { view in
            var found = try view.reader.changesets(idPrefix: digits, limit: 10)
            if found.isEmpty {
                let places = try view.reader.records(idPrefix: digits, limit: 10).flatMap { try view.reader.standing($0).map(\.place.changeset) }
                found = try Set(places).filter { $0 != .unsealed }.map { try view.reader.changesetLink($0).id }.sorted()
            }
            guard let first = found.first else { throw AuditError(.changesetUnknown, ["text": text]) }
            guard found.count == 1 else { throw AuditError(.changesetAmbiguous, ["text": text, "candidates": found.map { String($0.hash.hex.prefix(16)) }.joined(separator: "\n")]) }
            return first
        }
    }
}
