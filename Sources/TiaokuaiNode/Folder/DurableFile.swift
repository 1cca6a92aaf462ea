import Foundation
import Synchronization

/// Files that appear whole or not at all: temporary → write → fsync → rename → fsync folder. The only place that does so.
///
/// The temporary file lies beside the final one and is named after the process that writes it, so that two writers of one
/// file don't meet, and the next writer sweeps up what one left that was killed.
public final class DurableFile {
    private let path: String
    private let temporary: String
    private let medium: MediumCalls
    private var descriptor: Int32

    /// Begins a file beside its final name; `mode` are its permissions. Throws `notAFile` where a device or a pipe has that name.
    public convenience init(path: String, mode: mode_t = 0o644) throws { try self.init(path: path, mode: mode, on: .system) }

    package init(path: String, mode: mode_t = 0o644, on medium: MediumCalls) throws {
        self.path = path
        self.medium = medium
        // Renaming would put a file in the place of a device or a pipe, and whoever has the right to do so may not notice.
        var status = stat()
        if lstat(path, &status) == 0, ![S_IFREG, S_IFDIR, S_IFLNK].contains(status.st_mode & S_IFMT) { throw NodeError(.notAFile, ["path": path]) }
        DurableFile.removeAbandoned(of: path)
        let begun = DurableFile.unfinished.withLock { unfinished in
            unfinished.begun += 1
            let begun = "\(path).part-\(getpid())-\(unfinished.begun)"
            unfinished.paths.insert(begun)
            return begun
        }
        temporary = begun
        descriptor = medium.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        if descriptor < 0 {
            let error = DurableFile.failure(path)
            forget()
            throw error
        }
    }

    /// Temporary files of this process that are not committed, and how many were begun.
    private static let unfinished = Mutex<(paths: Set<String>, begun: Int)>(([], 0))

    /// Removes temporary files of this path whose process is gone.
    private static func removeAbandoned(of path: String) {
        let folder = PathParts.folder(of: path)
        let prefix = PathParts.name(of: path) + ".part-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let numbers = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false).map { pid_t($0) }
            guard numbers.count == 2, let process = numbers[0], process > 0, numbers[1] != nil else { continue }
            let found = folder.isEmpty ? name : folder + "/" + name
            let isOurs = process == getpid() && unfinished.withLock { $0.paths.contains { PathParts.name(of: $0) == name } }
            let lives = process != getpid() && (kill(process, 0) == 0 || errno != ESRCH)
            if !isOurs && !lives { unlink(found) }
        }
    }

    /// Removes what is half written: for a process that is about to be ended by a signal.
    public static func discardUnfinished() {
        unfinished.withLock { unfinished in
            for path in unfinished.paths { unlink(path) }
            unfinished.paths.removeAll()
        }
    }

    private func forget() { DurableFile.unfinished.withLock { _ = $0.paths.remove(temporary) } }

    /// The file's number in its file system; renaming keeps it.
    func inode() throws -> UInt64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DurableFile.failure(path) }
        return UInt64(status.st_ino)
    }

    public func append(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let written = medium.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                if written < 0 {
                    if errno == EINTR { continue }
                    throw DurableFile.failure(path)
                }
                offset += written
            }
        }
    }

    /// Makes the file durable under its final name.
    public func commit() throws { try commit(exclusively: false) }

    /// The same; `exclusively`: `fileExists` where something lies there already.
    package func commit(exclusively: Bool) throws {
        guard medium.sync(descriptor) == 0 else { throw DurableFile.failure(path) }
        // What is read back later must come from the medium, not from memory.
        medium.forget(descriptor)
        let closed = medium.close(descriptor)
        descriptor = -1
        guard closed == 0, medium.rename(temporary, path, exclusively) == 0 else {
            let error = errno == EEXIST && exclusively ? NodeError(.fileExists, ["path": path]) : DurableFile.failure(path)
            _ = medium.remove(temporary)
            forget()
            throw error
        }
        forget()
        try DurableFile.syncFolder(of: path, on: medium)
    }

    deinit {
        if descriptor >= 0 {
            _ = medium.close(descriptor)
            _ = medium.remove(temporary)
            forget()
        }
    }

    public static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws { try write(bytes, to: path, mode: mode, on: .system) }

    package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644, on medium: MediumCalls) throws {
        let file = try DurableFile(path: path, mode: mode, on: medium)
        try file.append(bytes)
        try file.commit()
    }

    /// Copies a file that nobody writes.
    static func copy(_ from: String, to path: String, mode: mode_t = 0o644, on medium: MediumCalls) throws {
        let handle = open(from, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw NodeError(.fileUnreadable, ["path": from, "reason": String(cString: strerror(errno))]) }
        defer { close(handle) }
        let file = try DurableFile(path: path, mode: mode, on: medium)
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Foundation.read(handle, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw NodeError(.fileUnreadable, ["path": from, "reason": String(cString: strerror(errno))])
            }
            if count == 0 { return try file.commit() }
            try file.append(Array(chunk[..<count]))
        }
    }

    /// Makes the bytes of a file durable that something else wrote.
    static func syncFile(_ path: String, on medium: MediumCalls) throws {
        let handle = medium.open(path, O_RDONLY | O_CLOEXEC, 0)
        guard handle >= 0 else { throw failure(path) }
        defer { _ = medium.close(handle) }
        guard medium.sync(handle) == 0 else { throw failure(path) }
    }

    public static func syncFolder(of path: String) throws { try syncFolder(of: path, on: .system) }

    static func syncFolder(of path: String, on medium: MediumCalls) throws {
        let folder = PathParts.folder(of: path)
        let handle = medium.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard handle >= 0 else { throw failure(folder) }
        defer { _ = medium.close(handle) }
        // Some media (vfat over some drivers) refuse to sync a folder; the file itself is synced.
        if medium.sync(handle) != 0, errno != EINVAL, errno != ENOTSUP { throw failure(folder) }
    }

    /// Reads a whole file of at most `limit` bytes; throws `fileUnreadable`.
    ///
    /// - Parameter onlyRegular: throws `notAFile` for anything else, for what lies in a folder from outside: a pipe there, to which
    ///   nobody writes, would hold its reader for ever. Whoever names a file may name a pipe.
    public static func read(_ path: String, limit: Int, onlyRegular: Bool = false) throws -> [UInt8] {
        let handle = open(path, O_RDONLY | O_CLOEXEC | (onlyRegular ? O_NONBLOCK : 0))
        guard handle >= 0 else { throw NodeError(.fileUnreadable, ["path": path, "reason": String(cString: strerror(errno))]) }
        defer { close(handle) }
        var status = stat()
        guard !onlyRegular || fstat(handle, &status) == 0 && status.st_mode & S_IFMT == S_IFREG else { throw NodeError(.notAFile, ["path": path]) }
        var out: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(handle, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw NodeError(.fileUnreadable, ["path": path, "reason": String(cString: strerror(errno))])
            }
            if count == 0 { return out }
            out.append(contentsOf: chunk[..<count])
            if out.count > limit { throw NodeError(.fileUnreadable, ["path": path, "reason": "larger than \(limit) bytes"]) }
        }
    }

    private static func failure(_ path: String) -> NodeError {
        let reason = errno
        return NodeError([ENOSPC, EDQUOT, EFBIG].contains(reason) ? .diskFull : .fileUnwritable, ["path": path, "reason": String(cString: strerror(reason))])
    }
}

/// The two parts of a path at its last `/`, whatever is on either side. Foundation's traps on a name of one character.
public enum PathParts {
    /// Without the `/`; empty where there is none, `/` for what stands at the root.
    public static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    public static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// A folder's path without the `/` at its end; the root keeps its own.
    public static func trimmed(_ folder: String) -> String {
        guard let last = folder.lastIndex(where: { $0 != "/" }) else { return folder.isEmpty ? "" : "/" }
        return String(folder[...last])
    }

    /// What lies under this name in a folder.
    public static func path(_ folder: String, _ name: String) -> String { folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)" }
}
