import TiaokuaiModel

/// What every operation of a kind asks of the kind.
struct KindFacts {
    /// Nil for a kind of a form.
    let table: KindTable?
    let isPolicy: Bool
    /// Declared, and every field its issuer's, any unit of the place being one: alone on a record, such a claim stands. A form may
    /// come after its records and grow fields of other rules: its records are always the engine's.
    let isPlain: Bool

    init(table: KindTable?, isPolicy: Bool) {
        self.table = table
        self.isPolicy = isPolicy
        isPlain = table.map { table in table.issuer == .unitOfPlace && table.fields.allSatisfy { $0.rule == .soleIssuer || $0.rule == .accompanying } } ?? false
    }
}
