import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiWording

/// An `AuditFinding` for people and programs.
struct AuditFindingRow: Encodable {
    let code: String
    let isFault: Bool
    /// An inner code or number.
    let fact: String
    let place: AuditPlace
    /// The node's name, where a credential here says it.
    let nodeName: String?
    let zh, en: String

    /// - Parameter names: names of nodes by their identities in hexadecimal.
    init(_ finding: AuditFinding, names: [String: String]) {
        code = finding.code.rawValue
        isFault = finding.isFault
        fact = finding.fact
        place = finding.place
        nodeName = finding.place.node.map { names[$0] ?? String($0.prefix(8)) }
        var facts = ["fact": finding.fact.count > 40 ? String(finding.fact.prefix(40)) + "…" : finding.fact]
        facts["node"] = nodeName
        facts["partition"] = place.partition
        facts["sequence"] = place.sequence.map(String.init)
        facts["changeset"] = place.changeset.map { String($0.prefix(12)) }
        facts["entry"] = place.entry.map(String.init)
        facts["size"] = place.size.map(String.init)
        facts["item"] = place.item.map { String($0.prefix(12)) }
        facts["record"] = place.record.map { String($0.prefix(12)) }
        facts["kind"] = place.kind
        facts["field"] = place.field.map(String.init)
        facts["column"] = place.column
        facts["file"] = place.file
        facts["offset"] = place.offset.map(String.init)
        let isLength = finding.code == .timeOutsideCheckpoints || finding.code == .clockWentBack
        let reason = isLength ? AuditFindingRow.length(finding.fact) : AuditFindingRow.reason(finding.fact)
        let name = finding.code.rawValue
        let (known, where_) = (facts, VerificationWords.place(facts))
        func words(_ fact: String?) -> Words { VerificationWords.finding(name, known.merging(["fact": fact].compactMapValues { $0 }) { $1 }) ?? Words(name, name) }
        let (chinese, english) = (words(reason?.zh).zh, words(reason?.en).en)
        zh = [where_.zh.trimmed, chinese].filter { !$0.isEmpty }.joined(separator: ":")
        en = [where_.en.trimmed, english].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// Milliseconds in words; nothing where they are too many to count.
    private static func length(_ fact: String) -> Words? {
        Int64(fact).map { $0 == .max ? Words("", "") : VerificationWords.length(milliseconds: $0) }
    }

    /// An inner code in words; nil for a number, or what has none.
    private static func reason(_ fact: String) -> Words? {
        // `predecessor dcece20f…`: what it waits for.
        let parts = fact.split(separator: " ")
        if parts.count == 2, let what = CarriageWords.waitingFor(String(parts[0])) { return Words("\(what.zh) \(parts[1].prefix(12))", "\(what.en) \(parts[1].prefix(12))") }
        let domains: [ErrorDomain] = [.format, .trust, .log, .node]
        return domains.lazy.compactMap { ErrorWords.of($0, fact) }.first?.filled([:]).what.withoutStop ?? CarriageWords.grantFault(fact)
    }

    var sentence: String { Words(zh, en)[runLanguage] }

    var line: String { (isFault ? say("问题:", "FAULT: ") : say("注意:", "Note: ")) + sentence }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
