import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

extension FactMaker {
    /// What a credential or a cut says, in plain values before its bytes: whose, where, for which units, why. Empty for
    /// other kinds and for content that can't be read.
    func statement(_ key: RecordKey, _ values: [FieldNumber: Value]) -> [NamedValue] {
        func named(_ field: String, _ title: String, _ value: String) -> NamedValue { NamedValue(field: field, title: title, value: value, measure: nil) }
        switch key.kind {
        case CredentialKind.table.name:
            guard let content = values[CredentialKind.content]?.bytes.flatMap({ try? CredentialContent($0) }) else { return [] }
            return [
                named("node", "节点", content.name), named("region", "区划", "\(place(content.region).name) \(content.region)"),
                named("writes", "单位", content.writes.map(\.unit.text).joined(separator: "、")), named("identity", "节点编号", content.subject.hash.hex),
            ]
        case CutKind.table.name:
            guard let content = values[CutKind.content]?.bytes.flatMap({ try? CutContent($0) }) else { return [] }
            return [
                named("node", "节点", view.name(ofNode: content.subject)), named("reason", "原因", content.reason),
                named("heads", "仍然算数的链", "\(content.heads.count)"), named("identity", "节点编号", content.subject.hash.hex),
            ]
        default: return []
        }
    }
}
