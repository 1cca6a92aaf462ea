import ArgumentParser

/// A number of bytes as people write it: `1048576`, `512K`, `64M`, `4G`; the letters are powers of 1,024.
struct ByteSize: ExpressibleByArgument, CustomStringConvertible {
    let bytes: Int64

    init(_ bytes: Int64) { self.bytes = bytes }

    init?(argument: String) {
        let powers: [Character: Int64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
        let text = argument.uppercased()
        let power = text.last.flatMap { powers[$0] }
        let digits = power == nil ? text[...] : text.dropLast()
        guard let number = Int64(digits), number > 0 else { return nil }
        let (bytes, overflows) = number.multipliedReportingOverflow(by: power ?? 1)
        guard !overflows else { return nil }
        self.bytes = bytes
    }

    var description: String {
        for (letter, power) in [("G", Int64(1) << 30), ("M", 1 << 20), ("K", 1 << 10)] where bytes.isMultiple(of: power) { return "\(bytes / power)\(letter)" }
        return "\(bytes)"
    }

    var defaultValueDescription: String { description }
}
