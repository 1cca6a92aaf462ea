private let rely = ("不要采信这份证明;请对方重新出具,并查一查它经过谁的手。", "Do not rely on this proof; have it made again, and ask through whose hands it came.")

/// Codes of `AuditError`.
let auditErrors: [String: ErrorWords] = [
    "noCheckpoint": ErrorWords(
        "没有签过 {size} 项的检查点[;相近的有 {sizes}]。", "No checkpoint of {size} was signed[; near it: {sizes}].",
        next: "换一个签过的长度;不写 --at,用最新的。", "Take a size that was signed; without --at the newest is taken."),
    "notLogged": ErrorWords(
        "{changeset} 不在 {size} 项的日志里:后来才到,或没有收到。", "{changeset} is not in the log of {size}: it came later, or is not held.",
        next: "不写 --at,用最新的检查点;或到收到它的节点上办。", "Leave out --at for the newest checkpoint, or ask at a node that holds it."),
    "changesetAmbiguous": ErrorWords("“{text}”对得上几份:{candidates}。", "{text} fits several changesets: {candidates}.", next: "多写几位。", "Give more digits."),
    "changesetUnknown": ErrorWords(
        "本节点没有“{text}”这份内容。", "This node holds no changeset {text}.", next: "写变更集编号开头的 8 位以上;tiaokuai audit timeline --csv 的“变更集编号”一列就是。",
        "Give at least eight digits of the changeset's identity: the column Changeset of tiaokuai audit timeline --csv."),
    "notAProof": ErrorWords(
        "这不是日志证明[({reason})]。", "This is no proof of a log[ ({reason})].", next: "检查文件名;证明由 tiaokuai audit prove 写出。", "Check the file's name; proofs are written by tiaokuai audit prove."),
    "wrongRoot": ErrorWords(
        "给出的内容属于另一个网络({network}),不是给定的根({root})的。", "What was given is of another network ({network}) than the root ({root}).",
        next: "核对 --root;网络编号或根密钥指纹要从可靠的渠道得到。", "Check --root; get the network's id or the root key's thumbprint from a source that you trust."),
    "rootsBroken": ErrorWords("证明里的根声明接不上,或签名不够[({reason})]。", "The root statements in the proof are no chain, or lack signatures[ ({reason})].", next: rely.0, rely.1),
    "credentialAltered": ErrorWords(
        "证明里带凭证的一份内容[ {changeset} ]被改动过[({reason})]。", "A changeset in the proof that carries a credential[ ({changeset})] was altered[: {reason}].", next: rely.0, rely.1),
    "wrongKey": ErrorWords(
        "签名的密钥不是节点 {node} 的:没有凭证把它给这个节点。", "The key that signed is not node {node}'s: no credential gives it that key.", next: rely.0, rely.1),
    "checkpointAltered": ErrorWords("检查点被改动过[({reason})]。", "The checkpoint was altered[ ({reason})].", next: rely.0, rely.1),
    "wrongEpoch": ErrorWords(
        "检查点和证明不是同一本日志:换了节点或纪元(节点 {node})。", "Checkpoint and proof are not of one log: another node's, or another epoch's (node {node}).", next: rely.0, rely.1),
    "wrongSize": ErrorWords("证明的长度和检查点({size} 项)对不上。", "The proof is of another size than the checkpoint ({size}).", next: rely.0, rely.1),
    "receiptAltered": ErrorWords("回执的签名或内容被改动过[({reason})]。", "The receipt's signature or content was altered[ ({reason})].", next: rely.0, rely.1),
    "pathFails": ErrorWords("证明的路径得不出签过的日志根[({reason})]。", "The path does not lead to the signed root[ ({reason})].", next: rely.0, rely.1),
    "treeMissing": ErrorWords(
        "这个网络的日志按 SHA-256 和 SM3 各有一棵树时,两棵都要证明;这里不齐或多余。", "A network proves each of its trees, SHA-256's and in a GM network SM3's: one is lacking here, or too many.",
        next: rely.0, rely.1),
    "otherChangeset": ErrorWords(
        "给出的内容[({changeset})]不是证明所说的那一份。", "What was given[ ({changeset})] is not what the proof is about.", next: "核对文件,或换这份内容的证明。", "Check the file, or get the proof of this one."),
    "changesetAltered": ErrorWords("给出的内容 {changeset} 被改动过[({reason})]。", "What was given as {changeset} was altered[ ({reason})].", next: "请对方重新给出。", "Have it given again."),
    "notAState": ErrorWords(
        "{path} 不是核验留下的续验记录,没有动它。", "{path} is not what an audit keeps to go on with; it was left as it is.", next: "--resume 换一个文件名。", "Give --resume another name."),
    "stateOfAnother": ErrorWords(
        "{path} 是另一个节点的续验记录,没有动它。", "{path} is what the audit of another node keeps to go on with; it was left as it is.", next: "--resume 换一个文件名。", "Give --resume another name."),
    "otherNetwork": ErrorWords("两边不是一个网络:{left},{right}。", "The two are of different networks: {left}, {right}.", next: "核对文件夹和文件。", "Check the folders and files."),
    "nothingThere": ErrorWords("{path} 里既没有节点,也没有数据包。", "{path} holds neither a node nor a bundle.", next: "核对路径。", "Check the path."),
    "folderNotEmpty": ErrorWords(
        "{path} 里有别的东西,不是以前导出的日志。", "{path} holds something else than an earlier export of this log.", next: "换一个空文件夹。", "Take an empty folder."),
    "notANote": ErrorWords(
        "这不是检查点文件[({reason})]。", "This is no checkpoint note[ ({reason})].", next: "检查文件名;它在 tiaokuai audit log-export 写出的文件夹里,名为 checkpoint。",
        "Check the name: it is the file checkpoint in the folder that tiaokuai audit log-export writes."),
    "noteNotOurs": ErrorWords("检查点属于 {origin},不是本网络任何节点的。", "The checkpoint is of {origin}, no node of this network.", next: "核对文件来源。", "Check where the file came from."),
    "notSeen": ErrorWords(
        "本节点没有见过 {node} 长 {size} 项、根相同的日志,不能见证。", "This node has not seen a log of {node} of {size} with this root, and can't witness it.",
        next: "先与该节点交换,收到这个检查点再见证。", "Exchange with that node first; witness the checkpoint once it is held."),
    "ownNote": ErrorWords(
        "检查点是本节点自己的:自己不能给自己作见证。", "The checkpoint is this node's own: nobody is a witness for itself.", next: "请别的节点见证。", "Have another node witness it."),
    "logInDoubt": ErrorWords(
        "{node} 的日志(这里是 {size} 项的)有疑问:见过两本,或者还没有证据表明它接着以前见过的,不能见证。",
        "The log of {node} (here of {size}) is in doubt: two were seen, or nothing proves yet that it goes on from what was seen before. It can't be witnessed.",
        next: "用 tiaokuai log evidence 和 tiaokuai log verify 看疑问在哪里;缺证明的,先与该节点交换。",
        "See what is in doubt with tiaokuai log evidence and tiaokuai log verify; where a proof is lacking, exchange with that node first."),
    "archiveExists": ErrorWords(
        "{path} 已经有了,没有动它。", "{path} is there already; it was left as it is.", next: "换一个文件夹名;.partial 还在的,可能另有一个命令正在写。",
        "Take another name; where a .partial lies, another command may be writing it."),
    "nothingInYear": ErrorWords(
        "本节点的日志里没有 {year} 年收到的内容。", "This node's log has nothing that came in {year}.", next: "核对 --year;只有已封存的内容才在日志里。",
        "Check --year; only what is sealed is in the log."),
    "unsignedHere": ErrorWords(
        "{year} 年的内容里有随快照来的(日志第 {entry} 项),这里没有它的签名,存了也核验不了。", "Of {year}, log entry {entry} came in a snapshot without its signature: in an archive nobody could verify it.",
        next: "到持有全部签名的上级节点上做存档。", "Make the archive at the superior that holds every signature."),
    "notAnArchive": ErrorWords(
        "{path} 不是存档文件夹[({reason})]。", "{path} is no archive[ ({reason})].", next: "核对路径;存档由 tiaokuai audit archive 写出。", "Check the path; archives are written by tiaokuai audit archive."),
]
