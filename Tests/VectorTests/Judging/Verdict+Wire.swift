import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

// The messages of Wire.md, read as servers and clients read them.
extension Verdict {
    static func wire(_ vector: Vector) throws -> [String: [String]] {
        let bytes = vector.content
        func one(_ written: [UInt8], _ gives: [String: [String]]) throws -> [String: [String]] {
            guard written == bytes else { throw Refusal(code: "secondSpelling") }
            return gives
        }
        switch vector.given["message"] {
        case "challenge":
            let read = try Challenge(decoding: bytes)
            return try one(read.explicitForm, ["node": [read.node.description], "nonce": [read.nonce.hex]])
        case "answer":
            let read = try ChallengeAnswer(decoding: bytes)
            try signed(vector, read.signature)
            return try one(read.explicitForm, ["node": [read.node.description], "binding": read.binding.map { [$0.hex] } ?? []])
        case "request":
            let read = try SessionRequest(decoding: bytes)
            try signed(vector, read.signature)
            return try one(read.explicitForm, ["nonce": [read.serverNonce.hex], "state": read.state.map { [$0.hex] } ?? []])
        case "session":
            let read = try SessionAnswer(decoding: bytes)
            return try one(read.explicitForm, ["token": read.token.map { [$0.hex] } ?? []])
        case "heads":
            let read = try HeadsMessage(decoding: bytes)
            return try one(read.explicitForm, ["heads": read.heads.heads.map(\.id.description), "acknowledged": [read.acknowledged.hex], "heard": [read.heard.hex]])
        case "plan": return try count(bytes, WireCount.plan)
        case "from": return try count(bytes, WireCount.from)
        case "page":
            let read = try PageOutcome(decoding: bytes)
            let counts = [read.accepted, read.duplicates, read.waiting, read.void, read.refused, read.statements, read.damaged].map(\.description)
            return try one(read.explicitForm, ["counts": counts, "notes": read.notes.map { "\($0.kind.rawValue) \($0.item.hex) \($0.code)" }])
        case "error":
            let read = try WireRefusal(decoding: bytes)
            return try one(read.explicitForm, ["code": [read.code], "facts": read.facts.map { "\($0.name)=\($0.value)" }])
        default: throw Refusal(code: "malformedVector")
        }
    }

    /// Where a greeting is `given`, it is what was signed.
    private static func signed(_ vector: Vector, _ signature: [UInt8]) throws {
        guard vector.given["greeting"] != nil else { return }
        let key = try VerifyingKey(coseKey: vector.bytes(given: "key"))
        guard Statement.isSignature(signature, over: vector.bytes(given: "greeting"), as: .greeting, by: key) else { throw TrustError(.wrongSignature) }
    }

    private static func count(_ bytes: [UInt8], _ name: String) throws -> [String: [String]] {
        let read = try WireCount(decoding: bytes, name)
        guard read.explicitForm(name) == bytes else { throw Refusal(code: "secondSpelling") }
        return ["count": [read.value.description]]
    }
}
