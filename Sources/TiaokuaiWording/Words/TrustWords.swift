/// What came of items that arrived, in words; codes as in `--json`.
public enum CarriageWords {
    /// What an item waits for.
    public static func waitingFor(_ code: String) -> Words? {
        [
            "predecessor": Words("等它前面的一份", "waits for the one before it"),
            "credential": Words("等签名者的凭证", "waits for the signer's credential"),
            "rootStatement": Words("等更新的根声明", "waits for a newer root statement"),
            "body": Words("等正文", "waits for its body"),
        ][code]
    }

    /// By which road a file went.
    public static func carrier(_ code: String) -> Words? {
        [
            "file": Words("文件", "file"), "drop": Words("投递夹", "drop folder"), "receipt": Words("回执文件", "receipt file"), "http": Words("联网", "network"),
        ][code]
    }

    /// What became of a file in a drop folder.
    public static func dropFate(_ code: String) -> Words? {
        [
            "taken": Words("收下", "taken in"), "rejected": Words("退出", "rejected"), "arriving": Words("还在到达", "still arriving"),
        ][code]
    }

    /// The outcome of an item.
    public static func reception(_ code: String) -> Words? {
        [
            "accepted": Words("收下", "accepted"), "duplicate": Words("早已收下", "held before"), "waiting": Words("等待补齐", "waiting"),
            "void": Words("作废(读不懂)", "void (unreadable)"), "refused": Words("未收", "refused"), "statement": Words("声明已收", "statement taken in"),
        ][code]
    }

    /// Why a credential grants nothing.
    public static func grantFault(_ code: String) -> Words? {
        [
            "issuerNotGranted": Words("签发节点自己没有有效凭证", "the issuer holds no valid credential"),
            "issuerNotGovernment": Words("签发单位不是政府", "the issuing unit is not a government"),
            "regionOutside": Words("区划不在签发范围", "the region is outside the issuer's"),
            "unitOutside": Words("单位不在签发范围", "a unit is outside the issuer's region"),
            "depthExceeded": Words("授权层级超限", "the depth exceeds the issuer's"),
            "keyMalformed": Words("密钥不对", "the key is malformed"),
            "unitTaken": Words("单位已由别的节点填写,且无人同意", "a unit is written by another node, and nobody agreed"),
            "consentCut": Words("同意书的密钥已撤销", "the key that agreed was cut"),
            "keyNotAgreed": Words("换新密钥须由原密钥同意", "a node's new key needs the agreement of its old one"),
            "issuerCut": Words("签发者的凭证已撤销", "the issuer's credential was cut"),
        ][code]
    }

    /// A `TrustConcern`. Facts: `node`, `item`, and as they apply `other`, `unit`, `partition`, `day`, `sequence`.
    public static func concern(_ code: String, _ facts: [String: String] = [:]) -> Words? {
        var facts = facts
        facts["region"] = facts["partition"].map(SheetWords.place)
        return [
            "pastItsDay": Words("{node} 的凭证 {item} 到 {day} 为止,已过期;照收,须换发", "{node}'s credential {item} ran out on {day}: its work is still taken; it needs another"),
            "contested": Words(
                "{unit} 同时授给了 {node}[ 和 {other}],都没有说合写或接替:暂停填写,由更上级决定(enroll grant 接替)",
                "{unit} was granted to {node}[ and to {other}], and neither joins or takes over: nobody writes it until one above takes it over (enroll grant)"),
            "rivalGovernment": Words(
                "{node} 的凭证 {item} 把 {unit} 定为 {region} 的本级政府,同时另有凭证定了别的单位:本级政府暂缺,由更上级决定(enroll grant 接替)",
                "{node}'s credential {item} names {unit} as the government of {region}, and another names another unit: it has none until one above decides (enroll grant, taking over)"),
            "cutBehindLog": Words(
                "{other} 撤销 {node} 的凭证时,漏掉了自己 {day} 回执过的 {partition} 第 {sequence} 份({item});须由其上级核对",
                "{other} cut {node} behind what it had vouched for on {day}: no. {sequence} in {partition} ({item}) is left out; for its superior to look into"),
        ][code]?.filled(withPartition: facts)
    }

    public static func changesetState(_ code: String) -> Words? {
        ["applied": Words("已生效", "applied"), "waiting": Words("等待补齐", "waiting"), "void": Words("作废", "void")][code]
    }
}
