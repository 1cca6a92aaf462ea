import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

// A county's snapshot of two changesets: its statement, and pages on which changesets stand without their signatures.
extension Maker {
    mutating func makeSnapshots() throws {
        let given = [
            "network": scene.network.description, "node": scene.provinceNode.description, "key": scene.province.verifyingKey.coseKey.hex,
            "to": scene.countyNode.description,
        ]
        let grant = Heads.Head(
            feed: Feed(node: scene.provinceNode, epoch: scene.provinceEpoch, partition: Scene.policy), sequence: 1, id: try scene.id(scene.grantChangeset()))
        let work = Heads.Head(feed: scene.countyFeed, sequence: 2, id: try scene.id(scene.secondChangeset()))
        let statement = SnapshotStatement(
            network: scene.network, node: scene.provinceNode, to: scene.countyNode, written: Written(milliseconds: Scene.time + 6_000),
            checkpoint: try scene.checkpointEnvelope(size: 4), summed: 1,
            states: [.init(partition: Scene.policy, derived: sha256([1])), .init(partition: Scene.work, derived: sha256([2]))], heads: Heads([grant, work]))
        let form = statement.explicitForm
        func signed(_ content: [UInt8], _ key: SigningKey? = nil) throws -> [UInt8] { try Statement.sign(content, as: .snapshot, key: key ?? scene.province) }
        add("snapshot", "two-feeds", "Every head of policy and work, and what each partition comes to.", try signed(form), given: given)
        func wrong(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: String) { add("snapshot", name, fact, bytes, given: given, expect: code) }
        func wrong(_ name: String, _ fact: String, _ code: FormatError.Code, _ change: (inout [CBORItem]) -> Void) throws {
            wrong(name, fact, try signed(edited(form, change)), code.rawValue)
        }
        try wrong("heads-unsorted", "Heads ascend.", .unsortedKeys) { $0[9] = .array(Array(($0[9].array ?? []).reversed())) }
        try wrong("head-twice", "A head stands once.", .unsortedKeys) { $0[9] = .array(($0[9].array ?? []).flatMap { [$0, $0] }) }
        try wrong("states-unsorted", "Partitions ascend.", .unsortedKeys) { $0[8] = .array(Array(($0[8].array ?? []).reversed())) }
        try wrong("state-left-out", "There is a state for each partition of the heads.", .wrongCount) { $0[8] = .array(Array(($0[8].array ?? []).dropFirst())) }
        try wrong("state-of-nothing", "… and for no other.", .wrongCount) { $0[9] = .array(Array(($0[9].array ?? []).dropFirst())) }
        try wrong("local-partition", "The local partition has no feed.", .wrongType) { $0[8] = [[[2], .bytes(Hash32.zero.bytes)]] }
        try wrong("version-two", "Another version is another format.", .unsupported) { $0[1] = 2 }
        wrong("leftover", "Nothing follows.", try signed(form + [0]), FormatError.Code.leftover.rawValue)
        try wrong("other-network", "Of another network.", .wrongNetwork) { $0[2] = .bytes(Hash32.zero.bytes) }
        wrong("for-another", "It is for one node.", try signed(edited(form) { $0[4] = .bytes(Hash32.zero.bytes) }), "forAnother")
        wrong("by-a-stranger", "Who sums up is known by a credential.", try signed(form, scene.stranger), "notFromAbove")
        let good = try signed(form)
        wrong("wrong-signature", "One bit is flipped.", good.dropLast() + [(good.last ?? 0) ^ 1], TrustError.Code.wrongSignature.rawValue)
        let strangers = try scene.checkpointEnvelope(size: 4, key: scene.stranger)
        wrong("other-checkpoint", "The checkpoint is signed by a key of the same node.", try signed(edited(form) { $0[6] = .bytes(strangers) }), "wrongCheckpoint")
        wrong("other-type", "A receipt's type is no snapshot's.", try Statement.sign(form, as: .receipt, key: scene.province), FormatError.Code.malformedHeader.rawValue)
        try makeSummaries()
    }

    private mutating func makeSummaries() throws {
        let (first, second) = (try UnverifiedChangeset(scene.firstChangeset()), try UnverifiedChangeset(scene.secondChangeset()))
        guard let one = try SummedItem(first, after: nil), let two = try SummedItem(second, after: first.id), let alone = try SummedItem(second, after: nil) else {
            preconditionFailure("not summed up")
        }
        func page(_ items: [SummedItem], _ change: (inout [CBORItem]) -> Void = { _ in }) -> [UInt8] {
            var rows = items.map { CBORItem.array([.bytes($0.protected), $0.follows ? true : false, .bytes($0.body)]) }
            change(&rows)
            return packed(CBORItem.array(rows).encode())
        }
        func packed(_ content: [UInt8], length: Int? = nil) -> [UInt8] {
            cbor { encoder in
                encoder.arrayHeader(2)
                encoder.unsigned(UInt64(length ?? content.count))
                encoder.byteString(storedFrame(content))
            }
        }
        add("summary", "two", "The second follows the first: its predecessor is computed.", page([one, two]))
        add("summary", "none", "A page may be empty.", page([]))
        add("summary", "named", "Where an item does not follow, its header names the predecessor.", page([alone]))
        func wrong(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: FormatError.Code) { add("summary", name, fact, bytes, refused: code) }
        wrong("follows-nothing", "Something comes before what follows.", page([two]), .malformedHeader)
        wrong("follows-and-names", "Where an item follows, its header has zeros.", page([one, SummedItem(protected: alone.protected, follows: true, body: alone.body)]), .malformedHeader)
        wrong("follows-as-number", "Whether it follows is true or false.", page([one, two]) { $0[1] = .array([.bytes(two.protected), 0, .bytes(two.body)]) }, .wrongType)
        wrong("leftover", "Nothing follows the items.", packed(CBORItem.array([]).encode() + [0]), .leftover)
        wrong("leftover-outside", "Nothing follows the page.", page([one]) + [0], .leftover)
        wrong("other-length", "The length is that of the content.", packed(CBORItem.array([]).encode(), length: 2), .compression)
        wrong("long", "A page has at most 4 MiB.", packed(CBORItem.array([]).encode(), length: Limits.summaryPageBytes + 1), .outOfRange)
        wrong("two-items", "An item has three parts.", page([one]) { $0[0] = .array([.bytes(one.protected), .bytes(one.body)]) }, .wrongCount)
        wrong("no-changeset", "The header is a changeset's.", page([one]) { $0[0] = .array([.bytes([0xa0]), false, .bytes(one.body)]) }, .algorithmNotProtected)
    }
}
