import TiaokuaiModel

/// Reads what people type into the cell of one indicator, and writes it back.
///
/// Understood: `３．０４ 万人`, `3.04万人`, `30,400人`, `30 400`, `14.20天`, `4.5%`, `-0.5`, `¥1,200`. A bare number is in the indicator's own
/// measure; a bare 万 or 亿 counts in its base. Refused, never guessed at: 约3万, 3万余, 1.2E+05 (digits are lost), 10³, 30,40.
public struct FigureReader: Sendable {
    /// The indicator's measure: figures come out in it.
    public let measure: Measure

    /// At most this many bytes of text are a figure.
    public static let maximumBytes = 256

    public init(measure: Measure) { self.measure = measure }

    /// Throws `unknownMeasure` when the text cannot be a measure.
    public init(measure text: some StringProtocol) throws(EntryError) { measure = try Measure(parsing: text) }

    /// The figure in the indicator's measure, exactly.
    ///
    /// Throws `malformedFigure`, `scientificNotation`, `unknownMeasure`, `measureMismatch` (人 where 元 is expected) or
    /// `figureOutOfRange`, each with the text as it was typed.
    public func read(_ source: some StringProtocol) throws(EntryError) -> ExactDecimal {
        guard source.utf8.count <= FigureReader.maximumBytes, !hidesDigits(source) else { throw EntryError(.malformedFigure, source) }
        var text = Substring(spaced(folded(source)))
        var symbol = ""
        if text.first == "¥" {
            symbol = "元"
            text = text.dropFirst().drop { $0 == " " }
        }
        let (number, rest) = try split(text, source)
        let written = canonicalText(rest)
        guard symbol.isEmpty || written.isEmpty || Measure.multipliers[written] != nil || written.hasSuffix("元") else {
            throw EntryError(.malformedFigure, source)
        }
        let exponent = try exponent(of: symbol.isEmpty || written.hasSuffix("元") ? written : written + symbol, source)
        do throws(ModelError) {
            let decimal = try ExactDecimal(parsing: number)
            return try ExactDecimal(mantissa: decimal.mantissa, exponent: Int(decimal.exponent) + exponent)
        } catch {
            throw EntryError(error.code == .decimalOutOfRange ? .figureOutOfRange : .malformedFigure, source)
        }
    }

    /// The power of ten from the measure as written to the indicator's own.
    private func exponent(of written: String, _ source: some StringProtocol) throws(EntryError) -> Int {
        if written.isEmpty || written == measure.text { return 0 }
        if let power = Measure.multipliers[written] {
            guard measure.admitsMultipliers else { throw EntryError(.measureMismatch, source) }
            return power - measure.exponent
        }
        let found: Measure
        do throws(EntryError) { found = try Measure(parsing: written) } catch { throw EntryError(error.code, source) }
        if found.dimension == measure.dimension {
            guard measure.admitsMultipliers || found.exponent <= 0 else { throw EntryError(.measureMismatch, source) }
            return found.exponent - measure.exponent
        }
        throw EntryError(found.isKnown ? .measureMismatch : .unknownMeasure, source)
    }
}

// MARK: The number in front

extension FigureReader {
    /// Digits without separators, and what follows them.
    private func split(_ text: Substring, _ source: some StringProtocol) throws(EntryError) -> (String, Substring) {
        var number = ""
        var rest = text
        if let sign = rest.first, "+-\u{2212}负".contains(sign) {
            if sign != "+" { number = "-" }
            rest = rest.dropFirst().drop { $0 == " " }
        }
        let run = rest.prefix { isDigit($0) || $0 == "," || $0 == "." || $0 == " " }
        rest = rest.dropFirst(run.count)
        var digits = run
        while digits.last == " " { digits.removeLast() }
        if let next = rest.first, next == "e" || next == "E", rest.dropFirst().first.map({ isDigit($0) || $0 == "+" || $0 == "-" }) ?? false {
            throw EntryError(.scientificNotation, source)
        }
        let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), let whole = joined(halves[0]), halves.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else {
            throw EntryError(.malformedFigure, source)
        }
        number += whole
        if halves.count == 2 { number += "." + halves[1] }
        return (number, rest)
    }

    /// The digits of a whole number whose separators, if any, are of one kind and stand before each three digits.
    private func joined(_ whole: Substring) -> String? {
        guard let separator = whole.first(where: { !isDigit($0) }) else { return whole.isEmpty ? nil : String(whole) }
        let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.allSatisfy({ $0.allSatisfy(isDigit) }) else {
            return nil
        }
        return groups.joined()
    }

    private func isDigit(_ character: Character) -> Bool { character.isASCII && character.isWholeNumber }

    /// Every run of white space as one space, none at the ends.
    private func spaced(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// True when folding would turn something else into digits: 10³ would become 103, ① would become 1. Full-width digits may,
    /// and so may ㎡ and m².
    private func hidesDigits(_ source: some StringProtocol) -> Bool {
        var previous: Unicode.Scalar = " "
        for scalar in source.unicodeScalars {
            defer { previous = scalar }
            if scalar.isASCII || scalar.properties.numericType == .decimal || "㎡㎥㎢".unicodeScalars.contains(scalar) { continue }
            if previous == "m", scalar == "²" || scalar == "³" { continue }
            if folded(String(scalar)).utf8.contains(where: { (0x30...0x39).contains($0) }) { return true }
        }
        return false
    }
}

// MARK: Writing

extension FigureReader {
    public enum Style: Sendable {
        /// `30400 人`
        case plain
        /// `3.04万人`: in 亿 or 万 where the figure has at most four decimals in them; always exact.
        case compact
    }

    /// The figure with its measure; `read` reads it back to the same.
    public func text(_ value: ExactDecimal, _ style: Style = .plain) -> String {
        let joint = measure.text.utf8.first.map { $0 == UInt8(ascii: "%") } ?? false || measure.text.hasPrefix("‰") ? "" : " "
        guard style == .compact else { return value.description + joint + measure.text }
        if measure.isBase, measure.admitsMultipliers {
            for (word, power) in [("亿", 8), ("万", 4)] where abs(value, isAtLeast: power) {
                if let scaled = try? ExactDecimal(mantissa: value.mantissa, exponent: Int(value.exponent) - power), scaled.exponent >= -4 {
                    return scaled.description + word + measure.text
                }
            }
        }
        return value.description + measure.text
    }

    private func abs(_ value: ExactDecimal, isAtLeast power: Int) -> Bool {
        guard let bound = try? ExactDecimal(mantissa: 1, exponent: power) else { return false }
        return !((value.mantissa < 0 ? value.negated : value) < bound)
    }
}
