import TiaokuaiModel

/// A record as it stands: its key and the values in use. What the views and the readers of this module take.
public struct EffectiveRecord: Hashable, Sendable {
    public let key: RecordKey
    /// Fields with a value in use; a blank is absent.
    public let values: [FieldNumber: Value]

    public init(_ key: RecordKey, _ values: [FieldNumber: Value]) {
        self.key = key
        self.values = values
    }

    public subscript(number: FieldNumber) -> Value? { values[number] }

    /// The key value at this position of the kind's table; nil where there is none or it is no text.
    public func keyText(_ position: Int) -> String? { key.values.indices.contains(position) ? key.values[position].text : nil }

    func texts(_ number: FieldNumber) -> [String] { values[number]?.list?.compactMap(\.text) ?? [] }

    func units(_ number: FieldNumber) -> [UnitID] { texts(number).compactMap { try? UnitID(checking: $0) } }
}
