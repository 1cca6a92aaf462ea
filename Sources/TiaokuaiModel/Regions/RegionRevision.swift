/// What a province or a network publishes to change its region table from a day on.
public struct RegionRevision: Hashable, Sendable {
    /// Where the work of a place that ends goes.
    public enum Destination: Hashable, Sendable {
        /// A place that was there before and goes on.
        case existing(RegionID)
        /// A place that begins with this change.
        case new(code: String, name: String, under: RegionID)
    }

    public enum Act: Hashable, Sendable {
        /// A place that was not in the table: a functional zone with a local code, a town.
        case add(code: String, name: String, level: Region.Level, kind: Region.Kind, under: RegionID)
        /// The same place with a new code, perhaps with a new name (撤县设区) or superior.
        case recode(RegionID, code: String, name: String?, under: RegionID?)
        case rename(RegionID, name: String)
        /// The same place and code under another superior.
        case transfer(RegionID, under: RegionID)
        /// Places that end and go into one; at least one.
        case merge([RegionID], into: Destination)
        /// A place that ends and goes into several; at least two.
        case split(RegionID, into: [Destination])
    }

    /// The first day on which it holds.
    public let day: Day
    public let act: Act

    public init(from day: Day, _ act: Act) {
        self.day = day
        self.act = act
    }
}

extension RegionRevision: Comparable {
    /// By day; on one day what makes places before what moves them before what ends them, then by text. The same set of
    /// revisions is therefore applied in the same order wherever it is held.
    public static func < (left: RegionRevision, right: RegionRevision) -> Bool { left.order < right.order }

    private var order: (Int32, Int, String) {
        switch act {
        case .add(let code, let name, let level, let kind, let under): (day.number, Int(level.rawValue), "\(code) \(kind) \(under) \(name)")
        case .recode(let id, let code, let name, let under): (day.number, 10, "\(id) \(code) \(under?.text ?? "") \(name ?? "")")
        case .rename(let id, let name): (day.number, 11, "\(id) \(name)")
        case .transfer(let id, let under): (day.number, 12, "\(id) \(under)")
        case .merge(let ids, let into): (day.number, 13, "\(ids.map(\.text).sorted().joined(separator: " ")) > \(into.text)")
        case .split(let id, let into): (day.number, 14, "\(id) > \(into.map(\.text).sorted().joined(separator: " "))")
        }
    }
}

extension RegionRevision.Destination {
    fileprivate var text: String {
        switch self {
        case .existing(let id): "=\(id)"
        case .new(let code, let name, let under): "+\(code) \(under) \(name)"
        }
    }
}
