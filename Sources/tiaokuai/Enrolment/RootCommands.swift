import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording

/// The network's root statements: keys made and kept apart, statements drafted, signed one by one, put together, taken in.
struct RootCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "root", abstract: say("根声明:n 把根密钥中 k 把签名,分开保管。", "Root statements: k of n root keys sign, kept apart."),
        discussion: example(
            "tiaokuai root next --dir gs --out next.root", "tiaokuai root sign next.root --key root-1.key --out next.1", "tiaokuai root join next.1 next.2 --out root-2.stmt",
            "tiaokuai root accept --dir gs root-2.stmt"),
        subcommands: [RootKeys.self, RootLock.self, RootNext.self, RootSign.self, RootJoin.self, RootAccept.self])
}

/// What a root statement says, the same wherever it is shown.
struct RootFacts: Encodable {
    let file: String
    let number: UInt64
    let content: String
    let threshold: UInt64
    let keys: [String]
    let signatures: [String]
    let name, region: String

    init(_ content: [UInt8], signatures: [UnverifiedStatement], file: String) throws {
        let statement = try RootStatement(content)
        self.file = file
        number = statement.number
        self.content = SignedRoot.contentID(content).hex
        threshold = statement.threshold
        keys = try statement.keys.map { try VerifyingKey(coseKey: $0).thumbprint.hex }
        self.signatures = signatures.map(\.keyID.hex)
        name = statement.grant.name
        region = statement.grant.region.text
    }

    var lines: [String] {
        [
            say(
                "第 \(number) 号根声明:根节点 \(name)(\(region));此后 \(keys.count) 把根密钥中须 \(threshold) 把签名;已有签名 \(signatures.count) 个。",
                "Root statement \(number): root node \(name) (\(region)); from then on \(threshold) of \(keys.count) root keys sign; signatures so far: \(signatures.count)."),
            say("电话校验码:\(phone)", "Digest to compare over the phone: \(phone)"),
        ]
    }

    private var phone: String { Hash32(hex: content).map { Node.phoneDigest($0) } ?? content }
}

/// Root keys, each a file of its own, to be kept by different people in different places.
struct RootKeys: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: say("生成根密钥文件,分交保管人。", "Makes root key files for their keepers."), discussion: example("tiaokuai root keys --count 3 --out /media/usb/root"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("几把(1 到 16)。", "How many (1 to 16)."), valueName: "n")) var count: Int
    @Option(help: ArgumentHelp(say("文件名开头:写出 开头-1.key、开头-2.key……", "The beginning of their names: BEGINNING-1.key, BEGINNING-2.key, …"), valueName: "beginning")) var out: String

    struct Result: Encodable {
        let files: [String]
        let keys: [String]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let (files, keys) = try RootKeyFiles.make(count, out)
        return Answer(
            Result(files: files, keys: keys.map(\.verifyingKey.thumbprint.hex)),
            [
                say("已生成 \(files.count) 把根密钥:\(files.joined(separator: "、"))", "Made \(files.count) root keys: \(files.joined(separator: ", "))"),
                say("下一步:每把交一位保管人,离线存放,本机不留。", "Next: give each to a keeper, offline, and leave none on this machine."),
            ])
    }
}

enum RootKeyFiles {
    /// Throws `fileExists` before anything is written.
    static func make(_ count: Int, _ beginning: String) throws -> (files: [String], keys: [SigningKey]) {
        guard (1...RootStatement.maximumKeys).contains(count) else { throw NodeError(.notARoot, ["reason": "1 … \(RootStatement.maximumKeys)"]) }
        let files = (1...count).map { "\(beginning)-\($0).key" }
        if let known = files.first(where: { FileManager.default.fileExists(atPath: $0) }) { throw NodeError(.fileExists, ["path": known]) }
        let keys = try files.map { _ in try SigningKey.generate(.ed25519) }
        for (file, key) in zip(files, keys) { try OwnFile.write(try key.fileBytes, to: file, mode: 0o600) }
        return (files, keys)
    }

    /// The file as it lies there; nothing of it is opened.
    static func file(_ path: String) throws -> KeyFile { try KeyFile(decoding: try DurableFile.read(path, limit: KeyFile.maximumBytes)) }

    /// The key; asks for the passphrase of a locked one.
    static func read(_ path: String, _ secrets: Secrets) throws -> SigningKey {
        let file = try file(path)
        return try file.signingKey(passphrase: file.isLocked ? try secrets.passphrase(path, .needed) : nil)
    }
}

/// A keeper's own passphrase on the key that was handed over.
struct RootLock: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock", abstract: say("保管人给自己的根密钥上锁,或换口令。", "A keeper locks a root key with a passphrase, or changes it."),
        discussion: example("tiaokuai root lock root-1.key", "tiaokuai root lock root-1.key --new-passphrase-file new.pass"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("根密钥文件。", "The root key."), valueName: "file")) var key: String
    @Option(
        help: ArgumentHelp(
            say(
                "已上锁时,新口令在哪个文件里;不写则取环境变量 TIAOKUAI_NEW_PASSPHRASE,再不然在终端问。",
                "For a locked key, the file with the new passphrase; by default the environment's TIAOKUAI_NEW_PASSPHRASE, else you are asked."),
            valueName: "file"))
    var newPassphraseFile: String?

    struct Result: Encodable {
        let file, key: String
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let file = try RootKeyFiles.file(key)
        let open = try file.unlocked(with: file.isLocked ? try context.secrets.passphrase(key, .needed) : nil)
        let passphrase = file.isLocked ? try Secrets.newPassphrase(newPassphraseFile) : try context.secrets.firstPassphrase()
        try DurableFile.write(try open.locked(with: passphrase).bytes, to: key, mode: 0o600)
        return Answer(
            Result(file: key, key: try file.verifyingKey().thumbprint.hex),
            [
                say("根密钥 \(key) 已用新口令上锁。", "The root key \(key) is locked with the new passphrase."),
                say("口令丢了,这把根密钥就没有了:写下来,与密钥分开保管。", "Without the passphrase this root key is gone: write it down and keep it apart from the key."),
            ])
    }
}

/// A draft of the next root statement: nobody's word until the keepers have signed it.
struct RootNext: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: say("起草下一份根声明:换根密钥,或换根节点。", "Drafts the next root statement: other root keys, or another root node."),
        discussion: example(
            "tiaokuai root next --dir zy --request gs2.request --out next.root", "tiaokuai root next --dir gs --key new-1.key --key new-2.key --out next.root"))

    @OptionGroup var basic: BasicOptions
    @Option(
        help: ArgumentHelp(say("新的根节点的申请(enroll request --takes-over);不写则根节点不变。", "The new root node's request (enroll request --takes-over); by default the root node stays."), valueName: "request"))
    var request: String?
    @Option(help: ArgumentHelp(say("此后的根密钥,可写多个;不写则不变。", "A root key from then on; may be repeated; by default they stay."), valueName: "file")) var key: [String] = []
    @Option(help: ArgumentHelp(say("须几把签名;不写为过半。", "How many must sign; by default more than half."), valueName: "k")) var threshold: UInt64?
    @Option(help: ArgumentHelp(say("草稿写到哪个文件。", "The draft to write."), valueName: "file")) var out: String

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let read = try request.map { try Node.readRequest(try DurableFile.read($0, limit: Limits.statementBytes)) }
        let keys = key.isEmpty ? nil : try key.map { try RootKeyFiles.file($0).verifyingKey() }
        let draft = try node.draftRoot(for: read, keys: keys, threshold: threshold)
        try OwnFile.write(draft, to: out)
        let facts = try RootFacts(draft, signatures: [], file: out)
        return Answer(facts, facts.lines + [say("下一步:各保管人 tiaokuai root sign \(out) --key 密钥 --out 签名。", "Next: each keeper runs tiaokuai root sign \(out) --key KEY --out SIGNATURE.")])
    }
}

/// One keeper's signature; needs no node and no network.
struct RootSign: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: say("保管人用自己的根密钥签名。", "A keeper signs with a root key."), discussion: example("tiaokuai root sign next.root --key root-1.key --out next.1"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("草稿,或已有人签过的。", "The draft, or what others have signed."), valueName: "file")) var file: String
    @Option(help: ArgumentHelp(say("根密钥文件。", "The root key."), valueName: "file")) var key: String
    @Option(help: ArgumentHelp(say("签名写到哪个文件。", "The signature to write."), valueName: "file")) var out: String

    func answer(_ context: CommandContext) throws -> Answer {
        let bytes = try Node.signRoot(try DurableFile.read(file, limit: Limits.statementBytes), with: try RootKeyFiles.read(key, context.secrets))
        try OwnFile.write(bytes, to: out)
        let signed = try SignedRoot(bytes)
        let facts = try RootFacts(signed.content, signatures: signed.signatures, file: out)
        return Answer(facts, facts.lines + [say("下一步:合并 tiaokuai root join 签名… --out 根声明。", "Next: put them together with tiaokuai root join SIGNATURE… --out STATEMENT.")])
    }
}

struct RootJoin: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: say("把各人的签名合成一份根声明。", "Puts the keepers' signatures together."), discussion: example("tiaokuai root join next.1 next.2 --out root-2.stmt"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("签名文件。", "The signatures."), valueName: "signature")) var files: [String]
    @Option(help: ArgumentHelp(say("根声明写到哪个文件。", "The statement to write."), valueName: "file")) var out: String

    func answer(_ context: CommandContext) throws -> Answer {
        let signed = try SignedRoot.joining(try files.map { try DurableFile.read($0, limit: Limits.statementBytes) })
        try OwnFile.write(signed.bytes, to: out)
        let facts = try RootFacts(signed.content, signatures: signed.signatures, file: out)
        return Answer(facts, facts.lines + [say("下一步:在任一节点 tiaokuai root accept \(out),以后随包传开。", "Next: tiaokuai root accept \(out) at any node; bundles carry it from there.")])
    }
}

struct RootAccept: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: say("收下新的根声明,以后随包传开。", "Takes in a new root statement; bundles carry it from there."), discussion: example("tiaokuai root accept --dir gs root-2.stmt"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("根声明文件。", "The statement."), valueName: "file")) var file: String

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let bytes = try DurableFile.read(file, limit: Limits.statementBytes)
        try node.acceptRoot(bytes)
        let signed = try SignedRoot(bytes)
        let facts = try RootFacts(signed.content, signatures: signed.signatures, file: file)
        return Answer(facts, facts.lines + [say("已收下。下一步:与上下级交换。", "Taken in. Next: exchange with other nodes.")])
    }
}
