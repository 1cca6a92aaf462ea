import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWork

/// Who holds which key, told from root statements and the changesets that carry credentials, without a store.
///
/// Every changeset is verified under a credential that was verified before it, and every credential is admitted by the same rules
/// as at a node. What it can't know is what is not in it: cuts, and which of two things came first across feeds.
package struct CredentialChain {
    package let network: NetworkID
    package let roots: [SignedRoot]
    package let trust: TrustState

    /// - Parameter root: the network's id, or the thumbprint of a key that signed root statement 1.
    ///
    /// Throws `wrongRoot`, `rootsBroken`, `credentialAltered`.
    package init(roots envelopes: [[UInt8]], credentials: [ChangesetItem], root: Hash32, regions: RegionTable = .gbt2260) throws {
        roots = try CredentialChain.chain(envelopes)
        guard let first = roots.first else { throw AuditError(.rootsBroken, ["reason": "empty"]) }
        network = NetworkID(first.id)
        guard first.isVouched(by: root) else {
            throw AuditError(.wrongRoot, ["network": first.id.hex, "root": root.hex])
        }
        let links = try CredentialChain.verified(credentials, roots, network)
        let feeds = Dictionary(links.map { ($0.changeset.id, $0.changeset.header) }, uniquingKeysWith: { first, _ in first })
        trust = TrustState(
            roots: roots.map { RootGrant(id: $0.id, statement: $0.statement) }, grants: links.flatMap(\.grants), cuts: [], network: network,
            TrustQuestions(
                isWithin: regions.wasEverWithin, consenting: Understanding.consenting, rootConsenting: Understanding.rootConsenting,
                // What lies between is not here; a proof can't tell what a cut or a replacement left out.
                isInAncestry: { _, _ in true }, credentialOf: { feeds[$0]?.credential },
                isBefore: { CredentialChain.isBefore($0, $1, feeds) }))
    }

    /// The key with this thumbprint among those granted to a node.
    package func key(of node: NodeID, _ thumbprint: Hash32) -> VerifyingKey? {
        trust.credentials(of: node).lazy.compactMap { try? VerifyingKey(coseKey: $0.content.signingKey) }.first { $0.thumbprint == thumbprint }
    }

    private static func chain(_ envelopes: [[UInt8]]) throws -> [SignedRoot] {
        var out: [SignedRoot] = []
        for envelope in envelopes {
            do {
                let signed = try SignedRoot(envelope)
                guard signed.isNext(after: out.last) else { throw AuditError(.rootsBroken, ["reason": "chain"]) }
                try signed.verify(after: out.last)
                out.append(signed)
            } catch let error as FormatError {
                throw AuditError(.rootsBroken, ["reason": error.code.rawValue])
            } catch let error as TrustError {
                throw AuditError(.rootsBroken, ["reason": error.code.rawValue])
            }
        }
        return out
    }

    private struct Link {
        let changeset: SignedChangeset
        let grants: [GrantOperation]
    }

    /// Verifies what can be, again and again, until everything is or nothing more can.
    private static func verified(_ items: [ChangesetItem], _ roots: [SignedRoot], _ network: NetworkID) throws -> [Link] {
        var contents: [Hash32: CredentialContent] = [:]
        for root in roots { contents[root.id] = root.statement.grant }
        var open: [UnverifiedChangeset] = []
        for item in items {
            do {
                open.append(try UnverifiedChangeset(item))
            } catch {
                throw AuditError(.credentialAltered, ["reason": error.code.rawValue])
            }
        }
        var out: [Link] = []
        while let index = open.firstIndex(where: { contents[$0.header.credential] != nil }) {
            let next = open.remove(at: index)
            guard let content = contents[next.header.credential] else { break }
            let link = try link(next, content, network)
            for grant in link.grants { contents[grant.id.hash] = grant.content }
            out.append(link)
        }
        if let stray = open.first { throw AuditError(.credentialAltered, ["reason": "unknownItem", "changeset": stray.id.hash.hex]) }
        return out
    }

    private static func link(_ unverified: UnverifiedChangeset, _ content: CredentialContent, _ network: NetworkID) throws -> Link {
        let header = unverified.header
        func altered(_ reason: String) -> AuditError { AuditError(.credentialAltered, ["reason": reason, "changeset": unverified.id.hash.hex]) }
        guard header.network == network, content.subject == header.feed.node else { throw altered(TrustError.Code.wrongKey.rawValue) }
        do {
            let signed = try unverified.verified(by: try VerifyingKey(coseKey: content.signingKey))
            var decoder = try BodyDecoder(try signed.body(), feed: header.feed, network: network, count: header.count)
            // What goes on with an earlier changeset of the feed is of no matter here: a credential is its record's first word.
            let unknown = ResolvedPrevious(id: OperationID(.zero), record: RecordID(.zero), kind: "unknown")
            let operations = try decoder.operations { _, _ in unknown }
            let grants = operations.enumerated().compactMap { index, carried -> GrantOperation? in
                guard case .new = carried.carriage, carried.kind == CredentialKind.table.name,
                    case .some(.some(.bytes(let bytes))) = carried.operation.value(of: CredentialKind.content), let content = try? CredentialContent(bytes)
                else { return nil }
                let issue = Issue(node: header.feed.node, partition: header.feed.partition, changeset: unverified.id, position: Int64(index))
                return GrantOperation(id: carried.id, content: content, issuerUnit: carried.operation.unit, issue: issue)
            }
            return Link(changeset: signed, grants: grants)
        } catch let error as FormatError {
            throw altered(error.code.rawValue)
        } catch let error as TrustError {
            throw altered(error.code.rawValue)
        }
    }

    /// Earlier in one feed; across feeds nothing is told.
    private static func isBefore(_ first: Issue, _ second: Issue, _ headers: [ChangesetID: ChangesetHeader]) -> Bool {
        guard let earlier = first.changeset.flatMap({ headers[$0] }), let later = second.changeset.flatMap({ headers[$0] }), earlier.feed == later.feed else { return false }
        return (earlier.sequence, first.position) < (later.sequence, second.position)
    }
}
