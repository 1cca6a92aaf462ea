import Foundation
import TiaokuaiNode

/// A file that a command writes where it was told to (`--out` and the like), and never in the place of what people keep there.
/// Bundles alone give way to a newer one of their name (`BundleExport.refuseForeign`).
enum OwnFile {
    /// Writes it, or leaves it as it is where it holds these bytes already. Throws `fileExists` where anything else lies there, `notAFile`
    /// for a device or a pipe, and what writing throws. An empty file is nobody's.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
        let held = size(of: path)
        if let held, held > 0 {
            guard held == bytes.count, try DurableFile.read(path, limit: bytes.count) == bytes else { throw NodeError(.fileExists, ["path": path]) }
            return
        }
        let file = try DurableFile(path: path, mode: mode)
        try file.append(bytes)
        try file.commit(exclusively: held == nil)
    }

    /// For a command whose bytes are new each time and that changes something before it has them: throws `fileExists` early.
    static func expectFree(_ path: String) throws {
        if let held = size(of: path), held > 0 { throw NodeError(.fileExists, ["path": path]) }
    }

    /// Bytes of an ordinary file; nil where there is none.
    private static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }
}
