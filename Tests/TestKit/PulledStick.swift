import Foundation

/// A stick in memory that is pulled at its n-th call, fails at it, or lies. What was not synced is in doubt after that, and what a test then finds
/// is one of the ways in which the doubt may end.
///
/// Paths are names, folders are taken for granted. A name is durable when its folder was synced; contents are when the file was.
public final class PulledStick: @unchecked Sendable {
    /// What goes wrong.
    public enum Trouble: Hashable, Sendable {
        /// Pulled: this call and all later ones fail.
        case pulled(at: Int)
        /// This one call fails and changes nothing.
        case fails(at: Int, errno: Int32)
        /// Syncs say yes and keep nothing.
        case forgetful
        /// One bit of every file's middle is turned over on the way to the medium.
        case flips
        /// Writes say yes and keep nothing beyond so many bytes of a file.
        case shortOf(Int)
    }

    /// How the doubt about what was not synced ends.
    public enum Survival: Hashable, Sendable, CaseIterable {
        case nothing, everything, half
    }

    private struct File {
        var bytes: [UInt8] = []
        var synced: [UInt8] = []
    }

    private let lock = NSLock()
    private let trouble: Trouble?
    private var calls = 0
    private var names: [String: Int] = [:]
    private var syncedNames: [String: Int] = [:]
    private var files: [Int: File] = [:]
    private var open: [Int32: (file: Int?, offset: Int)] = [:]
    private var nextDescriptor: Int32 = 1_000
    private var nextFile = 1
    /// Whether the trouble was met.
    public private(set) var wasMet = false

    public init(_ trouble: Trouble? = nil) { self.trouble = trouble }

    /// Calls made so far that change or read something.
    public var count: Int { lock.withLock { calls } }

    /// A file that lies on the stick from before, whole and synced.
    public func put(_ path: String, _ bytes: [UInt8]) {
        files[nextFile] = File(bytes: bytes, synced: bytes)
        names[path] = nextFile
        syncedNames[path] = nextFile
        nextFile += 1
    }

    /// What is found on the stick when it is looked at next.
    public func contents(_ survival: Survival) -> [String: [UInt8]] {
        lock.withLock {
            var out: [String: [UInt8]] = [:]
            switch survival {
            case .nothing: for (name, file) in syncedNames { out[name] = stored(files[file]?.synced ?? []) }
            case .everything: for (name, file) in names { out[name] = stored(files[file]?.bytes ?? []) }
            case .half:
                for (name, file) in names.merging(syncedNames, uniquingKeysWith: { $1 }) {
                    guard let found = files[file] else { continue }
                    out[name] = stored(Array(found.bytes.prefix((found.synced.count + found.bytes.count) / 2)))
                }
            }
            return out
        }
    }

    /// What the medium makes of bytes that were written to it.
    private func stored(_ bytes: [UInt8]) -> [UInt8] {
        switch trouble {
        case .flips where !bytes.isEmpty:
            var out = bytes
            out[out.count / 2] ^= 4
            return out
        case .shortOf(let limit): return Array(bytes.prefix(limit))
        default: return bytes
        }
    }

    /// Counts a call; −1 with errno where it must fail.
    private func fault() -> Bool {
        calls += 1
        switch trouble {
        case .pulled(let at) where calls >= at:
            wasMet = true
            errno = EIO
            return true
        case .fails(let at, let reason) where calls == at:
            wasMet = true
            errno = reason
            return true
        default: return false
        }
    }

    // MARK: The calls

    public func open(_ path: String, _ flags: Int32) -> Int32 {
        lock.withLock {
            if fault() { return -1 }
            nextDescriptor += 1
            if flags & O_DIRECTORY != 0 {
                open[nextDescriptor] = (nil, 0)
                return nextDescriptor
            }
            if names[path] == nil {
                guard flags & O_CREAT != 0 else {
                    errno = ENOENT
                    return -1
                }
                names[path] = nextFile
                files[nextFile] = File()
                nextFile += 1
            }
            open[nextDescriptor] = (names[path], 0)
            return nextDescriptor
        }
    }

    public func write(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        lock.withLock {
            if fault() { return -1 }
            guard let file = open[descriptor]?.file else { return -1 }
            files[file]?.bytes += UnsafeRawBufferPointer(start: bytes, count: count)
            return count
        }
    }

    /// What lies on the medium itself, past every cache.
    public func read(_ descriptor: Int32, _ into: UnsafeMutableRawPointer, _ count: Int) -> Int {
        lock.withLock {
            if fault() { return -1 }
            guard let place = open[descriptor], let number = place.file, let file = files[number] else { return -1 }
            let rest = stored(file.synced).dropFirst(place.offset).prefix(count)
            for (index, byte) in rest.enumerated() { into.storeBytes(of: byte, toByteOffset: index, as: UInt8.self) }
            open[descriptor] = (number, place.offset + rest.count)
            return rest.count
        }
    }

    public func sync(_ descriptor: Int32) -> Int32 {
        lock.withLock {
            if fault() { return -1 }
            guard let place = open[descriptor] else { return -1 }
            if trouble == .forgetful {
                wasMet = true
                return 0
            }
            guard let number = place.file, var file = files[number] else {
                syncedNames = names
                return 0
            }
            file.synced = file.bytes
            files[number] = file
            return 0
        }
    }

    public func close(_ descriptor: Int32) -> Int32 {
        lock.withLock {
            open[descriptor] = nil
            return fault() ? -1 : 0
        }
    }

    public func rename(_ from: String, _ to: String, exclusively: Bool) -> Int32 {
        lock.withLock {
            if fault() { return -1 }
            guard let file = names[from], !(exclusively && names[to] != nil) else {
                errno = names[from] == nil ? ENOENT : EEXIST
                return -1
            }
            names[from] = nil
            names[to] = file
            return 0
        }
    }

    public func remove(_ path: String) -> Int32 {
        lock.withLock {
            if fault() { return -1 }
            names[path] = nil
            return 0
        }
    }
}
