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

    /// A choice or a state of some form's field of this name.
    static func value(_ value: String, field: String) -> String? {
        label(field) { table, spec in
            spec.rule == .workflow ? table.workflow?.stateLabels[value] : spec.choices.first { $0.code == value }?.label
        }
    }

    static func event(_ name: String, field: String) -> String? {
        label(field) { table, spec in spec.rule == .workflow ? table.workflow?.event(named: name)?.label : nil }
    }

    private static func label(_ field: String, _ find: (KindTable, FieldSpec) -> Label?) -> String? {
        tables.withLock { tables in
            tables.sorted { $0.key < $1.key }.compactMap { _, table in table.field(named: field).flatMap { find(table, $0) } }.first
        }.map { Words($0.chinese, $0.english)[runLanguage] }
    }
}
