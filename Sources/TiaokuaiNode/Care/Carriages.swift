import TiaokuaiModel
import TiaokuaiStore

/// Where a store says that the operations of its records lie, as another store of the same history numbers its changesets. What
/// is answered of a record's course is read from there: a place that is left out is a word that nobody said.
struct Carriages {
    private let there: StoreReader
    private let here: StoreReader
    /// Of the changesets here, as they are numbered there.
    private var numbers: [ChangesetRef: ChangesetRef] = [:]
    /// What both hold, as it is numbered here and there.
    private(set) var changesets: [(here: ChangesetRef, there: ChangesetRef)] = []

    init(_ here: StoreReader, as there: StoreReader) throws {
        (self.here, self.there) = (here, there)
        for ref in try there.changesets() {
            guard let own = try here.changesetRef(there.changesetLink(ref).id) else { continue }
            numbers[own] = ref
            changesets.append((own, ref))
        }
    }

    private func translated(_ place: Place) -> Place {
        Place(place.changeset == .unsealed ? .unsealed : numbers[place.changeset] ?? ChangesetRef(.min), place.position)
    }

    /// Each operation of a record lies at the same places.
    func agree(_ mine: RecordRef, _ other: RecordRef) throws -> Bool {
        if let own = try here.outcome(mine), let replayed = try there.outcome(other) {
            let said = try StoredOperation.decode(own.places).map { StoredOperation(place: translated($0.place), explicitForm: $0.explicitForm, id: $0.id) }
            guard Set(said) == Set(try StoredOperation.decode(replayed.places)) else { return false }
        }
        let said = Set(try here.standing(mine).map { Standing(head: $0.head, place: translated($0.place)) })
        return said == Set(try there.standing(other).map { Standing(head: $0.head, place: $0.place) })
    }

    private struct Standing: Hashable {
        let head: OperationID
        let place: Place
    }

    private struct Citation: Hashable {
        let version: OperationID
        let place: Place
    }

    /// The records whose operations cite a version of the matrix here and not there, or the other way round, as numbered there.
    func otherCitations() throws -> [RecordRef] {
        var found: Set<RecordRef> = []
        for row in try there.feeds() {
            let said = Set(try here.feedRef(row.feed).map { try here.citations(inFeed: $0) }?.map { Citation(version: $0.version, place: translated($0.place)) } ?? [])
            let signed = Set(try there.citations(inFeed: row.ref).map { Citation(version: $0.version, place: $0.place) })
            for citation in said.symmetricDifference(signed) where citation.place.changeset.number > 0 {
                let refs = try there.recordRefs(citation.place.changeset)
                if let index = Int(exactly: citation.place.position), refs.indices.contains(index) { found.insert(refs[index]) }
            }
        }
        return found.sorted()
    }
}
