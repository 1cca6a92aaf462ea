/// What the parser of arguments says, in both languages. It speaks English; what is not known here is quoted.
public enum UsageWords {
    /// English beginnings with their Chinese; `‹1›`, `‹2›` stand for what is between quotation marks, in order.
    private static let known: [(begins: String, zh: String)] = [
        ("Unknown option ", "没有选项 ‹1›"), ("Missing expected argument ", "缺少 ‹1›"), ("Missing value for ", "‹1› 后面缺少值"),
        ("Unexpected argument ", "多出了 ‹1›"), ("Missing one of: ", "缺少其中一个:‹1›"),
    ]

    private static let between: Character = "\u{1F}"

    /// Our own message in both languages, to be handed through the parser.
    public static func message(_ zh: String, _ en: String) -> String { "\(zh)\(between)\(en)" }

    public static func of(_ message: String) -> Words {
        if let place = message.firstIndex(of: between) { return Words(String(message[..<place]), String(message[message.index(after: place)...])) }
        let line = String(message.split(separator: "\n").first ?? "")
        let quoted = quotations(in: line).map(HelpWords.placeholders)
        let hint = line.contains("Did you mean") ? quoted.last : nil
        if line.hasPrefix("The value "), quoted.count >= 2 { return Words("\(quoted[1]) 的值 \(quoted[0]) 不对", line) }
        if line.contains("unexpected arguments"), !quoted.isEmpty { return Words("多出了 \(quoted.joined(separator: "、"))", line) }
        for (begins, zh) in known where line.hasPrefix(begins) {
            guard let first = quoted.first else { break }
            return Words(zh.replacing("‹1›", with: first) + (hint.map { ";是不是 \($0)?" } ?? ""), line)
        }
        return Words("原文:\(line)", line)
    }

    /// What stands between straight single quotation marks.
    private static func quotations(in text: String) -> [String] {
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
    }
}

/// The parser's own headings and remarks on a help screen.
public enum HelpWords {
    private static let headings: [(en: String, zh: String)] = [
        ("OVERVIEW: ", ""), ("USAGE: ", "用法: "), ("Usage: ", "用法: "), ("ARGUMENTS:", "参数:"), ("OPTIONS:", "选项:"), ("SUBCOMMANDS:", "命令:"),
    ]
    private static let remarks: [(en: String, zh: String)] = [
        ("Show help information.", "显示这段帮助。"), ("Show the version.", "显示版本。"), ("(default: ", "(默认: "), ("(default)", "(默认)"), (" (values: zh, en)", ""), (" (values: line, block)", ""),
    ]
    /// What stands for a value, by the names that commands give.
    private static let values: [String: String] = [
        "amount": "金额", "answer": "答复", "backup": "备份", "base": "底数", "cause": "原因", "cell": "数据", "changeset": "变更集", "count": "条数", "county": "县节点", "curve": "曲线", "day": "日期",
        "day|position": "日期或位置", "day|position command": "日期或位置 命令", "left": "一边", "note": "检查点文件", "position": "位置", "right": "另一边", "verdict": "结果",
        "days": "天数", "digest": "摘要", "event": "步骤", "evidence": "佐证", "field": "字段", "field=value": "字段=值", "file": "文件", "file-or-id": "文件或编号", "folder": "文件夹", "grant": "批准文件", "hex": "十六进制",
        "host": "地址", "id": "编号", "id[=name]": "编号[=名称]", "indicator": "指标", "instant": "时刻", "kind": "种类", "label": "标签", "levels": "级数", "line": "条线", "measure": "计量单位", "mebibytes": "MiB 数",
        "name": "名称", "node": "节点", "node.yaml": "node.yaml", "number": "号", "operation": "填报", "operations": "编辑", "options": "选项", "path": "路径", "period": "期间",
        "person": "人员", "place": "区划", "port": "端口", "province": "省节点", "record": "记录", "region": "区划", "request": "申请文件", "route": "途径", "scope": "范围", "seconds": "秒数", "state": "状态",
        "size": "大小", "subcommand": "命令", "suite": "套件", "text": "文字", "unit": "单位", "unit:post": "单位:职务", "url": "网址", "value": "值", "words": "词", "year": "年份",
    ]

    /// The column in which what an option does begins.
    private static let column = 26

    /// With the names of values in Chinese, and what follows them in its column again.
    private static func aligned(_ line: String) -> String {
        let isChanged = line.contains("<") || line.contains("(默认)")
        guard isChanged, line.hasPrefix("  "), !line.hasPrefix("   "), let gap = line.dropFirst(2).firstRange(of: "  ") ?? lastGap(line) else { return placeholders(line) }
        let label = placeholders(String(line[..<gap.lowerBound]))
        return DisplayWidth.padded(label, to: column) + placeholders(String(line[gap.lowerBound...].drop { $0 == " " }))
    }

    /// The one space before the column, where what stands before it is as wide as can be.
    private static func lastGap(_ line: String) -> Range<String.Index>? {
        guard let end = line.index(line.startIndex, offsetBy: column, limitedBy: line.endIndex) else { return nil }
        let last = line.index(before: end)
        return line[last] == " " && line[..<last].allSatisfy(\.isASCII) ? last..<end : nil
    }

    /// `<folder>` as `<文件夹>`; a name that is not known stays as it is.
    static func placeholders(_ text: String) -> String {
        text.split(separator: "<", omittingEmptySubsequences: false).enumerated().map { index, part in
            guard index > 0, let end = part.firstIndex(of: ">"), let zh = values[String(part[..<end])] else { return (index > 0 ? "<" : "") + part }
            return "<\(zh)" + part[end...]
        }.joined()
    }

    /// The screen in one language; in English it is as the parser made it, without the word OVERVIEW.
    public static func spoken(_ screen: String, in language: Language) -> String {
        screen.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var text = String(line)
            if text.hasPrefix("OVERVIEW: ") { text = String(text.dropFirst("OVERVIEW: ".count)) }
            guard language == .zh else { return text }
            for (en, zh) in headings where text.hasPrefix(en) { text = zh + text.dropFirst(en.count) }
            if text.hasSuffix(" SUBCOMMANDS:") { text = String(text.dropLast(" SUBCOMMANDS:".count)) + ":" }
            if text.hasPrefix("  See '"), text.contains("for detailed help") { return placeholders("  每个命令的用法:\(text.split(separator: "'").dropFirst().first ?? "")") }
            for (en, zh) in remarks { text = text.replacing(en, with: zh) }
            return aligned(text)
        }.joined(separator: "\n")
    }
}
