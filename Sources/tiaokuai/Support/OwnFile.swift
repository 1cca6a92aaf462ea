import Foundation
import TiaokuaiNode

/// A file that a command writes where it was told to (`--out` and the like), and never in the place of what people keep there.
/// Bundles alone give way to a newer one of their name (`BundleExport.refuseForeign`).
enum OwnFile {
    enum State: String, Encodable {
        case written, replaced
        /// The same bytes lay there already.
        case unchanged
    }

    /// Writes it, or leaves it as it is where it holds these bytes already. Throws `fileExists` where anything else lies there that is not
    /// to be replaced, `notAFile` for a device or a pipe, and what writing throws. An empty file is nobody's.
    @discardableResult
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644, replacing: Bool = false) throws -> State {
        let held = size(of: path)
        if let held, held > 0 {
            if try holds(path, bytes) { return .unchanged }
            guard replacing else { throw NodeError(.fileExists, ["path": path]) }
        }
        let file = try DurableFile(path: path, mode: mode)
        try file.append(bytes)
        // What somebody put there meanwhile is not overwritten either.
        try file.commit(exclusively: held == nil)
        return held == nil || held == 0 ? .written : .replaced
    }

    /// For a command that changes or writes something else first: throws `fileExists` early, unless these very bytes lie there. A folder
    /// gives way to no file.
    static func expectFree(_ path: String, for bytes: [UInt8]? = nil, replacing: Bool = false) throws {
        var status = stat()
        let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        guard isFolder || (size(of: path) ?? 0) > 0 && !replacing else { return }
        guard let bytes, try holds(path, bytes) else { throw NodeError(.fileExists, ["path": path]) }
    }

    private static func holds(_ path: String, _ bytes: [UInt8]) throws -> Bool {
        try size(of: path) == bytes.count && DurableFile.read(path, limit: bytes.count) == bytes
    }

    /// Bytes of an ordinary file; nil where there is none.
    private static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }
}
