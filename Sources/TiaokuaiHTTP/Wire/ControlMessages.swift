import TiaokuaiFormat
import TiaokuaiModel

// The small messages of Docs/Formats/Wire.md: deterministic CBOR arrays that begin with their name and version.

/// Asks for, or is, the other side's nonce.
///
///   challenge = ["tk-challenge", 1, network, node, nonce]
struct Challenge: Hashable, Sendable {
    var network: NetworkID
    var node: NodeID
    var nonce: Hash32

    var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 128)
        encoder.beginMessage("tk-challenge", items: 3)
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.byteString(nonce)
        return encoder.bytes
    }

    init(network: NetworkID, node: NodeID, nonce: Hash32) {
        self.network = network
        self.node = node
        self.nonce = nonce
    }

    init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-challenge", items: 3)
        network = NetworkID(try reader.hash())
        node = NodeID(try reader.hash())
        nonce = try reader.hash()
        try reader.finish()
    }
}

/// The server's greeting and the token that its client names from now on.
///
///   session = ["tk-session", 1, greeting, token]
struct SessionGrant: Hashable, Sendable {
    var greeting: [UInt8]
    var token: Hash32

    var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: greeting.count + 64)
        encoder.beginMessage("tk-session", items: 2)
        encoder.byteString(greeting)
        encoder.byteString(token)
        return encoder.bytes
    }

    init(greeting: [UInt8], token: Hash32) {
        self.greeting = greeting
        self.token = token
    }

    init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-session", items: 2)
        greeting = try reader.byteString(limit: HTTPLimits.controlBytes)
        token = try reader.hash()
        try reader.finish()
    }
}

/// What the sender holds of what both may hold, and what it knows of the other's holding.
///
///   heads = ["tk-heads", 1, heads, digest over what the other's newest receipt vouches for]
struct HeadsMessage: Hashable, Sendable {
    /// The sender's heads; and, of heads that the other named, those that the sender holds too.
    var heads: Heads
    var acknowledged: Hash32

    var explicitForm: [UInt8] {
        let form = heads.explicitForm
        var encoder = CBOREncoder(reserving: form.count + 64)
        encoder.beginMessage("tk-heads", items: 2)
        encoder.byteString(form)
        encoder.byteString(acknowledged)
        return encoder.bytes
    }

    init(heads: Heads, acknowledged: Hash32) {
        self.heads = heads
        self.acknowledged = acknowledged
    }

    init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-heads", items: 2)
        heads = try Heads(decoding: try reader.byteString(limit: HTTPLimits.headsBytes))
        acknowledged = try reader.hash()
        try reader.finish()
    }
}

/// One number with a name: `["tk-plan", 1, changesets]`, `["tk-from", 1, position]`.
struct Count: Hashable, Sendable {
    static let plan = "tk-plan"
    static let from = "tk-from"

    var value: Int

    init(_ value: Int) { self.value = value }

    func explicitForm(_ name: String) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 24)
        encoder.beginMessage(name, items: 1)
        encoder.unsigned(UInt64(value))
        return encoder.bytes
    }

    init(decoding bytes: [UInt8], _ name: String) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage(name, items: 1)
        value = try reader.count(limit: Int(Int32.max))
        try reader.finish()
    }
}

extension CBOREncoder {
    mutating func beginMessage(_ name: String, items: Int) {
        arrayHeader(items + 2)
        text(name)
        unsigned(1)
    }
}

extension CBORReader {
    /// Throws `unsupported` for another name or version.
    mutating func beginMessage(_ name: String, items: Int) throws(FormatError) {
        try arrayHeader(expecting: items + 2)
        guard try text(limit: 32) == name, try unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "\(name) of another version") }
    }
}
