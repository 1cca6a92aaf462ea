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
        /// One-way 单向: nobody answers, so that what was sent goes along in so many of the next hand-overs, and then no more. Nil:
        /// two ways, and what was not acknowledged goes along every time. Not together with `known`, nor with several receivers.
        public var repeats: Int?
        /// What a gap list asks for again.
        public var again: [FeedRange]
        public var isSealed: Bool
        /// Who hands it over; what is left open is the node's default.
        public var handler: Handler?
        /// `file` or `drop`, for the register.
        var carrier = "file"
        /// Never in the place of a file that is there already.
        var isExclusive = false
        /// No file is larger, in bytes. FAT32 bears 4 GiB less one byte; a gibibyte is also what a clerk can copy in one go.
        public var volumeBytes: Int64

        public static let defaultVolumeBytes: Int64 = 1 << 30

        public init(
            known: Heads? = nil, repeats: Int? = nil, again: [FeedRange] = [], isSealed: Bool = true, volumeBytes: Int64 = defaultVolumeBytes,
            handler: Handler? = nil
        ) {
            self.known = known
            self.repeats = repeats
            self.again = again
            self.handler = handler
            self.isSealed = isSealed
            self.volumeBytes = volumeBytes
        }
    }

    /// Imports a file in bounded memory. Damaged places are named and everything else is taken.
    ///
    /// Throws a `SealError` for a file that is sealed to others or whose head was altered, `notABundle` for one without any
    /// item, `wrongNetwork`.
    public static func `import`(
        _ node: Node, path: String, isEnrolling: Bool = false, handler: Handler? = nil, progress: (UInt64) -> Void = { _ in }
    ) throws -> ImportReport {
        let source = BundleSource.path(path)
        let taken = try take(node, source, keys: node.keys.sealingKeys, isEnrolling: isEnrolling, progress: progress)
        try taken.register(at: node, source, carrier: "file", by: handler)
        return taken.report
    }

    /// What an import came to, before it stands in the register.
    struct Taken {
        let report: ImportReport
        let bytes: Int64

        func register(at node: Node, _ source: BundleSource, carrier: String, by handler: Handler?) throws {
            var row = CarriedRow(
                direction: "in", carrier: carrier, peer: report.header?.from, digest: report.digest, frames: report.frames, bytes: bytes,
                written: node.surroundings.now(), note: source.name)
            row.outcome = CarriageOutcome(report).form
            try node.register(row, heads: report.heads, by: handler)
        }
    }

    /// Imports with given keys and without an entry in the register.
    static func take(
        _ node: Node, _ source: BundleSource, keys: SealingKeyring, isEnrolling: Bool = false, progress: (UInt64) -> Void = { _ in }
    ) throws -> Taken {
        var importer = Importer(node, isEnrolling: isEnrolling)
        let hasher = Hasher256()
        var bytes: Int64 = 0
        try BundleContent.read(source, keys: keys) { piece in
            hasher.update(piece)
            bytes += Int64(piece.count)
            progress(UInt64(bytes))
        } take: { content in
            try take(content, into: &importer)
        }
        var report = try importer.finish()
        report.digest = hasher.finish()
        return Taken(report: report, bytes: bytes)
    }

    /// What an import would do, without doing it.
    public static func rehearse(_ node: Node, path: String) throws -> ImportReport {
        let keys = node.keys.sealingKeys
        // Whoever opens the key may have to be asked: not while others wait for the store.
        if let head = try sealHead(path: path) { _ = try keys.keys(for: head.receivers.map(\.key)) }
        return try node.tryOut { receive in
            var importer = Importer(node, isEnrolling: false, receive: receive)
            try BundleContent.read(.path(path), keys: keys) { try take($0, into: &importer) }
            return try importer.finish()
        }
    }

    static func take(_ content: BundleContent, into importer: inout Importer) throws {
        switch content {
        case .sealed: importer.noteSealed()
        case .bytes(let bytes): try importer.feed(bytes)
        case .damaged(let error):
            importer.note(.init(offset: error.offset ?? 0, length: error.length ?? 0, code: error.code.rawValue, fact: error.fact))
        }
    }

    /// SHA-256 of a whole file, as the register knows it.
    public static func digest(path: String) throws -> Hash32 {
        let hasher = Hasher256()
        try MediumFile.read(.path(path)) { hasher.update($0) }
        return hasher.finish()
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
    public static func inspect(path: String, keys: SealingKeyring = [], _ body: (Inspected) throws -> Void) throws {
        var parser = FrameParser()
        try BundleContent.read(.path(path), keys: keys) { content in
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
