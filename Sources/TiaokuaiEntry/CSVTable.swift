/// A sheet of cells with one header row, as RFC 4180 writes it.
///
/// Strict: a quote that stays open, a quote in the middle of a cell, a row with more or fewer cells than the header, a NUL or a
/// lone carriage return are refused with row and column, never repaired. Lines may end with CRLF or LF; a byte order mark is
/// left out. Rows whose cells are all empty, which spreadsheets append, are left out too; the others keep their numbers.
public struct CSVTable: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// As the spreadsheet numbers it: the header is row 1, a cell with line breaks is still in one row.
        public let number: Int
        /// As many as the header has.
        public let cells: [String]
    }

    public enum Separator: UInt8, Sendable {
        case comma = 0x2C
        /// What spreadsheets write as "Unicode text".
        case tab = 0x09
    }

    public struct Limits: Hashable, Sendable {
        public var bytes = TextDecoder.maximumBytes
        public var rows = 1_048_576
        public var columns = 256
        public var cellBytes = 65_536
        public init() {}
    }

    public let header: [String]
    public let rows: [Row]

    /// Reads a text; throws an `EntryError` with row and column.
    ///
    /// - Parameter separator: nil takes a tab if the first line holds one and no comma.
    public init(parsing text: String, separator: Separator? = nil, limits: Limits = Limits()) throws(EntryError) {
        guard text.utf8.count <= limits.bytes else { throw EntryError(.textTooLong, "\(text.utf8.count) > \(limits.bytes)") }
        var bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        let separator = separator ?? CSVTable.detectSeparator(bytes)
        var parser = CSVParser(bytes: bytes, separator: separator.rawValue, limits: limits)
        guard let header = try parser.nextRow(), !header.allSatisfy(\.isEmpty) else { throw EntryError(.emptyTable, "", row: 1) }
        var rows: [Row] = []
        while let cells = try parser.nextRow() {
            if cells.allSatisfy(\.isEmpty) { continue }
            guard cells.count == header.count else {
                throw EntryError(.raggedRow, "\(cells.count) ≠ \(header.count)", row: parser.row, column: min(cells.count, header.count) + 1)
            }
            rows.append(Row(number: parser.row, cells: cells))
        }
        self.header = header
        self.rows = rows
    }

    /// Reads the bytes of a file in any encoding that `TextDecoder` knows.
    public init(decoding bytes: [UInt8], separator: Separator? = nil, limits: Limits = Limits()) throws(EntryError) {
        guard bytes.count <= limits.bytes else { throw EntryError(.textTooLong, "\(bytes.count) > \(limits.bytes)") }
        try self.init(parsing: TextDecoder.decode(bytes).text, separator: separator, limits: limits)
    }

    private static func detectSeparator(_ bytes: [UInt8]) -> Separator {
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        return line.contains(Separator.tab.rawValue) && !line.contains(Separator.comma.rawValue) ? .tab : .comma
    }
}

// MARK: Columns by name

extension CSVTable {
    /// A column that is looked for under an English name or any of its Chinese titles.
    public struct Column: Hashable, Sendable {
        public let name: String
        public let titles: [String]
        public let isRequired: Bool
        public init(_ name: String, titles: [String] = [], isRequired: Bool = true) {
            self.name = name
            self.titles = titles
            self.isRequired = isRequired
        }
    }

    /// The place of each column by its name. Case, width and white space of a header don't matter, nor what stands in brackets
    /// at its end: 数值（人） is 数值.
    ///
    /// Throws `missingColumn`, `duplicateColumn` (two headers mean the same) or, unless `allowsOthers`, `unknownColumn`.
    public func places(of columns: [Column], allowsOthers: Bool = false) throws(EntryError) -> [String: Int] {
        var byTitle: [String: String] = [:]
        for column in columns {
            for title in [column.name] + column.titles { byTitle[CSVTable.folded(title)] = column.name }
        }
        var places: [String: Int] = [:]
        for (index, title) in header.enumerated() {
            let full = CSVTable.folded(title)
            guard let name = byTitle[full] ?? byTitle[CSVTable.withoutBrackets(full)] else {
                if allowsOthers || full.isEmpty { continue }
                throw EntryError(.unknownColumn, title, row: 1, column: index + 1)
            }
            guard places.updateValue(index, forKey: name) == nil else { throw EntryError(.duplicateColumn, title, row: 1, column: index + 1) }
        }
        for column in columns where column.isRequired && places[column.name] == nil {
            throw EntryError(.missingColumn, column.titles.first ?? column.name, row: 1)
        }
        return places
    }

    private static func folded(_ title: String) -> String { canonicalText(title).lowercased() }

    private static func withoutBrackets(_ title: String) -> String {
        guard title.hasSuffix(")"), let open = title.firstIndex(of: "(") else { return title }
        return String(title[..<open])
    }
}
