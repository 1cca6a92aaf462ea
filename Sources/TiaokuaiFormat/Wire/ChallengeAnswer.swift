import TiaokuaiModel

/// The server's answer to a challenge: who it is, and its signature over the greeting of this line.
///
///   challenge answer = ["tk-answer", 1, node, nonce, binding, signature: 64 bytes]
public struct ChallengeAnswer: Hashable, Sendable {
    public var node: NodeID
    public var nonce: Hash32
    /// The certificate that the server knows as its own: a client that sees another one says so, whatever was signed.
    public var binding: Hash32?
    public var signature: [UInt8]

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 192)
        encoder.beginMessage("tk-answer", items: 4)
        encoder.byteString(node.hash)
        encoder.byteString(nonce)
        encoder.byteString(binding?.bytes ?? [])
        encoder.byteString(signature)
        return encoder.bytes
    }

    public init(node: NodeID, nonce: Hash32, binding: Hash32?, signature: [UInt8]) {
        self.node = node
        self.nonce = nonce
        self.binding = binding
        self.signature = signature
    }

    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-answer", items: 4)
        node = NodeID(try reader.hash())
        nonce = try reader.hash()
        binding = try reader.hashOrNothing("binding")
        signature = try reader.signature()
        try reader.finish()
    }
}
