/// Full-width letters, circled numbers, vertical and half-width forms and the like, and what each stands for.
enum CompatibilityForms {
    /// The full compatibility decomposition; nil for a character that is its own.
    static func mapping(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        scalar.value < 0xA8 ? nil : mappings[scalar.value]
    }

    static let mappings: [UInt32: [Unicode.Scalar]] = {
        var mappings: [UInt32: [Unicode.Scalar]] = [:]
        for entry in table.split(whereSeparator: \.isWhitespace) { read(entry, into: &mappings) }
        return mappings
    }()

    private static func read(_ entry: Substring, into mappings: inout [UInt32: [Unicode.Scalar]]) {
        let parts = entry.split { $0 == ":" || $0 == "+" || $0 == "*" || $0 == "=" }
        guard let first = parts.first.flatMap({ UInt32($0, radix: 16) }), let last = parts.last else { return }
        if parts.count == 2 {
            for (index, target) in last.split(separator: ",").enumerated() { mappings[first + UInt32(index)] = scalars(target, offset: 0) }
        } else if let count = UInt32(parts[1], radix: 16) {
            for index in 0..<count { mappings[first + index] = scalars(last, offset: entry.contains("+") ? index : 0) }
        }
    }

    private static func scalars(_ target: some StringProtocol, offset: UInt32) -> [Unicode.Scalar] {
        target.split(separator: "-").compactMap { UInt32($0, radix: 16).flatMap { Unicode.Scalar($0 + offset) } }
    }
}
