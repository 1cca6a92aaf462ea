private let labels = ("核对模块和标签;卡换了地方用 tiaokuai node token 改。", "Check module and labels; where they changed, say so with tiaokuai node token.")

/// Codes of `TokenError`.
let tokenErrors: [String: ErrorWords] = [
    "moduleUnreadable": ErrorWords(
        "签名卡的模块打不开[({fact})]。", "The token's module can't be loaded[ ({fact})].",
        next: "安装卡厂家的 PKCS#11 模块;路径换了用 tiaokuai node token --token-module 路径 改。",
        "Install the PKCS#11 module of the token's maker; if its path changed, tiaokuai node token --token-module PATH."),
    "tokenMissing": ErrorWords(
        "签名卡没有插上,或标签不对[(现有:{fact})]。", "The token is not in, or its label is another[ (there are: {fact})].",
        next: "插上卡再试。不用密钥的办理照常,内容以后再签。", "Put it in and try again. What needs no key works meanwhile; it is signed later."),
    "keyMissing": ErrorWords("签名卡上没有这把密钥:{fact}。", "There is no such key on the token: {fact}.", next: labels.0, labels.1),
    "keyAmbiguous": ErrorWords(
        "签名卡上有几把密钥叫“{fact}”。", "Several keys on the token are called {fact}.", next: "给要用的那一对起一个单独的标签。", "Give the pair that is meant a label of its own."),
    "keyUnsupported": ErrorWords(
        "签名卡上的密钥用不了[({fact})]。", "The key on the token can't be used[ ({fact})].",
        next: "用 Ed25519 或 P-256 密钥;PKCS#11 没有 SM2。", "Use an Ed25519 or a P-256 key; PKCS#11 has no SM2."),
    "pinMissing": ErrorWords(
        "签名卡要 PIN。", "The token wants its PIN.",
        next: "在终端运行以便输入,或用 --pin-file 文件,或设环境变量 TIAOKUAI_PIN。", "Run it on a terminal to be asked, give --pin-file FILE, or set TIAOKUAI_PIN."),
    "pinWrong": ErrorWords(
        "PIN 不对。", "The PIN is wrong.", next: "只试了一次;再输要小心,错几次卡就锁了。", "It was tried once; be careful, for a few wrong ones lock the token."),
    "pinLocked": ErrorWords("签名卡已锁,或 PIN 过期。", "The token is locked, or its PIN has expired.", next: "请发卡的人解锁。", "Have whoever issued it unlock it."),
    "tokenRemoved": ErrorWords(
        "签名卡拔出过[({fact})]。", "The token was taken out[ ({fact})].", next: "插上卡再办;serve 要重新启动。", "Put it in and try again; serve has to be started anew."),
    "moduleFailed": ErrorWords(
        "签名卡的模块出错[({fact})]。", "The token's module failed[ ({fact})].", next: "拔插一次再试;仍不行就把这段话报告给卡的厂家。", "Take the token out and in again; if it goes on, report this to its maker."),
]
