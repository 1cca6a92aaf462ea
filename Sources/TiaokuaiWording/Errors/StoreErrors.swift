/// Codes of `StoreError`.
let storeErrors: [String: ErrorWords] = [
    "busy": ErrorWords(
        "另一条命令正在写入,等了 30 秒还没完。", "Another command is writing and did not finish within 30 seconds.",
        next: "稍后再试;什么也没有写。", "Try again later; nothing was written."),
    "diskFull": ErrorWords(
        "磁盘满了。", "The disk is full.",
        next: "腾出空间再试;这次什么也没有写。", "Make room and try again; nothing of this was written."),
    "readOnly": ErrorWords(
        "节点文件夹不能写入[:{fact}]。", "The node folder can't be written[: {fact}].",
        next: "检查文件夹的权限和磁盘是否只读。", "Check the folder's permissions and whether the disk is read-only."),
    "missing": ErrorWords(
        "文件夹里没有节点数据库[:{fact}]。", "The folder holds no store[: {fact}].",
        next: "用 --dir 指明节点文件夹,或从备份恢复。", "Name the node's folder with --dir, or restore a backup."),
    "newerVersion": ErrorWords(
        "数据库由更新版本的程序写成[(版本 {fact})]。", "A later version of this program wrote the store[ (version {fact})].",
        next: "先升级 tiaokuai;不会改动其中任何内容。", "Upgrade tiaokuai first; nothing in it was changed."),
    "otherBuild": ErrorWords(
        "这个文件夹由另一个开发版本的程序写成[({fact} 不同)],没有动它。", "Another development version of this program wrote this folder[ ({fact} differs)]; it was left as it is.",
        next: "仍用写它的那个版本打开,把没有交出去的内容 tiaokuai bundle export --all 导出;再用本版本新建文件夹(enroll request --takes-over,或恢复本版本写的备份),收进各方的数据包。",
        "Open it with the version that wrote it and hand over what is left with tiaokuai bundle export --all; then make a folder with this version (enroll request --takes-over, or restore a backup that this version wrote) and import the bundles of the others."
    ),
    "strangeSchema": ErrorWords(
        "数据库里有触发器或视图 {fact},不是本程序建的:它能改变查到的内容。没有打开。", "The store has a trigger or view {fact} that this program did not make: it can change what is answered. It was not opened.",
        next: "先复制整个文件夹保存,查清是谁加的;再用 tiaokuai node restore 从备份恢复。", "Keep a copy of the whole folder and find out who added it; then restore a backup with tiaokuai node restore."),
    "notAStore": ErrorWords(
        "这个文件不是节点的数据库,或开头已损坏[:{fact}]。", "This file is no node's store, or its beginning is damaged[: {fact}].",
        next: "核对 --dir;确是节点文件夹的,先复制保存,再用 tiaokuai node restore 从备份恢复。",
        "Check --dir; if it is the node's folder, keep a copy, then restore a backup with tiaokuai node restore."),
    "damaged": ErrorWords(
        "数据库文件损坏[:{fact}]。", "The store's file is damaged[: {fact}].",
        next: "先复制整个文件夹保存,再用 tiaokuai node restore 从备份恢复;上级会把丢失的内容送回。",
        "Keep a copy of the whole folder, then restore a backup with tiaokuai node restore; the superior sends back what was lost."),
    "ioError": ErrorWords(
        "操作系统报告读写错误[:{fact}]。", "The system reported an input/output error[: {fact}].",
        next: "检查磁盘;换一块盘前先备份(tiaokuai node backup)。", "Check the disk; back up (tiaokuai node backup) before replacing it."),
    "inconsistent": ErrorWords(
        "数据库里有本程序不会写的内容[:{fact}]。", "The store holds something that this program never writes[: {fact}].",
        next: "运行 tiaokuai doctor 找出是哪一行。", "Run tiaokuai doctor to find the row."),
]
