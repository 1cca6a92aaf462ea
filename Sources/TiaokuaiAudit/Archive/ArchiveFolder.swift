import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

/// A folder that appears whole or not at all: it is filled as `FOLDER.partial`, synced, listed with its digests, and renamed.
final class ArchiveFolder {
    let path: String
    let partial: String
    private var lock: Int32 = -1
    private var (isMade, isDone) = (false, false)
    private static let lockName = ".making"

    /// Throws `archiveExists` where something lies at the path, or somebody else is making this archive.
    init(_ path: String) throws {
        let trimmed = PathParts.trimmed(path)
        self.path = trimmed
        partial = trimmed + ".partial"
        guard !ArchiveFolder.isThere(trimmed) else { throw AuditError(.archiveExists, ["path": trimmed]) }
        if ArchiveFolder.isThere(partial) { try removeAbandoned() }
        // The folder that it is to lie in has to be there: a mistyped path makes no folders.
        guard mkdir(partial, 0o755) == 0 else { throw ArchiveFolder.failure(partial, errno) }
        isMade = true
        lock = open("\(partial)/\(ArchiveFolder.lockName)", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw ArchiveFolder.failure(partial, errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw AuditError(.archiveExists, ["path": partial]) }
    }

    /// What a run left that was killed: known by its lock, which nobody holds.
    private func removeAbandoned() throws {
        let held = open("\(partial)/\(ArchiveFolder.lockName)", O_RDWR | O_CLOEXEC)
        defer { if held >= 0 { close(held) } }
        guard held >= 0, flock(held, LOCK_EX | LOCK_NB) == 0, (try? FileManager.default.removeItem(atPath: partial)) != nil else {
            throw AuditError(.archiveExists, ["path": partial])
        }
    }

    deinit {
        if lock >= 0 { close(lock) }
        if isMade, !isDone { try? FileManager.default.removeItem(atPath: partial) }
    }

    /// A path below the folder, while it is being filled.
    func inside(_ name: String) -> String { partial + "/" + name }

    func write(_ bytes: [UInt8], to name: String) throws {
        try make(PathParts.folder(of: inside(name)))
        try DurableFile.write(bytes, to: inside(name))
    }

    func make(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw ArchiveFolder.failure(folder, Int32(truncatingIfNeeded: ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code ?? Int(EIO)))
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> NodeError {
        NodeError([ENOSPC, EDQUOT].contains(code) ? .diskFull : .fileUnwritable, ["path": path, "reason": String(cString: strerror(code))])
    }

    /// Lists every file with the SHA-256 of what lies on the medium, syncs the folders, and gives the whole its name.
    ///
    /// - Returns: how many files there are, and their bytes.
    func finish() throws -> (files: Int, bytes: Int64) {
        try FileManager.default.removeItem(atPath: inside(ArchiveFolder.lockName))
        let names = try ArchiveFolder.files(in: partial).regular
        var (lines, bytes): ([UInt8], Int64) = ([], 0)
        for name in names {
            lines += Array("\(try BundleFile.digest(path: inside(name)).hex)  \(name)\n".utf8)
            bytes += (try FileManager.default.attributesOfItem(atPath: inside(name))[.size] as? Int64) ?? 0
        }
        try write(lines, to: ArchiveFacts.digestsName)
        for folder in Set(names.map { PathParts.folder(of: $0) }).flatMap(ArchiveFolder.upwards) { try DurableFile.syncFolder(of: inside(folder) + "/") }
        try DurableFile.syncFolder(of: inside(ArchiveFacts.digestsName))
        guard MediumCalls.system.rename(partial, path, true) == 0 else {
            if [EEXIST, ENOTEMPTY].contains(errno) { throw AuditError(.archiveExists, ["path": path]) }
            throw ArchiveFolder.failure(path, errno)
        }
        isDone = true
        try DurableFile.syncFolder(of: path)
        return (names.count + 1, bytes + Int64(lines.count))
    }

    /// SHA-256 of the list of digests.
    func digest() throws -> Hash32 { try BundleFile.digest(path: "\(isDone ? path : partial)/\(ArchiveFacts.digestsName)") }

    private static func upwards(_ folder: String) -> [String] {
        var out: [String] = []
        var rest = folder
        while !rest.isEmpty {
            out.append(rest)
            rest = PathParts.folder(of: rest)
        }
        return out
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// What an archive consists of; anything else has no place in one.
    static func isPart(_ name: String) -> Bool {
        ["README.md", ArchiveFacts.fileName].contains(name) || isPage(name)
            || ["bundles/": ".tkb", "roots/": ".cose", "log/": ""].contains { name.hasPrefix($0.key) && name.hasSuffix($0.value) }
    }

    /// Carried in every archive, the same from one version of this program.
    static func isPage(_ name: String) -> Bool { name == "verify.py" || name.hasPrefix("formats/") || name.hasPrefix("vectors/") }

    /// Names of all files below a folder, ascending by their bytes; what is no file of its own (a link, a pipe) apart.
    static func files(in folder: String) throws -> (regular: [String], others: [String]) {
        guard let found = FileManager.default.enumerator(atPath: folder) else { throw NodeError(.folderMissing, ["path": folder]) }
        var (names, others): ([String], [String]) = ([], [])
        while let name = found.nextObject() as? String {
            switch found.fileAttributes?[.type] as? FileAttributeType {
            case .typeRegular?: names.append(name)
            case .typeDirectory?: continue
            default: others.append(name)
            }
        }
        func sorted(_ names: [String]) -> [String] { names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) } }
        return (sorted(names), sorted(others))
    }
}
