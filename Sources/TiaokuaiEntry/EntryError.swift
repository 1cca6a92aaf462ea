/// Why something typed, or a cell of a sheet, is not a value. Sentences are made elsewhere, from the code and the facts.
public struct EntryError: Error, Hashable, Sendable {
    public enum Code: String, Sendable, CaseIterable {
        // Figures
        case malformedFigure, scientificNotation, unknownMeasure, measureMismatch, figureOutOfRange
        // Periods and days
        case malformedPeriod, ambiguousPeriod, malformedDay
        // Files of text
        case undecodableText, notText, textTooLong
        // Sheets
        case openQuote, strayQuote, raggedRow, nulCharacter, bareCarriageReturn
        case tooManyRows, tooManyColumns, cellTooLong, emptyTable, missingColumn, duplicateColumn, unknownColumn
        // JSON lines
        case malformedJSON, nestedValue, duplicateKey, unknownKey, missingKey, wrongType, lineTooLong, tooManyFields
    }

    public let code: Code
    /// Counted from 1. In a sheet a row is a record (the header is row 1); in a text file, a line.
    public let row: Int?
    /// Counted from 1. In a sheet a column is a cell; in a JSON line, a byte.
    public let column: Int?
    /// Counted from 0: the place of the first byte that is wrong in the file.
    public let byteOffset: Int?
    /// The offending text or what was expected, shortened to 200 characters.
    public let fact: String

    public init(_ code: Code, _ fact: some StringProtocol, row: Int? = nil, column: Int? = nil, byteOffset: Int? = nil) {
        self.code = code
        self.fact = String(fact.prefix(200))
        self.row = row
        self.column = column
        self.byteOffset = byteOffset
    }

    /// The same fault with its place in a sheet; a place that it has already stays.
    public func at(row: Int, column: Int? = nil) -> EntryError {
        EntryError(code, fact, row: self.row ?? row, column: self.column ?? column, byteOffset: byteOffset)
    }
}
