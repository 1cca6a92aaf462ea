import Foundation

/// Bytes of a file → text: UTF-8 with or without a byte order mark, UTF-16 with one, GB18030 (and with it GBK and GB2312).
///
/// Bytes that are valid UTF-8 are UTF-8; a text of which GB18030 would make sense too is so improbable beyond a few characters
/// that no guess is made. Where it matters, name the encoding.
public enum TextDecoder {
    public enum Encoding: String, Sendable, CaseIterable {
        case utf8, gb18030, utf16LittleEndian, utf16BigEndian
    }

    /// 64 MiB: a sheet of a million rows.
    public static let maximumBytes = 64 << 20

    /// The text without its byte order mark, and the encoding that was found.
    ///
    /// - Parameter encoding: the one to use; nil detects it.
    /// - Throws: `textTooLong`; `notText` for a workbook (.xlsx, .xls) under another name; `undecodableText` with the offset of the
    ///   first byte that fits no encoding.
    public static func decode(_ bytes: [UInt8], as encoding: Encoding? = nil) throws(EntryError) -> (text: String, encoding: Encoding) {
        guard bytes.count <= maximumBytes else { throw EntryError(.textTooLong, "\(bytes.count) > \(maximumBytes)") }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw EntryError(.notText, "xlsx/xls", byteOffset: 0)
        }
        if bytes.starts(with: [0xFF, 0xFE]), encoding == nil || encoding == .utf16LittleEndian {
            return (try utf16(bytes, isBigEndian: false), .utf16LittleEndian)
        }
        if bytes.starts(with: [0xFE, 0xFF]), encoding == nil || encoding == .utf16BigEndian {
            return (try utf16(bytes, isBigEndian: true), .utf16BigEndian)
        }
        switch encoding {
        case .utf16LittleEndian, .utf16BigEndian: throw EntryError(.undecodableText, "UTF-16", byteOffset: 0)
        case .gb18030: return (try gb18030(bytes, fact: "GB18030"), .gb18030)
        case .utf8, nil:
            let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
            guard let offset = body.withUnsafeBufferPointer({ UTF8Check.firstInvalid(in: $0) }) else { return (String(decoding: body, as: UTF8.self), .utf8) }
            if encoding == .utf8 || body.startIndex == 3 { throw EntryError(.undecodableText, "UTF-8", byteOffset: body.startIndex + offset) }
            return (try gb18030(bytes, fact: "UTF-8, GB18030"), .gb18030)
        }
    }

    private static func utf16(_ bytes: [UInt8], isBigEndian: Bool) throws(EntryError) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
        }
        // UTF-32 with its mark begins like UTF-16 and then holds a zero.
        guard units.first != 0 else { throw EntryError(.undecodableText, "UTF-32", byteOffset: 0) }
        guard bytes.count.isMultiple(of: 2) else { throw EntryError(.undecodableText, "UTF-16", byteOffset: bytes.count - 1) }
        var index = 0
        while index < units.count {
            if UTF16.isTrailSurrogate(units[index]) || UTF16.isLeadSurrogate(units[index]) {
                let isPair = UTF16.isLeadSurrogate(units[index]) && index + 1 < units.count && UTF16.isTrailSurrogate(units[index + 1])
                guard isPair else { throw EntryError(.undecodableText, "UTF-16", byteOffset: 2 + index * 2) }
                index += 1
            }
            index += 1
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func gb18030(_ bytes: [UInt8], fact: String) throws(EntryError) -> String {
        if let offset = firstOutOfForm(bytes) { throw EntryError(.undecodableText, fact, byteOffset: offset) }
        if let text = foundation(bytes[...]) { return text }
        // Well-formed, yet some code has no character: look for it page by page, then code by code.
        var page = 0
        while page < bytes.count {
            var end = page
            while end < bytes.count, end - page < 4_096 { end += codeLength(bytes, at: end) }
            if foundation(bytes[page..<end]) == nil {
                var index = page
                while index < end {
                    let next = index + codeLength(bytes, at: index)
                    if foundation(bytes[index..<next]) == nil { throw EntryError(.undecodableText, fact, byteOffset: index) }
                    index = next
                }
            }
            page = end
        }
        throw EntryError(.undecodableText, fact, byteOffset: 0)
    }

    private static func foundation(_ bytes: ArraySlice<UInt8>) -> String? {
        guard let text = String(bytes: bytes, encoding: String.Encoding(rawValue: 0x8000_0632)) else { return nil }
        return text.isEmpty && !bytes.isEmpty || text.unicodeScalars.contains("\u{FFFD}") ? nil : text
    }

    /// One byte below 0x80; two: 81–FE, 40–FE without 7F; four: 81–FE, 30–39, 81–FE, 30–39.
    private static func firstOutOfForm(_ bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            let length = codeLength(bytes, at: index)
            if length == 0 { return index }
            index += length
        }
        return nil
    }

    private static func codeLength(_ bytes: [UInt8], at index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        guard (0x81...0xFE).contains(first), index + 1 < bytes.count else { return 0 }
        let second = bytes[index + 1]
        if (0x40...0xFE).contains(second), second != 0x7F { return 2 }
        guard (0x30...0x39).contains(second), index + 3 < bytes.count, (0x81...0xFE).contains(bytes[index + 2]), (0x30...0x39).contains(bytes[index + 3]) else {
            return 0
        }
        return 4
    }
}

/// Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
enum UTF8Check {
    static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let length = length(bytes, index, bytes.count)
            if length == 0 { return index }
            index += length
        }
        return nil
    }

    /// The length of the sequence that begins with a byte from 0x80 on; 0 when it is none.
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int {
        let first = bytes[index]
        func isTail(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool { index + offset < end && range.contains(bytes[index + offset]) }
        switch first {
        case 0xC2...0xDF: return isTail(1) ? 2 : 0
        case 0xE0: return isTail(1, 0xA0...0xBF) && isTail(2) ? 3 : 0
        case 0xE1...0xEC, 0xEE...0xEF: return isTail(1) && isTail(2) ? 3 : 0
        case 0xED: return isTail(1, 0x80...0x9F) && isTail(2) ? 3 : 0
        case 0xF0: return isTail(1, 0x90...0xBF) && isTail(2) && isTail(3) ? 4 : 0
        case 0xF1...0xF3: return isTail(1) && isTail(2) && isTail(3) ? 4 : 0
        case 0xF4: return isTail(1, 0x80...0x8F) && isTail(2) && isTail(3) ? 4 : 0
        default: return 0
        }
    }
}
