import TiaokuaiModel

/// A credential 凭证: what a node may receive, write and issue, in the policy partition of the subject's place. The trust
/// stratum reads its content before any rule of records; the record is how it travels and is listed.
public enum CredentialKind {
    public static let table = KindTable(
        "credential", "凭证", .policy, key: [.init("issuer", .text), .init("subject", .bytes), .init("number", .decimal)], issuer: .key("issuer"),
        fields: [FieldSpec("content", 16, .internal, .soleIssuer, .bytes, "凭证内容")])

    /// `CredentialContent` in its explicit form.
    public static let content = table.number(of: "content")
}
