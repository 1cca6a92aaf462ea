private let again = ("请对方重新导出;其余文件照常收取。", "Ask the sender to export it again; other files are taken as usual.")
private let ours = ("运行 tiaokuai doctor;重复出现就报告。", "Run tiaokuai doctor; report it if it comes again.")

/// Codes of `SealError`.
let sealErrors: [String: ErrorWords] = [
    "notSealed": ErrorWords("这不是加封的文件。", "This is not a sealed file.", next: "检查文件名。", "Check the file's name."),
    "unsupportedVersion": ErrorWords(
        "加封格式的版本本程序不认识[({fact})]。", "The seal is of a version that this program does not know[ ({fact})].", next: "升级本程序再收取。", "Update this program, then import it."),
    "unknownSuite": ErrorWords(
        "加封所用的密码套件本程序不认识[({fact})]。", "The seal uses a suite that this program does not know[ ({fact})].", next: "升级本程序,或请对方换套件导出。",
        "Update this program, or have it exported with another suite."),
    "malformedHead": ErrorWords("加封文件的封头不合格式[({fact})]。", "The seal's head is malformed[ ({fact})].", next: again.0, again.1),
    "tooManyReceivers": ErrorWords(
        "收件方太多[({fact})]。", "There are too many receivers[ ({fact})].", next: "分几次导出。", "Export in several rounds."),
    "notForTheseKeys": ErrorWords(
        "这份文件不是封给本节点的[;它封给密钥 {receivers}]。", "This file is not sealed to this node[; it is sealed to the keys {receivers}].",
        next: "在收件的节点上打开;能写 --key 的命令可以给出收件节点的密钥文件;或请对方导出时用 --to 写本节点。",
        "Open it at the node it is for; give that node's key file to a command that takes --key; or have it exported --to this node."),
    "wrongSuite": ErrorWords(
        "封头上写给本节点的密钥({receivers})用的不是这把密钥的套件。", "The head names another suite for this node's key ({receivers}) than the key's own.", next: again.0, again.1),
    "alteredHead": ErrorWords("加封文件的封头被改动过,整份打不开。", "The seal's head was altered, so nothing in the file can be opened.", next: again.0, again.1),
    "alteredChunk": ErrorWords("这一段被改动或损坏。", "This stretch was altered or damaged.", next: again.0, again.1),
    "malformedChunk": ErrorWords("这一段封的时候就不合格式。", "This stretch was sealed malformed.", next: again.0, again.1),
    "truncated": ErrorWords("加封文件没有写完。", "The sealed file ends too early.", next: again.0, again.1),
    "trailingBytes": ErrorWords("加封文件末尾有多余内容。", "There are bytes after the end of the sealed file.", next: again.0, again.1),
    "noReceiver": ErrorWords("没有收件方。", "There is no receiver.", next: "用 --to 写收件的节点。", "Name the receiving node with --to."),
    "tooLong": ErrorWords("内容比预计的长[({fact})]。", "There is more content than was announced[ ({fact})].", next: ours.0, ours.1),
    "valueTooLong": ErrorWords(
        "要密封的值太长[({fact} 字节)]。", "The value to be sealed is too long[ ({fact} bytes)].",
        next: "写短一些;长材料另存文件,密封它的摘要和文件名。", "Shorten it; keep long material in a file and seal its digest and name."),
    "sealedElsewhere": ErrorWords(
        "这个密封值是从别处抄来的:它封在另一条记录、另一次填报或另一个字段上。", "This sealed value was copied from elsewhere: it was sealed for another record, operation or field.",
        next: "不要采信;请原填报单位重新密封填报。", "Do not rely on it; have the unit that wrote it seal it again."),
    "valueForAnotherKey": ErrorWords(
        "这个值封给了本机没有的密钥[({receivers})]。", "This value is sealed to a key that is not on this machine[ ({receivers})].",
        next: "在收件的节点上拆封;若本节点就是收件方,从备份取回旧的 sealing-*.key,或请填报单位重新密封。",
        "Open it at the receiving node; if that is this node, bring its old sealing-*.key back from a backup, or have it sealed again."),
    "alteredValue": ErrorWords(
        "这个密封值被改动过,打不开。", "This sealed value was altered and can't be opened.", next: "请填报单位重新密封填报。", "Have the unit that wrote it seal it again."),
    "malformedValue": ErrorWords(
        "这个密封值封的时候就不合格式[({fact})]。", "This value was sealed malformed[ ({fact})].", next: "请填报单位升级程序,重新密封填报。",
        "Have the unit that wrote it update its program and seal it again."),
    "notOpened": ErrorWords("这段密文打不开。", "The ciphertext can't be opened.", next: again.0, again.1),
    "wrongKey": ErrorWords("收件方的密钥不能用[({fact})]。", "The receiver's key can't be used[ ({fact})].", next: "请收件方换新密钥。", "Have the receiver renew its key."),
    "messageLimit": ErrorWords("同一密钥用得太多了。", "One key has been used too often.", next: ours.0, ours.1),
    "crypto": ErrorWords("密码库出错[({fact})]。", "The cryptographic library failed[ ({fact})].", next: ours.0, ours.1),
]
