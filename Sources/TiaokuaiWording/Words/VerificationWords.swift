/// What an audit finds, and what it is doing, in words; codes as in `--json`.
public enum VerificationWords {
    /// A finding. Facts: `fact` (an inner code or number) and its place: `node`, `partition`, `sequence`, `changeset`, `entry`, `size`,
    /// `item`, `record`, `kind`, `field`, `column`, `file`, `offset`, as they apply.
    public static func finding(_ code: String, _ facts: [String: String] = [:]) -> Words? { findings[code]?.filled(facts) }

    /// Where something is; facts as for a finding.
    public static func place(_ facts: [String: String]) -> Words {
        Words(
            "[文件 {file} ][第 {offset} 字节 ][{node} ][{partition} ][第 {sequence} 份 ][{changeset} ][日志第 {entry} 项 ][{size} 项的日志 ][{item} ][记录 {kind} ][{record} ]",
            "[file {file} ][byte {offset} ][{node} ][{partition} ][no. {sequence} ][{changeset} ][log entry {entry} ][log of {size} ][{item} ][record {kind} ][{record} ]"
        ).filled(withPartition: facts)
    }

    /// What is being looked at.
    public static func stage(_ code: String) -> Words? {
        [
            "file": Words("数据库文件", "the store's file"), "resuming": Words("核对已验过的", "what was verified before"), "changesets": Words("逐份验证并重放", "each changeset, and the replay"),
            "statements": Words("检查点和回执", "checkpoints and receipts"), "log": Words("日志重算", "the log, made again"), "records": Words("记录逐条比对", "each record, here and replayed"),
        ][code]
    }

    private static let findings: [String: Words] = [
        "fileDamaged": Words("数据库文件有损坏[:{fact}]", "the store's file is damaged[: {fact}]"),
        "rowUnreadable": Words("有一行读不出来[:{fact}]", "a row can't be read[: {fact}]"),
        "rowDiffers": Words("库里的{column}一栏与签名的内容不符", "the stored column {column} differs from what is signed"),
        "pastChanged": Words(
            "续验记录{file}所说已验过的部分,现在的字节不一样了;全部重新验过", "what the state in {file} says was verified is not what lies here now; everything was verified again"),
        "summedUp": Words(
            "这一段 {fact} 份随快照而来,由其后有签名的一份担保;各份的签名在出具快照的节点",
            "{fact} changesets up to here came in a snapshot; the signed one after them vouches for them, and their signatures lie with the node that made it"),
        "unvouched": Words("没有签名,其后也没有有签名的一份担保", "has no signature, and no signed changeset after it vouches for it"),
        "rootMissing": Words("没有根声明", "there is no root statement"),
        "rootBroken": Words("根声明接不上,或签名不对[({fact})]", "a root statement is not in the chain or not signed as it must be[ ({fact})]"),
        "bytesDiffer": Words("存着的字节与收到时不同", "the stored bytes are not those that came"),
        "envelopeUnreadable": Words("信封读不懂[({fact})]", "the envelope can't be read[ ({fact})]"),
        "wrongIdentity": Words("编号与内容不符[:内容是 {fact}]", "the identity is not that of the content[, which is {fact}]"),
        "wrongNetwork": Words("属于另一个网络[ {fact}]", "it is of another network[ ({fact})]"),
        "wrongSignature": Words("签名不成立[({fact})]", "the signature does not hold[ ({fact})]"),
        "bodyDiffers": Words("正文不是签过的那份[({fact})]", "the body is not what was signed[ ({fact})]"),
        "bodyUnreadable": Words("正文读不懂,整份作废[({fact})]", "the body can't be read: void as a whole[ ({fact})]"),
        "outsidePartition": Words("签名者的凭证管不到这个分区", "the signer's credential does not reach this partition"),
        "personalField": Words("有明文的个人信息[,字段号 {field}]", "it shows personal data[, field number {field}]"),
        "credentialUnknown": Words("签名所依的凭证不在这里", "the credential that it was signed under is not here"),
        "credentialRefused": Words("签名所依的凭证不作数[({fact})]", "the credential that it was signed under grants nothing[ ({fact})]"),
        "outsideValidity": Words("封装日期[ {fact} ]在凭证有效期以外", "sealed[ on {fact}] outside its credential's dates"),
        "refused": Words("重放时不收[({fact})]", "the replay refuses it[ ({fact})]"),
        "heldBack": Words("重放到这里接不下去:缺 {fact}", "the replay can't go on from here: lacking {fact}"),
        "stateDiffers": Words("存着的状态与重放的不同[({fact})]", "its stored state is not what the replay comes to[ ({fact})]"),
        "waiting": Words("等待补齐[:{fact}]", "it is held back[: it {fact}]"),
        "fork": Words("同一份写了 {fact} 次:分叉", "written {fact} times: a fork"),
        "timeOutsideCheckpoints": Words(
            "记着的到达时刻不在前后两个本机检查点之间[,差 {fact}]:本机时钟调过,或者库里的时刻改过;各项查问以检查点为准",
            "its time of arrival as stored lies outside of the own checkpoints around it[, by {fact}]: this machine's clock was set, or the time was changed in the store; answers go by the checkpoints"
        ),
        "clockWentBack": Words("到达时刻早于前一份[ {fact}]:本机时钟调过", "it arrived[ {fact}] before the one that came before it: this machine's clock was set back"),
        "genesisDiffers": Words("日志的第一项不是本节点、本纪元的", "the log's first entry is not this node's and epoch's"),
        "entryMissing": Words("日志缺这一项", "the log lacks this entry"),
        "entryRepeated": Words("日志里这一项重复", "this entry is in the log twice"),
        "entryUnknown": Words("日志里有这一项,内容却没有", "the log has this entry, and its changeset is not here"),
        "entryDiffers": Words("日志在这个位置是另一份", "the log has another entry at this place"),
        "notLogged": Words("已验证,却不在日志里", "it counts as verified and is not in the log"),
        "logNodeDiffers": Words("日志树的节点与各项不符[({fact})]", "a node of the log's tree does not follow from the entries[ ({fact})]"),
        "rootDiffers": Words("签过的日志根与现在的日志不符[({fact})]:日志被改写过", "the signed root is not that of the log as it lies here[ ({fact})]: the log was rewritten"),
        "epochUnsigned": Words(
            "日志的纪元没有任何签名,以前的纪元有:刚由备份恢复的,先用 tiaokuai log checkpoint 签一次;否则是库里的纪元被改过",
            "nothing was signed in this log's epoch, and something was in earlier ones: after a restore sign once with tiaokuai log checkpoint; else the epoch was changed in the store"),
        "logShorter": Words("签过更长的日志:现在的被截短或退回过", "a longer log than this was signed: it was cut short or put back"),
        "statementUnreadable": Words("声明读不懂[({fact})]", "the statement can't be read[ ({fact})]"),
        "statementSignature": Words("声明的签名不成立[({fact})]", "the statement's signature does not hold[ ({fact})]"),
        "statementProof": Words("声明里的证明不成立[({fact})]", "a proof in the statement does not hold[ ({fact})]"),
        "acknowledgedDiffers": Words("记着对方已收到的,与它最新的回执不符", "what the peer is held to have is not what its newest receipt says"),
        "splitView": Words("出过两本账[({fact})],有证据", "two logs were shown[ ({fact})]; there is evidence"),
        "unproven": Words("没有证明较长的日志是接着这本写的[({fact})]", "nothing proves that the longer log goes on from this one[ ({fact})]"),
        "withheld": Words("作者说写了,这里没有:在途或被扣留", "its author says it wrote it, and it is not here: under way or kept back"),
        "wentBack": Words("后来的检查点漏了先前列出的一份[({fact})]", "a later checkpoint leaves out what an earlier one lists[ ({fact})]"),
        "otherBranch": Words("有节点收到的是另一份,这里没有:分叉", "another node holds a different one, not here: a fork"),
        "checkpointLacking": Words("内容里点到的检查点不在这里", "a checkpoint that it names is not here"),
        "restored": Words("该节点用了新纪元:由备份恢复,或有人拿着副本[;其中 {fact} 份不在备份里]", "the node began a new epoch: restored from a backup, or copied[; {fact} changesets were not in it]"),
        "recordDiffers": Words("存着的结果与重放的不同", "what is stored of it is not what its operations come to"),
        "recordMissing": Words("重放得出这条记录,库里没有", "the replay has this record, and the store has not"),
        "recordExtra": Words("库里有这条记录,重放得不出", "the store has this record, and the replay has not"),
        "digestDiffers": Words("状态摘要与重放的不同[({fact})]", "the state digest is not the replay's[ ({fact})]"),
        "fileCutShort": Words("文件不完整,或结尾核不上", "the file is incomplete, or its end does not fit"),
        "fileStretchDamaged": Words("文件有一段损坏[({fact})]", "a stretch of the file is damaged[ ({fact})]"),
        "archiveFileDiffers": Words("与 SHA256SUMS 所列的摘要不同", "its digest is not the one in SHA256SUMS"),
        "archiveFileMissing": Words("SHA256SUMS 列了它,这里没有", "SHA256SUMS lists it, and it is not here"),
        "archiveFileExtra": Words("SHA256SUMS 没有列它,或者它不是存档的文件", "SHA256SUMS does not list it, or it is no file of an archive"),
        "archivePageDiffers": Words(
            "与本程序所带的不同:别的版本的,或者改过;核对以本程序为准,改过的脚本不要运行",
            "it is not the one that this program carries: another version's, or changed; go by this program, and don't run a script that was changed"),
        "archiveFactDiffers": Words("archive.json 所说的{fact}与存档里的日志、检查点不符", "what archive.json says of {fact} is not what the archive's log and checkpoints say"),
        "archivePartial": Words("只含 {fact} 及所辖:缺一项看不出来", "it holds {fact} and below only: that an entry is lacking is not seen"),
        "archiveNotContinued": Words(
            "前一年存档的日志不是它的开头[:缺 {fact} 项]", "the log of the archive before is not its beginning[: {fact} entries are lacking]"),
        "strangerSent": Words("这些文件里没有发送方的凭证,它的声明无从核对", "these files hold no credential of the sender: its statements can't be judged"),
    ]

    /// A length of time in the largest measure of which there are two.
    public static func length(milliseconds: Int64) -> Words {
        let measures: [(Int64, Words)] = [
            (86_400_000, Words("{n} 天", "{n} days")), (3_600_000, Words("{n} 小时", "{n} hours")), (60_000, Words("{n} 分钟", "{n} minutes")), (1_000, Words("{n} 秒", "{n} s")),
        ]
        let (size, words) = measures.first { milliseconds >= 2 * $0.0 } ?? (1, Words("{n} 毫秒", "{n} ms"))
        return words.filled(["n": "\(milliseconds / size)"])
    }
}
