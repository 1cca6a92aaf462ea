import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiTrust

/// One bundle file as it is written: frames go in, sealed or not, and on the medium stands the whole file or none.
struct BundleSink {
    private let path: String
    private let file: DurableFile
    private let seal: SealWriter?
    private let medium: MediumCalls
    private let isExclusive: Bool
    private let hasher = Hasher256()
    private(set) var digest = BundleDigest()
    private(set) var frames = 0
    private(set) var bytes: Int64 = 0

    /// - Parameters:
    ///   - keys: the receivers'; nil leaves the file open to everyone.
    ///   - contentBytes: how many bytes of frames will come at most.
    ///   - isExclusive: never in the place of a file that is there already: `fileExists`.
    init(_ path: String, sealingTo keys: [SealingPublicKey]?, contentBytes: Int64, isExclusive: Bool = false, medium: MediumCalls = .system) throws {
        self.path = path
        self.medium = medium
        self.isExclusive = isExclusive
        seal = try keys.map { try SealWriter(to: $0, atMost: UInt64(contentBytes)) }
        file = try DurableFile(path: path, on: medium)
    }

    mutating func append(_ frame: Frame) throws {
        digest.append(frame)
        frames += 1
        try put(frame.bytes)
    }

    /// Ends the file and makes it durable; returns only when it was read back from the medium and is what was written.
    mutating func finish(with trailer: Frame, changesets: Int) throws -> WrittenBundle {
        frames += 1
        try put(trailer.bytes)
        if let seal {
            seal.finish()
            try drain(seal)
        }
        try file.commit(exclusively: isExclusive)
        let written = hasher.finish()
        do {
            guard try MediumFile.digestOnMedium(path, medium) == written else { throw NodeError(.readBackDiffers, ["path": path]) }
        } catch {
            // A file that looks whole and is not, or can't be read, would be carried; better none.
            _ = medium.remove(path)
            throw error
        }
        return WrittenBundle(path: path, bytes: bytes, changesets: changesets, digest: written, isSealed: seal != nil)
    }

    private mutating func put(_ content: [UInt8]) throws {
        guard let seal else { return try write(content) }
        try seal.append(content)
        try drain(seal)
    }

    private mutating func drain(_ seal: SealWriter) throws {
        while let sealed = try seal.next() { try write(sealed) }
    }

    private mutating func write(_ out: [UInt8]) throws {
        hasher.update(out)
        bytes += Int64(out.count)
        try file.append(out)
    }
}
