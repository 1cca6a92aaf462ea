import TiaokuaiModel
import TiaokuaiStore

/// Which changesets lie in the ancestry of given heads: by predecessor links, within one feed.
struct Ancestry {
    let reader: StoreReader

    /// Asks what takes a plain yes or no about ancestry: should the store fail meanwhile, its error is thrown and the
    /// answer not used.
    func asking<Answer>(_ question: ((ChangesetID, [ChangesetID]) -> Bool) throws -> Answer) throws -> Answer {
        var failure: (any Error)?
        let answer = try question { changeset, heads in
            do {
                return try contains(changeset, heads)
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        return answer
    }

    private func link(_ id: ChangesetID) throws -> ChangesetLink? { try reader.changesetRef(id).map { try reader.changesetLink($0) } }

    func contains(_ changeset: ChangesetID, _ heads: [ChangesetID]) throws -> Bool {
        guard let row = try link(changeset) else { return heads.contains(changeset) }
        for head in heads {
            guard var step = try link(head), step.feed == row.feed, step.sequence >= row.sequence else { continue }
            // Feeds are nearly always chains: one changeset at the sequence means no walk.
            let rivals = try reader.changesets(inFeed: row.feed, from: row.sequence, through: row.sequence)
            if rivals.count == 1 { return true }
            while step.sequence > row.sequence, let before = step.predecessor, let earlier = try link(before) { step = earlier }
            if step.id == changeset { return true }
        }
        return false
    }
}
