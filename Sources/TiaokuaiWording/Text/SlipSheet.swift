/// A one-page slip 回执单 for paper: for a terminal and as an HTML page for A4, zh-CN first with English beside it, whatever the language of the
/// run: it goes to somebody else.
public struct SlipSheet: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public let label: Words
        public let value: String

        public init(_ label: Words, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// What is listed on a slip: the first lines, and how many more there are, so that it stays one page.
    public struct Listing: Hashable, Sendable {
        public static let maximumLines = 5
        public let title: Words
        public let lines: [String]
        public let more: Int

        public init(_ title: Words, _ lines: [String]) {
            self.title = title
            self.lines = Array(lines.prefix(Listing.maximumLines))
            more = max(0, lines.count - Listing.maximumLines)
        }
    }

    public let isRehearsal: Bool
    public let lines: [Line]
    public let listings: [Listing]
    /// 收讫码; nil while not everything in the file is held.
    public let code: String?

    public init(isRehearsal: Bool, lines: [Line], listings: [Listing], code: String?) {
        self.isRehearsal = isRehearsal
        self.lines = lines
        self.listings = listings
        self.code = code
    }

    private static let title = Words("数据包回执单", "Bundle receipt slip")
    private static let rehearsal = Words("演练", "REHEARSAL")
    private static let codeTitle = Words("收讫码", "Code of receipt")
    private static let none = Words("无", "none")
    private static let noCode = Words("文件里的内容没有全部收下,不给收讫码", "Not everything in the file is held: there is no code of receipt")
    private static let what = Words(
        "收讫码表示文件里的内容已全部收下。发出方键入:tiaokuai bundle confirm 收讫码。本单不是电子回执,只用于停止单向重复发送。",
        "The code says that everything in the file is held. The sender types: tiaokuai bundle confirm CODE. This slip is no electronic receipt; it only ends one-way repeats.")
    private static let signatures = [Words("经办人", "Handled by"), Words("签章", "Seal"), Words("日期", "Date")]

    private static func more(_ count: Int) -> Words { Words("另有 \(count) 项未列出", "and \(count) more") }

    private static func both(_ words: Words) -> String { "\(words.zh) \(words.en)" }

    // MARK: For a terminal

    public var text: [String] {
        let rule = String(repeating: "-", count: 72)
        var out = [SlipSheet.both(SlipSheet.title) + (isRehearsal ? " 【\(SlipSheet.both(SlipSheet.rehearsal))】" : ""), rule]
        let width = lines.map { DisplayWidth.of(SlipSheet.both($0.label)) }.max() ?? 0
        out += lines.map { "\(DisplayWidth.padded(SlipSheet.both($0.label), to: width))  \($0.value)" }
        for listing in listings {
            out += ["", SlipSheet.both(listing.title)]
            out += listing.lines.isEmpty ? ["  " + SlipSheet.both(SlipSheet.none)] : listing.lines.map { "  \($0)" }
            if listing.more > 0 { out.append("  " + SlipSheet.both(SlipSheet.more(listing.more))) }
        }
        out += [rule, code.map { "\(SlipSheet.both(SlipSheet.codeTitle))  \($0)" } ?? SlipSheet.both(SlipSheet.noCode)]
        out += [SlipSheet.what.zh, SlipSheet.what.en, rule]
        return out + ["", SlipSheet.signatures.map { "\(SlipSheet.both($0)) ______________" }.joined(separator: "  ")]
    }

    /// A digest in four parts, which can be read and break over lines.
    public static func grouped(_ digest: String) -> String {
        stride(from: 0, to: digest.count, by: 16).map { String(digest.dropFirst($0).prefix(16)) }.joined(separator: " ")
    }

    // MARK: For paper

    /// A page that stands alone: no script, nothing from elsewhere, everything escaped.
    public var html: String {
        let rows = lines.map { "<tr><th>\(SlipSheet.pair($0.label))</th><td><div>\(PlainText.escaped($0.value))</div></td></tr>" }.joined(separator: "\n")
        let lists = listings.map { listing in
            var items = listing.lines.map { "<li>\(PlainText.escaped($0))</li>" }
            if items.isEmpty { items = ["<li>\(SlipSheet.pair(SlipSheet.none))</li>"] }
            if listing.more > 0 { items.append("<li>\(SlipSheet.pair(SlipSheet.more(listing.more)))</li>") }
            return "<h2>\(SlipSheet.pair(listing.title))</h2>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>"
        }.joined(separator: "\n")
        let result = code.map { "\(SlipSheet.pair(SlipSheet.codeTitle)) <strong>\(PlainText.escaped($0))</strong>" } ?? SlipSheet.pair(SlipSheet.noCode)
        let signs = SlipSheet.signatures.map { "<td>\(SlipSheet.pair($0))</td>" }.joined()
        return """
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <title>\(SlipSheet.title.zh)</title>
            <style>
            @page { size: A4; margin: 14mm 18mm }
            body { font: 9.5pt/1.3 "Noto Sans CJK SC", "Microsoft YaHei", SimSun, sans-serif; max-width: 174mm; margin: 0 auto; color: #000 }
            h1 { font-size: 16pt; text-align: center; margin: 0 0 3mm }
            h2 { font-size: 9.5pt; margin: 2mm 0 .5mm }
            p { margin: 2mm 0 }
            small { color: #444; font-size: 8pt; font-weight: normal }
            table { width: 100%; border-collapse: collapse }
            th, td { border: 1px solid #000; padding: .7mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere }
            th { width: 50mm; font-weight: normal }
            ul { margin: 0; padding-left: 5mm }
            td div, li { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden }
            li { -webkit-line-clamp: 1; word-break: break-all }
            li::before { content: "· " }
            .code { border: 2px solid #000; padding: 1.5mm; margin: 3mm 0 2mm; font-size: 12pt; text-align: center }
            .code strong { font: bold 16pt monospace }
            .sign { page-break-inside: avoid }
            .sign td { height: 22mm; width: 33% }
            </style>
            </head>
            <body>
            <h1>\(SlipSheet.pair(SlipSheet.title))\(isRehearsal ? "【\(SlipSheet.pair(SlipSheet.rehearsal))】" : "")</h1>
            <table>
            \(rows)
            </table>
            \(lists)
            <p class="code">\(result)</p>
            <p>\(PlainText.escaped(SlipSheet.what.zh))<br><small>\(PlainText.escaped(SlipSheet.what.en))</small></p>
            <table class="sign"><tr>\(signs)</tr></table>
            </body>
            </html>

            """
    }

    private static func pair(_ words: Words) -> String { "\(PlainText.escaped(words.zh)) <small>\(PlainText.escaped(words.en))</small>" }
}

/// What stands at the left of a slip's lines, and over its lists.
public enum SlipWords {
    public static let network = Words("网络", "Network")
    public static let sender = Words("发出节点", "From")
    public static let receiver = Words("收到节点", "Received by")
    public static let file = Words("文件", "File")
    public static let received = Words("收到时间", "Received at")
    public static let printed = Words("打印时间", "Printed at")
    public static let handler = Words("经办", "Handled by")
    public static let checkCode = Words("文件校验码", "Check code of the file")
    public static let digest = Words("文件 SHA-256", "SHA-256 of the file")
    public static let counts = Words("收取情况", "Taken in")
    public static let state = Words("文件状况", "State of the file")
    public static let heads = Words("已收到(各分支最新序号)", "Held (the newest of each feed)")
    public static let waiting = Words("等待补齐", "Waiting")
    public static let refused = Words("未收", "Refused")

    public static func countsValue(changesets: Int, operations: Int, duplicates: Int, statements: Int) -> String {
        let words = Words(
            "新收 \(changesets) 份(\(operations) 条),早已收下 \(duplicates) 份,声明 \(statements) 份",
            "\(changesets) new (\(operations) operations), \(duplicates) held before, \(statements) statements")
        return "\(words.zh);\(words.en)"
    }

    public static func stateValue(isComplete: Bool, isLastVolume: Bool, damaged: Int) -> String {
        var zh = [isComplete ? "完整" : "不完整"]
        var en = [isComplete ? "complete" : "incomplete"]
        if damaged > 0 {
            zh.append("损坏 \(damaged) 处")
            en.append("\(damaged) place(s) damaged")
        }
        if !isLastVolume {
            zh.append("后面还有分卷")
            en.append("further volumes follow")
        }
        return "\(zh.joined(separator: ","));\(en.joined(separator: ", "))"
    }
}
