import TiaokuaiModel

/// An entry of a real-name register 实名制台账: named people, so local to the store. Only figures counted from it leave.
public enum RealNameEntryKind {
    public static let table = KindTable(
        "realNameEntry", "实名制台账", .local, key: [.init("unit", .text), .init("list", .text), .init("number", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("name", 16, .personal, .soleIssuer, .text, "姓名"),
            FieldSpec("identityNumber", 17, .personal, .soleIssuer, .text, "身份证号"),
            FieldSpec("telephone", 18, .personal, .soleIssuer, .text, "电话"),
            FieldSpec("address", 19, .personal, .soleIssuer, .text, "住址"),
            FieldSpec("status", 20, .personal, .soleIssuer, .text, "状态"),
            FieldSpec("statusOn", 21, .personal, .soleIssuer, .day, "状态日期"),
        ])

    public static let name = table.number(of: "name")
    public static let identityNumber = table.number(of: "identityNumber")
    public static let telephone = table.number(of: "telephone")
    public static let address = table.number(of: "address")
    public static let status = table.number(of: "status")
    public static let statusOn = table.number(of: "statusOn")
}
