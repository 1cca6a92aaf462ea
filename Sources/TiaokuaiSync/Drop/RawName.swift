import TiaokuaiHash
import TiaokuaiModel

/// A file's name as the folder has it: any bytes but `/` and zero.
struct RawName: Hashable, Comparable {
    let bytes: [UInt8]

    static func < (left: RawName, right: RawName) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

    /// Names that this folder's own machinery and people's copying programs use for what is not finished: left alone.
    var isUnfinished: Bool {
        if bytes.first == UInt8(ascii: ".") || bytes.last == UInt8(ascii: "~") { return true }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        return text.contains(".part-") || [".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".writing", ".download", ".swp"].contains { text.hasSuffix($0) }
    }

    /// For people, in one line that can't deceive: what is not plain text stands as `%XX`.
    var shown: String {
        var out = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where isValid {
            out += RawName.isPlain(scalar) ? String(scalar) : String(scalar).utf8.map(RawName.escaped).joined()
        }
        return isValid ? out : bytes.map { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "%") ? String(UnicodeScalar($0)) : RawName.escaped($0) }.joined()
    }

    private var isValid: Bool { Array(String(decoding: bytes, as: UTF8.self).utf8) == bytes }

    private static func escaped(_ byte: UInt8) -> String { "%" + [byte].hex.uppercased() }

    /// Neither control, format nor private characters, nor separators of lines.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// The name under which it is moved aside: its own where that is harmless and leaves room for the endings of a reason file,
    /// else one made of its digest.
    var stored: String {
        let text = String(decoding: bytes, as: UTF8.self)
        if isValid, text == shown, bytes.count <= 180, bytes.first != UInt8(ascii: "-"), !text.contains("\\") { return text }
        return "file-\(sha256(bytes).hex.prefix(16))\(text.hasSuffix(".tkb") ? ".tkb" : "")"
    }
}
