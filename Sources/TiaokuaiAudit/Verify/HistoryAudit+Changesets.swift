import Foundation
import Synchronization
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

// Each changeset by itself, on all cores, while a fresh store takes the next ones: a batch is checked with the keys that the
// fresh store has once it has taken it.
extension HistoryAudit {
    /// Bytes of a batch, and so a bound of memory.
    private static let batchBytes = 8 * 1_024 * 1_024
    private static let secondsBetweenSaves = 5.0

    /// Hashes again what was verified before; where it is not the same, everything is verified.
    func resume() throws {
        guard state.through > 0 else { return }
        let (open, unsigned) = (Set(state.open), Set(state.unsigned))
        // The chain as it was told, and as it is with the signatures that have come since.
        var (told, chain, after, count) = (Hash32.zero.hex, Hash32.zero.hex, ChangesetRef(0), 0)
        while let rows = try batch(after: after, through: state.through) {
            for row in rows.rows {
                let isUnsigned = unsigned.contains(row.ref.number)
                let digest = open.contains(row.ref.number) ? .zero : isUnsigned ? AuditState.unsignedDigest(of: row) : row.item.storedDigest
                let hasSignature = isUnsigned && !summed.contains(row.ref)
                if hasSignature { signedSince.append(row.ref) }
                told = AuditState.chain(told, row, digest: digest)
                chain = AuditState.chain(chain, row, digest: hasSignature ? row.item.storedDigest : digest)
            }
            (after, count) = (rows.last, count + rows.rows.count)
            progress(.resuming, Int(after.number), Int(state.through))
        }
        guard told == state.chain else {
            var place = AuditPlace()
            place.file = options.resume
            report.findings.append(AuditFinding(.pastChanged, place, fact: "\(count)"))
            state = AuditState(settings)
            signedSince = []
            return
        }
        state.chain = chain
        state.unsigned.removeAll { !summed.contains(ChangesetRef($0)) }
        report.resumed = count
    }

    /// A changeset whose signature came after it had been verified without is verified again.
    private func checkSignedSince() throws {
        let check = ChangesetCheck(try ground(), feeds: feeds, summed: summed)
        for ref in signedSince { state.findings += check.outcome(try reader.changeset(ref)).findings.filter { !state.findings.contains($0) } }
    }

    private struct Batch {
        var rows: [ChangesetRow] = []
        var last: ChangesetRef
    }

    /// The next changesets in order of arrival; nil after the last. A row that can't be read is left out, and told.
    private func batch(after: ChangesetRef, through: Int64 = .max) throws -> Batch? {
        let refs = try reader.changesets(after: after, limit: options.batchRows).filter { $0.number <= through }
        var batch = Batch(last: after)
        var bytes = 0
        for ref in refs where bytes < HistoryAudit.batchBytes {
            batch.last = ref
            do {
                let row = try reader.changeset(ref)
                bytes += row.item.envelope.count + row.item.compressedBody.count
                batch.rows.append(row)
            } catch let error as StoreError where error.code == .inconsistent {
                if !unreadable.contains(ref) { report.findings.append(AuditFinding(.rowUnreadable, AuditPlace(), fact: error.fact)) }
                unreadable.insert(ref)
            }
        }
        return refs.isEmpty ? nil : batch
    }

    /// False when it was told to end early.
    func checkChangesets() throws -> Bool {
        let total = try reader.changesetCount()
        try checkSignedSince()
        var (after, done, taken) = (ChangesetRef(state.through), report.resumed, 0)
        var previous = Batch(last: after)
        var saved = Date()
        while true {
            let next = try batch(after: after)
            let check = ChangesetCheck(try ground(), feeds: feeds, summed: summed)
            let rows = previous.rows
            let outcomes = Mutex<[ChangesetCheck.Outcome]>([])
            let group = DispatchGroup()
            DispatchQueue.global().async(group: group) {
                let found = Cores.map(rows) { check.outcome($0) }
                outcomes.withLock { $0 = found }
            }
            let receptions = Result { try next.map { try replay.receive($0.rows.map(\.item)) } ?? [] }
            group.wait()
            note(previous, outcomes.withLock { $0 })
            noteRefused(try receptions.get(), next?.rows ?? [])
            done += rows.count
            taken += rows.count
            progress(.changesets, done, total)
            let isEnding = options.limit.map { taken >= $0 } ?? false
            if let path = options.resume, isEnding || next == nil || Date().timeIntervalSince(saved) > HistoryAudit.secondsBetweenSaves {
                try state.write(path)
                saved = Date()
            }
            if isEnding { return false }
            guard let next else { break }
            after = next.last
            previous = next
        }
        report.changesets = done
        report.operations = state.operations
        report.findings += state.findings
        try checkOpen()
        return true
    }

    private func note(_ batch: Batch, _ outcomes: [ChangesetCheck.Outcome]) {
        for (row, outcome) in zip(batch.rows, outcomes) {
            state.findings += outcome.findings
            state.operations += outcome.operations
            if outcome.isOpen { state.open.append(row.ref.number) }
            let isUnsigned = !outcome.isOpen && summed.contains(row.ref)
            if isUnsigned { state.unsigned.append(row.ref.number) }
            let digest = outcome.isOpen ? .zero : isUnsigned ? AuditState.unsignedDigest(of: row) : outcome.digest
            state.chain = AuditState.chain(state.chain, row, digest: digest)
            if row.received.milliseconds < state.received {
                let place = feeds[row.feed].map { AuditPlace($0, sequence: row.sequence, changeset: row.id) } ?? AuditPlace(item: row.id.hash)
                let (lag, isBeyond) = state.received.subtractingReportingOverflow(row.received.milliseconds)
                state.findings.append(AuditFinding(.clockWentBack, place, fact: "\(isBeyond ? .max : lag)", isFault: false))
            }
            state.received = max(state.received, row.received.milliseconds)
        }
        state.through = batch.last.number
    }

    private func noteRefused(_ receptions: [Reception], _ rows: [ChangesetRow]) {
        let refused = receptions.compactMap { reception -> (Hash32, String)? in
            if case .refused(let digest, let code, _) = reception { (digest, code) } else { nil }
        }
        if refused.isEmpty { return }
        let ids = Dictionary(rows.map { (HistoryAudit.wireDigest(of: $0), $0.id.hash.hex) }, uniquingKeysWith: { first, _ in first })
        for (digest, code) in refused { if let id = ids[digest] { state.refused[id] = code } }
    }

    /// What came before its credential, with every key known.
    private func checkOpen() throws {
        let check = ChangesetCheck(try ground(), feeds: feeds, summed: summed)
        for ref in state.open {
            let row = try reader.changeset(ChangesetRef(ref))
            let outcome = check.outcome(row)
            report.findings += outcome.findings.filter { !state.findings.contains($0) }
            report.operations += outcome.operations
            guard outcome.isOpen, row.state != .waiting else { continue }
            let place = feeds[row.feed].map { AuditPlace($0, sequence: row.sequence, changeset: row.id) } ?? AuditPlace(item: row.id.hash)
            report.findings.append(AuditFinding(.credentialUnknown, place))
        }
    }
}
