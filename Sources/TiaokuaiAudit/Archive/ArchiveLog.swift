import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode

/// The log of an archive, as its tiles have it. One identity at a time comes from the files; what is kept is each entry's identity.
struct ArchiveLog {
    let identities: [Hash32]

    /// Reads the entries of `log/` up to a size. Throws `fileUnreadable`, and `notAnArchive` where an entry is no identity.
    init(_ folder: String, size: UInt64) throws {
        var out: [Hash32] = []
        var number: UInt64 = 0
        while UInt64(out.count) < size {
            let count = min(UInt64(LogTiles.width), size - UInt64(out.count))
            let name = "tile/entries/\(LogTiles.path(number))" + (count == UInt64(LogTiles.width) ? "" : ".p/\(count)")
            let bytes = try DurableFile.read("\(folder)/log/\(name)", limit: LogTiles.width * LogTiles.entryBytes, onlyRegular: true)
            let entries = stride(from: 0, to: bytes.count, by: LogTiles.entryBytes).compactMap { at -> Hash32? in
                guard at + LogTiles.entryBytes <= bytes.count, bytes[at] == 0, bytes[at + 1] == UInt8(Hash32.byteCount) else { return nil }
                return Hash32(bytes: Array(bytes[(at + 2)..<(at + LogTiles.entryBytes)]))
            }
            guard entries.count == Int(count), bytes.count == entries.count * LogTiles.entryBytes else { throw AuditError(.notAnArchive, ["path": folder, "reason": name]) }
            out += entries
            number += 1
        }
        identities = out
    }

    /// The root over the first entries; nil where there are fewer.
    func root(size: UInt64) -> Hash32? {
        guard size > 0, size <= UInt64(identities.count) else { return nil }
        var frontier = MerkleFrontier()
        for identity in identities.prefix(Int(size)) { _ = frontier.append(identity) }
        return frontier.root
    }
}
