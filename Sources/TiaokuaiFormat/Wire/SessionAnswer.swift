import TiaokuaiModel

/// What comes of a greeting: a session, or nothing to talk about.
///
///   session = ["tk-session", 1, newest root statement, token / empty]
public struct SessionAnswer: Hashable, Sendable {
    /// Number of the newest root statement that the server holds.
    public var rootStatement: UInt64
    /// What the client names from now on; nil (empty on the wire) where neither side has anything to tell the other.
    public var token: Hash32?

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 64)
        encoder.beginMessage("tk-session", items: 2)
        encoder.unsigned(rootStatement)
        encoder.byteString(token?.bytes ?? [])
        return encoder.bytes
    }

    public init(rootStatement: UInt64, token: Hash32?) {
        self.rootStatement = rootStatement
        self.token = token
    }

    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-session", items: 2)
        rootStatement = try reader.unsigned()
        token = try reader.hashOrNothing("token")
        try reader.finish()
    }
}
