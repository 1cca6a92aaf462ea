import Foundation
import TiaokuaiModel
import TiaokuaiNode

/// An open folder whose files are looked at by name alone, never through a link, and moved aside without replacing anything.
final class FolderHandle {
    /// Names looked at in one go; what is beyond has its turn when these are gone.
    static let maximumNames = 10_000

    let path: String
    private let descriptor: Int32

    /// What tells whether a file is still the one that was looked at, and still as long.
    struct Stamp: Hashable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        /// Nanoseconds since 1970, by the file system's clock: of the contents, and of anything at all.
        let modified, changed: Int64
        let kind: Kind

        enum Kind: Hashable {
            case file, folder, other
        }

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
            changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
            kind =
                switch status.st_mode & S_IFMT {
                case S_IFREG: .file
                case S_IFDIR: .folder
                default: .other
                }
        }
    }

    /// Throws `fileUnreadable`, and `folderInUse` while another process holds it.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw NodeError(.fileUnreadable, ["path": path, "reason": String(cString: strerror(errno))]) }
        // Network file systems may know no such lock: then it is the operator's to start one only.
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            close(descriptor)
            throw NodeError(.folderInUse, ["path": path])
        }
    }

    deinit { close(descriptor) }

    /// Names in the folder, sorted; at most `maximumNames`.
    func names() throws -> [RawName] {
        guard let stream = opendir(path) else { throw NodeError(.fileUnreadable, ["path": path, "reason": String(cString: strerror(errno))]) }
        defer { closedir(stream) }
        var out: [RawName] = []
        while out.count < FolderHandle.maximumNames, let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes != Array(".".utf8), bytes != Array("..".utf8) { out.append(RawName(bytes: bytes)) }
        }
        return out.sorted()
    }

    /// Nil when it is gone.
    func stamp(_ name: RawName) -> Stamp? {
        var status = stat()
        return fstatat(descriptor, FolderHandle.c(name.bytes), &status, AT_SYMLINK_NOFOLLOW) == 0 ? Stamp(status) : nil
    }

    /// Opens a regular file and nothing else; nil when it is gone or another by now. Never waits, as a pipe would make it.
    func openFile(_ name: RawName, expecting stamp: Stamp) throws -> Int32? {
        let handle = openat(descriptor, FolderHandle.c(name.bytes), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard handle >= 0 else {
            if errno == ENOENT || errno == ELOOP { return nil }
            throw NodeError(.fileUnreadable, ["path": name.shown, "reason": String(cString: strerror(errno))])
        }
        var status = stat()
        guard fstat(handle, &status) == 0, Stamp(status) == stamp else {
            close(handle)
            return nil
        }
        return handle
    }

    /// A name that nothing in a folder below has yet.
    func freeName(for name: String, in folder: String) -> String {
        for number in 1... {
            let candidate = number == 1 ? name : FolderHandle.numbered(name, number)
            var status = stat()
            if lstat("\(path)/\(folder)/\(candidate)", &status) != 0 { return candidate }
        }
        return name
    }

    private static func numbered(_ name: String, _ number: Int) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "\(name)~\(number)" }
        return "\(name[..<dot])~\(number)\(name[dot...])"
    }

    /// Moves a file into a folder below, in one step and durably. Throws `fileUnwritable`, `fileExists`.
    func move(_ name: RawName, to stored: String, in folder: String) throws {
        let target = "\(path)/\(folder)/\(stored)"
        guard MediumCalls.renameExclusively(FolderHandle.c(Array("\(path)/".utf8) + name.bytes), target) == 0 else {
            let reason = errno
            throw reason == EEXIST
                ? NodeError(.fileExists, ["path": target]) : NodeError(.fileUnwritable, ["path": target, "reason": String(cString: strerror(reason))])
        }
        try DurableFile.syncFolder(of: target)
        try DurableFile.syncFolder(of: "\(path)/\(stored)")
    }

    /// A folder below this one, made if it is missing; not through a link.
    func ensureFolder(_ name: String) throws {
        var status = stat()
        if mkdirat(descriptor, name, 0o755) != 0, errno != EEXIST { throw failure(name) }
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw failure(name) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw NodeError(.fileExists, ["path": "\(path)/\(name)"]) }
    }

    private func failure(_ name: String) -> NodeError { NodeError(.fileUnwritable, ["path": "\(path)/\(name)", "reason": String(cString: strerror(errno))]) }

    private static func c(_ bytes: [UInt8]) -> [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}
