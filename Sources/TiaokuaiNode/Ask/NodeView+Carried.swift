import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore

extension NodeView {
    /// Every operation that a changeset in effect carried, as its columns: feed by feed, by sequence, each body unpacked once.
    /// Neither work that is not sealed yet nor changesets that wait or are void as a whole.
    public func forEachCarriedOperation(_ body: (Feed, ChangesetID, RawOperation) throws -> Void) throws {
        let resolver = NextResolver(reader: reader)
        for row in try reader.feeds() {
            for item in try reader.changesets(inFeed: row.ref, from: 1) where item.state == .applied {
                for operation in try resolver.rawOperations(in: item.ref) { try body(row.feed, item.id, operation) }
            }
        }
    }
}
