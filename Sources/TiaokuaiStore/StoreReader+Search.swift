import TiaokuaiModel

extension StoreReader {
    /// Records whose key or stored claims hold these bytes somewhere, in order of arrival: texts lie in them as they are.
    /// A pre-selection: earlier operations are stored too, so the caller looks at what stands. Behind a horizon it looks through all that the
    /// present holds of each record, for what stood there may have been said otherwise since.
    public func records(containing bytes: [UInt8], limit: Int) throws -> [RecordRef] {
        guard !bytes.isEmpty else { return [] }
        let statement = try RawStatement(
            db,
            """
            SELECT ref FROM record WHERE instr(key, ?1)
            UNION SELECT record FROM main.outcome WHERE instr(\(supply == nil ? "form" : "places"), ?1)
            UNION SELECT record FROM main.standing WHERE instr(fields, ?1)
            ORDER BY 1 LIMIT ?2
            """)
        statement.bind(1, bytes)
        statement.bind(2, limit)
        defer { statement.reset() }
        var out: [RecordRef] = []
        while try statement.step() { out.append(RecordRef(statement.integer(0))) }
        return try supply == nil ? out : out.filter(bring)
    }
}
