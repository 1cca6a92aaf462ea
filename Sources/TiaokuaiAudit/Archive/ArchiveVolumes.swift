import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode

/// Frames into files of bounded size below `bundles/`, each beginning with a header and the root statements. They have no trailer:
/// nobody signs an archive, so that anybody makes it again byte for byte; that nothing is missing follows from the log.
struct ArchiveVolumes {
    private let folder: ArchiveFolder
    private let name: String
    private let header: BundleHeader
    private let roots: [Frame]
    private let limit: Int64
    private var file: DurableFile?
    private var number: UInt64 = 0
    private var bytes: Int64 = 0

    init(_ name: String, in folder: ArchiveFolder, header: BundleHeader, roots: [Frame], limit: Int64) {
        (self.name, self.folder, self.header, self.roots, self.limit) = (name, folder, header, roots, limit)
    }

    /// Writes a frame. One that is larger than a volume has a volume of its own.
    mutating func append(_ frame: Frame) throws {
        let more = frame.bytes
        if file == nil || bytes > 0 && bytes + Int64(more.count) > limit { try begin() }
        bytes += Int64(more.count)
        try file?.append(more)
    }

    private mutating func begin() throws {
        try file?.commit()
        number += 1
        bytes = 0
        // Ascending names, so that whoever reads them in order waits for nothing.
        let path = folder.inside("bundles/\(name)-\(String(repeating: "0", count: max(0, 4 - "\(number)".count)))\(number).tkb")
        try folder.make(PathParts.folder(of: path))
        let file = try DurableFile(path: path)
        var header = header
        header.volume = number
        try file.append(Frame(.header, header.explicitForm).bytes)
        for root in roots { try file.append(root.bytes) }
        self.file = file
    }

    mutating func finish() throws {
        try file?.commit()
        file = nil
    }
}
