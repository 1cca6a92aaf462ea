import TiaokuaiModel

/// What the client signs in turn, once it knows who the server is.
///
///   session request = ["tk-greet", 1, server nonce, newest root statement, state, signature: 64 bytes]
public struct SessionRequest: Hashable, Sendable {
    /// Of the challenge that it answers.
    public var serverNonce: Hash32
    /// As in the greeting that was signed.
    public var rootStatement: UInt64
    public var state: Hash32?
    public var signature: [UInt8]

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 192)
        encoder.beginMessage("tk-greet", items: 4)
        encoder.byteString(serverNonce)
        encoder.unsigned(rootStatement)
        encoder.byteString(state?.bytes ?? [])
        encoder.byteString(signature)
        return encoder.bytes
    }

    public init(serverNonce: Hash32, rootStatement: UInt64, state: Hash32?, signature: [UInt8]) {
        self.serverNonce = serverNonce
        self.rootStatement = rootStatement
        self.state = state
        self.signature = signature
    }

    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-greet", items: 4)
        serverNonce = try reader.hash()
        rootStatement = try reader.unsigned()
        state = try reader.hashOrNothing("state")
        signature = try reader.signature()
        try reader.finish()
    }
}
