import TiaokuaiModel

extension Value {
    /// One byte string per value, for sorting only: a type byte, a length where there is one, the content big-endian.
    ///
    /// Equal values, and only those, have equal bytes; texts that merely look alike differ.
    var canonicalBytes: [UInt8] {
        var out: [UInt8] = []
        appendCanonical(to: &out)
        return out
    }

    private func appendCanonical(to out: inout [UInt8]) {
        func append(_ tag: UInt8, _ bytes: some Collection<UInt8>) {
            out.append(tag)
            out.append(contentsOf: withUnsafeBytes(of: UInt64(bytes.count).bigEndian, Array.init))
            out.append(contentsOf: bytes)
        }
        switch self {
        case .boolean(let flag): out += [0, flag ? 1 : 0]
        case .decimal(let decimal):
            // The sign bit flipped, so that mantissas of one exponent sort as numbers.
            out += [1, UInt8(bitPattern: decimal.exponent)]
            out += withUnsafeBytes(of: (UInt64(bitPattern: decimal.mantissa) ^ 1 << 63).bigEndian, Array.init)
        case .day(let day): out += [2] + withUnsafeBytes(of: (UInt32(bitPattern: day.number) ^ 1 << 31).bigEndian, Array.init)
        case .text(let text): append(3, text.utf8)
        case .bytes(let bytes): append(4, bytes)
        case .list(let list):
            out.append(5)
            out.append(contentsOf: withUnsafeBytes(of: UInt64(list.count).bigEndian, Array.init))
            for element in list { element.appendCanonical(to: &out) }
        case .sealed(let sealed):
            out += [6, UInt8(truncatingIfNeeded: sealed.suite.rawValue)] + sealed.receiver.hash.bytes + sealed.key.bytes + sealed.binding.bytes
            for bytes in [sealed.wrapped, sealed.ciphertext] {
                out.append(contentsOf: withUnsafeBytes(of: UInt64(bytes.count).bigEndian, Array.init))
                out.append(contentsOf: bytes)
            }
        }
    }

    /// Within the limits of `Value`: bytes of a text, elements of a list, depth.
    var isWithinLimits: Bool { isWithinLimits(depth: 1) }

    private func isWithinLimits(depth: Int) -> Bool {
        switch self {
        case .text(let text): text.utf8.count <= Value.maximumBytes
        case .bytes(let bytes): bytes.count <= Value.maximumBytes
        case .list(let list):
            depth <= Value.maximumDepth && list.count <= Value.maximumListCount && list.allSatisfy { $0.isWithinLimits(depth: depth + 1) }
        // Of a sealed value the form has the limits.
        case .decimal, .boolean, .day, .sealed: true
        }
    }
}
