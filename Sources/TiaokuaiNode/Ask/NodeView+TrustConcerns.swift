import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension NodeView {
    /// What credentials and cuts leave for people to settle, as of a day; by code, node and item.
    public func trustConcerns(on day: Day) throws -> [TrustConcern] {
        guard let trust else { return [] }
        let out = pastTheirDay(trust, day) + contested(trust) + rivalGovernments(trust) + (try cutsBehindLogs(trust))
        return out.sorted { ($0.code.rawValue, $0.node, $0.unit?.text ?? "", $0.item) < ($1.code.rawValue, $1.node, $1.unit?.text ?? "", $1.item) }
    }

    /// Those of a node that has no other standing credential for the same key with days left.
    private func pastTheirDay(_ trust: TrustState, _ day: Day) -> [TrustConcern] {
        trust.nodes.flatMap { node -> [TrustConcern] in
            let standing = trust.credentials(of: node).filter { $0.isStanding && !trust.isCut($0.content.signingKey, of: node) }
            guard !standing.isEmpty, standing.allSatisfy({ !$0.content.hasNotRunOut(on: day) }) else { return [] }
            return standing.map { TrustConcern(.pastItsDay, node: node, item: $0.id, day: $0.content.validTo) }
        }
    }

    private func contested(_ trust: TrustState) -> [TrustConcern] {
        trust.contested.compactMap { unit, credentials in
            let rivals = credentials.sorted().compactMap { trust.valid[$0] }
            guard let first = rivals.first else { return nil }
            let other = rivals.dropFirst().first { $0.content.subject != first.content.subject }
            return TrustConcern(.contested, node: first.content.subject, other: other?.content.subject, unit: unit, item: first.id)
        }
    }

    private func rivalGovernments(_ trust: TrustState) -> [TrustConcern] {
        trust.rivalGovernments.flatMap { region, credentials in
            credentials.compactMap { trust.valid[$0] }.flatMap { credential in
                credential.content.writes.filter { $0.isGovernment && $0.region == region }.map {
                    TrustConcern(.rivalGovernment, node: credential.content.subject, unit: $0.unit, partition: .policy(region), item: credential.id)
                }
            }
        }
    }

    // MARK: Cuts behind what their author had logged

    // A log is no item, so that no rule decides by it. But the author's own receipts, as far as they came here, say what it
    // had logged before it cut.
    private func cutsBehindLogs(_ trust: TrustState) throws -> [TrustConcern] {
        var out: [TrustConcern] = []
        for (subject, cuts) in trust.cuts {
            for cut in cuts where cut.by.node != settings.node {
                var told: Set<ChangesetID> = []
                for receipt in try receipts(by: cut.by.node, before: cut) {
                    for accepted in receipt.accepted where accepted.feed.node == subject && told.insert(accepted.head).inserted {
                        guard try leavesOut(accepted.head, cut) else { continue }
                        out.append(
                            TrustConcern(
                                .cutBehindLog, node: subject, other: cut.by.node, partition: accepted.feed.partition, item: accepted.head.hash,
                                day: receipt.written.day, sequence: accepted.sequence))
                    }
                }
            }
        }
        return out
    }

    /// The head is held, was signed with the key that was cut, and lies outside what the cut leaves.
    private func leavesOut(_ head: ChangesetID, _ cut: TrustState.Cut) throws -> Bool {
        guard let ref = try reader.changesetRef(head) else { return false }
        if let key = cut.key, try understanding.contents[reader.header(ref).credential]?.signingKey != key { return false }
        return try !Ancestry(reader: reader).contains(head, cut.heads)
    }

    /// Receipts of a node that it made before it issued the cut: none of its heads in the cut's partition has the cut behind it.
    private func receipts(by author: NodeID, before cut: TrustState.Cut) throws -> [Receipt] {
        guard let carrier = cut.by.changeset, let ref = try reader.changesetRef(carrier) else { return [] }
        let (epoch, arrived) = (try reader.header(ref).feed.epoch, try reader.changeset(ref).received)
        let ancestry = Ancestry(reader: reader)
        var held = try reader.statements(.receipt, node: author).map { ($0.envelope, $0.received) }
        for addressee in trust?.nodes ?? [] {
            if let passing = try reader.passingReceipt(from: author, to: addressee) { held.append((passing, arrived)) }
        }
        return try held.compactMap { envelope, received in
            let receipt = try Receipt(UnverifiedStatement(envelope, .receipt).claimed)
            // Nothing is told of a partition that the addressee doesn't receive.
            if let addressee = receipt.to, trust?.receives(addressee, cut.by.partition, reaching: reaches) != true { return nil }
            let named = receipt.accepted.filter { $0.feed.node == author && $0.feed.partition == cut.by.partition }
            guard try named.allSatisfy({ try !ancestry.contains(carrier, [$0.head]) }) else { return nil }
            // A receipt of another epoch says nothing of this one's feed: then what came here first was said first.
            let isOfItsEpoch = try Checkpoint(UnverifiedStatement(receipt.checkpoint, .checkpoint).claimed).epoch == epoch
            return isOfItsEpoch || received < arrived ? receipt : nil
        }
    }
}
