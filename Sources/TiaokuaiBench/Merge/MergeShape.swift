import TiaokuaiMerge
import TiaokuaiModel

/// What the operations of the merge bench look like: which history of a record, written by whom.
public enum MergeShape: String, Codable, Hashable, Sendable, CaseIterable {
    /// Many records of five claims each: a line's figure, the government's, a correction, another office's, a superior's. Normal work.
    case records
    /// One record, one unit, each claim on top of the one before.
    case chain
    /// One record on which four units answer each other in turn.
    case dialogue
    /// One record on which every unit lodges one claim, none having seen another.
    case crowd
    /// The same, each unit having seen all that came before.
    case queue
    /// One record of a unit whose two machines wrote in parallel from the first claim on.
    case fork
    /// One record on which eight branches are parted and joined again and again.
    case braid

    /// Sizes at which the shape is measured, in claims; the growth is between the first and the last.
    public var sizes: [Int] {
        switch self {
        case .records: [10_000, 100_000, 1_000_000]
        case .chain, .fork, .dialogue: [1_000, 10_000, 100_000]
        case .braid: [1_000, 10_000, 100_000]
        case .crowd, .queue: [1_000, 10_000]
        }
    }
}

/// Makes the operations of a shape, from nothing but their number: the same in every run.
struct MergeHistory {
    static let place: RegionID = "620724"
    static let government: UnitID = "620724.gov"
    static let line: UnitID = "620724.drc"
    static let other: UnitID = "620724.commerce"
    static let cityLine: UnitID = "620700.drc"
    static let city: UnitID = "620700.gov"
    static let province: UnitID = "620000.gov"

    let shape: MergeShape
    let governance: Governance
    /// Of the shape's record, for shapes of one record.
    let record: RecordID
    private var state: UInt64

    init(_ shape: MergeShape, units: Int = 0, mode: ResponsibilityMode = .unspecified) {
        self.shape = shape
        state = 620_724
        record = RecordID(Hash32(word0: 1, word1: 2, word2: 3, word3: 4))
        governance = MergeHistory.governance(mode, crowd: MergeHistory.crowd(units))
    }

    static func crowd(_ count: Int) -> [UnitID] { (0..<count).map { UnitID(unchecked: "620724.office\($0)") } }

    static func governance(_ mode: ResponsibilityMode, crowd: [UnitID] = []) -> Governance {
        var tierOfUnit: [UnitID: Int] = [government: 0, line: 0, other: 0, cityLine: 1, city: 1, province: 2]
        for unit in crowd { tierOfUnit[unit] = 0 }
        return Governance(
            tiers: [
                GoverningTier(region: place, government: government, lineUnits: Set([line] + crowd), cooperating: [other], mode: mode),
                GoverningTier(region: "620700", government: city, lineUnits: [cityLine]), GoverningTier(region: "620000", government: province),
            ],
            tierOfUnit: tierOfUnit, issuers: [line], reporters: Set([line] + crowd))
    }

    /// The next number of a fixed sequence.
    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    private mutating func operation(
        of record: RecordID, _ unit: UnitID, _ field: FieldNumber, _ value: Int64, _ number: Int, seen: [OperationID]
    ) -> IdentifiedOperation {
        let id = OperationID(Hash32(word0: next(), word1: next(), word2: next(), word3: next()))
        return IdentifiedOperation(
            id,
            Operation(
                record: record, unit: unit, person: "clerk", written: Written(milliseconds: 0),
                origin: Origin(epoch: Epoch(high: 0, low: 1), number: UInt64(number)), seen: seen.sorted(),
                fields: [.init(field, .decimal(ExactDecimal(value)))]))
    }

    /// One record of normal work: five claims, of which the line's and the government's differ in one record of four.
    mutating func normalRecord(_ field: FieldNumber, _ index: Int) -> (record: RecordID, claims: [IdentifiedOperation]) {
        let record = RecordID(Hash32(word0: next(), word1: UInt64(index), word2: 0, word3: 0))
        let value = Int64(index % 97)
        let differing: Int64 = index % 4 == 0 ? 1 : 0
        let report = operation(of: record, MergeHistory.line, field, value + 5, 0, seen: [])
        let corrected = operation(of: record, MergeHistory.line, field, value, 1, seen: [report.id])
        let above = operation(of: record, MergeHistory.government, field, value + differing, 2, seen: [report.id])
        let help = operation(of: record, MergeHistory.other, field, value, 3, seen: [corrected.id])
        let determined = operation(of: record, MergeHistory.cityLine, field, value, 4, seen: [above.id, help.id])
        return (record, [report, corrected, above, help, determined])
    }

    /// A record of `count` claims in the shape; not for `records`.
    mutating func oneRecord(_ field: FieldNumber, _ count: Int, crowd: [UnitID]) -> [IdentifiedOperation] {
        let speakers = [MergeHistory.line, MergeHistory.government, MergeHistory.other, MergeHistory.cityLine]
        var claims: [IdentifiedOperation] = []
        claims.reserveCapacity(count)
        var heads: [OperationID] = []
        for index in 0..<count {
            let value = Int64(index)
            switch shape {
            case .records, .chain:
                claims.append(operation(of: record, MergeHistory.line, field, value, index, seen: claims.last.map { [$0.id] } ?? []))
            case .dialogue:
                // Every third round all four say the same, so that there is a point last agreed.
                let said = index / 12 % 2 == 0 ? value : Int64(index / 12)
                claims.append(operation(of: record, speakers[index % 4], field, said, index, seen: claims.last.map { [$0.id] } ?? []))
            case .crowd:
                claims.append(operation(of: record, crowd[index], field, value % 5_000, index, seen: []))
            case .queue:
                claims.append(operation(of: record, crowd[index], field, index + 1 == count ? -1 : 7, index, seen: claims.last.map { [$0.id] } ?? []))
            case .fork:
                claims.append(operation(of: record, MergeHistory.line, field, value, index, seen: index < 2 ? [] : [claims[index - 2].id]))
            case .braid:
                let branch = index % 9
                if branch == 0 { heads = claims.suffix(index == 0 ? 0 : 8).map(\.id) }
                let seen = branch == 0 ? heads : [claims[index - branch].id]
                claims.append(operation(of: record, speakers[branch % 4], field, value % 3, index, seen: seen))
            }
        }
        return claims
    }
}
