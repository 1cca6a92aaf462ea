import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

// Dates stop an honest signer and flag a reader. They never decide what is admitted.
//
// Only a credential that has run out stops its signer. Who holds one was granted it: a clock that shows a day before
// `validFrom` says that this clock is wrong or the granter's was, and neither may keep an office from its work.
extension CredentialContent {
    /// The day is no later than `validTo`.
    func hasNotRunOut(on day: Day) -> Bool { validTo.map { day <= $0 } ?? true }

    /// The day lies between `validFrom` and `validTo`, both included.
    public func isValid(on day: Day) -> Bool { day >= validFrom && (validTo.map { day <= $0 } ?? true) }
}

extension Understanding {
    /// What a node signs with a key under: of its standing credentials for that key one that is valid on the day, failing that one
    /// that has not run out; the newest.
    func credential(of node: NodeID, key: [UInt8], on day: Day) -> TrustState.Credential? {
        (trust?.credentials(of: node) ?? []).filter { $0.isStanding && $0.content.signingKey == key }.max { left, right in
            func rank(_ one: TrustState.Credential) -> (Int, Day, Int, Hash32) {
                (one.content.isValid(on: day) ? 2 : one.content.hasNotRunOut(on: day) ? 1 : 0, one.content.validFrom, one.depth, one.id)
            }
            return rank(left) < rank(right)
        }
    }
}

extension Node {
    /// The settings with the credential to sign under today; throws `outsideValidity` when all of them have run out.
    ///
    /// The adopted one is kept as long as it stands and is valid; a further one for the same key takes its place by itself.
    func signable(_ settings: NodeSettings, _ understanding: Understanding) throws -> NodeSettings {
        guard let adopted = settings.credential, let content = understanding.contents[adopted] else { return settings }
        let today = surroundings.now().day
        let isStanding = understanding.trust?.valid[adopted]?.isStanding ?? true
        if isStanding, content.isValid(on: today) { return settings }
        let best = understanding.credential(of: settings.node, key: content.signingKey, on: today)
        guard (best?.content ?? content).hasNotRunOut(on: today) else {
            let dates = best?.content ?? content
            throw NodeError(
                .outsideValidity,
                ["day": today.description, "from": dates.validFrom.description, "to": dates.validTo?.description].compactMapValues { $0 })
        }
        var chosen = settings
        chosen.credential = best?.id ?? adopted
        return chosen
    }
}

/// A changeset that was sealed, by its author's clock, on a day outside its credential's dates.
public struct ValidityFlag: Hashable, Sendable {
    public let node: NodeID
    public let changeset: ChangesetID
    public let partition: Partition
    public let sequence: UInt64
    public let sealed: Day
    public let validFrom: Day
    public let validTo: Day?
}

extension NodeView {
    /// What was signed outside the dates of its credential, ascending by node, partition and sequence. It counts all the same.
    public func validityFlags() throws -> [ValidityFlag] {
        var out: [ValidityFlag] = []
        for row in try reader.feeds() {
            for held in try reader.changesets(inFeed: row.ref, from: 1) where held.state != .waiting {
                let read = try UnverifiedChangeset(ChangesetItem(envelope: try reader.envelope(held.ref), compressedBody: []))
                guard let content = understanding.contents[read.header.credential], let sealed = read.sealed?.day, !content.isValid(on: sealed) else { continue }
                out.append(
                    ValidityFlag(
                        node: row.feed.node, changeset: held.id, partition: row.feed.partition, sequence: held.sequence, sealed: sealed,
                        validFrom: content.validFrom, validTo: content.validTo))
            }
        }
        return out.sorted { ($0.node, $0.partition, $0.sequence, $0.changeset) < ($1.node, $1.partition, $1.sequence, $1.changeset) }
    }

    /// A cut holds of the key that signed this consent.
    func isCut(consent: [UInt8]) throws -> Bool {
        guard let statement = try? UnverifiedStatement(consent, .consent), let trust else { return false }
        return trust.nodes.contains { node in
            trust.credentials(of: node).contains { credential in
                understanding.keys[credential.id]?.thumbprint == statement.keyID
                    && (trust.cuts[node] ?? []).contains { $0.key == nil || $0.key == credential.content.signingKey }
            }
        }
    }
}
