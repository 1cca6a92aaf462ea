import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

extension NodeView {
    /// Keys of this kind whose first three parts are this unit, year and any number.
    private func numbered(_ kind: KindName, _ unit: UnitID, _ year: Int64) throws -> [(number: Int64, key: RecordKey)] {
        try reader.records(kind: kind).compactMap { ref in
            let key = try reader.record(ref).key
            guard key.values.count >= 3, key.values[0].text == unit.text, key.values[1].decimal == ExactDecimal(year), let number = key.values[2].decimal else {
                return nil
            }
            return (Int64(number.description) ?? 0, key)
        }
    }

    /// The next number of the unit in that year, as far as this node knows.
    func nextNumber(_ kind: KindName, _ unit: UnitID, year: Int64) throws -> Int64 { (try numbered(kind, unit, year).map(\.number).max() ?? 0) + 1 }

    /// Records that have this number already; several where two machines gave it.
    func keys(_ kind: KindName, _ unit: UnitID, year: Int64, number: Int64) throws -> [RecordKey] {
        try numbered(kind, unit, year).filter { $0.number == number }.map(\.key)
    }
}

extension Origin {
    /// What tells two items of one number apart: the epoch, then the counter in eight bytes.
    var keyBytes: [UInt8] { epoch.bytes + withUnsafeBytes(of: number.bigEndian, Array.init) }
}
