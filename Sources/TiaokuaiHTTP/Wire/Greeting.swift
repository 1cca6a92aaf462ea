import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// What each side signs before anything is said: who speaks to whom, now, over this line.
///
///   greeting = ["tk-greeting", 1, role, network, client, server, client nonce, server nonce, binding, newest root statement]
struct Greeting: Hashable, Sendable {
    enum Role: UInt64, Hashable, Sendable {
        case client = 0
        case server = 1
    }

    var role: Role
    var network: NetworkID
    var client: NodeID
    var server: NodeID
    var clientNonce: Hash32
    var serverNonce: Hash32
    /// SHA-256 of the server certificate's DER; nil (empty on the wire) on plain HTTP.
    var binding: Hash32?
    /// Number of the newest root statement that the signer holds.
    var rootStatement: UInt64

    var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encoder.arrayHeader(10)
        encoder.text("tk-greeting")
        encoder.unsigned(1)
        encoder.unsigned(role.rawValue)
        encoder.byteString(network.hash)
        encoder.byteString(client.hash)
        encoder.byteString(server.hash)
        encoder.byteString(clientNonce)
        encoder.byteString(serverNonce)
        encoder.byteString(binding?.bytes ?? [])
        encoder.unsigned(rootStatement)
        return encoder.bytes
    }

    init(
        role: Role, network: NetworkID, client: NodeID, server: NodeID, clientNonce: Hash32, serverNonce: Hash32, binding: Hash32?, rootStatement: UInt64
    ) {
        self.role = role
        self.network = network
        self.client = client
        self.server = server
        self.clientNonce = clientNonce
        self.serverNonce = serverNonce
        self.binding = binding
        self.rootStatement = rootStatement
    }

    init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 10)
        guard try reader.text(limit: 16) == "tk-greeting", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "greeting version") }
        guard let role = Role(rawValue: try reader.unsigned()) else { throw FormatError(.reserved, at: reader.offset, "role") }
        self.role = role
        network = NetworkID(try reader.hash())
        client = NodeID(try reader.hash())
        server = NodeID(try reader.hash())
        clientNonce = try reader.hash()
        serverNonce = try reader.hash()
        let binding = try reader.byteString(limit: Hash32.byteCount)
        guard binding.isEmpty || binding.count == Hash32.byteCount else { throw FormatError(.wrongCount, at: reader.offset, "binding") }
        self.binding = Hash32(bytes: binding)
        rootStatement = try reader.unsigned()
        try reader.finish()
    }

    /// Reads a greeting that must say exactly what is expected, the signer's root statement apart, and be signed by a key
    /// that a valid credential of the speaker gives. Returns the signer's root statement.
    static func check(_ envelope: [UInt8], expecting expected: Greeting, in view: NodeView) throws -> UInt64 {
        let speaker = expected.role == .client ? expected.client : expected.server
        let statement: UnverifiedStatement
        let said: Greeting
        do {
            statement = try UnverifiedStatement(envelope, .greeting)
            said = try Greeting(decoding: statement.claimed)
        } catch {
            throw HTTPCarrierError(.malformedMessage, ["reason": error.description])
        }
        try view.checkPeer(speaker)
        guard let key = view.validKey(of: speaker, thumbprint: statement.keyID), (try? statement.verified(by: key)) != nil else {
            throw HTTPCarrierError(.wrongSignature, ["node": speaker.short])
        }
        guard said.network == expected.network else { throw HTTPCarrierError(.wrongNetwork) }
        guard said.binding == expected.binding else { throw HTTPCarrierError(.wrongBinding) }
        var same = said
        same.rootStatement = expected.rootStatement
        guard same == expected else { throw HTTPCarrierError(.wrongPeer, ["reason": "another greeting was expected"]) }
        return said.rootStatement
    }

    /// 32 bytes that nobody can foresee, whatever the node's own surroundings say.
    static func randomHash() -> Hash32 {
        var generator = SystemRandomNumberGenerator()
        return Hash32(word0: generator.next(), word1: generator.next(), word2: generator.next(), word3: generator.next())
    }
}

extension NodeView {
    /// Throws `unknownNode` for one without a valid credential here (or this node itself), `credentialCut` for one that was cut.
    func checkPeer(_ node: NodeID) throws {
        guard let trust, node != settings.node, !trust.credentials(of: node).isEmpty else { throw HTTPCarrierError(.unknownNode, ["node": node.short]) }
        guard (trust.cuts[node] ?? []).isEmpty else { throw HTTPCarrierError(.credentialCut, ["node": node.short]) }
    }

    /// The key with this thumbprint that a valid credential gives the node.
    func validKey(of node: NodeID, thumbprint: Hash32) -> VerifyingKey? {
        (trust?.credentials(of: node) ?? []).lazy.compactMap { try? VerifyingKey(coseKey: $0.content.signingKey) }.first { $0.thumbprint == thumbprint }
    }
}
