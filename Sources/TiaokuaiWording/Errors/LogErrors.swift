private let checkProof = ("不要采信这份证明;请对方重新出具。", "Do not rely on this proof; ask for a new one.")

/// Codes of `LogError`.
let logErrors: [String: ErrorWords] = [
    "indexOutOfRange": ErrorWords("日志没有这个序号[({fact})]。", "The log has no such entry[ ({fact})].", next: "用 tiaokuai log verify 看日志有多长。", "See the log's length with tiaokuai log verify."),
    "sizesOutOfOrder": ErrorWords("两个日志长度前后颠倒[({fact})]。", "The two log sizes are the wrong way round[ ({fact})].", next: "先写较短的,再写较长的。", "Give the smaller size first."),
    "emptyLog": ErrorWords("空日志证明不了什么。", "An empty log proves nothing.", next: "先收下一些内容,再要证明。", "Take something in first, then ask for a proof."),
    "wrongProofLength": ErrorWords("证明的长度不对[({fact})]。", "The proof has the wrong length[ ({fact})].", next: checkProof.0, checkProof.1),
    "rootMismatch": ErrorWords("证明得不出给定的日志根。", "The proof leads to another root.", next: checkProof.0, checkProof.1),
    "malformedFrontier": ErrorWords("日志的结构不对[({fact})]。", "The log's structure is wrong[ ({fact})].", next: "运行 tiaokuai doctor。", "Run tiaokuai doctor."),
    "missingLeaf": ErrorWords("日志缺一项[({fact})]。", "The log lacks an entry[ ({fact})].", next: "运行 tiaokuai doctor。", "Run tiaokuai doctor."),
    "malformedOrigin": ErrorWords("日志名称不合规[({fact})]。", "The log's name is not admitted[ ({fact})].", next: "用不超过 255 字节、没有控制字符的名称。", "Use a name of at most 255 bytes without control characters."),
]
