import TiaokuaiModel

/// A cut 撤销: ends a node's key at listed heads, in every partition and epoch. By a strict superior's government; of
/// several the intersection counts.
public enum CutKind {
    public static let table = KindTable(
        "cut", "撤销", .policy, key: [.init("issuer", .text), .init("subject", .bytes), .init("number", .decimal)], issuer: .key("issuer"),
        fields: [FieldSpec("content", 16, .internal, .soleIssuer, .bytes, "撤销内容")])

    /// `CutContent` in its explicit form.
    public static let content = table.number(of: "content")
}
