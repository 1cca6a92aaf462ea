import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

/// What came of one bundle or one wire session.
public struct ImportReport: Hashable, Sendable {
    public struct Damage: Hashable, Sendable {
        public let offset: UInt64
        public let length: UInt64
        public let code: String
        public let fact: String
    }

    public var header: BundleHeader?
    public var accepted: [ChangesetID] = []
    public var operations = 0
    public var duplicates = 0
    public var waiting: [Reception] = []
    public var void: [Reception] = []
    public var refused: [Reception] = []
    public var statements = 0
    public var damaged: [Damage] = []
    /// The trailer came and fits every frame before it.
    public var isComplete = false
    /// False where the trailer says that another volume follows.
    public var isLastVolume = true
    /// The file was sealed to a key of this node.
    public var isSealed = false
    public var frames = 0
    public var bytes: UInt64 = 0
    /// SHA-256 of the whole file; nil for what came over a wire.
    public var digest: Hash32?
    /// What was damaged, refused, void or waiting beyond the first `maximumListed` of each: counted, not listed, so that memory
    /// is bounded whatever the file holds.
    public var unlisted = 0
    /// The newest changesets of each feed among those that were kept, or held before.
    public var heads: [CarriedHead] { fileHeads.heads }
    var fileHeads = FileHeads()

    public static let maximumListed = 10_000

    public init() {}

    public var changedNothing: Bool { accepted.isEmpty && statements == 0 && waiting.isEmpty && void.isEmpty }

    /// What keeps a file from being one like any other. Whatever is whole in it was taken in all the same.
    public enum Fault: Hashable, Sendable {
        case damaged, refused, cutShort
    }

    public var fault: Fault? {
        if !damaged.isEmpty { return .damaged }
        if !refused.isEmpty { return .refused }
        return isComplete || isWaitingForSender ? nil : .cutShort
    }

    /// The trailer of a sender whose credential has not come can't be checked yet: its items say so already.
    private var isWaitingForSender: Bool { waiting.contains { if case .waiting(_, .credential, _) = $0 { true } else { false } } }

    public mutating func add(_ reception: Reception) {
        switch reception {
        case .accepted(let id, let count):
            accepted.append(id)
            operations += count
            // What had waited and is now in does not wait any more.
            waiting.removeAll { if case .waiting(id, _, _) = $0 { true } else { false } }
        case .duplicate: duplicates += 1
        case .waiting: unlisted += ImportReport.list(reception, in: &waiting)
        case .void: unlisted += ImportReport.list(reception, in: &void)
        case .refused: unlisted += ImportReport.list(reception, in: &refused)
        case .statement: statements += 1
        }
    }

    mutating func add(_ damage: Damage) {
        isComplete = false
        if damaged.count < ImportReport.maximumListed { damaged.append(damage) } else { unlisted += 1 }
    }

    /// 1 when there is no room in the list.
    private static func list(_ reception: Reception, in list: inout [Reception]) -> Int {
        guard list.count < maximumListed else { return 1 }
        list.append(reception)
        return 0
    }
}

/// Takes frames as they come, in pieces of any size and any order; bounded memory, a few frames to a transaction, so
/// that an interrupted import goes on where it was.
public struct Importer {
    private let node: Node
    private let receive: ([Frame]) throws -> [Reception]
    private let isSigned: (UnverifiedStatement, NodeID) throws -> Bool
    /// Changesets, or statements, that go into one transaction together.
    private var group: [Frame] = []
    private var groupBytes = 0
    static let groupLimit = 16
    static let groupBytesLimit = 8 << 20
    private var parser = FrameParser()
    private var digest = BundleDigest()
    private var hasTrailer = false
    public private(set) var report = ImportReport()
    /// Over every frame so far, as a trailer has it.
    public var framesDigest: Hash32 { digest.trailer.digest }
    /// Roots of a grant, for a node that has none yet.
    private var roots: [[UInt8]] = []
    private let isEnrolling: Bool

    /// `isEnrolling`: the file is a grant; its root statements are pinned before anything else is taken.
    public init(_ node: Node, isEnrolling: Bool = false) {
        self.init(node, isEnrolling: isEnrolling) { frames in
            guard frames.first?.type == .changeset else { return try node.receive(frames) }
            return try Importer.reception(of: frames) { try node.receive($0) }
        }
    }

    /// Takes those frames that hold a changeset, and says of the others why not.
    static func reception(of frames: [Frame], by receive: ([ChangesetItem]) throws -> [Reception]) throws -> [Reception] {
        var items: [ChangesetItem] = []
        var refused: [Reception] = []
        for frame in frames {
            do throws(FormatError) {
                items.append(try ChangesetItem(frame.payload))
            } catch {
                refused.append(.refused(digest: sha256(frame.payload), code: error.code.rawValue, fact: error.description))
            }
        }
        return try receive(items) + refused
    }

    /// - Parameter isSigned: whether a key of the sender signed the trailer; nil asks the node as it stands.
    init(
        _ node: Node, isEnrolling: Bool, isSigned: ((UnverifiedStatement, NodeID) throws -> Bool)? = nil,
        receive: @escaping ([Frame]) throws -> [Reception]
    ) {
        self.node = node
        self.isSigned = isSigned ?? { statement, from in try node.ask { $0.isSigned(statement, by: from) } }
        self.isEnrolling = isEnrolling
        self.receive = receive
    }

    /// A stretch of the file that can't be read at all; the frames around it are taken.
    mutating func note(_ damage: ImportReport.Damage) { report.add(damage) }

    mutating func noteSealed() { report.isSealed = true }

    public mutating func feed(_ bytes: some Collection<UInt8>) throws {
        report.bytes += UInt64(bytes.count)
        parser.feed(bytes)
        try drain()
    }

    /// The end: what is left is damage, and the report is complete.
    public mutating func finish() throws -> ImportReport {
        parser.finish()
        try drain()
        try takeGroup()
        // A sealed file to this node is a bundle, whatever is left of it.
        if report.frames == 0, !report.isSealed { throw NodeError(.notABundle, ["reason": report.bytes == 0 ? "empty" : "no frame in \(report.bytes) bytes"]) }
        return report
    }

    private mutating func drain() throws {
        while let event = parser.next() {
            switch event {
            case .damaged(let offset, let length, let reason):
                report.add(.init(offset: offset, length: length, code: reason.code.rawValue, fact: reason.detail))
            case .frame(let frame, _):
                report.frames += 1
                // Nothing follows a trailer: its signature doesn't speak of it.
                if hasTrailer { report.isComplete = false }
                try take(frame)
                if frame.type != .trailer { digest.append(frame) }
            }
        }
    }

    private mutating func take(_ frame: Frame) throws {
        switch frame.type {
        case .header:
            // A second one says nothing of what came before it, whatever it says.
            guard report.header == nil else {
                return report.add(.refused(digest: sha256(frame.payload), code: NodeError.Code.malformedItem.rawValue, fact: "\(frame.type)"))
            }
            let header: BundleHeader
            do {
                header = try BundleHeader(frame.payload)
            } catch {
                throw NodeError(.notABundle, ["reason": error.description])
            }
            if let network = try node.settings().network, network != header.network { throw NodeError(.wrongNetwork, ["network": header.network.short]) }
            report.header = header
        case .rootStatement where isEnrolling:
            roots.append(frame.payload)
        case .trailer:
            try takeGroup()
            report.isComplete = try !hasTrailer && checkTrailer(frame)
            if let statement = try? UnverifiedStatement(frame.payload, .trailer), let trailer = try? BundleTrailer(statement.claimed) {
                report.isLastVolume = trailer.isLast
            }
            hasTrailer = true
        case .changeset:
            try pinRoots()
            try gather(frame)
        case .checkpoint, .receipt, .rootStatement, .consistency, .ask, .evidence, .snapshot, .summary:
            try pinRoots()
            try gather(frame)
        case .request, .heads: report.add(.refused(digest: sha256(frame.payload), code: NodeError.Code.malformedItem.rawValue, fact: "\(frame.type)"))
        }
    }

    /// Throws what the store throws: a disk that fails is not an incomplete bundle.
    private func checkTrailer(_ frame: Frame) throws -> Bool {
        guard let statement = try? UnverifiedStatement(frame.payload, .trailer), let trailer = try? BundleTrailer(statement.claimed) else { return false }
        guard (trailer.frames, trailer.digest) == (digest.trailer.frames, digest.trailer.digest), report.damaged.isEmpty, let from = report.header?.from else { return false }
        return try isSigned(statement, from)
    }

    private mutating func pinRoots() throws {
        guard isEnrolling, !roots.isEmpty else { return }
        try node.accept(rootEnvelopes: roots)
        roots = []
    }

    /// Changesets go together, and statements.
    private mutating func gather(_ frame: Frame) throws {
        if let last = group.last, (last.type == .changeset) != (frame.type == .changeset) { try takeGroup() }
        group.append(frame)
        groupBytes += frame.payload.count
        if group.count >= Importer.groupLimit || groupBytes >= Importer.groupBytesLimit { try takeGroup() }
    }

    private mutating func takeGroup() throws {
        guard !group.isEmpty else { return }
        let frames = group
        group = []
        groupBytes = 0
        try add(frames)
    }

    private mutating func add(_ frames: [Frame]) throws {
        do {
            let receptions = try receive(frames)
            for reception in receptions { report.add(reception) }
            noteHeads(frames, receptions)
        } catch let error as FormatError {
            for frame in frames { report.add(.refused(digest: sha256(frame.payload), code: error.code.rawValue, fact: error.description)) }
        }
    }

    /// Notes what the register will say the file carried; what was refused is named elsewhere.
    private mutating func noteHeads(_ frames: [Frame], _ receptions: [Reception]) {
        var kept: Set<Hash32> = []
        for reception in receptions {
            switch reception {
            case .accepted(let id, _), .waiting(let id, _, _), .void(let id, _): kept.insert(id.hash)
            case .duplicate(let id): kept.insert(id)
            case .refused, .statement: break
            }
        }
        if kept.isEmpty { return }
        for frame in frames where frame.type == .changeset {
            guard let item = try? ChangesetItem(frame.payload), let changeset = try? UnverifiedChangeset(item), kept.contains(changeset.id.hash) else { continue }
            report.fileHeads.add(changeset.header.feed.id, changeset.id, changeset.header.sequence, after: changeset.header.predecessor)
        }
    }
}
