import TiaokuaiModel

/// Founds or continues a network: the only statement outside the feeds. The hash of statement 1's content names the
/// network (Docs/Formats/Credential.md, "Root").
///
///   root = ["tk-root", 1, number, previous / null, nonce .size 16, rules, is rehearsal, threshold, [* key], grant]
public struct RootStatement: Hashable, Sendable {
    public static let ruleSetVersion: UInt64 = 1

    /// From 1; each names the one before.
    public var number: UInt64
    public var previous: Hash32?
    public var nonce: [UInt8]
    public var ruleSet: UInt64
    /// A rehearsal's changesets say so, and real nodes refuse them.
    public var isRehearsal: Bool
    public static let maximumKeys = 16

    /// How many of `keys` must sign the next statement; of statement 1, this one too.
    public var threshold: UInt64
    /// COSE_Key bytes of the root keys, each once.
    public var keys: [[UInt8]]
    /// What the root node itself may do.
    public var grant: CredentialContent

    public init(
        number: UInt64, previous: Hash32?, nonce: [UInt8], ruleSet: UInt64 = ruleSetVersion, isRehearsal: Bool, threshold: UInt64, keys: [[UInt8]],
        grant: CredentialContent
    ) {
        self.number = number
        self.previous = previous
        self.nonce = nonce
        self.ruleSet = ruleSet
        self.isRehearsal = isRehearsal
        self.threshold = threshold
        self.keys = keys
        self.grant = grant
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 512)
        encoder.arrayHeader(10)
        encoder.text("tk-root")
        encoder.unsigned(1)
        encoder.unsigned(number)
        encoder.optional(previous)
        encoder.byteString(nonce)
        encoder.unsigned(ruleSet)
        encoder.boolean(isRehearsal)
        encoder.unsigned(threshold)
        encoder.arrayHeader(keys.count)
        for key in keys { encoder.byteString(key) }
        grant.encode(into: &encoder)
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 10)
        guard try reader.text(limit: 16) == "tk-root", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "root statement version") }
        number = try reader.unsigned()
        previous = try reader.optionalHash()
        nonce = try reader.byteString(limit: 16)
        ruleSet = try reader.unsigned()
        isRehearsal = try reader.boolean()
        threshold = try reader.unsigned()
        let count = try reader.arrayHeader()
        guard (1...RootStatement.maximumKeys).contains(count), (1...UInt64(count)).contains(threshold) else {
            throw FormatError(.outOfRange, at: reader.offset, "root keys")
        }
        keys = []
        for _ in 0..<count { keys.append(try reader.byteString(limit: 256)) }
        // One key listed twice would be two of a threshold's signers.
        guard Set(keys).count == count else { throw FormatError(.outOfRange, at: reader.offset, "a root key twice") }
        grant = try CredentialContent(from: &reader)
        guard number >= 1, (number == 1) == (previous == nil), nonce.count == 16 else { throw FormatError(.malformedHeader, at: 0, "root statement") }
        try reader.finish()
    }
}
