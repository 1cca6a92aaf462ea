import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

/// Checks one stored changeset with nothing but itself and the keys: bytes, envelope, signature, body, and its row's columns
/// against what is signed. What hangs on other changesets is seen when a fresh store takes them all.
///
/// Everything that is wrong is told, not the first thing only.
package struct ChangesetCheck: Sendable {
    let ground: Ground
    /// Feeds by their rows' numbers.
    let feeds: [Int64: Feed]
    /// Those that came in a snapshot, without their signatures.
    let summed: Set<ChangesetRef>

    package init(_ ground: Ground, feeds: [Int64: Feed], summed: Set<ChangesetRef> = []) {
        self.ground = ground
        self.feeds = feeds
        self.summed = summed
    }

    /// What came of one.
    package struct Outcome: Sendable {
        package var findings: [AuditFinding] = []
        /// The credential that it names is not known yet, and it may be good.
        package var isOpen = false
        package var operations = 0
        /// `ChangesetItem.storedDigest` of the bytes that were checked.
        package let digest: Hash32
    }

    package func outcome(_ row: ChangesetRow) -> Outcome {
        var outcome = Outcome(digest: row.item.storedDigest)
        var place = feeds[row.feed].map { AuditPlace($0, sequence: row.sequence, changeset: row.id) } ?? AuditPlace(item: row.id.hash)
        place.entry = row.leaf
        func add(_ code: AuditFinding.Code, _ fact: String = "", isFault: Bool = true, column: String? = nil, field: FieldNumber? = nil) {
            var at = place
            at.column = column
            at.field = field?.index
            outcome.findings.append(AuditFinding(code, at, fact: fact, isFault: isFault))
        }
        if outcome.digest != row.digest { add(.bytesDiffer) }
        let changeset: UnverifiedChangeset
        do throws(FormatError) {
            changeset = try UnverifiedChangeset(row.item)
        } catch {
            add(.envelopeUnreadable, error.code.rawValue)
            return outcome
        }
        let header = changeset.header
        if changeset.id != row.id { add(.wrongIdentity, changeset.id.hash.hex) }
        if feeds[row.feed] != header.feed { add(.rowDiffers, column: "feed") }
        if row.sequence != header.sequence { add(.rowDiffers, "\(header.sequence)", column: "sequence") }
        if row.predecessor != header.predecessor { add(.rowDiffers, column: "predecessor") }
        guard header.network == ground.network, header.isRehearsal == ground.isRehearsal else {
            add(.wrongNetwork, header.network.hash.hex)
            return outcome
        }
        guard let grant = ground.grants[header.credential], header.rootStatement <= ground.rootStatement else {
            outcome.isOpen = true
            return outcome
        }
        check(changeset, isSummed: summed.contains(row.ref), grant, add)
        outcome.operations = header.count
        return outcome
    }

    private func check(
        _ changeset: UnverifiedChangeset, isSummed: Bool, _ grant: Ground.Grant, _ add: (AuditFinding.Code, String, Bool, String?, FieldNumber?) -> Void
    ) {
        let header = changeset.header
        do throws(TrustError) {
            // Its identity is in what the signed one above it names: `HistoryAudit.checkSummed`.
            _ = try isSummed ? changeset.summed(under: grant.key) : changeset.verified(by: grant.key)
        } catch {
            add(.wrongSignature, error.code.rawValue, true, nil, nil)
        }
        if grant.content.subject != header.feed.node { add(.wrongSignature, TrustError.Code.wrongKey.rawValue, true, nil, nil) }
        if let fault = grant.fault { add(.credentialRefused, fault.rawValue, false, nil, nil) }
        if !ground.regions.lodges(grant.content.region, in: header.feed.partition) { add(.outsidePartition, "", true, nil, nil) }
        if let sealed = changeset.sealed?.day, !grant.content.isValid(on: sealed) { add(.outsideValidity, sealed.description, false, nil, nil) }
        let body: [UInt8]
        do throws(FormatError) {
            body = try changeset.body()
        } catch {
            return add(.bodyDiffers, error.code.rawValue, true, nil, nil)
        }
        do throws(FormatError) {
            var decoder = try BodyDecoder(body, feed: header.feed, network: header.network, count: header.count)
            for operation in try decoder.rawOperations() {
                if let field = operation.fields.first(where: \.showsPersonalData) { add(.personalField, "", true, nil, field.number) }
            }
        } catch {
            // Void as a whole for every holder, and so no fault of this one.
            add(.bodyUnreadable, error.code.rawValue, false, nil, nil)
        }
    }
}
