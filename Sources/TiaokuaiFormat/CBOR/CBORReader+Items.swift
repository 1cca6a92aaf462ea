extension CBORReader {
    /// Moves past one whole item, checking it and all that it holds by the strict profile; at most
    /// `CBOR.maximumDepth` levels deep.
    public mutating func skipItem() throws(FormatError) {
        try skipItem(depth: CBOR.maximumDepth)
    }

    /// One whole item, checked as by `skipItem`, as the range of its bytes; nothing is copied.
    public mutating func itemRange() throws(FormatError) -> Range<Int> {
        let start = offset
        try skipItem()
        return start..<offset
    }

    /// Checks the map key ahead against the key before it (start with an empty range) and stays in front of it, so that
    /// the caller then reads it. Throws `unsortedKeys` or `duplicateKey`.
    public mutating func keyAhead(after previous: inout Range<Int>) throws(FormatError) {
        try keyAhead(after: &previous, depth: CBOR.maximumDepth)
        offset = previous.lowerBound
    }

    private mutating func keyAhead(after previous: inout Range<Int>, depth: Int) throws(FormatError) {
        let start = offset
        try skipItem(depth: depth)
        if !previous.isEmpty {
            if bytes[previous] == bytes[start..<offset] { throw FormatError(.duplicateKey, at: start) }
            guard bytes[previous].lexicographicallyPrecedes(bytes[start..<offset]) else { throw FormatError(.unsortedKeys, at: start) }
        }
        previous = start..<offset
    }

    private mutating func skipItem(depth: Int) throws(FormatError) {
        let start = offset
        guard depth > 0 else { throw FormatError(.limitExceeded, at: start, "deeper than \(CBOR.maximumDepth)") }
        switch nextMajorType() {
        case CBOR.Major.bytes: _ = try byteStringRange()
        case CBOR.Major.text: try skipText()
        case CBOR.Major.array:
            for _ in 0..<(try arrayHeader()) { try skipItem(depth: depth - 1) }
        case CBOR.Major.map:
            var previous = 0..<0
            for _ in 0..<(try mapHeader()) {
                try keyAhead(after: &previous, depth: depth - 1)
                try skipItem(depth: depth - 1)
            }
        case CBOR.Major.tag:
            let tag = try tag()
            guard !CBOR.Tag.isRefused(tag) else { throw FormatError(.unsupported, at: start, "tag \(tag)") }
            try skipItem(depth: depth - 1)
        default: _ = try head()
        }
    }

    private mutating func skipText() throws(FormatError) {
        let start = offset
        let range = try stringRange(CBOR.Major.text)
        guard String(validating: bytes[range], as: UTF8.self) != nil else { throw FormatError(.invalidText, at: start) }
    }
}
