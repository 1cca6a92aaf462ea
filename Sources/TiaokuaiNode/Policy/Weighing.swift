import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiWork

/// Finds the versions of the matrix by which a record's claims and acts are weighed.
///
/// Claims: the version that governs the record. Acts: the one they cite in `under`, if its place is on the record's path,
/// raised to a later one of the same matrix record that the same feed had cited before. An operation that two feeds carry
/// is raised by either.
struct Weighing {
    let reader: StoreReader
    let settings: NodeSettings
    let policy: PolicyView
    let resolver: NextResolver

    func versions(of key: RecordKey, table: KindTable?, _ judged: [JudgedOperation], places: (OperationID) throws -> [Place]) throws -> GoverningVersions {
        var values: [FieldNumber: Value] = [:]
        for one in CausalOrder.sorted(judged) where one.voidReason == nil {
            for field in one.operation.fields { values[field.number] = field.value }
        }
        let lodging = Set(judged.filter { $0.voidReason == nil }.map(\.operation.unit))
        func governance(citing: OperationID?) -> Governance {
            policy.governance(of: key, table: table, values: values, lodging: lodging, local: settings.region, citing: citing)
        }
        var out = GoverningVersions(governance(citing: nil))
        let governing = Set(out.governing.tiers.compactMap(\.version))
        for one in judged {
            guard let under = one.operation.under, let history = policy.history(of: under, on: out.governing.tiers.map(\.region)) else { continue }
            let later = history.later(than: under)
            if !later.isEmpty, let raised = try newestCited(later, before: places(one.id)) {
                out.raised[one.id] = raised.id
                if out.cited[raised.id] == nil { out.cited[raised.id] = governance(citing: raised.id) }
            }
            if out.cited[under] == nil { out.cited[under] = governance(citing: under) }
            if later.contains(where: { governing.contains($0.id) }) { out.superseded.insert(under) }
        }
        return out
    }

    /// The version that an act written now cites: the one that governs at the nearest tier that has any. Nil for what is no
    /// act, and where no matrix covers the record.
    func citation(for draft: Draft, table: KindTable?, held ref: RecordRef?) throws -> OperationID? {
        let isAct = draft.fields.contains { field in
            switch table?.field(field.number)?.rule {
            case .workflow: field.value != nil
            case .authority, .holder: !draft.names.isEmpty
            default: false
            }
        }
        guard isAct else { return nil }
        var values = try ref.map { try PolicyView.effective(reader, $0).values } ?? [:]
        for field in draft.fields { values[field.number] = field.value }
        let governance = policy.governance(of: draft.key, table: table, values: values, lodging: [draft.unit], local: settings.region)
        return governance.tiers.lazy.compactMap(\.version).first
    }

    /// Of versions the newest that the feed of one of the places had cited before it. Of newest ones that are parallel the
    /// one that sorts last, for want of a better.
    private func newestCited(_ versions: [MatrixVersion], before places: [Place]) throws -> MatrixVersion? {
        try versions.last { version in try places.contains { try isCited(version.id, before: $0) } }
    }

    private func isCited(_ version: OperationID, before place: Place) throws -> Bool {
        if place.changeset == .unsealed {
            let own = try reader.feeds().filter { $0.feed.node == settings.node && $0.feed.epoch == settings.epoch }
            guard let partition = try reader.pending(number: UInt64(place.position))?.partition else { return false }
            for feed in own where feed.partitionRef == partition {
                if try !reader.citations(of: version, inFeed: feed.ref).isEmpty { return true }
            }
            return try reader.pending(partition: partition).contains { row in
                guard row.number < UInt64(place.position) else { return false }
                var form = CBORReader(row.operation)
                return try Operation(from: &form).under == version
            }
        }
        let link = try resolver.link(place.changeset)
        return try reader.citations(of: version, inFeed: link.feed).contains { cited in
            if cited.changeset == place.changeset { return cited.position < place.position }
            let before = try resolver.link(cited.changeset)
            return try before.sequence < link.sequence && Ancestry(reader: reader).contains(before.id, [link.id])
        }
    }
}
