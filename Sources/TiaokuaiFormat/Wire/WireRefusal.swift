/// What an answer of 4xx or 5xx says: a stable code, and facts by name.
///
///   error = ["tk-error", 1, code, [*8 [name, value]]]
public struct WireRefusal: Hashable, Sendable {
    public struct Fact: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    static let maximumFacts = 8
    static let maximumCodeBytes = 64
    static let maximumNameBytes = 64
    static let maximumValueBytes = 1_024

    public let code: String
    /// Ascending by the bytes of their names, none twice.
    public let facts: [Fact]

    /// The first eight facts; a longer value loses its end.
    public init(code: String, facts: [String: String]) {
        self.code = code
        let named = facts.map { Fact(name: $0.key, value: $0.value.shortened(toBytes: WireRefusal.maximumValueBytes)) }
        self.facts = Array(named.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.prefix(WireRefusal.maximumFacts))
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 128)
        encoder.beginMessage("tk-error", items: 2)
        encoder.text(code)
        encoder.arrayHeader(facts.count)
        for fact in facts {
            encoder.arrayHeader(2)
            encoder.text(fact.name)
            encoder.text(fact.value)
        }
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-error", items: 2)
        code = try reader.text(limit: WireRefusal.maximumCodeBytes)
        let count = try reader.arrayHeader()
        guard count <= WireRefusal.maximumFacts else { throw FormatError(.limitExceeded, at: reader.offset, "facts") }
        var facts: [Fact] = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 2)
            let name = try reader.text(limit: WireRefusal.maximumNameBytes)
            if let last = facts.last, !last.name.utf8.lexicographicallyPrecedes(name.utf8) { throw FormatError(.unsortedKeys, at: reader.offset, "facts") }
            facts.append(Fact(name: name, value: try reader.text(limit: WireRefusal.maximumValueBytes)))
        }
        try reader.finish()
        self.facts = facts
    }
}
