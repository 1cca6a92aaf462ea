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

    public static func changesetState(_ code: String) -> Words? {
        ["applied": Words("已生效", "applied"), "waiting": Words("等待补齐", "waiting"), "void": Words("作废", "void")][code]
    }
}
