import Foundation
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode

/// A file to be read: by its path, or already open at its beginning, where a name could be exchanged for another's meanwhile.
enum BundleSource {
    case path(String)
    case descriptor(Int32, name: String)

    /// What errors call it.
    var path: String {
        switch self {
        case .path(let path): path
        case .descriptor(_, let name): name
        }
    }

    /// What the register calls it.
    var name: String {
        switch self {
        case .path(let path): PathParts.name(of: path)
        case .descriptor(_, let name): name
        }
    }
}

/// A file on a stick, read in pieces of a mebibyte.
enum MediumFile {
    static let pieceBytes = 1 << 20
    /// What direct reading asks of addresses and lengths on every medium that we know.
    private static let alignment = 4_096

    /// `O_DIRECT`, a macro that C shows to nobody else.
    #if arch(arm64)
        private static let direct: Int32 = 0o200000
    #else
        private static let direct: Int32 = 0o40000
    #endif

    /// Throws `notAFile` for a pipe or a device, which may never end; nothing waits for whoever would write to it.
    private static func opened(_ path: String) throws -> Int32 {
        let handle = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard handle >= 0 else { throw failure(path) }
        var status = stat()
        guard fstat(handle, &status) == 0, [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            close(handle)
            throw NodeError(.notAFile, ["path": path])
        }
        return handle
    }

    static func read(_ source: BundleSource, _ body: ([UInt8]) throws -> Void) throws {
        let handle: Int32
        switch source {
        case .path(let path): handle = try opened(path)
        case .descriptor(let open, _): handle = open
        }
        defer { if case .path = source { close(handle) } }
        while true {
            let piece = try [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, count in
                count = try got(Foundation.read(handle, buffer.baseAddress, pieceBytes), source.path)
            }
            if piece.isEmpty { return }
            try body(piece)
        }
    }

    /// The first bytes of a file, fewer where it is shorter.
    static func beginning(of path: String, bytes: Int) throws -> [UInt8] {
        let handle = try opened(path)
        defer { close(handle) }
        return try [UInt8](unsafeUninitializedCapacity: bytes) { buffer, count in count = try got(Foundation.read(handle, buffer.baseAddress, bytes), path) }
    }

    /// The same of a file that is open; where it is to be read next stays as it is.
    static func beginning(of handle: Int32, named name: String, bytes: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: bytes) { buffer, count in count = try got(pread(handle, buffer.baseAddress, bytes, 0), name) }
    }

    /// SHA-256 of what lies on the medium itself: read past the page cache with O_DIRECT, and where the file system has no
    /// such thing, after the cache was told to let go of the file. Only for a file that was synced.
    static func digestOnMedium(_ path: String, _ medium: MediumCalls = .system) throws -> Hash32 {
        var handle = medium.open(path, O_RDONLY | O_CLOEXEC | direct, 0)
        if handle < 0, errno == EINVAL { handle = medium.open(path, O_RDONLY | O_CLOEXEC, 0) }
        guard handle >= 0 else { throw failure(path) }
        defer { _ = medium.close(handle) }
        medium.forget(handle)
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, alignment, pieceBytes) == 0, let memory else { throw NodeError(.fileUnreadable, ["path": path, "reason": "memory"]) }
        defer { free(memory) }
        let hasher = Hasher256()
        while true {
            var count = medium.read(handle, memory, pieceBytes)
            if count < 0, errno == EINVAL {
                // Opened, but not readable this way: go on through the cache that was just emptied.
                guard medium.readThroughCache(handle) else { throw failure(path) }
                count = medium.read(handle, memory, pieceBytes)
            }
            let bytes = try got(count, path)
            if bytes == 0 { return hasher.finish() }
            hasher.update(UnsafeRawBufferPointer(start: memory, count: bytes))
            // The last, odd piece ends the file; reading on from there is not aligned any more.
            if bytes < pieceBytes, bytes % alignment != 0 { return hasher.finish() }
        }
    }

    private static func got(_ count: Int, _ path: String) throws -> Int {
        guard count >= 0 else { throw failure(path) }
        return count
    }

    private static func failure(_ path: String) -> NodeError { NodeError(.fileUnreadable, ["path": path, "reason": String(cString: strerror(errno))]) }
}
