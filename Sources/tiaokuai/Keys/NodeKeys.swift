import ArgumentParser
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording

/// What the keys are and how they are kept; opens none.
struct NodeKeys: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: say("密钥概况:套件、上锁没有、在不在签名卡上;不用口令。", "The node's keys: suite, locked or open, on a token or not; needs no passphrase."),
        discussion: example("tiaokuai node keys --dir gt"))

    @OptionGroup var basic: BasicOptions

    func answer(_ context: CommandContext) throws -> Answer {
        let facts = try KeyFacts(try context.node())
        return Answer(facts, facts.lines)
    }
}

/// The key files under a passphrase.
struct NodeLock: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock", abstract: say("给密钥文件上锁:以后签名要口令。", "Locks the key files: signing then takes a passphrase."),
        discussion: example("tiaokuai node lock --dir gt", "tiaokuai node lock --dir gt --passphrase-file /root/gt.pass"))

    @OptionGroup var basic: BasicOptions

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        guard try !node.keyHolding().open.isEmpty else { throw NodeError(.keysLocked) }
        try node.lockKeys(with: try context.secrets.firstPassphrase())
        let facts = try KeyFacts(node)
        return Answer(
            facts,
            facts.lines + [
                say("口令丢了,密钥就打不开了:写下来,与机器分开保管。", "Without the passphrase the keys can't be opened: write it down and keep it apart from this machine."),
                say(
                    "上锁以前的备份里和磁盘上还有没上锁的密钥;要紧的话接着换密钥:tiaokuai enroll rotate。",
                    "Earlier backups, and the disk, still hold the open keys; where that matters, rotate them next: tiaokuai enroll rotate."),
            ])
    }
}

/// The passphrase taken off again.
struct NodeUnlock: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: say("去掉密钥文件的口令。", "Takes the passphrase off the key files."), discussion: example("tiaokuai node unlock --dir gt"))

    @OptionGroup var basic: BasicOptions

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        try node.unlockKeys()
        let facts = try KeyFacts(node)
        return Answer(facts, facts.lines + [say("谁读得到这个文件夹,谁就能以本节点的名义签名。", "Whoever can read this folder can now sign in the node's name.")])
    }
}

/// Another passphrase.
struct NodePassphrase: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "passphrase", abstract: say("换密钥文件的口令。", "Changes the passphrase of the key files."),
        discussion: example("tiaokuai node passphrase --dir gt", "tiaokuai node passphrase --dir gt --new-passphrase-file new.pass"))

    @OptionGroup var basic: BasicOptions

    @Option(
        help: ArgumentHelp(
            say("新口令在哪个文件里;不写则取环境变量 TIAOKUAI_NEW_PASSPHRASE,再不然在终端问。", "The file with the new passphrase; by default the environment's TIAOKUAI_NEW_PASSPHRASE, else you are asked."),
            valueName: "file"))
    var newPassphraseFile: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        guard let locked = try node.keyHolding().locked.first else { throw NodeError(.keysOpen) }
        // The old one first, as people expect to be asked.
        guard try context.secrets.passphrase(locked, .needed) != nil else { throw TrustError(.keyFileSealed, locked) }
        try node.changePassphrase(to: try Secrets.newPassphrase(newPassphraseFile))
        let facts = try KeyFacts(node)
        return Answer(facts, facts.lines + [say("口令已换;以前的备份仍要旧口令。", "The passphrase is changed; earlier backups keep the old one.")])
    }
}

/// The token's module, or its labels, where they are others now.
struct NodeToken: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: say("签名卡的模块或标签变了,改记录;密钥必须还是原来那把。", "Says where the signing key lies on a token now; it must be the same key."),
        discussion: example("tiaokuai node token --dir gt --token-module /usr/lib/opensc-pkcs11.so", "tiaokuai node token --dir gt --token 县级签名卡 --token-key 签名"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var token: TokenOptions

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        guard let place = try token.key(before: try node.keyHolding().token) else { throw CommandError(.missingReason, ["field": "--token-module"]) }
        try node.moveKey(to: place)
        let facts = try KeyFacts(node)
        return Answer(facts, facts.lines)
    }
}
