/// What others' logs, as they were shown to this node, contradict or leave open; codes as in `--json`.
public enum LogWords {
    /// A `LogConcern`. Facts: `node`, `since`, `item`, and as they apply `partition`, `first`, `second` (its numbers).
    public static func concern(_ code: String, _ facts: [String: String] = [:]) -> Words? {
        [
            "splitView": Words(
                "{node} 出过两本账(日志 {first} 项和 {second} 项不是同一本[;按 {hashes} ]),{since} 起;证据 {item},可用 tiaokuai log evidence 导出",
                "{node} has shown two logs (of {first} and of {second}, not of one history[ under {hashes}]), since {since}; evidence {item}, see tiaokuai log evidence"),
            "unproven": Words(
                "{node} 的日志 {second} 项,没有证明是从 {first} 项那本接着写的[(按 {hashes} )],{since} 起;已索要证明",
                "nothing proves[ under {hashes}] that {node}'s log of {second} goes on from the one of {first}, since {since}; the proof is asked for"),
            "withheld": Words(
                "{node} 的[ {partition} ]内容写到 {item},这里没有:在途或被扣留,{since} 起", "{node} has written[ {partition}] up to {item}, which is not here: under way or kept back, since {since}"),
            "wentBack": Words(
                "{node} 的检查点自相矛盾:{second} 项的一份漏了 {first} 项那份列出的 {item}", "{node} contradicts itself: its checkpoint of {second} leaves out {item}, which the one of {first} lists"),
            "otherBranch": Words(
                "{node} 的 {partition} 第 {first} 份,有节点收到的是另一份({item}),这里没有:分叉", "another node holds a different no. {first} of {node} in {partition} ({item}): a fork, whose other branch is not here"),
            "checkpointLacking": Words(
                "{node} 的 {partition} 第 {first} 份点到的检查点 {item},这里没有,{since} 起;已点名索要",
                "no. {first} of {node} in {partition} names checkpoint {item}, which is not here, since {since}; it is asked for"),
            "restored": Words(
                "{node} {since} 起用新纪元:由备份恢复,或有人拿着它的副本;这里所持的早先内容中有 {first} 份不在那份备份里",
                "{node} began a new epoch, seen since {since}: restored from a backup, or somebody has a copy of it; {first} earlier changeset(s) held here were not in it"),
        ][code]?.filled(withPartition: facts)
    }

    /// A superior whose receipt is overdue. Facts: `node`, `partition`, `sequence`, `sealed`, `days`, `count`.
    public static func overdueReceipt(_ facts: [String: String]) -> Words {
        Words(
            "{node} 的回执逾期:{sealed} 封装的 {partition} 第 {sequence} 份起,共 {count} 份,已 {days} 天没有回执",
            "{node}'s receipt is overdue: nothing for {days} days on {count} changeset(s), from no. {sequence} in {partition}, sealed on {sealed}"
        ).filled(withPartition: facts)
    }
}
