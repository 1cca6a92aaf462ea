import TiaokuaiModel
import TiaokuaiWork

/// A reference to a record as people write it. One text can be read in several ways; which of them a record fits, the
/// node tells.
///
///     620724/grainReserveDays/2020-08           a cell: place, indicator, period
///     高工信-2020-017                            a ledger item: the unit's mark, year, number
///     甘办发〔2020〕16号                          a document by its number
///     target 620724/newUrbanJobs/2020/by-2020-05 (the qualifier may be left out)
///     standard 620724/priceSubsidyRaise/2020/620724.gov
///     unit 620724.hrss
///     escalation 620724.miit 2020-1             likewise `case` and `minute`
///     measure:620724/<document>/<path>          any kind: place, then the key; `/` within a part is written %2F
///     flood.duty:620724/2020-08-14              likewise the records of a form, whose name has a dot
///     3f2a91c0                                  at least eight digits of a record's id
public enum RecordReference: Hashable, Sendable {
    /// A kind with its place and key texts, in the order of the kind's table; perhaps fewer than it has.
    case key(kind: KindName, place: String, values: [String])
    /// A kind whose key is unit, year, number; the place is not said.
    case numbered(kind: KindName, unit: String, year: Int64, number: Int64)
    /// A unit, wherever it is registered.
    case unit(String)
    case documentNumber(String)
    /// At least eight hexadecimal digits, lower case.
    case idPrefix(String)

    /// Words that stand before a reference, and the kind that they mean.
    static let words: [(word: String, kind: KindName)] = [
        ("target", TargetKind.table.name), ("standard", StandardKind.table.name), ("unit", UnitKind.table.name),
        ("escalation", EscalationKind.table.name), ("case", CaseKind.table.name), ("minute", DecisionMinuteKind.table.name),
        ("cell", CellKind.table.name), ("ledger", LedgerItemKind.table.name), ("document", DocumentKind.table.name),
        ("indicator", IndicatorKind.table.name),
    ]

    /// Every way in which the text can be read, in a fixed order.
    public static func readings(of text: String) -> [RecordReference] {
        let text = trimmed(text)
        guard !text.isEmpty else { return [] }
        for (word, kind) in words where text.hasPrefix(word + " ") {
            return readings(of: trimmed(String(text.dropFirst(word.count + 1))), kind: kind)
        }
        if let colon = text.firstIndex(of: ":"), let kind = try? KindName(checking: String(text[..<colon])), WorkKinds.table(named: kind) != nil || kind.text.contains(".") {
            let parts = text[text.index(after: colon)...].split(separator: "/", omittingEmptySubsequences: false).map(unescaped)
            return [.key(kind: kind, place: parts[0], values: Array(parts.dropFirst()))]
        }
        var out: [RecordReference] = []
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 3 { out.append(.key(kind: CellKind.table.name, place: parts[0], values: [parts[1], parts[2]])) }
        if let numbered = numbered(LedgerItemKind.table.name, text, separator: "-") { out.append(numbered) }
        out.append(.documentNumber(text))
        if UnitID.isWellFormed(text), text.contains(".") { out.append(.unit(text)) }
        let digits = text.lowercased()
        if (8...64).contains(digits.utf8.count), digits.utf8.allSatisfy({ isHex($0) }) { out.append(.idPrefix(digits)) }
        return out
    }

    private static func readings(of rest: String, kind: KindName) -> [RecordReference] {
        switch kind {
        case UnitKind.table.name: return [.unit(rest)]
        case DocumentKind.table.name: return [.documentNumber(rest)]
        case LedgerItemKind.table.name: return [numbered(kind, rest, separator: "-")].compactMap { $0 }
        case EscalationKind.table.name, CaseKind.table.name, DecisionMinuteKind.table.name:
            return [numbered(kind, rest, separator: " ")].compactMap { $0 }
        default:
            let parts = rest.split(separator: "/", omittingEmptySubsequences: false).map(unescaped)
            var values = Array(parts.dropFirst())
            if kind == TargetKind.table.name, values.count == 2 { values.append("") }
            // A standard's key begins with its issuer, which people write last or leave out.
            if kind == StandardKind.table.name {
                values = values.count == 3 ? [values[2], values[0], values[1]] : values.count == 2 ? ["", values[0], values[1]] : values
            }
            return [.key(kind: kind, place: parts[0], values: values)]
        }
    }

    /// `高工信-2020-017`, `620724.miit 2020-1`.
    private static func numbered(_ kind: KindName, _ text: String, separator: Character) -> RecordReference? {
        guard let dash = text.lastIndex(of: "-"), let number = plain(text[text.index(after: dash)...]) else { return nil }
        let front = text[..<dash]
        guard let gap = front.lastIndex(where: { $0 == separator || $0 == "-" || $0 == " " }), let year = plain(front[front.index(after: gap)...]) else {
            return nil
        }
        let unit = trimmed(String(front[..<gap]))
        return unit.isEmpty ? nil : .numbered(kind: kind, unit: unit, year: year, number: number)
    }

    private static func plain(_ text: some StringProtocol) -> Int64? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    static func isHex(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }), let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    // MARK: Parts of the general form

    static func escaped(_ part: String) -> String {
        var out = ""
        for character in part { out += character == "%" ? "%25" : character == "/" ? "%2F" : String(character) }
        return out
    }

    static func unescaped(_ part: some StringProtocol) -> String {
        var out = ""
        var rest = String(part)[...]
        while let character = rest.first {
            if rest.hasPrefix("%2F") || rest.hasPrefix("%2f") {
                out.append("/")
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("%25") {
                out.append("%")
                rest = rest.dropFirst(3)
            } else {
                out.append(character)
                rest = rest.dropFirst()
            }
        }
        return out
    }
}
