import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

/// Two states of the matrix to compare.
public enum MatrixComparison: Hashable, Sendable {
    /// As if only what was in force by each day had been published; nil is all that is held.
    case days(from: Day, to: Day?)
    /// Two versions of one entry, each by its first eight digits or more; nil is the newest held.
    case versions(from: String, to: String?)
}

extension Office {
    /// Every outcome of records at the place (nil: the node's) and below that differs between two states of the matrix. The
    /// engine settles each record twice, over all that is held; nothing is written. Throws `unknownVersion`.
    public func responsibilityDiff(_ comparison: MatrixComparison, place: RegionID? = nil) throws -> ResponsibilityDiff {
        try node.ask { view in
            let within = place ?? view.settings.region
            switch comparison {
            case .days(let from, let to):
                return try view.responsibilityDiff(
                    by: "days", (from.description, try view.supposing(.inForce(by: from))), (to?.description ?? "", try to.map { try view.supposing(.inForce(by: $0)) } ?? view),
                    within: within)
            case .versions(let from, let to):
                let (old, new) = (try view.matrixVersion(from), try to.map { try view.matrixVersion($0) })
                return try view.responsibilityDiff(
                    by: "versions", (old.hash.hex, try view.supposing(.upTo(old))), (new?.hash.hex ?? "", try new.map { try view.supposing(.upTo($0)) } ?? view),
                    within: within)
            }
        }
    }

    /// The same before a file is published: what its parts and measures would change; what else the file holds is counted, not
    /// rehearsed. Throws `badFile` as `publish` does,
    /// `wrongFormat` for a file of another format.
    public func rehearse(_ bytes: [UInt8], file: String, place: RegionID? = nil) throws -> ResponsibilityDiff {
        let faults = FaultList(file: file)
        let tree = try YAMLTree(parsing: try PublishFormat.text(bytes, file: file), file: file)
        let found = try PublishFormat(tree, faults)
        guard found == .publish else { throw OfficeError(.wrongFormat, ["format": found.name, "expected": PublishFormat.publish.name]) }
        return try node.ask { view in
            let publication = Publication(tree, view, faults)
            try faults.check()
            let needed = try publication.drafts.compactMap { try view.needed($0, isWhole: true) }
            let (drafts, others) = (needed.filter { $0.key.kind == MatrixKind.table.name }, needed.filter { $0.key.kind != MatrixKind.table.name })
            var diff = try view.responsibilityDiff(
                by: "rehearsal", ("", view), (file, try view.supposing(.published(drafts))), within: place ?? view.settings.region)
            // Who governs is rehearsed; a target or an indicator of the same file acts when it is published.
            let counts = Dictionary(grouping: others, by: \.key.kind).mapValues { Set($0.map(\.key)).count }
            let titles = Dictionary(view.kinds.tables.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
            diff.notRehearsed = counts.sorted { $0.key.text < $1.key.text }
                .map { RehearsalGap(kind: $0.key.text, kindTitle: titles[$0.key] ?? $0.key.text, count: $0.value) }
            return diff
        }
    }
}

extension NodeView {
    fileprivate func matrixVersion(_ text: String) throws -> OperationID {
        let digits = text.lowercased()
        let found = (8...64).contains(digits.utf8.count) ? matrixVersions(withPrefix: digits) : []
        guard let version = found.first, found.count == 1 else { throw OfficeError(.unknownVersion, ["version": text]) }
        return version
    }

    fileprivate func responsibilityDiff(
        by: String, _ from: (name: String, view: NodeView), _ to: (name: String, view: NodeView), within place: RegionID
    ) throws -> ResponsibilityDiff {
        let facts = FactMaker(self)
        var changes: [OutcomeChange] = []
        var (unchanged, records) = (0, 0)
        try settled(within: place) { row, _ in
            guard case .work = row.key.partition, let table = table(of: row.key) else { return }
            records += 1
            let judged = judged(try operations(of: row.ref), of: row.key)
            let (before, after) = (try from.view.governing(row.key, judged), try to.view.governing(row.key, judged))
            guard !before.governsAlike(after) else { return }
            let (old, new) = (
                settle(judged, record: row.id, table: table, governance: before), settle(judged, record: row.id, table: table, governance: after)
            )
            let why = facts.changes(before.governing, after.governing)
            var found = 0
            for spec in table.fields where spec.rule != .accompanying {
                let (left, right) = (old.fields[spec.number] ?? FieldOutcome(), new.fields[spec.number] ?? FieldOutcome())
                let (first, second) = (
                    facts.outcome(left, spec, row.key, before.governing.tiers), facts.outcome(right, spec, row.key, after.governing.tiers)
                )
                guard !first.comesToTheSame(as: second) else { continue }
                found += 1
                changes.append(
                    OutcomeChange(
                        record: try facts.record(row), field: spec.name, fieldTitle: spec.title, before: first, after: second, why: why,
                        isSample: try isSample(row.ref)))
            }
            if found == 0 { unchanged += 1 }
        }
        changes.sort { ($0.record.reference, $0.field) < ($1.record.reference, $1.field) }
        return ResponsibilityDiff(by: by, from: from.name, to: to.name, changes: changes, unchanged: unchanged, records: records)
    }
}

extension OutcomeFact {
    /// The same value for the same kind of reason; which document states the reason may differ.
    fileprivate func comesToTheSame(as other: OutcomeFact) -> Bool {
        (value, blank?.code, rule, mode, dispute) == (other.value, other.blank?.code, other.rule, other.mode, other.dispute)
    }
}

extension GoverningVersions {
    fileprivate func governsAlike(_ other: GoverningVersions) -> Bool {
        governing == other.governing && cited == other.cited && superseded == other.superseded && raised == other.raised
    }
}

extension FactMaker {
    fileprivate func changes(_ before: Governance, _ after: Governance) -> [GovernanceChange] {
        zip(before.tiers, after.tiers).filter { $0 != $1 }.map { old, new in
            GovernanceChange(
                place: place(new.region), modeBefore: old.mode.rawValue, modeAfter: new.mode.rawValue, sourceBefore: source(old.source),
                sourceAfter: source(new.source), lineAdded: units(new.lineUnits.subtracting(old.lineUnits).sorted()),
                lineRemoved: units(old.lineUnits.subtracting(new.lineUnits).sorted()), cooperatingAdded: units(new.cooperating.subtracting(old.cooperating).sorted()),
                cooperatingRemoved: units(old.cooperating.subtracting(new.cooperating).sorted()), versionBefore: old.version?.hash.hex,
                versionAfter: new.version?.hash.hex)
        }
    }
}
