import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// A `TrustConcern` for people and programs.
struct TrustFact: Encodable {
    let code, node, nodeName: String
    let other, otherName, unit, partition: String?
    /// The credential, or the head that a cut leaves out.
    let item: String
    let day: String?
    let sequence: UInt64?
    let zh, en: String

    init(_ concern: TrustConcern, _ view: NodeView) {
        code = concern.code.rawValue
        node = concern.node.hash.hex
        nodeName = view.name(ofNode: concern.node)
        other = concern.other?.hash.hex
        otherName = concern.other.map { view.name(ofNode: $0) }
        unit = concern.unit?.text
        partition = concern.partition?.description
        item = concern.item.hex
        day = concern.day?.description
        sequence = concern.sequence
        var facts = ["node": nodeName, "item": String(concern.item.hex.prefix(12))]
        facts["other"] = otherName
        facts["unit"] = concern.unit.map { view.name(of: $0) }
        facts["partition"] = partition
        facts["day"] = day
        facts["sequence"] = sequence.map { "\($0)" }
        let words = CarriageWords.concern(code, facts) ?? Words(code, code)
        (zh, en) = (words.zh, words.en)
    }

    var sentence: String { Words(zh, en)[runLanguage] }
    var line: String { say("注意:", "Note: ") + sentence }
}
