import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode

// Whether two nodes have anything to tell each other, in one digest (Docs/Formats/Wire.md, "Nothing new").
//
//   state = SHA-256 of ["tk-state", 1, heads, vouched by the server, vouched by the client, told by the server, told by the client]
//
// Each side fills in what it knows: of itself what it holds, would vouch for and told last; of the other what it last heard. The two
// are equal exactly where neither would learn anything.
public enum SessionState {
    /// Seals, and looks; blocks. Nil where this node has something to tell that the peer has not heard, whatever the peer holds.
    public static func digest(_ node: Node, _ role: Greeting.Role, with peer: NodeID) throws -> Hash32? {
        try node.seal()
        guard try !node.hasUntold(for: peer) else { return nil }
        return try node.ask { view in
            let heads = Receipt.digest(try view.admittedHeads(with: peer).map { ($0.feed.id, $0.id) })
            let (own, theirs) = (try view.vouchedDigest(to: peer), try view.acknowledgedDigest(by: peer))
            let (told, heard) = try (view.toldDigest(to: peer), view.heardDigest(from: peer))
            let isServer = role == .server
            var encoder = CBOREncoder(reserving: 192)
            encoder.arrayHeader(7)
            encoder.text("tk-state")
            encoder.unsigned(1)
            for hash in [heads, isServer ? own : theirs, isServer ? theirs : own, isServer ? told : heard, isServer ? heard : told] { encoder.byteString(hash) }
            return sha256(encoder.bytes)
        }
    }
}
