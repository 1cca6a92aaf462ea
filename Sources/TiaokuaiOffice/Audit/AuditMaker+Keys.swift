import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

// What feeds lack in their middle, and which keys were given up. Heads that are lacking at a feed's end are told by the logs of
// others (`withheld`).
extension AuditMaker {
    func gaps() throws -> [AuditGap] {
        try view.reader.feeds().flatMap { row -> [AuditGap] in
            var next: UInt64 = 1
            return try view.reader.entries(ofFeed: row.ref).compactMap { entry in
                defer { next = max(next, entry.sequence == .max ? .max : entry.sequence + 1) }
                guard entry.sequence > next else { return nil }
                let since = try entry.leaf.flatMap { try view.logEntry($0) }
                return AuditGap(
                    node: row.feed.node.hash.hex, nodeName: view.name(ofNode: row.feed.node), partition: row.feed.partition.description, feed: row.feed.id.hash.hex,
                    from: next, through: entry.sequence - 1, since: since?.known.timestamp)
            }
        }.sorted { ($0.nodeName, $0.partition, $0.feed, $0.from) < ($1.nodeName, $1.partition, $1.feed, $1.from) }
    }

    func retiredKeys() throws -> [AuditRetiredKey] {
        let written = try grants()
        return try (view.trust?.nodes ?? []).flatMap { node -> [AuditRetiredKey] in
            let all = view.trust?.credentials(of: node) ?? []
            guard let standing = all.first(where: \.isStanding) else { return [] }
            // The newest credential for each key that no standing one names.
            let kept = Set(all.filter(\.isStanding).map(\.content.signingKey))
            let retired = Dictionary(grouping: all.filter { !kept.contains($0.content.signingKey) }, by: \.content.signingKey)
            return try retired.values.compactMap { $0.max { ($0.content.validFrom, $0.id) < ($1.content.validFrom, $1.id) } }.map { one in
                let grant = written[standing.id]
                return AuditRetiredKey(
                    node: node.hash.hex, nodeName: view.name(ofNode: node), key: try VerifyingKey(coseKey: one.content.signingKey).thumbprint.hex,
                    replacedBy: try VerifyingKey(coseKey: standing.content.signingKey).thumbprint.hex, validFrom: one.content.validFrom.description,
                    validTo: one.content.validTo?.description, replaced: grant?.written.timestamp, by: grant.map { facts.unit($0.unit) })
            }
        }.sorted { ($0.nodeName, $0.validFrom, $0.key) < ($1.nodeName, $1.validFrom, $1.key) }
    }

    /// The operations that granted credentials, by the credential's identity.
    private func grants() throws -> [Hash32: Operation] {
        var out: [Hash32: Operation] = [:]
        for ref in try view.reader.records(kind: CredentialKind.table.name) {
            for one in try view.operations(of: ref) { out[one.id.hash] = one.operation }
        }
        return out
    }
}
