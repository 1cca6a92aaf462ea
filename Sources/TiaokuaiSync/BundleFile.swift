import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// A bundle as a file on a stick. The same frames as on the wire.
public struct WrittenBundle: Hashable, Sendable {
    public let path: String
    public let bytes: Int64
    public let changesets: Int
    /// SHA-256 of the whole file, read back from the medium.
    public let digest: Hash32
}

public enum BundleFile {
    static let chunkBytes = 1 << 20

    /// Writes everything that `peer` lacks; returns only when the file was read back past the page cache and is what was
    /// written. `known` as for `Exporter`.
    public static func export(_ node: Node, to peer: NodeID, path: String, known: Heads? = nil) throws -> WrittenBundle {
        let exporter = try Exporter(node, to: peer, known: known)
        let hasher = Hasher256()
        var bytes: Int64 = 0
        var frames = 0
        let file = try DurableFile(path: path)
        try exporter.frames { frame in
            let encoded = frame.bytes
            hasher.update(encoded)
            bytes += Int64(encoded.count)
            frames += 1
            try file.append(encoded)
        }
        try file.commit()
        let digest = hasher.finish()
        guard try readBack(path) == digest else { throw NodeError(.readBackDiffers, ["path": path]) }
        try node.registerCarriage(
            CarriedRow(
                direction: "out", carrier: "file", peer: peer, digest: digest, frames: frames, bytes: bytes, written: node.surroundings.now(),
                note: PathParts.name(of: path)))
        return WrittenBundle(path: path, bytes: bytes, changesets: exporter.plan.count, digest: digest)
    }

    /// Imports a file in bounded memory. Damaged places are named and everything else is taken.
    public static func `import`(_ node: Node, path: String, isEnrolling: Bool = false, progress: (UInt64) -> Void = { _ in }) throws -> ImportReport {
        var importer = Importer(node, isEnrolling: isEnrolling)
        let hasher = Hasher256()
        try read(path) { chunk in
            hasher.update(chunk)
            try importer.feed(chunk)
            progress(importer.report.bytes)
        }
        let report = try importer.finish()
        try node.registerCarriage(
            CarriedRow(
                direction: "in", carrier: "file", peer: report.header?.from, digest: hasher.finish(), frames: report.frames, bytes: Int64(report.bytes),
                written: node.surroundings.now(), note: PathParts.name(of: path)))
        return report
    }

    /// What an import would do, without doing it.
    public static func rehearse(_ node: Node, path: String) throws -> ImportReport {
        try node.tryOut { receive in
            var importer = Importer(node, isEnrolling: false, receive: receive)
            try read(path) { try importer.feed($0) }
            return try importer.finish()
        }
    }

    /// The frames of a file, with what is damaged, for inspection without a node.
    public static func inspect(path: String, _ body: (FrameParser.Event) throws -> Void) throws {
        var parser = FrameParser()
        try read(path) { chunk in
            parser.feed(chunk)
            while let event = parser.next() { try body(event) }
        }
        parser.finish()
        while let event = parser.next() { try body(event) }
    }

    /// SHA-256 of a file, read from the medium and not from memory.
    static func readBack(_ path: String) throws -> Hash32 {
        let hasher = Hasher256()
        try read(path, fromMedium: true) { hasher.update($0) }
        return hasher.finish()
    }

    private static func read(_ path: String, fromMedium: Bool = false, _ body: ([UInt8]) throws -> Void) throws {
        let handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { throw NodeError(.fileUnreadable, ["path": path, "reason": String(cString: strerror(errno))]) }
        defer { close(handle) }
        if fromMedium { posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED) }
        while true {
            let chunk = try [UInt8](unsafeUninitializedCapacity: chunkBytes) { buffer, count in
                let got = Foundation.read(handle, buffer.baseAddress, chunkBytes)
                guard got >= 0 else { throw NodeError(.fileUnreadable, ["path": path, "reason": String(cString: strerror(errno))]) }
                count = got
            }
            if chunk.isEmpty { return }
            try body(chunk)
        }
    }
}
