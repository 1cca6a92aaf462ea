import TiaokuaiModel

/// A document 文件: issued by one unit, or in force when all joint issuers stand with the same content.
///
/// The number is as printed, `甘办发〔2020〕16号`; a document that prints none has `无文号/` and its title.
public enum DocumentKind {
    public static let table = KindTable(
        "document", "文件", .policy, key: [.init("issuers", .text), .init("number", .text)], issuer: .key("issuers"),
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "标题"),
            FieldSpec("signedOn", 17, .internal, .soleIssuer, .day, "成文日期"),
            FieldSpec("publishedOn", 18, .internal, .soleIssuer, .day, "发布日期"),
            FieldSpec("publicity", 19, .internal, .soleIssuer, .text, "公开属性"),
            FieldSpec("cites", 20, .internal, .soleIssuer, .list, "引用文件"),
            FieldSpec("addressees", 21, .internal, .soleIssuer, .list, "主送"),
            FieldSpec("approval", 22, .internal, .soleIssuer, .text, "审批说明"),
            FieldSpec("textHash", 23, .internal, .soleIssuer, .bytes, "正文摘要"),
            FieldSpec("texts", 24, .internal, .soleIssuer, .list, "正文"),
            FieldSpec("isTruncated", 25, .internal, .soleIssuer, .boolean, "文本不全"),
            FieldSpec("renditions", 26, .internal, .set, .bytes, "其他版式摘要"),
            FieldSpec("attachments", 27, .internal, .set, .text, "附件"),
        ])

    public static let title = table.number(of: "title")
    public static let signedOn = table.number(of: "signedOn")
    public static let publishedOn = table.number(of: "publishedOn")
    /// A raw value of `Publicity`; absent is `internal`.
    public static let publicity = table.number(of: "publicity")
    /// Each a list of three or four texts: relation, number, title, and the clause that cites; see `Citation`.
    public static let cites = table.number(of: "cites")
    /// Texts as printed.
    public static let addressees = table.number(of: "addressees")
    public static let approval = table.number(of: "approval")
    /// SHA-256 of the canonical text (NFKC, no white space).
    public static let textHash = table.number(of: "textHash")
    /// The text in pieces that keep `Value.maximumBytes`.
    public static let texts = table.number(of: "texts")
    public static let isTruncated = table.number(of: "isTruncated")
    /// Raw hashes of files that hold the same canonical text in another typography.
    public static let renditions = table.number(of: "renditions")
    /// `<sha-256 in hexadecimal> <file name>`.
    public static let attachments = table.number(of: "attachments")

    /// The number under which a document without one is kept.
    public static func number(ofUnnumbered title: String) -> String { "无文号/" + title }
}

/// How far a document may be shown 公开属性; the stricter of two wins, so lower is stricter.
public enum Publicity: String, Hashable, Sendable, CaseIterable, Comparable {
    /// 不予公开
    case `internal`
    /// 依申请公开
    case onRequest
    /// 主动公开
    case `public`

    private var openness: Int {
        switch self {
        case .internal: 0
        case .onRequest: 1
        case .public: 2
        }
    }
    public static func < (left: Publicity, right: Publicity) -> Bool { left.openness < right.openness }
}
