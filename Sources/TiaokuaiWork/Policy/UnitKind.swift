import TiaokuaiModel

/// An office 单位 as it is registered, in the policy partition of its place.
///
/// A place's government registers its own units; a superior's government may register units below (a county's
/// government itself is registered by the city's). Aliases are the unit's own tier's to give.
public enum UnitKind {
    public static let table = KindTable(
        "unit", "单位", .policy, key: [.init("id", .text)], issuer: .governmentOnPath,
        fields: [
            FieldSpec("name", 16, .public, .soleIssuer, .text, "名称"),
            FieldSpec("aliases", 17, .public, .soleIssuer, .list, "别名"),
            FieldSpec("line", 18, .public, .soleIssuer, .text, "条线"),
            FieldSpec("management", 19, .public, .soleIssuer, .text, "管理体制"),
            FieldSpec("isGovernment", 20, .public, .soleIssuer, .boolean, "本级政府"),
            FieldSpec("ledgerMark", 21, .public, .soleIssuer, .text, "台账字头"),
            FieldSpec("members", 22, .internal, .soleIssuer, .list, "成员单位"),
            FieldSpec("signsFor", 23, .public, .soleIssuer, .text, "代签政府"),
        ])

    public static let name = table.number(of: "name")
    /// Texts; other names under which documents know the unit.
    public static let aliases = table.number(of: "aliases")
    /// A line id; absent for governments, offices, task forces.
    public static let line = table.number(of: "line")
    /// A raw value of `Management`; absent is `territorial`.
    public static let management = table.number(of: "management")
    public static let isGovernment = table.number(of: "isGovernment")
    /// Such as 高工信, the mark before the unit's ledger numbers.
    public static let ledgerMark = table.number(of: "ledgerMark")
    /// Unit ids: the members of a task force 专班 or a leading group.
    public static let members = table.number(of: "members")
    /// For a party or government office: the id of the government whose documents it signs.
    public static let signsFor = table.number(of: "signsFor")

    /// The unit that a record registers; nil for a record of another kind, a malformed id, or one without a name in use.
    public static func unit(_ record: EffectiveRecord) -> Unit? {
        guard record.key.kind == table.name, let place = record.key.partition.place,
            let id = record.keyText(0).flatMap({ try? UnitID(checking: $0) }), let name = record[name]?.text
        else { return nil }
        return Unit(
            id: id, name: name, aliases: record.texts(aliases), region: place,
            line: record[line]?.text.flatMap { try? LineID(checking: $0) },
            management: record[management]?.text.flatMap(Management.init(rawValue:)) ?? .territorial,
            isGovernment: record[isGovernment]?.boolean ?? false)
    }
}
