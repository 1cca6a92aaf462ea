import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// What a node makes of the policy it holds: trust first, then units, indicators and matrix. Derived from the store,
/// good for one generation of it.
struct Understanding: Sendable {
    let generation: UInt64
    let root: RootStatement?
    let rootID: Hash32?
    let trust: TrustState?
    let policy: PolicyView
    /// Key of every credential held, valid or not: whether it counts is judged, not presumed.
    let keys: [Hash32: VerifyingKey]
    let contents: [Hash32: CredentialContent]

    static let generationKey = "generation"

    init(_ reader: StoreReader, settings: NodeSettings, regions: RegionTable) throws {
        generation = try reader.counter(Understanding.generationKey)
        let statements = try reader.statements(.rootStatement)
        let newest = try statements.last.map { try UnverifiedStatement($0.envelope, .root) }
        root = try newest.map { try RootStatement($0.claimed) }
        // The network is the hash of statement 1's content; the newest one carries the root node's grant.
        rootID = newest.map { sha256($0.claimed) }
        var keys: [Hash32: VerifyingKey] = [:]
        var contents: [Hash32: CredentialContent] = [:]
        // What the root node signed under an earlier statement keeps its key.
        for row in statements {
            let claimed = try UnverifiedStatement(row.envelope, .root).claimed
            let grant = try RootStatement(claimed).grant
            guard let key = try? VerifyingKey(coseKey: grant.signingKey) else { continue }
            keys[sha256(claimed)] = key
            contents[sha256(claimed)] = grant
        }
        let carried = try Understanding.operations(reader, kind: CredentialKind.table.name)
        var grants: [GrantOperation] = []
        for (stored, from) in carried {
            let operation = try stored.operation()
            guard case .some(.some(.bytes(let bytes))) = operation.value(of: CredentialKind.content), let content = try? CredentialContent(bytes) else {
                continue
            }
            if let key = try? VerifyingKey(coseKey: content.signingKey) { keys[stored.id.hash] = key }
            contents[stored.id.hash] = content
            grants.append(
                GrantOperation(
                    id: stored.id, content: content, issuerUnit: operation.unit, issuerNode: from.node ?? settings.node, changeset: from.changeset,
                    sequence: from.sequence, position: stored.place.position))
        }
        var cuts: [CutOperation] = []
        for (stored, from) in try Understanding.operations(reader, kind: CutKind.table.name) {
            let operation = try stored.operation()
            guard case .some(.some(.bytes(let bytes))) = operation.value(of: CutKind.content), let content = try? CutContent(bytes) else { continue }
            cuts.append(
                CutOperation(id: stored.id, content: content, issuerUnit: operation.unit, issuerNode: from.node ?? settings.node, changeset: from.changeset))
        }
        self.keys = keys
        self.contents = contents
        let ancestry = Ancestry(reader: reader)
        if let root, let rootID, let network = settings.network {
            let day = Day(number: .max)
            trust = try ancestry.asking { isInAncestry in
                TrustState(
                    root: root, rootID: rootID, grants: grants, cuts: cuts, network: network, isWithin: { regions.isWithin($0, $1, on: day) },
                    consenting: { Understanding.consenting($0, $1, $2) }, isInAncestry: isInAncestry)
            }
        } else {
            trust = nil
        }
        policy = try PolicyView(reader, trust: trust, regions: regions, root: root?.grant.region)
    }

    /// Who may write and issue, and where every unit belongs: while it is the same, no policy record comes to anything else.
    var structure: Structure {
        Structure(
            valid: trust.map { Set($0.valid.keys) } ?? [], writers: trust?.writers ?? [:], cuts: trust?.cuts ?? [:], units: policy.units, governments: policy.governments)
    }

    struct Structure: Equatable {
        let valid: Set<Hash32>
        let writers: [UnitID: [TrustState.Writer]]
        let cuts: [NodeID: [[ChangesetID]]]
        let units: [UnitID: Unit]
        let governments: [RegionID: UnitID]
    }

    /// Nodes whose work may count otherwise than before.
    func nodesJudgedOtherwise(than before: Understanding) -> Set<NodeID> {
        var out: Set<NodeID> = []
        for unit in Set((trust?.writers ?? [:]).keys).union((before.trust?.writers ?? [:]).keys) {
            let (new, old) = (Set(trust?.writers[unit] ?? []), Set(before.trust?.writers[unit] ?? []))
            out.formUnion(new.symmetricDifference(old).map(\.node))
        }
        for node in Set((trust?.cuts ?? [:]).keys).union((before.trust?.cuts ?? [:]).keys) where trust?.cuts[node] != before.trust?.cuts[node] { out.insert(node) }
        return out
    }

    /// The key with this thumbprint among those granted to a node.
    func key(of node: NodeID, thumbprint: Hash32) -> VerifyingKey? {
        for (id, content) in contents where content.subject == node {
            if let key = keys[id], key.thumbprint == thumbprint { return key }
        }
        return nil
    }

    /// Where an operation came from.
    struct Carrier {
        let node: NodeID?
        let changeset: ChangesetID?
        let sequence: UInt64
    }

    /// All operations of the records of a kind, each with its carrier.
    static func operations(_ reader: StoreReader, kind: KindName) throws -> [(StoredOperation, Carrier)] {
        var out: [(StoredOperation, Carrier)] = []
        let feeds = Dictionary(uniqueKeysWithValues: try reader.feeds().map { ($0.ref, $0.feed) })
        for ref in try reader.records(kind: kind) {
            guard let outcome = try reader.outcome(ref) else { continue }
            for stored in try StoredOperation.decode(outcome.places) {
                if stored.place.changeset == .unsealed {
                    out.append((stored, Carrier(node: nil, changeset: nil, sequence: UInt64(Int64.max))))
                } else {
                    let row = try reader.changeset(stored.place.changeset)
                    out.append((stored, Carrier(node: feeds[row.feed]?.node, changeset: row.id, sequence: row.sequence)))
                }
            }
        }
        return out
    }

    private static func consenting(_ bytes: [UInt8], _ digest: Hash32, _ credentials: [TrustState.Credential]) -> NodeID? {
        guard let statement = try? UnverifiedStatement(bytes, .consent), statement.claimed == digest.bytes else { return nil }
        for credential in credentials {
            guard let key = try? VerifyingKey(coseKey: credential.content.signingKey), key.thumbprint == statement.keyID else { continue }
            if (try? statement.verified(by: key)) != nil { return credential.content.subject }
        }
        return nil
    }
}
