import Foundation

/// The system calls with which a file gets onto a medium and is read back from it: the seam where a test pulls the stick.
/// Each behaves as the call of that name and sets `errno`; there is no other way for a `DurableFile` to reach a disk.
package struct MediumCalls: Sendable {
    /// Path, flags, permissions → descriptor.
    package var open: @Sendable (String, Int32, mode_t) -> Int32
    package var write: @Sendable (Int32, UnsafeRawPointer, Int) -> Int
    package var read: @Sendable (Int32, UnsafeMutableRawPointer, Int) -> Int
    /// fsync, of a file or a folder.
    package var sync: @Sendable (Int32) -> Int32
    package var close: @Sendable (Int32) -> Int32
    /// From, to; with true only where nothing lies there yet, else `EEXIST`.
    package var rename: @Sendable (String, String, Bool) -> Int32
    package var remove: @Sendable (String) -> Int32
    /// Removes a folder with all that lies in it; whoever has no power clears nothing away.
    package var removeAll: @Sendable (String) -> Void
    /// Lets go of what the page cache holds of a file.
    package var forget: @Sendable (Int32) -> Void
    /// Gives up reading past the page cache; false where that fails too.
    package var readThroughCache: @Sendable (Int32) -> Bool

    package init(
        open: @escaping @Sendable (String, Int32, mode_t) -> Int32, write: @escaping @Sendable (Int32, UnsafeRawPointer, Int) -> Int,
        read: @escaping @Sendable (Int32, UnsafeMutableRawPointer, Int) -> Int, sync: @escaping @Sendable (Int32) -> Int32,
        close: @escaping @Sendable (Int32) -> Int32, rename: @escaping @Sendable (String, String, Bool) -> Int32,
        remove: @escaping @Sendable (String) -> Int32, removeAll: @escaping @Sendable (String) -> Void = { try? FileManager.default.removeItem(atPath: $0) },
        forget: @escaping @Sendable (Int32) -> Void = { _ in },
        readThroughCache: @escaping @Sendable (Int32) -> Bool = { _ in true }
    ) {
        self.open = open
        self.write = write
        self.read = read
        self.sync = sync
        self.close = close
        self.rename = rename
        self.remove = remove
        self.removeAll = removeAll
        self.forget = forget
        self.readThroughCache = readThroughCache
    }

    /// The machine's own.
    package static let system = MediumCalls(
        open: { Foundation.open($0, $1, $2) }, write: { Foundation.write($0, $1, $2) }, read: { Foundation.read($0, $1, $2) },
        sync: { fsync($0) }, close: { Foundation.close($0) },
        rename: { from, to, isExclusive in isExclusive ? renameExclusively(from, to) : Foundation.rename(from, to) },
        remove: { unlink($0) }, forget: { posix_fadvise($0, 0, 0, POSIX_FADV_DONTNEED) },
        readThroughCache: { lseek($0, 0, SEEK_CUR) >= 0 && fcntl($0, F_SETFL, 0) == 0 })

    /// Renames where nothing lies there yet, else −1 with `EEXIST`: a second name first, then without the first one, so that a cut in
    /// between leaves two names of one whole file. Where a file system has no second names (vfat), and for folders, the new name is
    /// looked at first: between the two only somebody who ignores the folder's lock could put a file there.
    package static func renameExclusively(_ from: UnsafePointer<CChar>, _ to: UnsafePointer<CChar>) -> Int32 {
        if linkat(AT_FDCWD, from, AT_FDCWD, to, 0) == 0 { return unlink(from) }
        guard errno != EEXIST, errno != ENOENT else { return -1 }
        var status = stat()
        guard lstat(to, &status) != 0 else {
            errno = EEXIST
            return -1
        }
        return Foundation.rename(from, to)
    }
}
