import TiaokuaiFormat
import TiaokuaiModel

// What a credential must meet: the list of Docs/Formats/Credential.md, in its order. The first that fails is the fault.
extension TrustAdmission {
    /// 1 to 6: whoever else holds what.
    func ownFault(_ grant: GrantOperation) -> GrantFault? {
        rightFault(grant) ?? forceFault(grant) ?? governmentFault(grant) ?? placeFault(grant) ?? depthFault(grant)
            ?? keyFault(grant)
    }

    /// 6 to 8: beside what was admitted before.
    func fault(besideOthers grant: GrantOperation) -> GrantFault? {
        remainingRightFault(grant) ?? subjectFault(grant) ?? newKeyFault(grant) ?? unitFault(grant)
    }

    // MARK: Whoever else holds what

    /// 1. The issuer holds a credential that may issue, for a region that holds this one's.
    private func rightFault(_ grant: GrantOperation) -> GrantFault? {
        let rights = held(grant).compactMap(\.content.mayIssue)
        guard !rights.isEmpty else { return .issuerNotGranted }
        return rights.contains { questions.isWithin(grant.content.region, $0.region) } ? nil : .regionOutside
    }

    /// 2. The issuing operation itself counts: no cut, replacement or takeover ends before it.
    private func forceFault(_ grant: GrantOperation) -> GrantFault? {
        issuing(grant) != nil && reason(grant.issue, grant.issuerUnit) == nil ? nil : .issuerCut
    }

    /// 3. The issuing unit is the government of a region.
    private func governmentFault(_ grant: GrantOperation) -> GrantFault? {
        state.governments.values.contains(grant.issuerUnit) ? nil : .issuerNotGovernment
    }

    /// 4. Every unit lies in the issuer's region and in this one's.
    private func placeFault(_ grant: GrantOperation) -> GrantFault? {
        guard let right = issuing(grant)?.content.mayIssue else { return .issuerNotGranted }
        let isInside = grant.content.writes.allSatisfy { questions.isWithin($0.region, right.region) && questions.isWithin($0.region, grant.content.region) }
        return isInside ? nil : .unitOutside
    }

    /// 5. The right to issue is a level less deep, and its region within both.
    private func depthFault(_ grant: GrantOperation) -> GrantFault? {
        guard let deeper = grant.content.mayIssue else { return nil }
        guard let right = issuing(grant)?.content.mayIssue else { return .issuerNotGranted }
        guard deeper.depth < right.depth else { return .depthExceeded }
        return questions.isWithin(deeper.region, right.region) && questions.isWithin(deeper.region, grant.content.region) ? nil : .regionOutside
    }

    /// 6. The signing key is well formed …
    private func keyFault(_ grant: GrantOperation) -> GrantFault? {
        (try? VerifyingKey(coseKey: grant.content.signingKey)) == nil ? .keyMalformed : nil
    }

    // MARK: Beside what was admitted before

    /// 1 and 2 again: what was admitted meanwhile may have replaced the issuer's right.
    private func remainingRightFault(_ grant: GrantOperation) -> GrantFault? { issuing(grant) == nil ? .issuerNotGranted : nil }

    /// 6. … and the subject is its thumbprint, or a node that has a credential already.
    private func subjectFault(_ grant: GrantOperation) -> GrantFault? {
        guard credentials(of: grant.content.subject).isEmpty else { return nil }
        guard let key = try? VerifyingKey(coseKey: grant.content.signingKey), key.nodeID == grant.content.subject else { return .keyMalformed }
        return nil
    }

    /// 7. A node gets a signing key that it has not had only with the consent of one of its own, or of the root keys.
    private func newKeyFault(_ grant: GrantOperation) -> GrantFault? {
        let content = grant.content
        let known = credentials(of: content.subject)
        if known.isEmpty || known.contains(where: { $0.content.signingKey == content.signingKey }) { return nil }
        // Whoever could give a node another key by itself would write in its name.
        return isAgreedAbove(grant) || agreeing(grant).contains { $0.content.subject == content.subject } ? nil : .keyNotAgreed
    }

    /// 8. A unit that another node writes is not taken as `first`; otherwise a node that writes it agrees, or the issuer stands
    /// above all who granted it before.
    private func unitFault(_ grant: GrantOperation) -> GrantFault? {
        guard let depth = issuing(grant)?.depth else { return .issuerNotGranted }
        for written in grant.content.writes {
            guard !isKnownElsewhere(written, for: grant, issuedAt: depth) else { return .unitOutside }
            if let contested = state.contested[written.unit], contested.allSatisfy({ (state.valid[$0]?.depth ?? 0) <= depth }) { return .unitTaken }
            guard isFree(written.unit, for: grant, issuedAt: depth) else { return .unitTaken }
        }
        return nil
    }

    /// The unit was granted at another place, nearer to the root or in this one's past. Of two that don't know of each other neither
    /// counts, wherever they say that it lies.
    private func isKnownElsewhere(_ written: CredentialContent.WrittenUnit, for grant: GrantOperation, issuedAt depth: Int) -> Bool {
        (state.writers[written.unit] ?? []).contains { writer in
            let places = state.valid[writer.credential]?.content.writes.filter { $0.unit == written.unit } ?? []
            guard places.contains(where: { $0.region != written.region }) else { return false }
            return writer.depth <= depth || isBefore(writer, grant)
        }
    }

    private func isFree(_ unit: UnitID, for grant: GrantOperation, issuedAt depth: Int) -> Bool {
        let others = others(of: unit, than: grant.content.subject)
        if others.isEmpty { return true }
        guard grant.content.lineage == .first else {
            return isAgreedAbove(grant)
                || others.contains { other in agreeing(grant).contains { $0.content.subject == other.node && isStill(other, grant) } }
        }
        // One above that took the unit over leaves the lineage that it took over standing as far as it says.
        return others.allSatisfy { $0.depth <= depth ? $0.lineage != .first : !isBefore($0, grant) }
    }

    private func isStill(_ writer: TrustState.Writer, _ grant: GrantOperation) -> Bool {
        writer.ends.allSatisfy { line in line.by.map { !questions.isBefore($0, grant.issue) } ?? true }
    }

    // MARK: The issuer's right

    private func credentials(of node: NodeID) -> [TrustState.Credential] { (state.credentialsOfNode[node] ?? []).compactMap { state.valid[$0] } }

    /// The issuer's credentials under whose key the grant was signed.
    private func held(_ grant: GrantOperation) -> [TrustState.Credential] {
        let key = state.key(of: grant.issue.changeset, grant.issue.node, questions.credentialOf)
        return credentials(of: grant.issue.node).filter { key == nil || $0.content.signingKey == key }
    }

    /// Of those that may issue for the region the one nearest to the root, the widest first. An issuing right that was replaced
    /// still stands behind what was issued under it.
    func issuing(_ grant: GrantOperation) -> TrustState.Credential? {
        held(grant).filter { credential in
            guard let right = credential.content.mayIssue, questions.isWithin(grant.content.region, right.region) else { return false }
            return credential.isStanding || TrustState.isWithin(credential.ends.map(\.heads), grant.issue.changeset, questions.isInAncestry)
        }.min { ($0.depth, -Int($0.content.mayIssue?.depth ?? 0), $0.id) < ($1.depth, -Int($1.content.mayIssue?.depth ?? 0), $1.id) }
    }

    func reason(_ issue: Issue, _ unit: UnitID) -> TrustFault? {
        state.reason(node: issue.node, unit: unit, changeset: issue.changeset, credentialOf: questions.credentialOf, isInAncestry: questions.isInAncestry)
    }

    // MARK: Other writers

    func others(of unit: UnitID, than node: NodeID) -> [TrustState.Writer] { (state.writers[unit] ?? []).filter { $0.node != node } }

    func isBefore(_ writer: TrustState.Writer, _ grant: GrantOperation) -> Bool { writer.issue.map { questions.isBefore($0, grant.issue) } ?? true }
}
