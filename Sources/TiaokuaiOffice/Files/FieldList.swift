import TiaokuaiModel

/// Fields of an operation as they come together; what is nil is left out.
struct FieldList {
    private(set) var fields: [Operation.Field] = []

    init(isSample: Bool = false) {
        if isSample { fields.append(.init(.sample, .boolean(true))) }
    }

    mutating func set(_ number: FieldNumber, _ value: Value?) {
        if let value { fields.append(.init(number, value)) }
    }
    mutating func text(_ number: FieldNumber, _ text: String?) { set(number, text.map(Value.text)) }
    mutating func texts(_ number: FieldNumber, _ texts: [String]?) { set(number, texts.map { .list($0.map(Value.text)) }) }
    mutating func units(_ number: FieldNumber, _ units: [UnitID]?) { texts(number, units?.map(\.text)) }
    mutating func day(_ number: FieldNumber, _ day: Day?) { set(number, day.map(Value.day)) }
    mutating func decimal(_ number: FieldNumber, _ decimal: ExactDecimal?) { set(number, decimal.map(Value.decimal)) }
    /// Only a yes is said.
    mutating func yes(_ number: FieldNumber, _ flag: Bool) { if flag { set(number, .boolean(true)) } }
}
