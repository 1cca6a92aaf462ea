import Foundation

/// All that lies in a folder, in memory: a network that was founded once, for every test that begins with the same one. Founding is
/// most of what such a test takes.
public struct FolderImage: Sendable {
    private struct File {
        let path: String
        let bytes: Data
        let permissions: Int
        /// Of a node's living marker, which tells the folder from a copy of it by the file's own inode.
        let markedInode: UInt64?
    }

    private let folders: [(path: String, permissions: Int)]
    private let files: [File]

    /// - Parameter folder: nothing in it may be open.
    public init(of folder: URL) throws {
        var folders: [(String, Int)] = []
        var files: [File] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() where !path.hasSuffix(".profraw") {
            let url = folder.appendingPathComponent(path)
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o600
            if attributes[.type] as? FileAttributeType == .typeDirectory {
                folders.append((path, permissions))
            } else {
                let inode = url.lastPathComponent == "marker" ? (attributes[.systemFileNumber] as? NSNumber)?.uint64Value : nil
                files.append(File(path: path, bytes: try Data(contentsOf: url), permissions: permissions, markedInode: inode))
            }
        }
        (self.folders, self.files) = (folders, files)
    }

    /// Makes the folder with all of it, as if it had been there always: its nodes are the same ones, not clones of them.
    public func put(into folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for (path, permissions) in folders {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(path), withIntermediateDirectories: true, attributes: [.posixPermissions: permissions])
        }
        for file in files {
            let url = folder.appendingPathComponent(file.path)
            guard FileManager.default.createFile(atPath: url.path, contents: file.bytes, attributes: [.posixPermissions: file.permissions]) else {
                throw CocoaError(.fileWriteUnknown)
            }
            if let old = file.markedInode { try FolderImage.mark(url, file.bytes, insteadOf: old) }
        }
    }

    /// The last item of a marker is the inode of its file, as CBOR writes a number.
    private static func mark(_ url: URL, _ bytes: Data, insteadOf old: UInt64) throws {
        let ending = number(old)
        guard bytes.suffix(ending.count) == ending, let new = try FileManager.default.attributesOfItem(atPath: url.path)[.systemFileNumber] as? NSNumber else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let handle = try FileHandle(forWritingTo: url)
        defer { try? handle.close() }
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: bytes.dropLast(ending.count) + number(new.uint64Value))
    }

    private static func number(_ value: UInt64) -> Data {
        func bytes<Width: FixedWidthInteger>(_ head: UInt8, _ value: Width) -> Data { Data([head] + withUnsafeBytes(of: value.bigEndian, Array.init)) }
        return switch value {
        case ..<24: Data([UInt8(value)])
        case ..<0x100: bytes(0x18, UInt8(value))
        case ..<0x1_0000: bytes(0x19, UInt16(value))
        case ..<0x1_0000_0000: bytes(0x1A, UInt32(value))
        default: bytes(0x1B, value)
        }
    }
}
