import Foundation

/// What a command wrote to standard output with `--json`, as values. There is no floating point in it.
enum JSONValue: Decodable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Nil for anything that is not one JSON value.
    init?(_ bytes: Data) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: bytes) else { return nil }
        self = value
    }

    /// A scalar as text; nil for lists and objects.
    var scalar: String? {
        switch self {
        case .null, .list, .object: nil
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .text(let value): value
        }
    }

    /// For a message about what was found: short.
    var shown: String {
        switch self {
        case .null: return "null"
        case .boolean, .integer: return scalar ?? ""
        case .text(let value): return "“\(value)”"
        case .list(let items): return "[\(items.map(\.shown).joined(separator: ", "))]"
        case .object(let fields):
            return "{\(fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.shown)" }.joined(separator: ", "))}"
        }
    }

    /// Whether something in here, at any depth, is marked as made up.
    var hasSample: Bool {
        switch self {
        case .object(let fields): fields["isSample"] == .boolean(true) || fields.values.contains { $0.hasSample }
        case .list(let items): items.contains { $0.hasSample }
        case .null, .boolean, .integer, .text: false
        }
    }
}
