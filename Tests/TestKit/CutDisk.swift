import Foundation

/// Real files on a disk whose power goes at the n-th call that would change it. From then on every call fails, and of what was not
/// synced the disk keeps what `survival` says.
///
/// Contents are durable when the file was synced, names when their folder was. Beside a `FaultVFS` over the same folder it is one
/// disk with that: the power goes for both. What goes round these calls is not seen.
// Unchecked: what changes is read and written under `lock` alone.
public final class CutDisk: @unchecked Sendable {
    private enum Change {
        case made(String)
        /// What lay under the new name before stands in the attic.
        case renamed(from: String, to: String, before: String?)
        case removed(String, before: String)

        var folder: String {
            switch self {
            case .made(let path), .renamed(_, let path, _), .removed(let path, _): CutDisk.folder(of: path)
            }
        }
    }

    private let lock = NSLock()
    private let attic: String
    private let call: Int
    private let survival: PulledStick.Survival
    private let isPowerGone: @Sendable () -> Bool
    private let cutPower: @Sendable () -> Void
    private var calls = 0
    private var cut = false
    private var writing: [Int32: String] = [:]
    private var folders: [Int32: String] = [:]
    private var unsynced: Set<String> = []
    private var undurable: [Change] = []
    private var kept = 0

    /// - Parameters:
    ///   - attic: an empty folder on the same file system, for what a name meant before.
    ///   - call: from 1; `.max` for a disk that only goes when others say so.
    ///   - isPowerGone: whether the power went elsewhere meanwhile.
    ///   - cutPower: what else loses power when it goes here.
    public init(
        attic: String, cutAt call: Int, _ survival: PulledStick.Survival, isPowerGone: @escaping @Sendable () -> Bool = { false },
        cutPower: @escaping @Sendable () -> Void = {}
    ) {
        self.attic = attic
        self.call = call
        self.survival = survival
        self.isPowerGone = isPowerGone
        self.cutPower = cutPower
    }

    /// Calls that change something, so far.
    public var count: Int { lock.withLock { calls } }
    public var isCut: Bool { lock.withLock { cut } }

    /// The power goes now, if it has not yet.
    public func losePower() { lock.withLock { if !cut { settle() } } }

    /// Counts a call; true where it must fail.
    private func isFailing() -> Bool {
        calls += 1
        if !cut, calls >= call || isPowerGone() { settle() }
        if cut { errno = EIO }
        return cut
    }

    /// What the disk shows to whoever comes next.
    private func settle() {
        cut = true
        cutPower()
        switch survival {
        case .everything: return
        case .half: for path in unsynced { CutDisk.shorten(path) { $0 / 2 } }
        case .nothing:
            for path in unsynced { CutDisk.shorten(path) { _ in 0 } }
            for change in undurable.reversed() {
                switch change {
                case .made(let path): unlink(path)
                case .renamed(let from, let to, let before):
                    Foundation.rename(to, from)
                    if let before { Foundation.rename(before, to) }
                case .removed(let path, let before): Foundation.rename(before, path)
                }
            }
        }
    }

    private static func shorten(_ path: String, _ length: (off_t) -> off_t) {
        var status = stat()
        if stat(path, &status) == 0 { truncate(path, length(status.st_size)) }
    }

    /// A second name for what lies there, so that it is the same file when it is put back.
    private func keep(_ path: String) -> String? {
        kept += 1
        let place = "\(attic)/\(kept)"
        return link(path, place) == 0 ? place : nil
    }

    private static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    // MARK: The calls

    public func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
        lock.withLock {
            let makes = flags & O_CREAT != 0
            if makes ? isFailing() : cut {
                errno = EIO
                return -1
            }
            let descriptor = Foundation.open(path, flags, mode)
            guard descriptor >= 0 else { return -1 }
            if flags & O_DIRECTORY != 0 { folders[descriptor] = path }
            if makes {
                writing[descriptor] = path
                unsynced.insert(path)
                undurable.append(.made(path))
            }
            return descriptor
        }
    }

    /// The power may go in the middle of it.
    public func write(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        lock.withLock {
            if !cut, calls + 1 >= call { _ = Foundation.write(descriptor, bytes, count / 2) }
            return isFailing() ? -1 : Foundation.write(descriptor, bytes, count)
        }
    }

    public func read(_ descriptor: Int32, _ into: UnsafeMutableRawPointer, _ count: Int) -> Int {
        lock.withLock {
            errno = EIO
            return cut ? -1 : Foundation.read(descriptor, into, count)
        }
    }

    public func sync(_ descriptor: Int32) -> Int32 {
        lock.withLock {
            if isFailing() { return -1 }
            if let path = writing[descriptor] { unsynced.remove(path) }
            if let path = folders[descriptor] { undurable.removeAll { $0.folder == path } }
            return fsync(descriptor)
        }
    }

    public func close(_ descriptor: Int32) -> Int32 {
        lock.withLock {
            writing[descriptor] = nil
            folders[descriptor] = nil
            let closed = Foundation.close(descriptor)
            if cut { errno = EIO }
            return cut ? -1 : closed
        }
    }

    public func rename(_ from: String, _ to: String, _ call: (String, String) -> Int32) -> Int32 {
        lock.withLock {
            if isFailing() { return -1 }
            let before = keep(to)
            let renamed = call(from, to)
            guard renamed == 0 else { return renamed }
            if unsynced.remove(from) != nil { unsynced.insert(to) }
            undurable.append(.renamed(from: from, to: to, before: before))
            return 0
        }
    }

    public func remove(_ path: String) -> Int32 {
        lock.withLock {
            if isFailing() { return -1 }
            let before = keep(path)
            guard unlink(path) == 0 else { return -1 }
            if let before { undurable.append(.removed(path, before: before)) }
            return 0
        }
    }

    /// A folder with all that lies in it; nothing where the power is gone.
    public func removeAll(_ path: String) {
        lock.withLock { if !cut && !isPowerGone() { try? FileManager.default.removeItem(atPath: path) } }
    }
}
