private let notTaken = ("没有采信;请对方重新导出,仍不对就电话核对。", "It was not trusted; have it made again, and if it still fails, call the sender.")
private let keyFile = ("从备份恢复密钥文件;没有备份就重新申请加入。", "Restore the key file from a backup; without one, enrol again.")

/// Codes of `TrustError`.
let trustErrors: [String: ErrorWords] = [
    "malformedKey": ErrorWords("密钥读不懂[({fact})]。", "The key can't be read[ ({fact})].", next: notTaken.0, notTaken.1),
    "smallOrderKey": ErrorWords("这把公钥不安全(小阶点)。", "The public key is unsafe (small order).", next: notTaken.0, notTaken.1),
    "unsupportedSuite": ErrorWords("不支持这种密码套件[({fact})]。", "The cipher suite is not supported[ ({fact})].", next: "升级 tiaokuai,或请对方用支持的套件。", "Upgrade tiaokuai, or have a supported suite used."),
    "malformedKeyFile": ErrorWords("密钥文件读不懂[({fact})]。", "The key file can't be read[ ({fact})].", next: keyFile.0, keyFile.1),
    "otherPurpose": ErrorWords(
        "密钥文件用途不对:签名的和收件的不能互换。", "The key file is of the other purpose: one signs, the other opens.",
        next: "签名用 signing.key,打开加封文件用 sealing.key。", "signing.key signs, sealing.key opens what is sealed."),
    "keyFileVersion": ErrorWords("密钥文件由更新版本的程序写成[({fact})]。", "A later version of this program wrote the key file[ ({fact})].", next: "先升级 tiaokuai。", "Upgrade tiaokuai first."),
    "keyFileSealed": ErrorWords(
        "密钥文件上了锁[:{fact}],没有口令打不开。", "The key file is locked[: {fact}]; it opens with its passphrase.",
        next: "在终端运行以便输入口令,或用 --passphrase-file 文件,或设环境变量 TIAOKUAI_PASSPHRASE。",
        "Run it on a terminal to be asked for the passphrase, give --passphrase-file FILE, or set TIAOKUAI_PASSPHRASE."),
    "keyOnToken": ErrorWords(
        "这把密钥在签名卡上,文件里没有它[:{fact}]。", "The key lies on a token and not in the file[: {fact}].",
        next: "插上签名卡,在该节点上办理(--dir)。", "Put the token in and work at its node (--dir)."),
    "keyAgreementFailed": ErrorWords("密钥协商失败[({fact})]。", "The key agreement failed[ ({fact})].", next: notTaken.0, notTaken.1),
    "wrongSignature": ErrorWords("签名不对[({fact})]。", "The signature is wrong[ ({fact})].", next: notTaken.0, notTaken.1),
    "tooFewSignatures": ErrorWords(
        "根声明的签名不够[({fact})]。", "The root statement has too few signatures[ ({fact})].", next: "请其余根密钥保管人签名(tiaokuai root sign),再合并(root join)。",
        "Have the other keepers of root keys sign it (tiaokuai root sign), then put the signatures together (root join)."),
    "wrongAlgorithm": ErrorWords("签名算法不是凭证里的那一种[({fact})]。", "The signature's algorithm is not the credential's[ ({fact})].", next: notTaken.0, notTaken.1),
    "wrongKey": ErrorWords("签名用的不是凭证里的密钥[({fact})]。", "It is signed by another key than the credential's[ ({fact})].", next: notTaken.0, notTaken.1),
    "malformedEnvelope": ErrorWords("签名信封读不懂[({fact})]。", "The signed envelope can't be read[ ({fact})].", next: notTaken.0, notTaken.1),
    "unknownCritical": ErrorWords("信封里有必须懂而不懂的内容[({fact})]。", "The envelope holds something critical that is not known[ ({fact})].", next: "升级 tiaokuai。", "Upgrade tiaokuai."),
    "algorithmNotProtected": ErrorWords("信封没有保护签名算法。", "The envelope does not protect its algorithm.", next: notTaken.0, notTaken.1),
    "wrongPassphrase": ErrorWords(
        "口令不对[({fact})]。", "The passphrase is wrong[ ({fact})].",
        next: "再输一次;忘了口令,密钥就打不开了:按 Docs/Operating.md“口令丢了”办理。",
        "Enter it again; without it the keys can't be opened: see \"A lost passphrase\" in Docs/Operating.md."),
    "decryptionFailed": ErrorWords(
        "解不开密封的内容[({fact})]。", "What is sealed can't be opened[ ({fact})].", next: "它可能不是封给本节点的,或在路上损坏:请对方重新导出。",
        "It may not be sealed to this node, or was damaged on its way: have it exported again."),
    "signerFailed": ErrorWords(
        "签名卡没有签名[({fact})]。", "The token did not sign[ ({fact})].", next: "检查签名卡是否插好,再试一次;serve 要重新启动。没有签的内容还在,以后再签。",
        "Check that the token is in, then try again; serve has to be started anew. What was not signed is kept and signed later."),
    "libcrypto": ErrorWords("密码库出错[({fact})]。", "The crypto library failed[ ({fact})].", next: "检查内存和系统随机数,再试一次。", "Check memory and the system's randomness, then try again."),
]
