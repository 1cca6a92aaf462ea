import TiaokuaiModel

/// What each side signs before anything is said: who speaks to whom, now, over this line. Both know all of it, so that the
/// signature alone travels.
///
///   greeting = ["tk-greeting", 1, role, network, client, server, client nonce, server nonce, binding, newest root statement, state]
public struct Greeting: Hashable, Sendable {
    public enum Role: UInt64, Hashable, Sendable {
        case client = 0
        case server = 1
    }

    public var role: Role
    public var network: NetworkID
    public var client: NodeID
    public var server: NodeID
    public var clientNonce: Hash32
    public var serverNonce: Hash32
    /// SHA-256 of the server certificate's DER; nil (empty on the wire) on plain HTTP.
    public var binding: Hash32?
    /// Number of the newest root statement that the client holds; the server, who speaks before it knows to whom, says 0.
    public var rootStatement: UInt64
    /// What the client has to say, in one digest (Docs/Formats/Wire.md, "Nothing new"); nil (empty on the wire) for the server, and
    /// where the client has something to tell in any case.
    public var state: Hash32?

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encoder.beginMessage("tk-greeting", items: 9)
        encoder.unsigned(role.rawValue)
        encoder.byteString(network.hash)
        encoder.byteString(client.hash)
        encoder.byteString(server.hash)
        encoder.byteString(clientNonce)
        encoder.byteString(serverNonce)
        encoder.byteString(binding?.bytes ?? [])
        encoder.unsigned(rootStatement)
        encoder.byteString(state?.bytes ?? [])
        return encoder.bytes
    }

    public init(
        role: Role, network: NetworkID, client: NodeID, server: NodeID, clientNonce: Hash32, serverNonce: Hash32, binding: Hash32?, rootStatement: UInt64,
        state: Hash32? = nil
    ) {
        self.role = role
        self.network = network
        self.client = client
        self.server = server
        self.clientNonce = clientNonce
        self.serverNonce = serverNonce
        self.binding = binding
        self.rootStatement = rootStatement
        self.state = state
    }
}
