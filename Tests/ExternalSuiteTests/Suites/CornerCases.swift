import TestKit
import TiaokuaiModel

@testable import TiaokuaiTrust

/// Ed25519's corner cases: points of small order, encodings that aren't reduced. Verifiers differ on them; ours admits what
/// libcrypto admits, under keys that name somebody.
enum CornerCases {
    static let suite = ExternalSuite("cctv-ed25519", vectors: 914) { folder in
        var row = folder.row("ed25519vectors.json", expecting: 914)
        var byLibcrypto = 0
        for corner in try folder.json("ed25519vectors.json", as: [Corner].self) {
            let (bytes, signature, message) = (try hex(corner.key), try hex(corner.sig), Array(corner.msg.utf8))
            let flags = Set(corner.flags ?? [])
            let bare = KeyHandle.publicKey(.ed25519, bytes).flatMap { handle in
                SignatureContext(.ed25519, key: handle)?.isValid(signature, for: message, key: handle)
            }
            if bare == true { byLibcrypto += 1 }
            // R must be the very bytes that verifying computes, and the equation is not multiplied by the cofactor.
            row.demand(bare == flags.isDisjoint(with: ["non_canonical_R", "low_order_residue"]), "\(corner.number): libcrypto")
            let verdict = try Verdict.of {
                let key = try VerifyingKey(.ed25519, rawBytes: bytes)
                if !key.isValid(signature: signature, for: message) { throw TrustError(.wrongSignature) }
            }
            let isKeyRefused = !flags.isDisjoint(with: ["low_order_A", "non_canonical_A"])
            let codes: Set<String> = isKeyRefused ? ["smallOrderKey", "malformedKey"] : ["wrongSignature"]
            let demand: Demand = bare == true && isKeyRefused ? .profile("smallOrderKey", "malformedKey") : .accept(if: bare == true)
            row.judge("\(corner.number)", verdict, demanding: demand, also: verdict.code.map { codes.contains($0) } ?? true)
        }
        row.demand(byLibcrypto == 208, "libcrypto alone accepts \(byLibcrypto), 208 are known")
        let accepted = row.accepted
        row.demand(accepted == 86, "\(accepted) are accepted, 86 are due")
        return [row]
    }

    private struct Corner: Decodable {
        let number: Int
        let key, sig, msg: String
        let flags: [String]?
    }
}
