import Foundation
import Synchronization
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

// In this order, within one consistent view of the store, which is only read:
//
//   1. the file, the root statements
//   2. every changeset by itself, on all cores, while a fresh store takes them one after the other    HistoryAudit+Changesets
//   3. what became of each, here and there; what waits; forks                                        HistoryAudit+Standing
//   4. every statement held                                                                          HistoryAudit+Statements
//   5. the own log, from its entries                                                                 LogCheck
//   6. what others have shown of their logs
//   7. every record, here and there, and the state digests
//
// Keys come from the fresh store, so from nothing but root statements and what they vouch for.

/// Verifies everything that a node holds, from the root keys on.
public final class HistoryAudit {
    /// What is being looked at, and how much of it there is.
    public enum Stage: String, Sendable, CaseIterable { case file, resuming, changesets, statements, log, records }

    public struct Options: Sendable {
        /// Where what was verified is kept, so that a broken audit goes on and a later one verifies what is new. The fresh store
        /// is kept beside it, in `PATH.replay`.
        public var resume: String?
        /// Ends after so many changesets, as a broken audit would; for tests.
        package var limit: Int?
        /// Changesets that are checked together.
        package var batchRows = 64

        public init(resume: String? = nil) { self.resume = resume }
    }

    /// What came of it.
    public struct Report: Sendable {
        public let node: NodeID
        public let network: NetworkID
        public let epoch: Epoch
        public internal(set) var changesets = 0
        public internal(set) var operations = 0
        public internal(set) var statements = 0
        public internal(set) var entries: UInt64 = 0
        /// Root over the own log as it lies here.
        public internal(set) var root: Hash32?
        /// State digests here and of the fresh store.
        public internal(set) var here, replayed: StateDigest?
        /// Changesets that were verified before and whose bytes are the same.
        public internal(set) var resumed = 0
        public internal(set) var findings: [AuditFinding] = []
        public var faults: Int { findings.count(where: \.isFault) }
    }

    let node: Node
    let reader: StoreReader
    let settings: NodeSettings
    let options: Options
    let progress: (Stage, Int, Int) -> Void
    let feeds: [Int64: Feed]
    /// Changesets that came in a snapshot, without their signatures.
    let summed: Set<ChangesetRef>
    let replay: Replay
    var state: AuditState
    /// Verified before without their signatures, which have come since.
    var signedSince: [ChangesetRef] = []
    var report: Report
    /// Rows that can't be read, told once.
    var unreadable: Set<ChangesetRef> = []

    /// Verifies; throws `notEnrolled` before enrolment and what reading and the fresh store throw, never because of what is found.
    ///
    /// - Parameter progress: stage, how much is done, and of how much.
    public static func run(_ node: Node, options: Options = Options(), progress: @escaping (Stage, Int, Int) -> Void = { _, _, _ in }) throws -> Report {
        progress(.file, 0, 1)
        let damaged = try node.store.integrityFindings().map { AuditFinding(.fileDamaged, AuditPlace(), fact: $0) }
        let temporary = options.resume == nil ? try NodeFolder.makeTemporary("audit") : nil
        defer { if let temporary { try? FileManager.default.removeItem(atPath: temporary) } }
        return try node.store.read { reader in
            let settings = try Node.settings(reader)
            guard settings.network != nil else { throw NodeError(.notEnrolled) }
            let path = try options.resume.map { try HistoryAudit.replayFolder(beside: $0, settings) } ?? temporary ?? ""
            let audit = try HistoryAudit(node, reader, settings, options, replayingAt: path, progress)
            audit.report.findings += damaged
            try audit.run()
            try audit.replay.copy.store.close()
            audit.report.findings.sort(by: AuditFinding.precedes)
            return audit.report
        }
    }

    private static func replayFolder(beside path: String, _ settings: NodeSettings) throws -> String {
        let folder = path + ".replay"
        if try AuditState.read(path, for: settings) == nil, let held = try? FileManager.default.contentsOfDirectory(atPath: folder) {
            // A replay is a store and nothing else: a node's folder that has this name is not taken for one.
            guard held.allSatisfy({ $0.hasPrefix(Store.fileName) }) else { throw AuditError(.notAState, ["path": folder]) }
            try FileManager.default.removeItem(atPath: folder)
        }
        if !FileManager.default.fileExists(atPath: folder) { try NodeFolder(path: folder).create() }
        return folder
    }

    private init(
        _ node: Node, _ reader: StoreReader, _ settings: NodeSettings, _ options: Options, replayingAt path: String,
        _ progress: @escaping (Stage, Int, Int) -> Void
    ) throws {
        self.node = node
        self.reader = reader
        self.settings = settings
        self.options = options
        self.progress = progress
        feeds = Dictionary(uniqueKeysWithValues: try reader.feeds().map { ($0.ref, $0.feed) })
        summed = try reader.summedRefs()
        replay = try Replay(of: node, at: path, reader)
        state = try options.resume.flatMap { try AuditState.read($0, for: settings) } ?? AuditState(settings)
        report = Report(node: settings.node, network: settings.network ?? NetworkID(.zero), epoch: settings.epoch)
    }

    /// The keys, as the fresh store knows them now.
    func ground() throws -> Ground {
        guard let ground = try replay.copy.ask({ Ground($0) }) else { throw NodeError(.notEnrolled) }
        return ground
    }

    private func run() throws {
        report.findings += RootCheck.findings(try reader.statements(.rootStatement), network: report.network)
        try resume()
        var isDone = false
        // What the fresh store can't read of this one's rows ends the audit, and is a finding.
        try telling { isDone = try checkChangesets() }
        guard isDone else { return }
        let ground = try ground()
        try telling { try checkSettings() }
        try telling { try checkStandings() }
        try telling { try checkForks() }
        try telling { try checkSummed() }
        try telling { try checkStatements(ground) }
        try telling { try checkLog(ground) }
        try telling { try checkTimes() }
        try telling { report.findings += try HistoryAudit.shown(NodeView(node: node, reader: reader, settings: settings)) }
        try telling { try compareRecords() }
    }

    /// What can't be read ends this part of the audit and is told; the others go on.
    private func telling(_ part: () throws -> Void) throws {
        do {
            try part()
        } catch let error as FormatError {
            report.findings.append(AuditFinding(.rowUnreadable, AuditPlace(), fact: error.description))
        } catch let error as TrustError {
            report.findings.append(AuditFinding(.rowUnreadable, AuditPlace(), fact: error.description))
        } catch let error as StoreError where error.code == .inconsistent || error.code == .damaged {
            report.findings.append(AuditFinding(.rowUnreadable, AuditPlace(), fact: error.fact))
        }
    }

    /// Where the node stands, and so what it may hold, is what its credentials say: nobody signs its settings.
    private func checkSettings() throws {
        // A fresh store that stands elsewhere may have refused its own credential.
        let replayed = try replay.copy.ask { $0.trust?.credentials(of: self.settings.node) ?? [] }
        let credentials = replayed.isEmpty ? try NodeView(node: node, reader: reader, settings: settings).trust?.credentials(of: settings.node) ?? [] : replayed
        guard let newest = credentials.first else { return }
        func differs(_ column: String, _ fact: String, isFault: Bool) {
            var place = AuditPlace(node: settings.node)
            place.column = "settings.\(column)"
            report.findings.append(AuditFinding(.rowDiffers, place, fact: fact, isFault: isFault))
        }
        if !credentials.contains(where: { $0.content.region == settings.region }) { differs("region", newest.content.region.text, isFault: true) }
        if !credentials.contains(where: { $0.content.name == settings.name }) { differs("name", newest.content.name, isFault: false) }
    }

    // MARK: The own log, and what others have shown

    private func checkLog(_ ground: Ground) throws {
        // Where not even that can be read, nothing excuses another root.
        let repairedFrom = (try? NodeView(node: node, reader: reader, settings: settings).repairedFrom) ?? nil
        let signed = try reader.statements(.checkpoint, node: settings.node).compactMap { row in
            (try? UnverifiedStatement(row.envelope, .checkpoint)).flatMap { try? Checkpoint($0.claimed) }.map { LogCheck.Signed(id: row.id, checkpoint: $0) }
        }
        var log = LogCheck(reader, network: report.network, node: settings.node, epoch: settings.epoch, hashes: ground.hashes)
        let found = try log.run(signed: signed + signedInReceipts(), repairedFrom: repairedFrom) { progress(.log, Int($0), Int($1)) }
        report.findings += found.map { AuditFinding($0, of: settings.node) }
        report.entries = try reader.leafCount()
        report.root = try? LogKeeper(reader: reader).root(size: report.entries)
    }

    /// A time in a row is signed by nobody: what is answered goes by the checkpoints around it, and that they differ is told.
    private func checkTimes() throws {
        try NodeView(node: node, reader: reader, settings: settings).forEachLogEntry { entry in
            if entry.outside != 0 {
                var place = feeds[entry.entry.feed].map { AuditPlace($0, sequence: entry.entry.sequence, changeset: entry.entry.id) } ?? AuditPlace(item: entry.entry.id.hash)
                place.entry = entry.position
                report.findings.append(AuditFinding(.timeOutsideCheckpoints, place, fact: "\(entry.outside.magnitude)", isFault: false))
            }
            return true
        }
    }

    /// What the logs of others, as they were shown here, contradict or leave open.
    static func shown(_ view: NodeView) throws -> [AuditFinding] {
        try view.logConcerns(thorough: true).compactMap { concern in
            guard let code = AuditFinding.Code(rawValue: concern.code.rawValue) else { return nil }
            var place = AuditPlace(node: concern.node, epoch: concern.epoch, size: concern.numbers.first, item: concern.item)
            place.partition = concern.partition?.description
            if code == .otherBranch || code == .checkpointLacking || code == .restored {
                place.sequence = code == .restored ? nil : place.size
                place.size = nil
            }
            return AuditFinding(code, place, fact: concern.numbers.map(String.init).joined(separator: " "), isFault: concern.isContradiction)
        }
    }

    // MARK: Records

    private func compareRecords() throws {
        progress(.records, 0, 1)
        let comparison = try replay.comparison(reader)
        for finding in comparison.findings {
            var place = AuditPlace(item: finding.record.hash)
            place.item = nil
            place.record = finding.record.hash.hex
            place.kind = finding.key.kind.text
            place.partition = finding.key.partition.description
            let code: AuditFinding.Code =
                switch finding.what {
                case .differs: .recordDiffers
                case .missingHere: .recordMissing
                case .missingInReplay: .recordExtra
                }
            report.findings.append(AuditFinding(code, place))
        }
        report.here = comparison.here
        report.replayed = comparison.there
        if comparison.here.derived != comparison.there.derived { report.findings.append(AuditFinding(.digestDiffers, AuditPlace(), fact: "derived")) }
        if comparison.here.input != comparison.there.input { report.findings.append(AuditFinding(.digestDiffers, AuditPlace(), fact: "input")) }
        progress(.records, 1, 1)
    }
}
