private let again = ("没有收下这一处,其余照收;请对方重新导出。", "This place was not taken in, the rest was; have it exported again.")

private func bytes(_ zh: String, _ en: String) -> ErrorWords { ErrorWords(zh + "[({detail})]。", en + "[ ({detail})].", next: again.0, again.1) }

/// Codes of `FormatError`.
let formatErrors: [String: ErrorWords] = [
    "truncated": bytes("内容不完整,在中间断了", "The bytes end too early"),
    "notShortest": bytes("编码不是最短写法", "The encoding is not the shortest"),
    "indefiniteLength": bytes("不允许不定长编码", "Indefinite lengths are not admitted"),
    "leftover": bytes("后面有多余的字节", "There are bytes left over"),
    "wrongType": bytes("这里的类型不对", "Something of another type stands here"),
    "invalidText": bytes("文字不是有效的 UTF-8", "The text is not valid UTF-8"),
    "limitExceeded": bytes("超过了限额", "A limit is exceeded"),
    "duplicateKey": bytes("有重复的键", "A key stands twice"),
    "unsortedKeys": bytes("键没有按顺序", "Keys are out of order"),
    "reserved": bytes("用了保留的值", "A reserved value is used"),
    "unsupported": ErrorWords("不支持这个版本或种类[({detail})]。", "This version or type is not supported[ ({detail})].", next: "升级 tiaokuai。", "Upgrade tiaokuai."),
    "wrongCount": bytes("项数不对", "The number of items is wrong"),
    "outOfRange": bytes("数值超出范围", "A number is out of range"),
    "malformedEnvelope": bytes("签名信封读不懂", "The signed envelope can't be read"),
    "malformedHeader": bytes("信封头读不懂", "The envelope's header can't be read"),
    "malformedKey": bytes("密钥读不懂", "The key can't be read"),
    "unknownCritical": ErrorWords("信封里有必须懂而不懂的内容[({detail})]。", "The envelope holds something critical that is not known[ ({detail})].", next: "升级 tiaokuai。", "Upgrade tiaokuai."),
    "algorithmNotProtected": bytes("信封没有保护签名算法", "The envelope does not protect its algorithm"),
    "unsupportedAlgorithm": ErrorWords("不支持这种算法[({detail})]。", "The algorithm is not supported[ ({detail})].", next: "升级 tiaokuai。", "Upgrade tiaokuai."),
    "compression": bytes("解压失败", "Decompression failed"),
    "malformedBody": bytes("正文与签名的摘要不符或读不懂", "The body is not what was signed, or can't be read"),
    "malformedFrame": bytes("有一处损坏", "A place is damaged"),
    "malformedBundle": bytes("数据包的头读不懂", "The bundle's header can't be read"),
    "wrongNetwork": ErrorWords("这是另一个网络的内容[({detail})]。", "This belongs to another network[ ({detail})].", next: "没有收下;请核对文件来源。", "It was not taken in; check where the file came from."),
    "personalField": ErrorWords("正文含有个人信息,整份作废。", "The body holds personal data and is void as a whole.", next: "请对方去掉个人信息后重新填报。", "Have it written again without personal data."),
    "wrongProof": ErrorWords("回执的证明不成立[({detail})]。", "The receipt's proof does not hold[ ({detail})].", next: "不要采信这份回执;请对方重新出具。", "Do not rely on this receipt; ask for a new one."),
]
