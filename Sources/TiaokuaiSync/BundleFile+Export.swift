import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiStore
import TiaokuaiTrust

extension BundleFile {
    /// Writes everything that the peer lacks into one file, or several where it is too much for one; see the form with
    /// several peers. Gives the first.
    public static func export(_ node: Node, to peer: NodeID, path: String, known: Heads? = nil, isSealed: Bool = true) throws -> WrittenBundle {
        try export(node, to: [peer], path: path, Options(known: known, isSealed: isSealed))[0]
    }

    /// Writes everything that the peers lack, and that the credentials of all admit, in volumes of bounded size. Returns only
    /// when every file was read back past the page cache and is what was written.
    ///
    /// Volume 1 lies at `path`, the others beside it with their number before the ending. Each is a whole bundle: signed, and
    /// read in any order. Throws `volumeTooSmall` when one item alone does not fit, `unknownNode`, a `SealError` when the peers'
    /// keys can't share a file, `readBackDiffers`.
    public static func export(_ node: Node, to peers: [NodeID], path: String, _ options: Options = Options()) throws -> [WrittenBundle] {
        let exporter = try Exporter(node, to: peers, known: options.known)
        let keys = options.isSealed ? try sealingKeys(of: peers, node) : nil
        let volumes = try BundleVolumes(exporter, sealingTo: keys, limit: options.volumeBytes)
        var out: [WrittenBundle] = []
        for (index, volume) in volumes.list.enumerated() {
            let number = index + 1
            var sink = try BundleSink(BundleVolumes.path(path, number), sealingTo: keys, contentBytes: volume.contentBytes)
            try sink.append(try exporter.header(volume: UInt64(number)))
            for frame in volumes.opening { try sink.append(frame) }
            for planned in volume.plan { try sink.append(try exporter.frame(planned)) }
            let isLast = number == volumes.list.count
            for frame in isLast ? volumes.closing : [] { try sink.append(frame) }
            out.append(try sink.finish(with: try exporter.trailer(sink.digest, isLast: isLast), changesets: volume.plan.count))
            try register(out[index], sink.frames, peers, node)
        }
        return out
    }

    private static func register(_ written: WrittenBundle, _ frames: Int, _ peers: [NodeID], _ node: Node) throws {
        for peer in peers {
            try node.registerCarriage(
                CarriedRow(
                    direction: "out", carrier: "file", peer: peer, digest: written.digest, frames: frames, bytes: written.bytes,
                    written: node.surroundings.now(), note: PathParts.name(of: written.path)))
        }
    }

    /// The key of each peer's newest credential that stands. A node keeps its old keys, so that an older one would open too.
    static func sealingKeys(of peers: [NodeID], _ node: Node) throws -> [SealingPublicKey] {
        try node.ask { view in
            try peers.map { peer in
                let newest = (view.trust?.credentials(of: peer) ?? []).max { left, right in
                    (left.isStanding ? 1 : 0, left.content.validFrom, left.id) < (right.isStanding ? 1 : 0, right.content.validFrom, right.id)
                }
                guard let credential = newest else { throw NodeError(.unknownNode, ["node": peer.short]) }
                return try SealingPublicKey(coseKey: credential.content.sealingKey)
            }
        }
    }

    /// Writes what goes back on the stick after an import: a bundle of this node's checkpoint and its receipt 回执, which
    /// the sender imports like any other. The receipt also names what was refused just now. It is sealed to the sender, if
    /// its credential is held.
    public static func writeReceipt(_ node: Node, to peer: NodeID?, after report: ImportReport, path: String, isSealed: Bool = true) throws -> WrittenBundle {
        guard let network = try node.settings().network else { throw NodeError(.notEnrolled) }
        let header = BundleHeader(network: network, from: try node.settings().node, to: peer, written: node.surroundings.now())
        let isKnown = try peer.map { peer in try node.ask { $0.trust?.credentials(of: peer).isEmpty == false } } ?? false
        // Proofs and asks go with the receipt: where sticks go to and fro, this is the answer that comes soonest.
        let beside = try isKnown ? peer.map { try node.logStatements(for: $0, beside: [], isLive: false) } ?? [] : []
        let frames =
            [Frame(.header, header.explicitForm), Frame(.checkpoint, try node.checkpoint())] + beside
            + [Frame(.receipt, try node.receipt(to: peer, receptions: report.receptions))]
        let keys = isSealed && isKnown ? try peer.map { try sealingKeys(of: [$0], node) } : nil
        let content = frames.reduce(Int64(BundleVolumes.trailerBytes)) { $0 + BundleVolumes.bytes(ofPayload: Int64($1.payload.count)) }
        var sink = try BundleSink(path, sealingTo: keys, contentBytes: content)
        for frame in frames { try sink.append(frame) }
        let trailer = Frame(.trailer, try Statement.sign(sink.digest.trailer.explicitForm, as: .trailer, key: try node.folder.readSigningKey()))
        let written = try sink.finish(with: trailer, changesets: 0)
        try register(written, sink.frames, peer.map { [$0] } ?? [], node)
        return written
    }
}
