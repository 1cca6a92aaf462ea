import TiaokuaiModel

/// That somebody asked the audit something at a node: who, what, when, and how long the log was. A record of the node's own
/// place, so that it is sealed with the node's next changeset and the tiers above see who reads what.
public enum AuditReadingKind {
    public static let table = KindTable(
        "auditReading", "审计查阅", .work, key: [.init("unit", .text), .init("epoch", .text), .init("number", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("reader", 16, .internal, .soleIssuer, .text, "查阅人"),
            FieldSpec("question", 17, .internal, .soleIssuer, .text, "所问"),
            FieldSpec("position", 18, .internal, .soleIssuer, .decimal, "日志位置"),
        ])

    /// A person's id, or `os:` and the name of the machine's account where nobody was named.
    public static let reader = table.number(of: "reader")
    /// The command as it was given, without its folder and its secrets.
    public static let question = table.number(of: "question")
    /// Entries of the log when it was asked.
    public static let position = table.number(of: "position")
}
