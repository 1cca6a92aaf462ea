import TiaokuaiModel

/// Reads the periods and days that people and spreadsheets write.
///
/// Year `2020`, `2020年`, `2020年度`; half `2020年上半年`, `2020H1`; quarter `2020年三季度`, `2020年第3季度`, `2020-Q3`; month `2020年8月`, `2020-08`,
/// `2020/8`, `202008`; day `2020年8月14日`, `2020-08-14`, `2020/8/14`, `2020.8.14`, `20200814`, also with the midnight that spreadsheets add. Full-width
/// digits and spaces are understood. `2020.1` is refused as `ambiguousPeriod`: a spreadsheet writes it for 2020.10 too.
public enum PeriodReader {
    public static let maximumBytes = 128

    /// Throws `malformedPeriod` or `ambiguousPeriod` with the text as it was typed.
    public static func read(_ source: some StringProtocol) throws(EntryError) -> Period {
        guard source.utf8.count <= maximumBytes else { throw EntryError(.malformedPeriod, source) }
        let text = numbered(canonicalText(withoutMidnight(source)).uppercased())
        let (shape, numbers) = tokens(text)
        guard let form = forms[shape], let written = form.write(numbers) else { throw EntryError(.malformedPeriod, source) }
        if shape == "n.n", numbers[1] == "1" { throw EntryError(.ambiguousPeriod, source) }
        do throws(ModelError) { return try Period(parsing: written) } catch { throw EntryError(.malformedPeriod, source) }
    }

    /// A period of one day; throws `malformedDay` for anything else.
    public static func readDay(_ source: some StringProtocol) throws(EntryError) -> Day {
        do throws(EntryError) {
            let period = try read(source)
            if period.text.utf8.count == 10 { return period.firstDay }
        } catch {
            throw EntryError(.malformedDay, source)
        }
        throw EntryError(.malformedDay, source)
    }

    // MARK: Shapes

    private enum Form {
        /// One number of four, six or eight digits.
        case digits
        case year, half(Int?), quarter, month, day

        /// The model's spelling; nil when the numbers are not of the right lengths.
        func write(_ numbers: [String]) -> String? {
            let year = numbers[0]
            if case .digits = self {
                switch year.count {
                case 4: return year
                case 6: return "\(year.prefix(4))-\(year.suffix(2))"
                case 8: return "\(year.prefix(4))-\(year.dropFirst(4).prefix(2))-\(year.suffix(2))"
                default: return nil
                }
            }
            guard year.count == 4, numbers.dropFirst().allSatisfy({ $0.count <= 2 }) else { return nil }
            switch self {
            case .digits, .year: return year
            case .half(let half?): return "\(year)-H\(half)"
            case .half(nil): return "\(year)-H\(numbers[1])"
            case .quarter: return "\(year)-Q\(numbers[1])"
            case .month: return "\(year)-\(padded(numbers[1]))"
            case .day: return "\(year)-\(padded(numbers[1]))-\(padded(numbers[2]))"
            }
        }

        private func padded(_ number: String) -> String { number.count == 1 ? "0" + number : number }
    }

    private static let forms: [String: Form] = [
        "n": .digits, "n年": .year, "n年度": .year, "n年全年": .year, "n全年": .year,
        "n年上半年": .half(1), "n上半年": .half(1), "n年下半年": .half(2), "n下半年": .half(2), "n-Hn": .half(nil), "nHn": .half(nil), "n年Hn": .half(nil),
        "n年n季度": .quarter, "n年第n季度": .quarter, "n年n季": .quarter, "n年第n季": .quarter, "n第n季度": .quarter, "n第n季": .quarter, "n-Qn": .quarter, "nQn": .quarter,
        "n年Qn": .quarter,
        "n年n月": .month, "n年n月份": .month, "n-n": .month, "n/n": .month, "n.n": .month,
        "n年n月n日": .day, "n年n月n号": .day, "n-n-n": .day, "n/n/n": .day, "n.n.n": .day,
    ]

    /// Digits collected, their places marked `n`.
    private static func tokens(_ text: String) -> (shape: String, numbers: [String]) {
        var shape = ""
        var numbers: [String] = []
        var isInNumber = false
        for character in text {
            if character.isASCII, character.isWholeNumber {
                if !isInNumber {
                    numbers.append("")
                    shape.append("n")
                }
                numbers[numbers.count - 1].append(character)
                isInNumber = true
            } else {
                shape.append(character)
                isInNumber = false
            }
        }
        return (shape, numbers)
    }

    /// 三季度 as 3季度; 2020三季度 as 2020第3季度, so that the two numbers stay apart.
    private static func numbered(_ text: String) -> String {
        guard let season = text.firstIndex(of: "季"), season > text.startIndex else { return text }
        let before = text.index(before: season)
        guard let number = ["一": 1, "二": 2, "三": 3, "四": 4][text[before]] else { return text }
        let front = text[..<before]
        return front + (front.last?.isWholeNumber == true ? "第" : "") + "\(number)" + text[season...]
    }

    /// Spreadsheets write a day as `2020-08-14 00:00:00`.
    private static func withoutMidnight(_ source: some StringProtocol) -> String {
        let words = source.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, ["0:00", "00:00", "0:00:00", "00:00:00", "00:00:00.000"].contains(String(words[1])) else { return String(source) }
        return String(words[0])
    }
}
