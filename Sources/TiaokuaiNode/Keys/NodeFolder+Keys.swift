import Foundation
import TiaokuaiTrust

// Several key files change together, or none: the new ones are written into `keys.staged`, which is renamed to `keys.committed`,
// and then moved into their place one by one. A file in `keys.committed` stands for the one of its name in the folder, so that
// from the renaming on everybody reads the new ones, whenever the power went; whoever next changes a key moves the rest.
extension NodeFolder {
    var stagedKeysPath: String { path + "/keys.staged" }
    var committedKeysPath: String { path + "/keys.committed" }

    /// A key file as it stands; nil when there is none of this name.
    func keyFile(_ name: String) throws -> [UInt8]? {
        let committed = committedKeysPath + "/" + name
        if FileManager.default.fileExists(atPath: committed) {
            do {
                return try DurableFile.read(committed, limit: KeyFile.maximumBytes)
            } catch {
                // Moved into its place meanwhile.
                if FileManager.default.fileExists(atPath: committed) { throw error }
            }
        }
        let place = path + "/" + name
        return FileManager.default.fileExists(atPath: place) ? try DurableFile.read(place, limit: KeyFile.maximumBytes) : nil
    }

    /// Names of all key files, ascending.
    func keyFileNames() throws -> [String] {
        let committed = (try? FileManager.default.contentsOfDirectory(atPath: committedKeysPath)) ?? []
        let names = try FileManager.default.contentsOfDirectory(atPath: path) + committed
        return Set(names).filter { $0.hasSuffix(".key") && ($0.hasPrefix("sealing") || $0.hasPrefix("signing")) }.sorted()
    }

    /// Every key file as it stands, by name.
    func keyFiles() throws -> [String: [UInt8]] {
        var out: [String: [UInt8]] = [:]
        for name in try keyFileNames() { out[name] = try keyFile(name) }
        return out
    }

    /// Copies every key file as it lies, locked ones locked.
    func copyKeyFiles(to copy: NodeFolder) throws {
        for (name, bytes) in try keyFiles().sorted(by: { $0.key < $1.key }) {
            try DurableFile.write(bytes, to: copy.path + "/" + name, mode: 0o600, on: copy.medium)
        }
    }

    func writeKeyFile(_ file: KeyFile, _ name: String) throws {
        try finishReplacing()
        try DurableFile.write(file.bytes, to: path + "/" + name, mode: 0o600, on: medium)
    }

    /// Puts all of these files in the place of those of their names, durably, or none.
    func replaceKeyFiles(_ files: [String: [UInt8]]) throws {
        try finishReplacing()
        try stageKeyFiles(files)
        try commitStagedKeyFiles()
        try finishReplacing()
    }

    func stageKeyFiles(_ files: [String: [UInt8]]) throws {
        // What a replacement left that was cut short before it counted.
        medium.removeAll(stagedKeysPath)
        guard mkdir(stagedKeysPath, 0o700) == 0 else { throw failure(stagedKeysPath) }
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            try DurableFile.write(bytes, to: stagedKeysPath + "/" + name, mode: 0o600, on: medium)
        }
    }

    func commitStagedKeyFiles() throws {
        guard medium.rename(stagedKeysPath, committedKeysPath, false) == 0 else { throw failure(committedKeysPath) }
        try DurableFile.syncFolder(of: committedKeysPath, on: medium)
    }

    /// Moves what was committed into its place.
    func finishReplacing() throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: committedKeysPath) else { return }
        for name in names {
            guard medium.rename(committedKeysPath + "/" + name, path + "/" + name, false) == 0 || errno == ENOENT else { throw failure(path + "/" + name) }
        }
        try DurableFile.syncFolder(of: signingKeyPath, on: medium)
        guard rmdir(committedKeysPath) == 0 || errno == ENOENT else { throw failure(committedKeysPath) }
    }
}
