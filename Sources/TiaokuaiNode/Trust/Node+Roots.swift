import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension Node {
    /// The content of the next root statement, to be signed by as many keepers of root keys as the newest one asks for.
    /// Any enrolled node can draft it: where the root's folder is lost, one that still holds the root's feeds.
    ///
    /// - Parameters:
    ///   - request: what a new root node asks for; it takes over from the old one at what is held here of its feeds. Nil
    ///     leaves the root node as it is.
    ///   - keys: the root keys from now on; nil keeps them, and with them their threshold.
    public func draftRoot(for request: ReadRequest? = nil, keys: [VerifyingKey]? = nil, threshold: UInt64? = nil) throws -> [UInt8] {
        try ask { view in
            guard let newest = try view.reader.statements(.rootStatement).last.map({ try SignedRoot($0.envelope) }) else { throw NodeError(.notEnrolled) }
            var next = newest.statement
            next.number += 1
            next.previous = newest.id
            next.nonce = self.surroundings.randomBytes(16)
            if let keys {
                next.keys = keys.map(\.coseKey)
                next.threshold = threshold ?? UInt64(keys.count / 2 + 1)
            }
            if let request { next.grant = try self.rootGrant(request, after: newest.statement.grant, view) }
            // Read back: what can't be read is not handed to anybody to sign.
            return try RootStatement(next.explicitForm).explicitForm
        }
    }

    private func rootGrant(_ request: ReadRequest, after old: CredentialContent, _ view: NodeView) throws -> CredentialContent {
        let asked = request.request
        guard asked.region == old.region else { throw NodeError(.notARoot, ["reason": asked.region.text]) }
        // Of every root node that there was: the line is drawn across them all.
        let roots = Set(try view.reader.statements(.rootStatement).map { try SignedRoot($0.envelope).statement.grant.subject })
        let heads = try view.heldHeads().filter { roots.contains($0.feed.node) }.map(\.id)
        return CredentialContent(
            subject: request.subject, name: asked.name, signingKey: asked.signingKey, sealingKey: asked.sealingKey, region: asked.region,
            writes: asked.writes.isEmpty ? old.writes : asked.writes, mayIssue: old.mayIssue, validFrom: surroundings.now().day, lineage: .takesOver,
            heads: Array(Set(heads)))
    }

    /// One keeper's signature over a draft, or over a statement that others have signed; for `SignedRoot.joining`.
    public static func signRoot(_ draft: [UInt8], with key: SigningKey) throws -> [UInt8] {
        let content = (try? SignedRoot(draft).content) ?? draft
        do {
            _ = try RootStatement(content)
        } catch {
            throw NodeError(.notARoot, ["reason": error.description])
        }
        return try Statement.sign(content, as: .root, key: key)
    }

    /// Takes the next root statement in, at a node of the network; from there bundles carry it. Throws `notARoot` when it does
    /// not follow the newest held or is not signed by enough of its keys.
    public func acceptRoot(_ bytes: [UInt8]) throws {
        switch try receive(bytes, .rootStatement) {
        case .refused(_, let code, let fact): throw NodeError(.notARoot, ["reason": fact.isEmpty ? code : "\(code): \(fact)"])
        default: return
        }
    }
}
