/// The state of reading a sheet: where it is, and the limits that it keeps.
struct CSVParser {
    private let bytes: [UInt8]
    private let separator: UInt8
    private let limits: CSVTable.Limits
    private var index = 0
    /// The row read last, from 1.
    private(set) var row = 0

    init(bytes: [UInt8], separator: UInt8, limits: CSVTable.Limits) {
        self.bytes = bytes
        self.separator = separator
        self.limits = limits
    }

    /// The cells of the next row; nil at the end. A line break at the very end begins no row.
    mutating func nextRow() throws(EntryError) -> [String]? {
        guard index < bytes.count else { return nil }
        row += 1
        guard row <= limits.rows else { throw EntryError(.tooManyRows, "\(limits.rows)", row: row) }
        var cells: [String] = []
        while true {
            guard cells.count < limits.columns else { throw EntryError(.tooManyColumns, "\(limits.columns)", row: row, column: cells.count + 1) }
            let isQuoted = index < bytes.count && bytes[index] == UInt8(ascii: "\"")
            cells.append(isQuoted ? try quotedCell(cells.count + 1) : try plainCell(cells.count + 1))
            guard index < bytes.count else { return cells }
            let byte = bytes[index]
            index += 1
            if byte == separator { continue }
            if byte == UInt8(ascii: "\r") { index += 1 }
            return cells
        }
    }

    /// Up to a separator, a line end or the end, none of which it takes.
    private mutating func plainCell(_ column: Int) throws(EntryError) -> String {
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == separator || byte == UInt8(ascii: "\n") { break }
            if byte == UInt8(ascii: "\r") {
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") else {
                    throw EntryError(.bareCarriageReturn, "", row: row, column: column)
                }
                break
            }
            if byte == UInt8(ascii: "\"") { throw EntryError(.strayQuote, text(start..<index), row: row, column: column) }
            if byte == 0 { throw EntryError(.nulCharacter, text(start..<index), row: row, column: column) }
            index += 1
            try checkLength(index - start, column)
        }
        return text(start..<index)
    }

    private mutating func quotedCell(_ column: Int) throws(EntryError) -> String {
        index += 1
        var cell: [UInt8] = []
        while true {
            guard index < bytes.count else { throw EntryError(.openQuote, String(decoding: cell.prefix(200), as: UTF8.self), row: row, column: column) }
            let byte = bytes[index]
            index += 1
            if byte == 0 { throw EntryError(.nulCharacter, String(decoding: cell.prefix(200), as: UTF8.self), row: row, column: column) }
            if byte == UInt8(ascii: "\"") {
                guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { break }
                index += 1
            }
            cell.append(byte)
            try checkLength(cell.count, column)
        }
        let ends =
            index == bytes.count || bytes[index] == separator || bytes[index] == UInt8(ascii: "\n")
            || bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
        guard ends else { throw EntryError(.strayQuote, String(decoding: cell.prefix(200), as: UTF8.self), row: row, column: column) }
        return String(decoding: cell, as: UTF8.self)
    }

    private func checkLength(_ length: Int, _ column: Int) throws(EntryError) {
        if length > limits.cellBytes { throw EntryError(.cellTooLong, "\(limits.cellBytes)", row: row, column: column) }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
