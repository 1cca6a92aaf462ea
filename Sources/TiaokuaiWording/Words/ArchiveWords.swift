/// The README of an archive: what it holds, and how it is verified in thirty years with nothing of ours.
public enum ArchiveWords {
    /// What the README says of one archive.
    public struct Facts: Sendable {
        public var year = 0
        public var nodeName = "", network = "", node = "", epoch = "", head = ""
        /// Nil: everything that the node holds.
        public var place: String?
        public var from: UInt64 = 0, to: UInt64 = 0, size: UInt64 = 0
        public var changesets = 0, policyBefore = 0, operations = 0
        public var fieldClass = ""
        public var sealedValues = 0
        public var isRehearsal = false, isOver = true
        /// Size of the head that the archive before ends with; nil where none goes before.
        public var before: UInt64?

        public init() {}
    }

    /// Chinese first, then English; the same facts give the same text.
    public static func readme(_ facts: Facts) -> String { chinese(facts) + "\n---\n\n" + english(facts) }

    /// A class of fields, in words.
    public static func fieldClass(_ code: String) -> Words {
        [
            "personal": Words("个人信息(加封存放)", "personal data (sealed)"), "internal": Words("内部", "internal"), "public": Words("公开", "public"),
        ][code] ?? Words(code, code)
    }

    private static func chinese(_ f: Facts) -> String {
        """
        # 条块存档 \(f.year) 年 · \(f.nodeName)

        \(f.isRehearsal ? "**演练网络,不是真实数据。**\n\n" : "")**密级:\(fieldClass(f.fieldClass).zh)**\(f.sealedValues > 0 ? ",含加封值 \(f.sealedValues) 个(只有收件节点的密钥能打开)" : "")。\
        本节点所持的都在里面,按其中最高的一级保管。

        - 网络编号:`\(f.network)`
        - 节点:\(f.nodeName),`\(f.node)`,纪元 `\(f.epoch)`
        - 本年收到:日志第 \(f.from) 至 \(f.to - 1) 项,\(f.changesets) 份内容;年前的政策 \(f.policyBefore) 份;填报共 \(f.operations) 条\(f.place.map { ";只含 \($0) 及所辖" } ?? "")
        - 日志头:\(f.size) 项,根 `\(f.head)`
        - \(f.before.map { "接续上一年的存档,其日志头为 \($0) 项;以后各年的存档接续本档。" } ?? "这是本纪元日志的第一份存档;以后各年的存档接续本档。")
        - \(f.isOver ? "日志表明本年已经结束,不会再有增补。" : "**本年尚未结束,或日志还不能表明它已结束:到时请重做。**")

        ## 怎样核验

        不需要本软件,也不需要节点。网络编号或根密钥指纹要从可靠的渠道得到(公报、保管人、前一年的封签),**不要取自本文件夹**。

        1. 文件有没有损坏:`sha256sum -c --quiet SHA256SUMS`(任何系统都有同类工具)。
        2. 内容是不是原来的:`pip install "cbor2>=6" cryptography zstandard`(做档时试过 cbor2 6、cryptography 42 以上、zstandard 0.22 以上,Python 3.9 以上),然后 `python3 verify.py 本文件夹 --root 网络编号`。
           有前几年的存档时一并写上:`python3 verify.py 2021 2020 --root …`,就会核对两年的日志相接、内容逐份相连。
           退出码:0 没有问题,1 有问题(逐条写明位置),2 用法不对。
        3. 日志:`log/` 是 C2SP tlog-tiles,通用的透明日志工具能读。
        4. 有本软件时:`tiaokuai audit verify 本文件夹 --root 网络编号`,另外重放全部填报。

        核验程序核验:文件摘要、数据帧、根声明链、凭证链(含换钥、撤销)、每份内容的签名和正文摘要、前后相接、检查点、回执、一致性证明、日志重算、本年每一项都在。
        它不核验、只计数或注明:SM2 签名和 SM3 树(本软件能验);加封值的内容;填报的业务含义;区划隶属和单位归属(本软件能验)。

        ## 里面有什么

        | 文件 | 内容 |
        | --- | --- |
        | `bundles/1-policy-before-*.tkb` | 年前的全部政策(凭证、撤销、方案……),自第 1 份起 |
        | `bundles/2-year-*.tkb` | 本年收到的全部内容,按日志次序 |
        | `bundles/3-statements-*.tkb` | 本年收到的检查点、一致性证明、回执、两本账证据;首尾两个日志头 |
        | `log/` | 日志全部条目(32 字节编号)及散列 |
        | `roots/` | 根公钥,COSE_Key;可与公布的核对 |
        | `formats/` | 字节格式说明 |
        | `vectors/` | 格式的黄金样例 |
        | `archive.json`、`SHA256SUMS`、`verify.py` | 说明、摘要清单、核验程序 |

        """
    }

    private static func english(_ f: Facts) -> String {
        """
        # Tiaokuai archive \(f.year) · \(f.nodeName)

        \(f.isRehearsal ? "**A rehearsal: no real data.**\n\n" : "")**Class: \(fieldClass(f.fieldClass).en)**\(f.sealedValues > 0 ? ", with \(f.sealedValues) sealed values (only their receivers' keys open them)" : ""). \
        All that the node holds is in here: keep it as the highest class in it asks.

        - Network: `\(f.network)`
        - Node: \(f.nodeName), `\(f.node)`, epoch `\(f.epoch)`
        - Received in the year: entries \(f.from) to \(f.to - 1) of its log, \(f.changesets) changesets; \(f.policyBefore) of policy from before; \(f.operations) operations in all\(f.place.map { "; only \($0) and below" } ?? "")
        - Head of the log: \(f.size) entries, root `\(f.head)`
        - \(f.before.map { "It goes on from the archive of the year before, whose head is of \($0); later years go on from this one." } ?? "It is the first of this epoch's log; later years go on from it.")
        - \(f.isOver ? "The log shows that the year was over: nothing can be added." : "**The year is not over, or the log doesn't show it yet: make it again then.**")

        ## How to verify it

        Neither our software nor a node is needed. Have the network's id or a root key's thumbprint from a source that you trust (a gazette, a keeper, last year's seal), **not from this folder**.

        1. Nothing is damaged: `sha256sum -c --quiet SHA256SUMS` (every system has the like).
        2. It is what was signed: `pip install "cbor2>=6" cryptography zstandard` (tried with cbor2 6, cryptography from 42, zstandard from 0.22, Python from 3.9), then `python3 verify.py THIS-FOLDER --root NETWORK`.
           Give the archives of earlier years too: `python3 verify.py 2021 2020 --root …` compares the logs and follows each feed across the years.
           Exit status: 0 no fault, 1 faults, each with its place, 2 wrong usage.
        3. The log: `log/` is C2SP tlog-tiles, which stock transparency tools read.
        4. With our software: `tiaokuai audit verify THIS-FOLDER --root NETWORK`, which replays all operations besides.

        The script checks digests, frames, the chain of root statements, credential chains (rotations, cuts), each changeset's signature and body, the order of feeds, checkpoints, receipts, consistency
        proofs, the log made again, and that every entry of the year is here. It does not judge, and counts or says: SM2 signatures and SM3 trees (our software does); what is in sealed values; what
        operations mean; which place lies in which and whose a unit is (our software does).

        ## What is in it

        | file | content |
        | --- | --- |
        | `bundles/1-policy-before-*.tkb` | all policy from before the year (credentials, cuts, matrices …), from the first on |
        | `bundles/2-year-*.tkb` | every changeset received in the year, in the order of the log |
        | `bundles/3-statements-*.tkb` | checkpoints, consistency proofs, receipts, evidence of two logs received in the year; the heads at both ends |
        | `log/` | every entry of the log (identities of 32 bytes) and its hashes |
        | `roots/` | the root public keys, COSE_Key, to be compared with what was published |
        | `formats/` | the pages of the byte formats |
        | `vectors/` | golden files of the formats |
        | `archive.json`, `SHA256SUMS`, `verify.py` | facts, digests, the verifier |

        """
    }
}
