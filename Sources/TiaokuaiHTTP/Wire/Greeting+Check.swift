import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

extension Greeting {
    var speaker: NodeID { role == .client ? client : server }

    /// The signature over this greeting in the node's name.
    func signature(by node: Node) throws -> [UInt8] { try node.signature(over: explicitForm, as: .greeting) }

    /// Returns when a key that a valid credential gives the speaker signed exactly this; throws `unknownNode`, `wrongSignature`, and
    /// `credentialCut` where that key, or every key of the speaker, was cut.
    func check(_ signature: [UInt8], in view: NodeView) throws {
        try view.checkPeer(speaker)
        let (content, credentials) = (explicitForm, view.trust?.credentials(of: speaker) ?? [])
        let signing = credentials.first { credential in
            guard let key = try? VerifyingKey(coseKey: credential.content.signingKey) else { return false }
            return Statement.isSignature(signature, over: content, as: .greeting, by: key)
        }
        guard let signing else { throw HTTPCarrierError(.wrongSignature, ["node": speaker.short]) }
        guard view.trust?.isCut(signing.content.signingKey, of: speaker) == false else { throw HTTPCarrierError(.credentialCut, ["node": speaker.short]) }
    }

    /// 32 bytes that nobody can foresee, whatever the node's own surroundings say.
    static func randomHash() -> Hash32 {
        var generator = SystemRandomNumberGenerator()
        return Hash32(word0: generator.next(), word1: generator.next(), word2: generator.next(), word3: generator.next())
    }
}

extension NodeView {
    /// Throws `unknownNode` for one without a valid credential here (or this node itself), `credentialCut` for one whose every key
    /// was cut. Who rotated before its old key was cut is greeted under the new one.
    func checkPeer(_ node: NodeID) throws {
        guard let trust, node != settings.node, !trust.credentials(of: node).isEmpty else { throw HTTPCarrierError(.unknownNode, ["node": node.short]) }
        guard !trust.isEnded(node) else { throw HTTPCarrierError(.credentialCut, ["node": node.short]) }
    }
}
