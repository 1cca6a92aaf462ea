import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// A chain of credentials without stores and signatures: who issued what, in which order, is written down here, and the questions
/// are answered from it. A province (gs) over two cities (zy, jq) over counties (gt, lz).
struct ChainScene {
    static let places: [RegionID: RegionID] = ["620700": "620000", "620900": "620000", "620724": "620700", "620721": "620700"]
    static let network = NetworkID(sha256(Array("network".utf8)))

    private struct Carried {
        let feed: String
        let sequence: Int
        let credential: Hash32
    }

    private var changesets: [ChangesetID: Carried] = [:]
    private var ends: [String: Int] = [:]
    private(set) var grants: [GrantOperation] = []
    private(set) var cuts: [CutOperation] = []
    private(set) var roots: [RootGrant] = []
    /// The credential that each node signs under now.
    private(set) var adopted: [NodeID: Hash32] = [:]

    /// Every node has one key of its name, and perhaps others.
    static func key(_ name: String) -> [UInt8] {
        (try? SigningKey(.ed25519, secret: sha256(Array(name.utf8)).bytes))?.verifyingKey.coseKey ?? []
    }

    static func node(_ name: String) -> NodeID { NodeID(sha256(key(name))) }

    static func government(_ region: RegionID) -> CredentialContent.WrittenUnit { .init(UnitID(unchecked: region.text + ".gov"), region, isGovernment: true) }

    static func content(
        _ name: String, _ region: RegionID, units: [CredentialContent.WrittenUnit]? = nil, depth: UInt64? = nil, lineage: CredentialContent.Lineage = .first,
        heads: [ChangesetID] = [], agreeing: [String] = []
    ) -> CredentialContent {
        CredentialContent(
            subject: node(name), name: name, signingKey: key(name), sealingKey: [], region: region, writes: units ?? [government(region)],
            mayIssue: depth.map { .init(region: region, depth: $0) }, validFrom: Day(number: 0), lineage: lineage, heads: heads,
            consents: agreeing.map { Array($0.utf8) })
    }

    /// A province whose root keys are `root-1` to `root-3`, two of which speak.
    init() {
        let grant = ChainScene.content("gs", "620000", depth: 8)
        let statement = RootStatement(
            number: 1, previous: nil, nonce: [], isRehearsal: true, threshold: 2, keys: ["root-1", "root-2", "root-3"].map(ChainScene.key), grant: grant)
        let id = sha256(Array("root".utf8))
        roots = [RootGrant(id: id, statement: statement)]
        adopted[grant.subject] = id
    }

    /// The usual chain below the province.
    static func enrolled() -> ChainScene {
        var scene = ChainScene()
        scene.grant("zy", ChainScene.content("zy", "620700", depth: 4), by: "gs", as: "620000.gov")
        scene.grant("gt", ChainScene.content("gt", "620724"), by: "zy", as: "620700.gov")
        return scene
    }

    /// The next changeset of a node in the policy partition of a place, or in its work; `epoch` begins a feed that knows of no other.
    mutating func changeset(_ name: String, _ partition: Partition, epoch: String = "", under credential: Hash32? = nil) -> ChangesetID {
        let feed = "\(name) \(partition) \(epoch)"
        ends[feed, default: 0] += 1
        let id = ChangesetID(sha256(Array("\(feed) \(ends[feed] ?? 0)".utf8)))
        changesets[id] = Carried(feed: feed, sequence: ends[feed] ?? 0, credential: credential ?? adopted[ChainScene.node(name)] ?? .zero)
        return id
    }

    /// Issues a credential; gives its id. `adopting`: the subject signs under it from now on.
    @discardableResult
    mutating func grant(
        _ tag: String, _ content: CredentialContent, by issuer: String, as unit: UnitID, epoch: String = "", adopting: Bool = true
    ) -> OperationID {
        let partition = Partition.policy(content.region)
        let id = OperationID(sha256(Array("grant \(tag)".utf8)))
        let issue = Issue(node: ChainScene.node(issuer), partition: partition, changeset: changeset(issuer, partition, epoch: epoch), position: 0)
        grants.append(GrantOperation(id: id, content: content, issuerUnit: unit, issue: issue))
        if adopting { adopted[content.subject] = id.hash }
        return id
    }

    /// Cuts a node, or one credential of it, at heads.
    mutating func cut(_ name: String, credential: Hash32 = .zero, at heads: [ChangesetID] = [], by issuer: String, as unit: UnitID, place: RegionID) {
        let partition = Partition.policy(place)
        let content = CutContent(credential: credential, subject: ChainScene.node(name), heads: heads, reason: "")
        let id = OperationID(sha256(Array("cut \(cuts.count)".utf8)))
        cuts.append(
            CutOperation(
                id: id, content: content, issuerUnit: unit,
                issue: Issue(node: ChainScene.node(issuer), partition: partition, changeset: changeset(issuer, partition), position: 0)))
    }

    // MARK: What it comes to

    static func isWithin(_ region: RegionID, _ ancestor: RegionID) -> Bool {
        var step: RegionID? = region
        while let place = step {
            if place == ancestor { return true }
            step = places[place]
        }
        return false
    }

    static func reaches(_ region: RegionID, _ partition: Partition) -> Bool {
        guard let place = partition.place else { return false }
        return isWithin(place, region) || (partition.isPolicy && isWithin(region, place))
    }

    func isInAncestry(_ changeset: ChangesetID, _ heads: [ChangesetID]) -> Bool {
        guard let one = changesets[changeset] else { return heads.contains(changeset) }
        return heads.contains { head in changesets[head].map { $0.feed == one.feed && $0.sequence >= one.sequence } ?? false }
    }

    func credential(of changeset: ChangesetID) -> Hash32? { changesets[changeset]?.credential }

    private func isBefore(_ first: Issue, _ second: Issue) -> Bool {
        guard let one = first.changeset, let other = second.changeset, one != other else { return false }
        return isInAncestry(one, [other])
    }

    /// A consent is the name of whoever agreed; a root key's its name.
    private var questions: TrustQuestions {
        TrustQuestions(
            isWithin: ChainScene.isWithin, consenting: { consent, _, credentials in credentials.first { ChainScene.key(String(decoding: consent, as: UTF8.self)) == $0.content.signingKey } },
            rootConsenting: { consent, _, keys in
                let key = ChainScene.key(String(decoding: consent, as: UTF8.self))
                return keys.contains(key) ? sha256(key) : nil
            },
            isInAncestry: isInAncestry, credentialOf: credential, isBefore: isBefore)
    }

    func state(_ grants: [GrantOperation]? = nil) -> TrustState {
        TrustState(roots: roots, grants: grants ?? self.grants, cuts: cuts, network: ChainScene.network, questions)
    }

    func reason(_ state: TrustState, _ name: String, _ unit: UnitID, in changeset: ChangesetID?) -> TrustFault? {
        state.reason(node: ChainScene.node(name), unit: unit, changeset: changeset, credentialOf: credential, isInAncestry: isInAncestry)
    }
}
