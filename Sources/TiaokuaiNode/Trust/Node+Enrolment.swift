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
        let key = try folder.readSigningKey()
        var request = EnrolmentRequest(
            name: plan.name, signingKey: key.verifyingKey.coseKey, sealingKey: try folder.readSealingKey().publicKey.coseKey, region: plan.region,
            lines: plan.lines,
            writes: plan.units, depth: depth, written: surroundings.now(), lineage: lineage)
        request.consents = consents
        return try Statement.sign(request.explicitForm, as: .request, key: key)
    }

    public static func readRequest(_ bytes: [UInt8]) throws -> ReadRequest {
        do {
            let statement = try UnverifiedStatement(bytes, .request)
            let request = try EnrolmentRequest(statement.claimed)
            let key = try VerifyingKey(coseKey: request.signingKey)
            _ = try statement.verified(by: key)
            return ReadRequest(request: request, subject: key.nodeID, digest: sha256(bytes))
        } catch let error as FormatError {
            throw NodeError(.notARequest, ["reason": error.description])
        } catch let error as TrustError {
            throw NodeError(.requestMalformed, ["reason": error.description])
        }
    }

    /// The old key's agreement that another node writes for these units too, or in its stead.
    public func consent(to request: ReadRequest) throws -> [UInt8] {
        let settings = try settings()
        guard let network = settings.network else { throw NodeError(.notEnrolled) }
        let digest = CredentialContent.consentDigest(
            network: network, signingKey: request.request.signingKey, lineage: request.request.lineage, units: request.request.writes.map(\.unit))
        return try Statement.sign(digest.bytes, as: .consent, key: try signingKey(settings))
    }

    /// Grants a request: writes the credential into this node's feed and gives its operation.
    public func grant(_ request: ReadRequest, by unit: UnitID, person: PersonID, consents: [[UInt8]] = [], heads: [ChangesetID] = []) throws -> OperationID {
        let asked = request.request
        let consents = asked.consents + consents
        let written = try write { view in
            let settings = view.settings
            guard let trust = view.trust,
                let issuing = trust.credentials(of: settings.node).lazy.compactMap(\.content.mayIssue).first(where: { self.isWithin(asked.region, $0.region) })
            else {
                throw NodeError(.mayNotIssue, ["region": asked.region.text])
            }
            let known = trust.credentials(of: request.subject).count
            let depth = asked.depth.map { min($0, issuing.depth - 1) }
            let content = CredentialContent(
                subject: request.subject, name: asked.name, signingKey: asked.signingKey, sealingKey: asked.sealingKey, region: asked.region,
                lines: asked.lines,
                writes: asked.writes, mayIssue: depth.map { .init(region: asked.region, depth: $0) }, validFrom: self.surroundings.now().day,
                lineage: asked.lineage,
                heads: heads, consents: consents)
            let key = RecordKey(
                .policy(asked.region), CredentialKind.table.name,
                [.text(unit.text), .bytes(request.subject.hash.bytes), .decimal(ExactDecimal(Int64(known + 1)))])
            return [Draft(key: key, unit: unit, person: person, fields: [.init(CredentialKind.content, .bytes(content.explicitForm))])]
        }
        guard let id = written.first?.id else { throw NodeError(.emptyWrite) }
        if let fault = try ask({ $0.trust?.faults[id] }) { throw NodeError(.mayNotIssue, ["region": asked.region.text, "reason": fault.rawValue]) }
        return id
    }

    /// Pins the root of the network into which this node was granted entry: root statement, then everything else is an
    /// ordinary import. `rootEnvelopes` are the chain from statement 1.
    public func accept(rootEnvelopes: [[UInt8]]) throws {
        try store.write { writer in
            var settings = try Node.settings(writer.reader)
            var network: NetworkID?
            var previous: (form: [UInt8], root: RootStatement)?
            for envelope in rootEnvelopes {
                let statement = try UnverifiedStatement(envelope, .root)
                let root = try RootStatement(statement.claimed)
                let signers = previous?.root.keys ?? root.keys
                guard let key = signers.lazy.compactMap({ try? VerifyingKey(coseKey: $0) }).first(where: { $0.thumbprint == statement.keyID }) else {
                    throw NodeError(.notAGrant, ["reason": "root statement \(root.number) is signed by no root key"])
                }
                _ = try statement.verified(by: key)
                guard root.number == (previous?.root.number ?? 0) + 1, root.previous == previous.map({ sha256($0.form) }) else {
                    throw NodeError(.notAGrant, ["reason": "root statements are not a chain"])
                }
                if root.number == 1 { network = NetworkID(sha256(statement.claimed)) }
                previous = (statement.claimed, root)
                if let pinned = settings.network, pinned != network { throw NodeError(.wrongNetwork, ["network": network?.short ?? ""]) }
                try writer.insertStatement(
                    StatementRow(id: statement.id, type: .rootStatement, node: nil, number: root.number, envelope: envelope, received: self.surroundings.now()))
            }
            guard let network, let newest = previous?.root, newest.number >= settings.rootStatement else {
                throw NodeError(.notAGrant, ["reason": "no root statement"])
            }
            settings.network = network
            settings.isRehearsal = newest.isRehearsal
            settings.rootStatement = newest.number
            try writer.setMeta(NodeSettings.key, settings.encode())
            try self.beginLog(writer, settings)
        }
    }

    /// Takes the credential that was granted to this node out of what it now holds; throws `grantForAnother`.
    public func adoptCredential() throws {
        let settings = try settings()
        guard let credential = try ask({ view in view.trust?.credentials(of: settings.node).max { ($0.depth, $0.id) < ($1.depth, $1.id) } }) else {
            throw NodeError(.grantForAnother, ["node": settings.node.short])
        }
        try store.write { writer in
            var settings = try Node.settings(writer.reader)
            settings.credential = credential.id
            if settings.defaultUnit == nil {
                settings.defaultUnit = credential.content.writes.first { $0.isGovernment }?.unit ?? credential.content.writes.first?.unit
            }
            try writer.setMeta(NodeSettings.key, settings.encode())
        }
        try Marker.write(epoch: settings.epoch, rootStatement: settings.rootStatement, in: folder)
    }

    /// Before the credential is adopted a node receives what its own grant will admit: everything on its region's path.
    func mayReceiveBeforeEnrolment(_ partition: Partition, _ settings: NodeSettings) -> Bool {
        if case .policy(let place) = partition { isWithin(settings.region, place) } else { false }
    }
}
