/// A table for a terminal: columns align by display width, numbers stand at the right.
public struct TextTable: Hashable, Sendable {
    public enum Alignment: Hashable, Sendable { case left, right }

    public struct Column: Hashable, Sendable {
        public let title: String
        public let alignment: Alignment
        public init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    public let columns: [Column]
    public private(set) var rows: [[String]] = []

    public init(_ columns: [Column]) { self.columns = columns }

    /// Missing cells are empty; a line break in a cell becomes a space.
    public mutating func add(_ row: [String]) {
        let cells = columns.indices.map { $0 < row.count ? row[$0] : "" }
        rows.append(cells.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") })
    }

    /// The header and then the rows; two spaces between columns, none at a line's end.
    public var lines: [String] { lines(within: .max) }

    /// The same in no more than so many columns: cells of the widest columns are cut with `…`.
    public func lines(within limit: Int) -> [String] {
        let all = [columns.map(\.title)] + rows
        var widths = columns.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        let gaps = 2 * (columns.count - 1)
        while limit < .max, widths.reduce(0, +) + gaps > limit, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 4 {
            widths[widest] -= 1
        }
        return all.map { row in
            let cells = columns.indices.map { column in
                let cell = DisplayWidth.cut(row[column], to: widths[column])
                return switch columns[column].alignment {
                case .left: DisplayWidth.padded(cell, to: widths[column])
                case .right: DisplayWidth.rightAligned(cell, to: widths[column])
                }
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
