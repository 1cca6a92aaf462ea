// The characters of a TOML file: strings with their escapes, blanks, comments, line ends.
extension TOMLReader {
    mutating func string() throws(Fault) -> String {
        guard let quote = peek() else { throw malformed() }
        let isLong = peek(1) == quote && peek(2) == quote
        advance(by: isLong ? 3 : 1)
        if isLong {
            if peek() == "\r", peek(1) == "\n" { advance() }
            if peek() == "\n" { advance() }
        }
        var out = String.UnicodeScalarView()
        while let scalar = peek() {
            if scalar == quote {
                guard isLong else {
                    advance()
                    return String(out)
                }
                if peek(1) == quote, peek(2) == quote {
                    // Up to two quotation marks may stand before the three that end it.
                    while peek(3) == quote {
                        out.append(scalar)
                        advance()
                    }
                    advance(by: 3)
                    return String(out)
                }
            }
            if !isLong, scalar == "\n" { break }
            if scalar == "\\", quote == "\"" {
                try escape(into: &out, isLong: isLong)
                continue
            }
            guard scalar == "\t" || isLong && (scalar == "\n" || scalar == "\r") || scalar.value >= 0x20 && scalar.value != 0x7F else { throw malformed() }
            out.append(scalar)
            advance()
        }
        throw malformed()
    }

    private mutating func escape(into out: inout String.UnicodeScalarView, isLong: Bool) throws(Fault) {
        advance()
        guard let scalar = peek() else { throw malformed() }
        if isLong, scalar == "\n" || scalar == "\r" || scalar == " " || scalar == "\t" {
            // A line that ends with a backslash goes on at the next character that is not white.
            while let blank = peek(), blank == "\n" || blank == "\r" || blank == " " || blank == "\t" { advance() }
            return
        }
        advance()
        switch scalar {
        case "n": out.append("\n")
        case "t": out.append("\t")
        case "r": out.append("\r")
        case "b": out.append("\u{8}")
        case "f": out.append("\u{C}")
        case "\"", "\\": out.append(scalar)
        case "u", "U":
            var digits = ""
            for _ in 0..<(scalar == "u" ? 4 : 8) {
                guard let digit = peek(), digit.properties.isASCIIHexDigit else { throw malformed() }
                digits.unicodeScalars.append(digit)
                advance()
            }
            guard let code = UInt32(digits, radix: 16), let character = Unicode.Scalar(code) else { throw malformed() }
            out.append(character)
        default: throw malformed()
        }
    }

    // MARK: Characters

    func peek(_ ahead: Int = 0) -> Unicode.Scalar? { position + ahead < scalars.count ? scalars[position + ahead] : nil }

    mutating func advance(by count: Int = 1) {
        for _ in 0..<count where position < scalars.count {
            if scalars[position] == "\n" { line += 1 }
            position += 1
        }
    }

    mutating func expect(_ wanted: Unicode.Scalar) throws(Fault) {
        skipBlank(acrossLines: false)
        guard peek() == wanted else { throw malformed() }
        advance()
    }

    /// Spaces, tabs and comments; line ends too where a value may go on.
    mutating func skipBlank(acrossLines: Bool) {
        while let scalar = peek() {
            switch scalar {
            case " ", "\t": advance()
            case "\n" where acrossLines, "\r" where acrossLines && peek(1) == "\n": advance()
            case "#":
                while let rest = peek(), rest != "\n" { _ = rest; advance() }
            default: return
            }
        }
    }

    mutating func endOfLine() throws(Fault) {
        skipBlank(acrossLines: false)
        if peek() == "\r" { advance() }
        guard let scalar = peek() else { return }
        guard scalar == "\n" else { throw malformed() }
        advance()
    }

    func malformed() -> Fault {
        Fault(.malformedTOML, peek().map { "\($0)" } ?? "…", line: line)
    }
}

extension Unicode.Scalar {
    /// Letters, digits, `_` and `-` of ASCII: what a key may hold without quotation marks.
    var isBareKey: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}
