/// A column of unsigned integers as byte planes: one byte for the width w (0 … 8), then w planes of n bytes, lowest first.
/// Planes keep like bytes together, so that zstd finds each one's entropy.
struct Column {
    private(set) var values: [UInt64] = []
    private var widest: UInt64 = 0

    mutating func append(_ value: UInt64) {
        values.append(value)
        widest |= value
    }

    mutating func append(signed value: Int64) {
        append(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    static func width(of widest: UInt64, count: Int, isCounted: Bool) -> Int {
        let needed = (64 - widest.leadingZeroBitCount + 7) / 8
        return isCounted || count == 0 ? needed : max(1, needed)
    }

    /// `isCounted`: false where nothing else says how many values there are; then even zeros get a plane.
    func encode(into encoder: inout CBOREncoder, isCounted: Bool = true) {
        let width = Column.width(of: widest, count: values.count, isCounted: isCounted)
        var bytes: [UInt8] = [UInt8(width)]
        bytes.reserveCapacity(1 + width * values.count)
        for plane in 0..<width {
            let shift = UInt64(plane * 8)
            for value in values { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        encoder.byteString(bytes)
    }
}

/// Reads a column of exactly `count` values, in order; refuses a width that its values don't need.
struct ColumnReader {
    private let values: [UInt64]
    private var next = 0

    init(_ reader: inout CBORReader, count: Int, isCounted: Bool = true) throws(FormatError) {
        let offset = reader.offset
        let bytes = try reader.byteString(limit: Limits.bodyBytes)
        guard let width = bytes.first.map(Int.init), width <= 8, bytes.count == 1 + width * count else {
            throw FormatError(.malformedBody, at: offset, "column of \(bytes.count) bytes for \(count) values")
        }
        var values = [UInt64](repeating: 0, count: count)
        bytes.withUnsafeBufferPointer { bytes in
            for plane in 0..<width {
                let base = 1 + plane * count
                let shift = UInt64(plane * 8)
                for index in 0..<count { values[index] |= UInt64(bytes[base + index]) << shift }
            }
        }
        let widest = values.reduce(0, |)
        guard width == Column.width(of: widest, count: count, isCounted: isCounted) else {
            throw FormatError(.notShortest, at: offset, "column of width \(width)")
        }
        self.values = values
    }

    static let empty = ColumnReader()

    private init() { values = [] }

    var isAtEnd: Bool { next == values.count }

    mutating func unsigned() throws(FormatError) -> UInt64 {
        guard next < values.count else { throw FormatError(.malformedBody, at: next, "column too short") }
        defer { next += 1 }
        return values[next]
    }

    mutating func signed() throws(FormatError) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func index(below limit: Int) throws(FormatError) -> Int {
        let value = try unsigned()
        guard value < UInt64(limit) else { throw FormatError(.malformedBody, at: next, "index \(value) of \(limit)") }
        return Int(value)
    }
}
