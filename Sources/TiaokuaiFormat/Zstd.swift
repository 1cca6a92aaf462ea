import CZstd

/// zstd at level 3, whole buffers, one frame each. The uncompressed length is always known beforehand from a signed field,
/// so a bomb can't be fed.
public enum Zstd {
    public static let level: Int32 = 3

    public static func compress(_ bytes: [UInt8]) throws(FormatError) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        var failure: String?
        let out = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let written = bytes.withUnsafeBytes { ZSTD_compress(buffer.baseAddress, bound, $0.baseAddress, $0.count, level) }
            if ZSTD_isError(written) != 0 { failure = String(cString: ZSTD_getErrorName(written)) } else { count = written }
        }
        if let failure { throw FormatError(.compression, at: 0, failure) }
        return out
    }

    /// How long a frame of so many bytes may be: what any level needs at most, and no room to carry unsigned bytes along.
    public static func longestFrame(of length: Int) -> Int { length + length / 128 + 512 }

    /// Throws unless `bytes` are one frame that gives exactly `length` bytes: no second or skippable frame beside it.
    public static func decompress(_ bytes: [UInt8], length: Int) throws(FormatError) -> [UInt8] {
        guard (0...Limits.bodyBytes).contains(length) else { throw FormatError(.limitExceeded, at: 0, "body length") }
        guard bytes.count <= longestFrame(of: length) else { throw FormatError(.limitExceeded, at: 0, "compressed body longer than its content needs") }
        let frame = bytes.withUnsafeBytes { ZSTD_findFrameCompressedSize($0.baseAddress, $0.count) }
        guard ZSTD_isError(frame) == 0, frame == bytes.count else { throw FormatError(.compression, at: 0, "not one whole frame") }
        var failure: String?
        let out = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            let written = bytes.withUnsafeBytes { ZSTD_decompress(buffer.baseAddress, length, $0.baseAddress, $0.count) }
            if ZSTD_isError(written) != 0 { failure = String(cString: ZSTD_getErrorName(written)) } else { count = written }
        }
        if let failure { throw FormatError(.compression, at: 0, failure) }
        guard out.count == length else { throw FormatError(.compression, at: 0, "length differs from the signed one") }
        return out
    }
}
