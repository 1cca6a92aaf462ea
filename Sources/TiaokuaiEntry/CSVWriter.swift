/// Writes sheets that `CSVTable` reads back to the same cells.
public enum CSVWriter {
    public enum Audience: Sendable {
        /// RFC 4180 and nothing more.
        case programs
        /// For spreadsheets: begins with a byte order mark, so that Chinese comes out right, and writes an apostrophe before a cell
        /// that the program would otherwise take for a formula. `CSVWriter.unguarded` takes it away again.
        case spreadsheets
    }

    public static func text(header: [String], rows: some Sequence<[String]>, for audience: Audience) -> String {
        var out = audience == .spreadsheets ? "\u{FEFF}" : ""
        append(header, audience, to: &out)
        for row in rows { append(row, audience, to: &out) }
        return out
    }

    /// A cell as it was before it was guarded for spreadsheets.
    public static func unguarded(_ cell: String) -> String {
        cell.hasPrefix("'") && isDangerous(cell.dropFirst()) ? String(cell.dropFirst()) : cell
    }

    private static func append(_ cells: [String], _ audience: Audience, to out: inout String) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { out += "," }
            let guarded = audience == .spreadsheets && isDangerous(cell[...]) ? "'" + cell : cell
            out += quoted(guarded, isOnly: cells.count == 1)
        }
        out += "\r\n"
    }

    private static func quoted(_ cell: String, isOnly: Bool) -> String {
        // An only empty cell would be an empty line; spaces at the ends are kept by quotes in every program.
        let needsQuotes = cell.isEmpty ? isOnly : cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D, 0x09].contains($0) } || cell.first == " " || cell.last == " "
        guard needsQuotes else { return cell }
        // By scalars: a quote with a combining mark on it is one character, and still a quote to the reader.
        var out = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { out.append(scalar) }
            out.append(scalar)
        }
        out.append("\"")
        return String(out)
    }

    /// Begins like a formula and is not a number; what begins with an apostrophe before such a cell counts too, so that guarding
    /// can be taken back.
    private static func isDangerous(_ cell: Substring) -> Bool {
        guard let first = cell.utf8.first, let scalar = cell.unicodeScalars.first else { return false }
        // Full-width ones too, which programs in Chinese take for the others.
        if ["＝", "＋", "－", "＠"].contains(scalar) { return true }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return !cell.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        case UInt8(ascii: "'"): return isDangerous(cell.dropFirst())
        default: return false
        }
    }
}
