import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiTrust
import TiaokuaiStore

/// One file of a bundle on a stick.
public struct WrittenBundle: Hashable, Sendable {
    public let path: String
    public let bytes: Int64
    public let changesets: Int
    /// SHA-256 of the whole file, read back from the medium.
    public let digest: Hash32
    /// Only its receivers can read it.
    public let isSealed: Bool

    /// Twelve digits of the digest, to compare over the phone.
    public var phoneDigest: String { Node.phoneDigest(digest) }
}

/// Bundles as files: the same frames as on the wire, sealed to their receivers unless it is said otherwise.
public enum BundleFile {
    /// How a bundle is written.
    public struct Options: Sendable {
        /// What the receivers hold; nil: by their newest statements; empty: nothing, so that everything is sent.
        public var known: Heads?
        public var isSealed: Bool
        /// No file is larger, in bytes. FAT32 bears 4 GiB less one byte; a gibibyte is also what a clerk can copy in one go.
        public var volumeBytes: Int64

        public static let defaultVolumeBytes: Int64 = 1 << 30

        public init(known: Heads? = nil, isSealed: Bool = true, volumeBytes: Int64 = defaultVolumeBytes) {
            self.known = known
            self.isSealed = isSealed
            self.volumeBytes = volumeBytes
        }
    }

    /// Imports a file in bounded memory. Damaged places are named and everything else is taken.
    ///
    /// Throws a `SealError` for a file that is sealed to others or whose head was altered, `notABundle` for one without any
    /// item, `wrongNetwork`.
    public static func `import`(_ node: Node, path: String, isEnrolling: Bool = false, progress: (UInt64) -> Void = { _ in }) throws -> ImportReport {
        let (report, digest, bytes) = try take(node, path: path, keys: try node.folder.readSealingKeys(), isEnrolling: isEnrolling, progress: progress)
        try node.registerCarriage(
            CarriedRow(
                direction: "in", carrier: "file", peer: report.header?.from, digest: digest, frames: report.frames, bytes: bytes,
                written: node.surroundings.now(), note: PathParts.name(of: path)))
        return report
    }

    /// The same with given keys and no entry in the stick register.
    static func take(
        _ node: Node, path: String, keys: [SealingKey], isEnrolling: Bool = false, progress: (UInt64) -> Void
    ) throws -> (report: ImportReport, digest: Hash32, bytes: Int64) {
        var importer = Importer(node, isEnrolling: isEnrolling)
        let hasher = Hasher256()
        var bytes: Int64 = 0
        try BundleContent.read(path, keys: keys) { piece in
            hasher.update(piece)
            bytes += Int64(piece.count)
            progress(UInt64(bytes))
        } take: { content in
            try take(content, into: &importer)
        }
        return (try importer.finish(), hasher.finish(), bytes)
    }

    /// What an import would do, without doing it.
    public static func rehearse(_ node: Node, path: String) throws -> ImportReport {
        let keys = try node.folder.readSealingKeys()
        return try node.tryOut { receive in
            var importer = Importer(node, isEnrolling: false, receive: receive)
            try BundleContent.read(path, keys: keys) { try take($0, into: &importer) }
            return try importer.finish()
        }
    }

    private static func take(_ content: BundleContent, into importer: inout Importer) throws {
        switch content {
        case .sealed: importer.noteSealed()
        case .bytes(let bytes): try importer.feed(bytes)
        case .damaged(let error):
            importer.note(.init(offset: error.offset ?? 0, length: error.length ?? 0, code: error.code.rawValue, fact: error.fact))
        }
    }

    /// What a file holds, for inspection without a node.
    public enum Inspected: Sendable {
        /// What stands outside the seal.
        case sealed(SealHead)
        /// A place of the sealed file that can't be opened.
        case unopened(SealError)
        /// A frame or a damaged stretch; offsets count the content.
        case item(FrameParser.Event)
    }

    /// What stands outside a sealed file's seal, unchecked, for whoever can't open it; nil when the file is not sealed.
    public static func sealHead(path: String) throws -> SealHead? {
        let beginning = try MediumFile.beginning(of: path, bytes: SealLimits.headBytes)
        return SealHead.begins(beginning) == true ? try SealHead(beginning: beginning) : nil
    }

    /// The frames of a file, with what is damaged. `keys` open what is sealed to them; a file sealed to others gives its
    /// head, then throws `notForTheseKeys`.
    public static func inspect(path: String, keys: [SealingKey] = [], _ body: (Inspected) throws -> Void) throws {
        var parser = FrameParser()
        try BundleContent.read(path, keys: keys) { content in
            switch content {
            case .sealed(let head): try body(.sealed(head))
            case .damaged(let error): try body(.unopened(error))
            case .bytes(let bytes):
                parser.feed(bytes)
                while let event = parser.next() { try body(.item(event)) }
            }
        }
        parser.finish()
        while let event = parser.next() { try body(.item(event)) }
    }
}
