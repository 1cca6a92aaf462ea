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
    public var lines: [String] {
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        return all.map { row in
            let cells = columns.indices.map { column in
                switch columns[column].alignment {
                case .left: DisplayWidth.padded(row[column], to: widths[column])
                case .right: DisplayWidth.rightAligned(row[column], to: widths[column])
                }
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
