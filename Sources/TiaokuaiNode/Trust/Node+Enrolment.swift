import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// A request as read from a file: self-signed, and short enough to compare over the phone.
public struct ReadRequest: Sendable {
    public let request: EnrolmentRequest
    public let subject: NodeID
    public let digest: Hash32
    /// Twelve hexadecimal digits in groups, to read over the phone.
    public var phoneDigest: String { Node.phoneDigest(digest) }
}

extension Node {
    public static func phoneDigest(_ hash: Hash32) -> String {
        let digits = Array(hash.hex.prefix(12))
        return [digits[0..<4], digits[4..<8], digits[8..<12]].map { String($0) }.joined(separator: "-")
    }

    /// What this node asks for, signed with its own key.
    public func makeRequest(plan: NodePlan, depth: UInt64?, lineage: CredentialContent.Lineage = .first, consents: [[UInt8]] = []) throws -> [UInt8] {
        let key = try keys.signer()
        var request = EnrolmentRequest(
            name: plan.name, signingKey: key.verifyingKey.coseKey, sealingKey: try keys.sealingPublicKey().coseKey, region: plan.region,
            lines: plan.lines,
            writes: plan.units, depth: depth, written: surroundings.now(), lineage: lineage)
        request.consents = consents
        // A node that was enrolled once and changed its key since is named by its first key, not by this one.
        let node = try settings().node
        request.node = node == key.verifyingKey.nodeID ? nil : node
        return try Statement.sign(request.explicitForm, as: .request, key: key)
    }

    public static func readRequest(_ bytes: [UInt8]) throws -> ReadRequest {
        do {
            let statement = try UnverifiedStatement(bytes, .request)
            let request = try EnrolmentRequest(statement.claimed)
            let key = try VerifyingKey(coseKey: request.signingKey)
            _ = try statement.verified(by: key)
            return ReadRequest(request: request, subject: request.node ?? key.nodeID, digest: sha256(bytes))
        } catch let error as FormatError {
            throw NodeError(.notARequest, ["reason": error.description])
        } catch let error as TrustError {
            throw NodeError(.requestMalformed, ["reason": error.description])
        }
    }

    /// The old key's agreement (or a root key's) that another node writes for these units too, or in its stead.
    public func consent(to request: ReadRequest) throws -> [UInt8] {
        let settings = try settings()
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        let digest = CredentialContent.consentDigest(
            network: network, signingKey: request.request.signingKey, lineage: request.request.lineage, units: request.request.writes.map(\.unit))
        return try Statement.sign(digest.bytes, as: .consent, key: try signingKey(settings))
    }

    /// Grants a request: writes the credential into this node's feed and gives its operation. What would grant nothing is
    /// not written.
    ///
    /// - Parameters:
    ///   - heads: for a takeover, the changesets that still count, with all before them.
    ///   - validTo: the last day on which the node is to sign; nil leaves it open.
    ///
    /// Throws `mayNotIssue` with the `GrantFault` as its reason, or with `consentCut`.
    public func grant(
        _ request: ReadRequest, by unit: UnitID, person: PersonID, consents: [[UInt8]] = [], heads: [ChangesetID] = [], validTo: Day? = nil
    ) throws -> OperationID {
        let asked = request.request
        var consents = asked.consents + consents
        // Where this node holds a root key, its word is that of the issuer's superior: a unit whose key was lost gets another.
        if asked.lineage != .first, try ask({ view in try view.root?.keys.contains(self.keys.verifyingKey().coseKey) }) == true {
            consents.append(try consent(to: request))
        }
        func refusal(_ reason: String? = nil) -> NodeError { NodeError(.mayNotIssue, ["region": asked.region.text, "reason": reason].compactMapValues { $0 }) }
        return try store.write { writer in
            let settings = try Node.settings(writer.reader)
            let view = try NodeView(node: self, reader: writer.reader, settings: settings)
            guard let trust = view.trust,
                let issuing = trust.credentials(of: settings.node).filter(\.isStanding).lazy.compactMap(\.content.mayIssue).first(where: {
                    self.isWithin(asked.region, $0.region)
                })
            else { throw refusal() }
            // Whoever has a stolen key can have it agree to anything.
            guard try consents.allSatisfy({ try !view.isCut(consent: $0) }) else { throw refusal("consentCut") }
            let known = view.understanding.contents.values.count { $0.subject == request.subject }
            guard asked.depth == nil || issuing.depth > 0 else { throw refusal(GrantFault.depthExceeded.rawValue) }
            let depth = asked.depth.map { min($0, issuing.depth - 1) }
            let content = CredentialContent(
                subject: request.subject, name: asked.name, signingKey: asked.signingKey, sealingKey: asked.sealingKey, region: asked.region,
                lines: asked.lines, writes: asked.writes, mayIssue: depth.map { .init(region: asked.region, depth: $0) }, validFrom: self.surroundings.now().day,
                validTo: validTo, lineage: asked.lineage, heads: asked.lineage == .takesOver ? Array(Set(heads)) : [], consents: consents)
            let key = RecordKey(
                .policy(asked.region), CredentialKind.table.name,
                [.text(unit.text), .bytes(request.subject.hash.bytes), .decimal(ExactDecimal(Int64(known + 1)))])
            let draft = Draft(key: key, unit: unit, person: person, fields: [.init(CredentialKind.content, .bytes(content.explicitForm))])
            guard let id = try self.write([draft], writer, settings).first?.id else { throw NodeError(.emptyWrite) }
            if let fault = try self.understanding(writer.reader, settings).trust?.faults[id] {
                // The generation that is undone here will be given again.
                self.forgetUnderstanding()
                throw refusal(fault.rawValue)
            }
            return id
        }
    }

    /// Pins the root of the network into which this node was granted entry: root statement, then everything else is an
    /// ordinary import. `rootEnvelopes` are the chain from statement 1.
    public func accept(rootEnvelopes: [[UInt8]]) throws {
        try store.write { writer in
            var settings = try Node.settings(writer.reader)
            var network: NetworkID?
            var previous: SignedRoot?
            for envelope in rootEnvelopes {
                let signed = try SignedRoot(envelope)
                do {
                    try signed.verify(after: previous)
                } catch {
                    throw NodeError(.notAGrant, ["reason": "root statement \(signed.statement.number): \(error)"])
                }
                guard signed.isNext(after: previous) else { throw NodeError(.notAGrant, ["reason": "root statements are not a chain"]) }
                if signed.statement.number == 1 { network = NetworkID(signed.id) }
                previous = signed
                if let pinned = settings.network, pinned != network { throw NodeError(.wrongNetwork, ["network": network?.short ?? ""]) }
                try writer.insertStatement(
                    StatementRow(
                        id: signed.rowID, type: .rootStatement, node: nil, number: signed.statement.number, envelope: envelope,
                        received: self.surroundings.now()))
            }
            guard let network, let newest = previous?.statement, newest.number >= settings.rootStatement else {
                throw NodeError(.notAGrant, ["reason": "no root statement"])
            }
            settings.network = network
            settings.isRehearsal = newest.isRehearsal
            settings.rootStatement = newest.number
            try writer.setMeta(NodeSettings.key, settings.encode())
            try self.beginLog(writer, settings)
        }
    }

    /// Takes the credential that was granted to this node out of what it now holds; for a rotation, makes the next keys the
    /// node's. Throws `grantForAnother` when nothing was granted to a key of this folder.
    public func adoptCredential() throws {
        let settings = try settings()
        let ours = [try keys.nextVerifyingKey(), try keys.verifyingKey()].compactMap { $0?.coseKey }
        let today = surroundings.now().day
        let found = try ask { view in ours.lazy.compactMap { key in view.understanding.credential(of: settings.node, key: key, on: today) }.first }
        guard let credential = found else { throw NodeError(.grantForAnother, ["node": settings.node.short]) }
        try store.write { writer in
            var settings = try Node.settings(writer.reader)
            settings.credential = credential.id
            if settings.defaultUnit == nil {
                settings.defaultUnit = credential.content.writes.first { $0.isGovernment }?.unit ?? credential.content.writes.first?.unit
            }
            try writer.setMeta(NodeSettings.key, settings.encode())
        }
        if try keys.nextVerifyingKey()?.coseKey == credential.content.signingKey { try store.write { _ in try keys.promoteNext() } }
        try Marker.write(epoch: settings.epoch, rootStatement: settings.rootStatement, in: folder)
    }

    /// While no credential of its own stands, a node receives what a grant would admit: the policy of its region's path.
    func mayReceiveUnadmitted(_ partition: Partition, _ settings: NodeSettings) -> Bool {
        if case .policy(let place) = partition { regions.wasEverWithin(settings.region, place) } else { false }
    }
}
