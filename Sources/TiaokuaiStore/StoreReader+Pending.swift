import GRDB
import TiaokuaiModel

extension StoreReader {
    /// The day of the oldest operation that is written and not sealed; nil where all is sealed. What never leaves has no feed and
    /// is never sealed: it doesn't count.
    public func earliestUnsealedDay() throws -> Day? {
        let local = try partitionRef(.local)
        return try Int32.fetchOne(db, sql: "SELECT min(day) FROM pending WHERE partition IS NOT ?", arguments: [local]).map { Day(number: $0) }
    }
}
