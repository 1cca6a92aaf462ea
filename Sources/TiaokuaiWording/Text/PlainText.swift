/// Text from outside as it may stand on a page: everything in it can be seen, and it moves nothing around it.
public enum PlainText {
    /// Controls, invisible signs and signs that turn the direction of writing are spelled out (`[U+202E]`), as are combining marks
    /// beyond four on one letter; runs of letters that are written from right to left are isolated from what stands around them.
    public static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value > 0x7E }) else { return text }
        var out = String.UnicodeScalarView()
        var marks = 0
        var isRightToLeft = false
        for scalar in text.unicodeScalars {
            let isMark = isCombining(scalar)
            marks = isMark ? marks + 1 : 0
            let ends = isHidden(scalar) || scalar == "\n" || scalar.properties.isAlphabetic && !isMark && !isWrittenFromRight(scalar)
            if isRightToLeft ? ends : isWrittenFromRight(scalar) {
                out.append(isRightToLeft ? isolateEnd : isolate)
                isRightToLeft.toggle()
            }
            if isHidden(scalar) || marks > marksOnOneLetter {
                out.append(contentsOf: "[U+\(padded(String(scalar.value, radix: 16, uppercase: true)))]".unicodeScalars)
            } else {
                out.append(scalar)
            }
        }
        if isRightToLeft { out.append(isolateEnd) }
        return String(out)
    }

    /// No more than so many columns of it, with a note of how long it was where something is left out.
    public static func cut(_ text: String, to columns: Int, _ language: Language) -> String {
        // Nobody reads on paper what is longer, and measuring it takes time.
        let beginning = visible(String(text.unicodeScalars.prefix(columns * 2)))
        let isWhole = text.unicodeScalars.count <= columns * 2
        if isWhole, DisplayWidth.of(beginning) <= columns { return text }
        let note = ReportWords.cut.filled(["count": "\(text.unicodeScalars.count)"])[language]
        return DisplayWidth.cut(beginning, to: columns).dropLast() + note
    }

    /// Visible, and with every sign of markup as its entity, scalar by scalar: a combining accent makes one character with a quotation
    /// mark before it, and would carry it through. In the value of an attribute a line's end becomes a space.
    public static func escaped(_ text: String, isValue: Bool = false) -> String {
        var out = ""
        for scalar in visible(text).unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\n" where isValue, "\t" where isValue: out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static let marksOnOneLetter = 4
    private static let isolate: Unicode.Scalar = "\u{2068}"
    private static let isolateEnd: Unicode.Scalar = "\u{2069}"

    private static func padded(_ digits: String) -> String { String(repeating: "0", count: max(0, 4 - digits.count)) + digits }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\n" || scalar == "\t" || scalar == "\u{200C}" || scalar == "\u{200D}" { return false }
        // Nothing shows where they stand, though Unicode counts them as letters or marks.
        if [0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0x2800].contains(scalar.value) { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: return true
        default: return false
        }
    }

    /// Hebrew, Arabic and the other scripts of the planes that Unicode sets aside for writing from right to left.
    private static func isWrittenFromRight(_ scalar: Unicode.Scalar) -> Bool {
        [0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF].contains { $0.contains(scalar.value) }
    }
}
