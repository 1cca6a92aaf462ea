import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// Evidence of a fork: the county wrote its first changeset twice.
extension Maker {
    mutating func makeForkEvidence() throws {
        let scene = scene
        let renewed = try SigningKey(.ed25519, secret: sha256(Array("renewed".utf8)).bytes)
        func side(_ item: ChangesetItem, key: SigningKey? = nil) -> ForkEvidence.Side {
            ForkEvidence.Side(key: (key ?? scene.county).verifyingKey.coseKey, envelope: item.envelope)
        }
        /// In order of their identities.
        func pair(_ left: ChangesetItem, _ right: ChangesetItem, keys: [SigningKey?] = [nil, nil]) throws -> ForkEvidence {
            let sides = [side(left, key: keys[0]), side(right, key: keys[1])]
            return try scene.id(left) < scene.id(right) ? ForkEvidence(first: sides[0], second: sides[1]) : ForkEvidence(first: sides[1], second: sides[0])
        }
        let one = try scene.firstChangeset()
        let other = try scene.sign(scene.header(), scene.secondBody)
        let good = try pair(one, other)
        func valid(_ name: String, _ fact: String, _ evidence: ForkEvidence) { add("forkEvidence", name, fact, evidence.bytes) }
        valid("two-branches", "One sequence of one feed was signed twice.", good)
        let again = try scene.sign(scene.header(), scene.secondBody, key: renewed)
        valid("after-a-rotation", "A key that isn't the node's first needs the credential that granted it.", try pair(one, again, keys: [nil, renewed]))

        func wrong(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: String) { add("forkEvidence", name, fact, bytes, expect: code) }
        func unproven(_ name: String, _ fact: String, _ evidence: ForkEvidence) { wrong(name, fact, evidence.bytes, "malformedItem") }
        unproven("one-changeset", "A changeset doesn't contradict itself.", ForkEvidence(first: side(one), second: side(one)))
        unproven("larger-identity-first", "The smaller identity stands first.", ForkEvidence(first: good.second, second: good.first))
        unproven("two-sequences", "Both are of one sequence.", try pair(one, scene.secondChangeset()))
        let epoch = try scene.sign(scene.header { $0.feed = Feed(node: scene.countyNode, epoch: scene.oldEpoch, partition: Scene.work) }, scene.secondBody)
        unproven("two-epochs", "Both are of one feed: a restore begins a new epoch, and so another feed.", try pair(one, epoch))
        let place = try scene.sign(scene.header { $0.feed = Feed(node: scene.countyNode, epoch: scene.countyEpoch, partition: Scene.policy) }, scene.secondBody)
        unproven("two-partitions", "Both are of one feed.", try pair(one, place))
        unproven("two-networks", "Both are of one network.", try pair(one, scene.sign(scene.header { $0.network = NetworkID(.zero) }, scene.secondBody)))
        wrong("other-key", "The key beside an envelope is the one that signed it.", try pair(one, other, keys: [nil, scene.stranger]).bytes, TrustError.Code.wrongKey.rawValue)
        let flipped = ForkEvidence.Side(key: good.second.key, envelope: good.second.envelope.dropLast() + [(good.second.envelope.last ?? 0) ^ 1])
        wrong("wrong-signature", "One bit is flipped.", ForkEvidence(first: good.first, second: flipped).bytes, TrustError.Code.wrongSignature.rawValue)
        wrong("version-two", "Another version is another format.", edited(good.bytes) { $0[1] = 2 }, FormatError.Code.unsupported.rawValue)
        wrong("leftover", "Nothing follows.", good.bytes + [0], FormatError.Code.leftover.rawValue)
    }
}
