/// Codes in the columns of sheets, in words: what JSON gives as they are.
public enum SheetWords {
    /// How a document speaks of the one that it cites. One that the table doesn't know shows as itself.
    public static func relation(_ code: String) -> Words {
        [
            "implements": Words("根据", "implements"), "forwards": Words("转发", "forwards"), "applies": Words("按照执行", "applies"), "refines": Words("细化", "refines"),
            "cites": Words("引用", "cites"),
        ][code] ?? Words(code, code)
    }

    /// A target's part: by its own name, or until when, from `by-2020-05`.
    public static func qualifier(_ text: String) -> Words {
        guard text.hasPrefix("by-") else { return Words(text, text) }
        return Words("截至 {date}", "by {date}").filled(["date": String(text.dropFirst(3))])
    }

    /// Who spoke: the posts held that day, and the person's identity.
    public static func author(_ person: String, _ posts: [String]) -> Words {
        guard !posts.isEmpty else { return Words(person, person) }
        return Words("\(posts.joined(separator: "、"))(\(person))", "\(posts.joined(separator: ", ")) (\(person))")
    }

    /// A partition, from `policy(620724)`, `work(620724)`, `work(620724, hrss)` or `local`.
    public static func partition(_ code: String) -> Words {
        guard let open = code.firstIndex(of: "(") else { return code == "local" ? Words("只存本机", "this machine only") : Words(code, code) }
        let inside = place(code)
        switch code[..<open] {
        case "policy": return Words("政策 \(inside)", "policy of \(inside)")
        case "work": return Words("业务 \(inside)", "work of \(inside)")
        default: return Words(code, code)
        }
    }

    /// What a partition is of: `620724`, or `620724, hrss`.
    static func place(_ code: String) -> String {
        guard let open = code.firstIndex(of: "("), code.hasSuffix(")") else { return code }
        return String(code[code.index(after: open)...].dropLast())
    }
}
