import TiaokuaiFormat
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiTrust

/// Which changesets go into which file of a hand-over, so that no file is larger than the medium bears.
struct BundleVolumes {
    struct Volume {
        var plan: [Exporter.Planned] = []
        /// At most so many bytes of frames.
        var contentBytes: Int64
    }

    /// Statements at the beginning of every volume, and those at the end of the last.
    let opening: [Frame]
    let closing: [Frame]
    let list: [Volume]

    /// A frame's own bytes beside its payload: heads, marker, type, digest.
    private static let frameBytes: Int64 = 64
    /// Bytes of a header frame and of a signed trailer frame at most, whatever the suite.
    private static let headerBytes: Int64 = 256
    static let trailerBytes: Int64 = 1_024

    static func bytes(ofPayload payload: Int64) -> Int64 { payload + frameBytes }

    init(_ exporter: Exporter, sealingTo keys: [SealingPublicKey]?, limit: Int64) throws {
        opening = try exporter.statements()
        closing = try exporter.closingStatements()
        func size(_ frames: [Frame]) -> Int64 { frames.reduce(0) { $0 + BundleVolumes.bytes(ofPayload: Int64($1.payload.count)) } }
        let least = BundleVolumes.headerBytes + BundleVolumes.trailerBytes + size(opening)
        let closingBytes = size(closing)
        func fits(_ content: Int64) -> Bool { BundleVolumes.fileBytes(content, receivers: keys?.count) <= limit }
        var list: [Volume] = []
        var current = Volume(contentBytes: least)
        func checked(_ volume: Volume) throws -> Volume {
            guard fits(volume.contentBytes) else {
                throw NodeError(.volumeTooSmall, ["bytes": "\(limit)", "needed": "\(BundleVolumes.fileBytes(volume.contentBytes, receivers: keys?.count))"])
            }
            return volume
        }
        try exporter.node.store.read { reader in
            for planned in exporter.plan {
                // An item is an array of two byte strings: at most 11 bytes beside them.
                let bytes = BundleVolumes.bytes(ofPayload: try reader.byteCount(of: planned.ref) + 11)
                if !current.plan.isEmpty, !fits(current.contentBytes + bytes) {
                    list.append(try checked(current))
                    current = Volume(contentBytes: least)
                }
                current.plan.append(planned)
                current.contentBytes += bytes
            }
        }
        if !current.plan.isEmpty, !fits(current.contentBytes + closingBytes) {
            list.append(try checked(current))
            current = Volume(contentBytes: least)
        }
        current.contentBytes += closingBytes
        list.append(try checked(current))
        self.list = list
    }

    /// How long a file with so much content becomes at most.
    static func fileBytes(_ content: Int64, receivers: Int?) -> Int64 {
        guard let receivers else { return content }
        let padded = Int64(SealLimits.padded(UInt64(content)))
        let chunks = padded / Int64(SealLimits.chunkBytes) + 1
        return padded + chunks * 36 + Int64(receivers) * 224 + 128
    }

    /// Volume 1 is the file that was asked for; the others have their number before the ending.
    static func path(_ path: String, _ number: Int) -> String {
        guard number > 1 else { return path }
        let folder = PathParts.folder(of: path)
        let name = PathParts.name(of: path)
        let before = folder.isEmpty ? "" : folder == "/" ? "/" : folder + "/"
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "\(before)\(name).\(number)" }
        return "\(before)\(name[..<dot]).\(number)\(name[dot...])"
    }
}
