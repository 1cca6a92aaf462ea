import Foundation
import TiaokuaiFormat
import TiaokuaiNode

/// A statement that goes into a file of its own: a request, a consent, a root draft. It takes the place of an earlier one, and of
/// nothing else that people keep.
enum OwnFile {
    /// Throws `fileExists` for a file that is somebody's, and what writing throws.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
        guard isFree(path) else { throw NodeError(.fileExists, ["path": path]) }
        try DurableFile.write(bytes, to: path, mode: mode)
    }

    private static func isFree(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return true }
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        let beginning = (try? handle.read(upToCount: beginningBytes)) ?? Data()
        func says(_ name: String) -> Bool { beginning.range(of: Data(name.utf8)) != nil }
        return names.contains(where: says) && !kept.contains(where: says)
    }

    /// Every statement of ours says its name within so many bytes: its envelope's type, or its content's name.
    private static let beginningBytes = 160
    private static let names = ["application/tiaokuai-", "tk-root"]
    /// Bundles and keys say theirs, too.
    private static let kept = ["tk-item", "tk-key", "tk-seal"]
}
