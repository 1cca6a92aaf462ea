/// How many columns a text takes on a terminal: Chinese characters and full-width forms two, combining marks none.
public enum DisplayWidth {
    public static func of(_ text: some StringProtocol) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

    static func width(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x20 || (0x7F..<0xA0).contains(value) { return 0 }
        if value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    // The W and F ranges of Unicode's EastAsianWidth that our texts can meet. Ambiguous ones count one, as terminals in a
    // UTF-8 locale do.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615, 0x26AA...0x26AB, 0x2E80...0x303E,
        0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]

    /// The text, with spaces behind it up to the width.
    public static func padded(_ text: String, to width: Int) -> String { text + String(repeating: " ", count: max(0, width - of(text))) }

    /// The text, with spaces before it up to the width.
    public static func rightAligned(_ text: String, to width: Int) -> String { String(repeating: " ", count: max(0, width - of(text))) + text }

    /// The text, or its beginning and `…`, in no more than so many columns.
    public static func cut(_ text: String, to columns: Int) -> String {
        guard of(text) > columns else { return text }
        return prefix(of: text, columns - 1) + "…"
    }

    /// The text on lines of no more than so many columns, parted at spaces where there are any near the end, the later ones
    /// indented; what is beyond `lines` ends in `…`.
    public static func wrapped(_ text: String, to columns: Int, lines: Int = .max) -> [String] {
        var out: [String] = []
        var rest = text
        while of(indented(rest, out)) > columns, out.count + 1 < lines {
            let whole = indented(rest, out)
            var line = prefix(of: whole, columns)
            let isInWord = whole[line.endIndex...].first.map { $0.isASCII && $0 != " " } ?? false
            if isInWord, let space = line.lastIndex(of: " "), line.distance(from: space, to: line.endIndex) <= columns / 3 { line = String(line[..<space]) }
            rest = String(whole.dropFirst(line.count).drop { $0 == " " })
            out.append(line)
        }
        return out + [cut(indented(rest, out), to: columns)]
    }

    private static func indented(_ text: String, _ before: [String]) -> String { before.isEmpty ? text : "  " + text }

    /// As many characters from the beginning as fit.
    private static func prefix(of text: String, _ columns: Int) -> String {
        var out = ""
        var width = 0
        for character in text {
            width += of(String(character))
            guard width <= columns else { break }
            out.append(character)
        }
        return out
    }
}
