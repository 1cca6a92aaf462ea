import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

extension BundleFile {
    /// Writes what goes back on the stick after an import: a bundle of this node's checkpoint and its receipt 回执, which
    /// the sender imports like any other. The receipt also names what was refused just now.
    public static func writeReceipt(_ node: Node, to peer: NodeID?, after report: ImportReport, path: String) throws -> WrittenBundle {
        guard let network = try node.settings().network else { throw NodeError(.notEnrolled) }
        let header = BundleHeader(network: network, from: try node.settings().node, to: peer, written: node.surroundings.now())
        var frames = [Frame(.header, header.explicitForm), Frame(.checkpoint, try node.checkpoint())]
        frames.append(Frame(.receipt, try node.receipt(to: peer, receptions: report.receptions)))
        var digest = BundleDigest()
        for frame in frames { digest.append(frame) }
        frames.append(Frame(.trailer, try Statement.sign(digest.trailer.explicitForm, as: .trailer, key: try node.folder.readSigningKey())))
        let bytes = frames.flatMap(\.bytes)
        try DurableFile.write(bytes, to: path)
        guard try readBack(path) == sha256(bytes) else { throw NodeError(.readBackDiffers, ["path": path]) }
        try node.registerCarriage(
            CarriedRow(
                direction: "out", carrier: "file", peer: peer, digest: sha256(bytes), frames: frames.count, bytes: Int64(bytes.count),
                written: node.surroundings.now(), note: path.split(separator: "/").last.map(String.init) ?? path))
        return WrittenBundle(path: path, bytes: Int64(bytes.count), changesets: 0, digest: sha256(bytes))
    }
}
