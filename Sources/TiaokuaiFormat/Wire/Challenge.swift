import TiaokuaiModel

/// Asks for, or is, the other side's nonce.
///
///   challenge = ["tk-challenge", 1, network, node, nonce]
public struct Challenge: Hashable, Sendable {
    public var network: NetworkID
    public var node: NodeID
    public var nonce: Hash32

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 128)
        encoder.beginMessage("tk-challenge", items: 3)
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.byteString(nonce)
        return encoder.bytes
    }

    public init(network: NetworkID, node: NodeID, nonce: Hash32) {
        self.network = network
        self.node = node
        self.nonce = nonce
    }

    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-challenge", items: 3)
        network = NetworkID(try reader.hash())
        node = NodeID(try reader.hash())
        nonce = try reader.hash()
        try reader.finish()
    }
}
