import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

/// The same audit as far as bundles carry a history, without a node: what they hold is taken into a fresh store from the root
/// statements among them, so that here the replay comes first.
public enum BundleAudit {
    /// - Parameters:
    ///   - root: the network's id, or the thumbprint of a root key.
    ///   - keys: those that open what is sealed.
    ///
    /// Throws as `BundleVerifier.verify`.
    public static func run(
        _ paths: [String], root: Hash32, keys: SealingKeyring = [], progress: (String, UInt64) -> Void = { _, _ in }
    ) throws -> HistoryAudit.Report {
        try run(paths, root: root, keys: keys, progress: progress) { _, _ in }
    }

    /// - Parameter beside: looks at what was taken, for as long as it is there.
    static func run(
        _ paths: [String], root: Hash32, keys: SealingKeyring = [], progress: (String, UInt64) -> Void,
        beside: (NodeView, inout HistoryAudit.Report) throws -> Void
    ) throws -> HistoryAudit.Report {
        try BundleVerifier.verify(paths, root: root, keys: keys, progress: progress) { found, view in
            var report = HistoryAudit.Report(node: view.settings.node, network: found.network, epoch: view.settings.epoch)
            report.findings = files(found)
            report.findings += found.waiting.map { row in
                AuditFinding(.waiting, AuditPlace(row.feed, sequence: row.sequence, changeset: row.id), fact: "\(row.what) \(row.item.hex)", isFault: false)
            }
            report.findings += found.forks.map { fork in
                let place = AuditPlace(fork.feed, sequence: fork.sequence, changeset: fork.branches.first)
                return AuditFinding(.fork, place, fact: "\(fork.branches.count)", isFault: fork.repair == nil)
            }
            try held(view, &report)
            report.here = found.digest
            try beside(view, &report)
            report.findings.sort(by: AuditFinding.precedes)
            return report
        }
    }

    /// What the files themselves come to.
    private static func files(_ found: BundleVerification) -> [AuditFinding] {
        var out = found.unread.map { AuditFinding(.fileStretchDamaged, AuditPlace(file: $0.path), fact: reason(of: $0.error)) }
        for file in found.files {
            let (path, report) = (file.path, file.report)
            out += report.damaged.map { AuditFinding(.fileStretchDamaged, AuditPlace(file: path, offset: $0.offset), fact: $0.code) }
            for reception in report.refused + report.void {
                var place = AuditPlace(file: path)
                switch reception {
                case .refused(let digest, let code, _):
                    place.item = digest.hex
                    out.append(AuditFinding(.refused, place, fact: code, isFault: code != NodeError.Code.unknownNode.rawValue))
                case .void(let id, let code):
                    place.changeset = id.hash.hex
                    out.append(AuditFinding(code == FormatError.Code.personalField.rawValue ? .personalField : .bodyUnreadable, place, fact: code))
                default: continue
                }
            }
            let isStranger = report.header.map { found.strangers.contains($0.from) } ?? false
            if !report.isComplete, !isStranger { out.append(AuditFinding(.fileCutShort, AuditPlace(file: path))) }
            if isStranger, let from = report.header?.from {
                var place = AuditPlace(file: path)
                place.node = from.hash.hex
                out.append(AuditFinding(.strangerSent, place, isFault: false))
            }
        }
        return out
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case let error as SealError: error.code.rawValue
        case let error as NodeError: error.code.rawValue
        default: "\(error)"
        }
    }

    /// What was taken: each changeset under its credential, each statement, and what the checkpoints say of each other.
    private static func held(_ view: NodeView, _ report: inout HistoryAudit.Report) throws {
        guard let ground = Ground(view) else { return }
        let feeds = Dictionary(uniqueKeysWithValues: try view.reader.feeds().map { ($0.ref, $0.feed) })
        let check = ChangesetCheck(ground, feeds: feeds)
        for ref in try view.reader.changesets() {
            let outcome = check.outcome(try view.reader.changeset(ref))
            report.findings += outcome.findings
            report.changesets += 1
            report.operations += outcome.operations
        }
        let (found, count) = try StatementCheck.findings(view.reader, ground)
        report.findings += found
        report.statements = count
        report.findings += try HistoryAudit.shown(view)
    }
}
