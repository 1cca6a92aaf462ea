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
    /// read in any order. Throws `volumeTooSmall` when one item alone does not fit, `unknownNode`, a `SealError` when there are
    /// too many peers or nothing can be sealed to a key, `readBackDiffers`.
    public static func export(_ node: Node, to peers: [NodeID], path: String, _ options: Options = Options()) throws -> [WrittenBundle] {
        let exporter = try Exporter(node, to: peers, known: options.known, repeats: options.repeats, again: options.again)
        return try export(exporter, path: path, options)
    }

    /// The same with a plan that was made already, onto a medium.
    package static func export(_ exporter: Exporter, path: String, _ options: Options, medium: MediumCalls = .system) throws -> [WrittenBundle] {
        let (node, peers) = (exporter.node, exporter.peers)
        let keys = options.isSealed ? try sealingKeys(of: peers, node) : nil
        let volumes = try BundleVolumes(exporter, sealingTo: keys, limit: options.volumeBytes)
        let vouches = try volumes.closing.first { $0.type == .receipt }.map(acknowledgedDigest(of:))
        var out: [WrittenBundle] = []
        var handovers = [Int64](repeating: 0, count: peers.count)
        for (index, volume) in volumes.list.enumerated() {
            let number = index + 1
            let isLast = number == volumes.list.count
            var heads = FileHeads()
            var sink = try BundleSink(
                BundleVolumes.path(path, number), sealingTo: keys, contentBytes: volume.contentBytes, isExclusive: options.isExclusive, medium: medium)
            try sink.append(try exporter.header(volume: UInt64(number)))
            for frame in volumes.opening { try sink.append(frame) }
            for planned in volume.plan {
                try sink.append(try exporter.frame(planned))
                heads.add(planned.feed.id, planned.id, planned.sequence, after: planned.predecessor)
            }
            for frame in isLast ? volumes.closing : [] { try sink.append(frame) }
            out.append(try sink.finish(with: try exporter.trailer(sink.digest, isLast: isLast), changesets: volume.plan.count))
            for (place, peer) in peers.enumerated() {
                var row = row(of: out[index], frames: sink.frames, carrier: options.carrier, to: peer, node)
                row.handover = handovers[place]
                row.vouches = isLast ? vouches : nil
                let ref = try node.register(row, heads: heads.heads, by: options.handler)
                if index == 0 { handovers[place] = ref }
            }
        }
        return out
    }

    static func row(of written: WrittenBundle, frames: Int, carrier: String, to peer: NodeID?, _ node: Node) -> CarriedRow {
        CarriedRow(
            direction: "out", carrier: carrier, peer: peer, digest: written.digest, frames: frames, bytes: written.bytes,
            written: node.surroundings.now(), note: PathParts.name(of: written.path))
    }

    /// What a receipt of this node's own making vouches for.
    static func acknowledgedDigest(of frame: Frame) throws -> Hash32 {
        try Receipt(try UnverifiedStatement(frame.payload, .receipt).claimed).acknowledgedDigest
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
    public static func writeReceipt(
        _ node: Node, to peer: NodeID?, after report: ImportReport, path: String, isSealed: Bool = true, handler: Handler? = nil
    ) throws -> WrittenBundle {
        guard let network = try node.settings().network else { throw NodeError(.notEnrolled) }
        let header = BundleHeader(network: network, from: try node.settings().node, to: peer, written: node.surroundings.now())
        let isKnown = try peer.map { peer in try node.ask { $0.trust?.credentials(of: peer).isEmpty == false } } ?? false
        // Proofs and asks go with the receipt: where sticks go to and fro, this is the answer that comes soonest.
        let beside = try isKnown ? peer.map { try node.logStatements(for: $0, beside: [], isLive: false) } ?? [] : []
        let receipt = Frame(.receipt, try node.receipt(to: peer, receptions: report.refused))
        let frames = [Frame(.header, header.explicitForm), Frame(.checkpoint, try node.checkpoint())] + beside + [receipt]
        let keys = isSealed && isKnown ? try peer.map { try sealingKeys(of: [$0], node) } : nil
        let content = frames.reduce(Int64(BundleVolumes.trailerBytes)) { $0 + BundleVolumes.bytes(ofPayload: Int64($1.payload.count)) }
        var sink = try BundleSink(path, sealingTo: keys, contentBytes: content)
        for frame in frames { try sink.append(frame) }
        let trailer = Frame(.trailer, try node.sign(sink.digest.trailer.explicitForm, as: .trailer))
        let written = try sink.finish(with: trailer, changesets: 0)
        var row = row(of: written, frames: sink.frames, carrier: "receipt", to: peer, node)
        row.vouches = try acknowledgedDigest(of: receipt)
        try node.register(row, by: handler)
        return written
    }
}
