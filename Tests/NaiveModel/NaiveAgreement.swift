import TiaokuaiModel

/// A claim at which, as far as its author knew, the units were at one.
private struct NaiveAgreedPoint {
    let claim: OperationID
    let value: Value
    /// The standing claims it rests on.
    let support: Set<OperationID>
}

extension NaiveField {
    /// "In use is the value last agreed"; nil where no agreed point is left, or several values are.
    func lastAgreed(_ claims: Set<OperationID>, _ acceptances: Set<OperationID>) -> Value? {
        let words = claims.union(acceptances)
        let points = words.compactMap { agreedPoint(at: $0, claims, acceptances) }
        let left = points.filter { point in !points.contains { outranks($0, point, words) && !outranks(point, $0, words) } }
        return Set(left.map(\.value)).count == 1 ? left[0].value : nil
    }

    /// "A claim in whose causal past-and-self at least two units stand and all standing admitted claims are equal." A claim
    /// that is outranked there does not hinder by differing: "an admitted claim that loses never changes who wins among
    /// the others". A unit that stands forked there agrees to nothing. For a holder "the assignee's acceptance is the
    /// second voice of an agreement".
    private func agreedPoint(at claim: OperationID, _ claims: Set<OperationID>, _ acceptances: Set<OperationID>) -> NaiveAgreedPoint? {
        let known = history.pastAndSelf(claim)
        let admitted = claims.intersection(known)
        let standing = history.standing(admitted, spec.number)
        let unbeaten = officialUnit(admitted).map { [$0] } ?? sides(of: admitted).winners
        let deciding = standing.filter { history.unit($0).map(unbeaten.contains) ?? false }
        let values = Set(deciding.compactMap { word($0)?.value })
        guard values.count == 1, let value = values.first else { return nil }

        let voices = standing.union(history.standing(acceptances.intersection(known), spec.number))
        let support = voices.filter { one in voices.allSatisfy { history.unit($0) != history.unit(one) || word($0)?.value == value } }
        guard Set(support.compactMap(history.unit)).count >= 2 else { return nil }
        return NaiveAgreedPoint(claim: claim, value: value, support: support)
    }

    /// "Of agreed points the causally later outranks; so does one whose past-and-self holds a unit's later word on a claim
    /// that the other rests on, unless each outranks the other."
    private func outranks(_ one: NaiveAgreedPoint, _ other: NaiveAgreedPoint, _ words: Set<OperationID>) -> Bool {
        if history.isBefore(other.claim, one.claim) { return true }
        return words.intersection(history.pastAndSelf(one.claim)).contains { later in
            other.support.contains { history.isBefore($0, later) && history.unit($0) == history.unit(later) }
        }
    }
}
