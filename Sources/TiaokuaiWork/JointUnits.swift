import TiaokuaiModel

/// The units that issue something together 联合发文, as one key value: their ids with `+` between, ascending, each once.
///
/// `+` stands in no unit id. There is one spelling only, so that the same issuers always make the same record.
public struct JointUnits: Hashable, Sendable, CustomStringConvertible {
    /// Ascending; 1 to 16.
    public let units: [UnitID]
    public static let maximumCount = 16

    /// Throws `wrongKey` for none or more than 16 units. Order and repetition do not matter.
    public init(_ units: [UnitID]) throws(ModelError) {
        let sorted = Set(units).sorted()
        guard (1...JointUnits.maximumCount).contains(sorted.count) else { throw ModelError(.wrongKey, sorted.map(\.text).joined(separator: "+")) }
        self.units = sorted
    }

    /// Reads the key text. Throws `malformedName` for what is no unit id, `wrongKey` for any other order or number.
    public init(parsing text: String) throws(ModelError) {
        var units: [UnitID] = []
        for part in text.split(separator: "+", maxSplits: JointUnits.maximumCount, omittingEmptySubsequences: false) {
            units.append(try UnitID(checking: String(part)))
        }
        try self.init(units)
        guard self.units == units else { throw ModelError(.wrongKey, text) }
    }

    public var description: String { units.map(\.text).joined(separator: "+") }
}

/// A post 职务 of a unit as one value, `620724.gov:分管副县长`: duty binds the post, not the person (R11).
public struct PostReference: Hashable, Sendable, CustomStringConvertible {
    public let unit: UnitID
    /// 1 to 64 characters.
    public let post: String

    public init(unit: UnitID, post: String) {
        self.unit = unit
        self.post = post
    }

    /// Throws `malformedName` where there is no `:`, no unit id before it, or no name of 1 to 64 characters after it.
    public init(parsing text: String) throws(ModelError) {
        guard let colon = text.firstIndex(of: ":") else { throw ModelError(.malformedName, text) }
        let post = String(text[text.index(after: colon)...])
        guard (1...64).contains(post.count) else { throw ModelError(.malformedName, text) }
        self.init(unit: try UnitID(checking: String(text[..<colon])), post: post)
    }

    public var description: String { "\(unit):\(post)" }
}
