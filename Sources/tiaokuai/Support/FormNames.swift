import Synchronization
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// What the forms in force call their kinds, fields, states, events and choices, once per process: a form brings its words
/// along, in both languages, where a built-in kind has them in the wording.
enum FormNames {
    private static let tables = Mutex<[String: KindTable]>([:])

    static func learn(_ view: NodeView) {
        let forms = view.kinds.tables.filter { view.kinds.forms[$0.name] != nil }
        tables.withLock { $0 = Dictionary(forms.map { ($0.name.text, $0) }, uniquingKeysWith: { first, _ in first }) }
    }

    static func kind(_ kind: String) -> String? { tables.withLock { $0[kind] }.map { Words($0.title, $0.english ?? $0.title)[runLanguage] } }

    static func field(_ name: String, of kind: String) -> String? {
        tables.withLock { $0[kind] }?.ownFields.first { $0.name == name }.map { Words($0.title, $0.english ?? $0.title)[runLanguage] }
    }

    /// A choice or a state of the form's field.
    static func value(_ value: String, field: String, of kind: String?) -> String? {
        label(field, of: kind) { table, spec in
            spec.rule == .workflow ? table.workflow?.stateLabels[value] : spec.choices.first { $0.code == value }?.label
        }
    }

    static func event(_ name: String, field: String, of kind: String?) -> String? {
        label(field, of: kind) { table, spec in spec.rule == .workflow ? table.workflow?.event(named: name)?.label : nil }
    }

    /// Two forms may call one code by two names: without a kind only a label that all of them share.
    private static func label(_ field: String, of kind: String?, _ find: (KindTable, FieldSpec) -> Label?) -> String? {
        let labels = tables.withLock { tables in
            Set(tables.values.filter { kind == nil || $0.name.text == kind }.compactMap { table in table.field(named: field).flatMap { find(table, $0) } })
        }
        return labels.count == 1 ? labels.first.map { Words($0.chinese, $0.english)[runLanguage] } : nil
    }
}
