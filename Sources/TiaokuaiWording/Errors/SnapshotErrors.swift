private let again = (
    "没有改动任何内容;请上级重新出具,并查一查文件经过谁的手。", "Nothing was changed; have the superior make it again, and ask through whose hands it came."
)
private let report = (
    "没有改动任何内容;把文件留作证据,用 tiaokuai snapshot check 在省级核对。", "Nothing was changed; keep the file as evidence and have the province check it with tiaokuai snapshot check."
)

/// Codes of `SnapshotError`.
let snapshotErrors: [String: ErrorWords] = [
    "notBelow": ErrorWords(
        "节点 {node} 不在本节点之下,不能给它出具快照。", "Node {node} is not below this one: no snapshot is made for it.",
        next: "请它的上级节点出具。", "Have a node above it make one."),
    "noInstant": ErrorWords(
        "其他命令一直在写,取不到一个完整的时刻。", "Others write without a pause: no instant was found for a snapshot.", next: "稍后再试。", "Try again later."),
    "notASnapshot": ErrorWords(
        "这不是快照[({reason})]。", "This is no snapshot[ ({reason})].",
        next: "检查文件名;普通数据包用 tiaokuai bundle import 收。", "Check the file's name; a bundle is taken in with tiaokuai bundle import."),
    "malformed": ErrorWords("快照的内容不合格式[({reason})]。", "The snapshot's content is malformed[ ({reason})].", next: again.0, again.1),
    "forAnother": ErrorWords(
        "快照是给别的节点({node})的。", "The snapshot is for another node ({node}).",
        next: "没有改动任何内容;请上级按本节点的名称重新出具。", "Nothing was changed; have the superior make one for this node."),
    "notFromAbove": ErrorWords(
        "出具快照的节点 {node} 不是本节点的上级,或它的凭证已被撤销,或本节点还没有它的凭证。",
        "Node {node}, which made the snapshot, is not above this one, or its credential was revoked or is not held here.",
        next: "没有改动任何内容;先收下上级的凭证(enroll accept 或 bundle import),或请上级出具。",
        "Nothing was changed; take in the superior's credential first (enroll accept or bundle import), or have the superior make one."),
    "wrongSignature": ErrorWords("快照声明的签名不对(节点 {node})。", "The statement's signature does not verify (node {node}).", next: again.0, again.1),
    "wrongCheckpoint": ErrorWords("快照里的检查点不是节点 {node} 的,或签名不对。", "The checkpoint in the snapshot is not node {node}'s, or its signature does not verify.", next: again.0, again.1),
    "incomplete": ErrorWords("快照不完整:有损坏或缺少的部分[({reason})]。", "The snapshot is not whole: something is damaged or lacking[ ({reason})].", next: again.0, again.1),
    "beyondHeads": ErrorWords("快照里有声明没有列出的内容({item})。", "The snapshot holds what its statement does not name ({item}).", next: report.0, report.1),
    "refused": ErrorWords("快照里有一份不能收({item}):{reason}。", "A changeset of the snapshot is not taken ({item}): {reason}.", next: again.0, again.1),
    "unvouched": ErrorWords(
        "快照里有一份没有签名担保({item})。", "A changeset of the snapshot lies below no signed one ({item}).", next: report.0, report.1),
    "stateDiffers": ErrorWords(
        "按快照的内容算出的结果与节点 {node} 签的不符:{partition}。", "What the snapshot comes to is not what node {node} signed: {partition}.", next: report.0, report.1),
    "historyLacking": ErrorWords(
        "本节点只有归并过的历史,没有各份的签名[;完整的在节点 {node}]。", "This node holds that history summed up, without signatures[; node {node} has all of it].",
        next: "到有完整历史的节点上办。", "Ask at the node that holds the whole history."),
]
