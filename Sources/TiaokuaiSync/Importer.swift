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
    public var receptions: [Reception] = []

    public init() {}

    public var changedNothing: Bool { accepted.isEmpty && statements == 0 && waiting.isEmpty && void.isEmpty }

    public mutating func add(_ reception: Reception) {
        receptions.append(reception)
        switch reception {
        case .accepted(let id, let count):
            accepted.append(id)
            operations += count
            // What had waited and is now in does not wait any more.
            waiting.removeAll { if case .waiting(id, _, _) = $0 { true } else { false } }
        case .duplicate: duplicates += 1
        case .waiting: waiting.append(reception)
        case .void: void.append(reception)
        case .refused: refused.append(reception)
        case .statement: statements += 1
        }
    }
}

/// Takes frames as they come, in pieces of any size and any order; bounded memory, one transaction per changeset, so
/// that an interrupted import goes on where it was.
public struct Importer {
    private let node: Node
    private let receive: ([Frame]) throws -> [Reception]
    /// Changesets that go into one transaction together.
    private var group: [Frame] = []
    private var groupBytes = 0
    static let groupLimit = 16
    static let groupBytesLimit = 8 << 20
    private var parser = FrameParser()
    private var digest = BundleDigest()
    private var hasTrailer = false
    public private(set) var report = ImportReport()
    /// Roots of a grant, for a node that has none yet.
    private var roots: [[UInt8]] = []
    private let isEnrolling: Bool

    /// `isEnrolling`: the file is a grant; its root statements are pinned before anything else is taken.
    public init(_ node: Node, isEnrolling: Bool = false) {
        self.init(node, isEnrolling: isEnrolling) { frames in
            guard frames.first?.type == .changeset else { return try frames.map { try node.receive($0.payload, $0.type) } }
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
                refused.append(.refused(digest: frame.digest, code: error.code.rawValue, fact: error.description))
            }
        }
        return try receive(items) + refused
    }

    init(_ node: Node, isEnrolling: Bool, receive: @escaping ([Frame]) throws -> [Reception]) {
        self.node = node
        self.isEnrolling = isEnrolling
        self.receive = receive
    }

    /// A stretch of the file that can't be read at all; the frames around it are taken.
    mutating func note(_ damage: ImportReport.Damage) {
        report.isComplete = false
        report.damaged.append(damage)
    }

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
                report.isComplete = false
                report.damaged.append(.init(offset: offset, length: length, code: reason.code.rawValue, fact: reason.detail))
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
            group.append(frame)
            groupBytes += frame.payload.count
            if group.count >= Importer.groupLimit || groupBytes >= Importer.groupBytesLimit { try takeGroup() }
        case .checkpoint, .receipt, .rootStatement, .consistency, .ask, .evidence:
            try pinRoots()
            try takeGroup()
            try add([frame])
        case .request, .heads: report.add(.refused(digest: frame.digest, code: NodeError.Code.malformedItem.rawValue, fact: "\(frame.type)"))
        }
    }

    /// Throws what the store throws: a disk that fails is not an incomplete bundle.
    private func checkTrailer(_ frame: Frame) throws -> Bool {
        guard let statement = try? UnverifiedStatement(frame.payload, .trailer), let trailer = try? BundleTrailer(statement.claimed) else { return false }
        guard (trailer.frames, trailer.digest) == (digest.trailer.frames, digest.trailer.digest), report.damaged.isEmpty, let from = report.header?.from else { return false }
        return try node.ask { view in view.isSigned(statement, by: from) }
    }

    private mutating func pinRoots() throws {
        guard isEnrolling, !roots.isEmpty else { return }
        try node.accept(rootEnvelopes: roots)
        roots = []
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
            for reception in try receive(frames) { report.add(reception) }
        } catch let error as FormatError {
            for frame in frames { report.add(.refused(digest: frame.digest, code: error.code.rawValue, fact: error.description)) }
        }
    }
}
