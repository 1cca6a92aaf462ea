import TiaokuaiFormat
import TiaokuaiModel

/// Credentials of one level in the order in which they are looked at: the first listed of those before which none of those that
/// wait must come, since it touches it and lies in its past.
///
/// Credentials that speak of different nodes, units and governments are never compared, so that a province's thousands cost
/// their number.
struct GrantOrder {
    private var isWaiting: [Bool]
    /// Of each, those that must come after it.
    private var later: [[Int]]
    /// Of each, how many of those that wait must come before it.
    private var before: [Int]
    /// None that may be next lies before this one.
    private var first = 0

    /// - Parameter grants: as they are listed.
    init(_ grants: [GrantOperation], isBefore: (Issue, Issue) -> Bool) {
        isWaiting = Array(repeating: true, count: grants.count)
        later = Array(repeating: [], count: grants.count)
        before = Array(repeating: 0, count: grants.count)
        var pairs: Set<Pair> = []
        for group in GrantOrder.touching(grants) {
            for one in group {
                for other in group where one != other && grants[one].id != grants[other].id && isBefore(grants[one].issue, grants[other].issue) {
                    guard pairs.insert(Pair(one: one, other: other)).inserted else { continue }
                    later[one].append(other)
                    before[other] += 1
                }
            }
        }
    }

    private struct Pair: Hashable {
        let one, other: Int
    }

    private enum Subject: Hashable {
        case node(NodeID)
        case unit(UnitID)
        case government(RegionID)
    }

    /// Those that speak of one node, one unit, or one region's government.
    private static func touching(_ grants: [GrantOperation]) -> [[Int]] {
        var groups: [Subject: [Int]] = [:]
        for (index, grant) in grants.enumerated() {
            var subjects: Set<Subject> = [.node(grant.content.subject)]
            for written in grant.content.writes {
                subjects.insert(.unit(written.unit))
                if written.isGovernment { subjects.insert(.government(written.region)) }
            }
            for subject in subjects { groups[subject, default: []].append(index) }
        }
        return groups.values.filter { $0.count > 1 }
    }

    /// Takes out the next one; nil when none waits.
    mutating func next() -> Int? {
        // A cycle can't be; were there one, the first goes on.
        let found = isWaiting.indices[first...].first { isWaiting[$0] && before[$0] == 0 } ?? isWaiting.firstIndex(of: true)
        guard let found else { return nil }
        first = found + 1
        isWaiting[found] = false
        for other in later[found] {
            before[other] -= 1
            if before[other] == 0 { first = min(first, other) }
        }
        return found
    }

    /// One that was taken out waits again.
    mutating func putBack(_ index: Int) {
        isWaiting[index] = true
        first = min(first, index)
        for other in later[index] { before[other] += 1 }
    }
}
