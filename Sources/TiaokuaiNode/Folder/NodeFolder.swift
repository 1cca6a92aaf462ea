import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// A node's folder: the store, the keys, the marker. 0700; keys 0600.
public struct NodeFolder: Sendable {
    public let path: String
    /// The system calls with which files beside the store are written.
    package let medium: MediumCalls

    public init(path: String) { self.init(path: path, on: .system) }

    package init(path: String, on medium: MediumCalls) {
        self.path = path
        self.medium = medium
    }

    public var storePath: String { path + "/" + Store.fileName }
    public var signingKeyPath: String { path + "/signing.key" }
    public var sealingKeyPath: String { path + "/sealing.key" }
    public var markerPath: String { path + "/marker" }
    /// The keys of a rotation that is asked for and not yet granted.
    public var nextSigningKeyPath: String { path + "/signing-next.key" }
    public var nextSealingKeyPath: String { path + "/sealing-next.key" }

    /// A folder with a store under its final name is a whole node; without one it is none.
    public var exists: Bool { FileManager.default.fileExists(atPath: storePath) }

    /// Where a new folder's store is made, before any key: it gets its name last of all, by `finish`.
    var unfinishedStorePath: String { storePath + ".part" }

    /// Makes a whole node of the folder, or leaves nothing of it; throws `folderNotEmpty` and what `fill` throws.
    func make(_ fill: () throws -> Void) throws {
        try create()
        do {
            try fill()
            try finish()
        } catch {
            medium.removeAll(path)
            throw error
        }
    }

    /// Makes an empty folder of its own, mode 0700, where the system keeps what is not to last; the caller removes it.
    package static func makeTemporary(_ purpose: String) throws -> String {
        var template = Array("\(NSTemporaryDirectory())/tiaokuai-\(purpose)-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw NodeError(.fileUnwritable, ["path": NSTemporaryDirectory(), "reason": String(cString: strerror(errno))])
        }
        return String(cString: made)
    }

    /// Makes the folder, or takes an empty one, or one whose making was interrupted; throws `folderNotEmpty`.
    public func create() throws {
        if let names = try? FileManager.default.contentsOfDirectory(atPath: path) {
            guard names.isEmpty || isUnfinished(names) else { throw NodeError(.folderNotEmpty, ["path": path]) }
            for name in names { try? FileManager.default.removeItem(atPath: path + "/" + name) }
        } else {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw NodeError(.fileUnwritable, ["path": path, "reason": "\((error as NSError).localizedDescription)"])
            }
        }
        guard chmod(path, 0o700) == 0 else { throw NodeError(.fileUnwritable, ["path": path, "reason": String(cString: strerror(errno))]) }
    }

    /// Nothing but what a making leaves that was cut short. Keys without an unfinished store are somebody's keys.
    private func isUnfinished(_ names: [String]) -> Bool {
        let store = PathParts.name(of: unfinishedStorePath)
        let made = [signingKeyPath, sealingKeyPath, markerPath].map { PathParts.name(of: $0) }
        func isKey(_ name: String) -> Bool { name.contains(".key") && (name.hasPrefix("sealing-") || name.hasPrefix("signing-")) }
        return names.contains { $0.hasPrefix(store) }
            && names.allSatisfy { name in name.hasPrefix(store) || isKey(name) || made.contains { name == $0 || name.hasPrefix($0 + ".part-") } }
    }

    /// Gives the closed store its name, durably: from here on the folder is a node.
    func finish() throws {
        let unfinished = unfinishedStorePath
        // What closing could not bring into the file itself would be lost with the old name.
        guard !FileManager.default.fileExists(atPath: unfinished + "-wal") else { throw StoreError(.ioError, "\(unfinished)-wal is left") }
        guard chmod(unfinished, 0o600) == 0 else { throw failure(unfinished) }
        try DurableFile.syncFile(unfinished, on: medium)
        guard medium.rename(unfinished, storePath, false) == 0 else { throw failure(storePath) }
        try DurableFile.syncFolder(of: storePath, on: medium)
    }

    func failure(_ path: String) -> NodeError { NodeError(.fileUnwritable, ["path": path, "reason": String(cString: strerror(errno))]) }

    /// This machine, as far as it can be told: the same after a reboot, another after a copy to another machine.
    static var machineID: String {
        (try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
    }
}

/// The living marker, left out of backups: a folder copied elsewhere (or a copy of its marker) does not match it, and
/// then does not sign.
struct Marker: Equatable {
    var epoch: Epoch
    /// Highest root statement that the node ever knew: it never goes back below.
    var rootStatement: UInt64
    var machine: String
    /// The marker file's own inode: a copy has another.
    var inode: UInt64

    /// Writes the marker and records its own inode in it. The old one stands until the new one is whole.
    static func write(epoch: Epoch, rootStatement: UInt64, in folder: NodeFolder) throws {
        let file = try DurableFile(path: folder.markerPath, mode: 0o600, on: folder.medium)
        var encoder = CBOREncoder()
        encoder.arrayHeader(6)
        encoder.text("tk-marker")
        encoder.unsigned(1)
        encoder.byteString(epoch.bytes)
        encoder.unsigned(rootStatement)
        encoder.text(NodeFolder.machineID)
        encoder.unsigned(try file.inode())
        try file.append(encoder.bytes)
        try file.commit()
    }

    init(in folder: NodeFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.markerPath) else { throw NodeError(.markerMissing, ["path": folder.markerPath]) }
        do {
            var reader = CBORReader(try DurableFile.read(folder.markerPath, limit: 4_096))
            try reader.arrayHeader(expecting: 6)
            guard try reader.text(limit: 16) == "tk-marker", try reader.unsigned() == 1, let epoch = Epoch(bytes: try reader.byteString(limit: 16)) else {
                throw NodeError(.markerMissing, ["path": folder.markerPath])
            }
            self.epoch = epoch
            rootStatement = try reader.unsigned()
            machine = try reader.text(limit: 256)
            inode = try reader.unsigned()
            try reader.finish()
        } catch is FormatError {
            throw NodeError(.markerMissing, ["path": folder.markerPath])
        }
    }

    /// Throws `clonedFolder` unless this folder is the one in which the marker was written.
    func check(in folder: NodeFolder) throws {
        var status = stat()
        guard stat(folder.markerPath, &status) == 0 else { throw NodeError(.markerMissing, ["path": folder.markerPath]) }
        guard UInt64(status.st_ino) == inode, machine == NodeFolder.machineID else { throw NodeError(.clonedFolder, ["path": folder.path]) }
    }
}
