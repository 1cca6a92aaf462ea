import CPKCS11
import Synchronization
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// A signing key on a PKCS#11 token: Ed25519 by `CKM_EDDSA`, P-256 by `CKM_ECDSA` (raw r‖s over SHA-256). The private key never
/// leaves the token; libcrypto checks each signature before it is used. SM2 has no mechanism in PKCS#11 and is `keyUnsupported`.
///
/// For many threads at once: the token signs one thing after another.
public final class TokenSigner: Signer {
    public let verifyingKey: VerifyingKey
    private let state: Mutex<State>

    private struct State: ~Copyable {
        let session: TokenSession
        let key: CK_OBJECT_HANDLE
    }

    /// Opens the token and finds the key, private and public object under one label.
    ///
    /// - Parameters:
    ///   - place: the module (it runs in this process: it is trusted as this program is), the token's label and the key's.
    ///   - pin: the user's PIN; nil where the token asks for it on a keypad of its own. Tried once.
    public init(_ place: TokenKey, pin: String?) throws(TokenError) {
        let module = try TokenModule.at(place.module)
        let session = try TokenSession(module, slot: try module.slot(label: place.token), pin: pin)
        let key = try session.object(CKO_PRIVATE_KEY, label: place.key)
        let publicKey = try session.object(CKO_PUBLIC_KEY, label: place.key)
        verifyingKey = try TokenSigner.verifyingKey(
            parameters: try session.attribute(CKA_EC_PARAMS, of: publicKey), point: try session.attribute(CKA_EC_POINT, of: publicKey))
        state = Mutex(State(session: session, key: key))
    }

    /// Whether the token wants a PIN from the program, so that nobody is asked for one in vain. Throws `moduleUnreadable`, `tokenMissing`.
    public static func wantsPIN(_ place: TokenKey) throws(TokenError) -> Bool {
        let module = try TokenModule.at(place.module)
        return try module.wantsPIN(try module.slot(label: place.token))
    }

    /// Throws `signerFailed` when the token refuses, was pulled, or gives a signature that isn't its key's.
    public func sign(_ bytes: [UInt8]) throws(TrustError) -> [UInt8] {
        let isEdwards = verifyingKey.suite == .ed25519
        let input = isEdwards ? bytes : sha256(bytes).bytes
        let mechanism = isEdwards ? CKM_EDDSA : CKM_ECDSA
        let made = state.withLock { state in
            Result { () throws(TokenError) in try state.session.sign(input, mechanism: mechanism, key: state.key) }
        }
        switch made {
        case .success(let signature) where verifyingKey.isValid(signature: signature, for: bytes): return signature
        case .success: throw TrustError(.signerFailed, "the token's signature is not its key's")
        case .failure(let error): throw TrustError(.signerFailed, error.description)
        }
    }

    /// The public key of an elliptic-curve object: its curve as an OID (or for Ed25519 the name that PKCS#11 3.0 allows), its
    /// point in a DER OCTET STRING, as the standard says, or bare, as some tokens give it.
    static func verifyingKey(parameters: [UInt8], point: [UInt8]) throws(TokenError) -> VerifyingKey {
        guard let suite = curves[parameters] else { throw TokenError(.keyUnsupported, "curve \(parameters.hex)") }
        let isWrapped = point.count == suite.publicKeyBytes + 2 && point[0] == 0x04 && Int(point[1]) == suite.publicKeyBytes
        do {
            return try VerifyingKey(suite, rawBytes: isWrapped ? Array(point[2...]) : point)
        } catch {
            throw TokenError(.keyUnsupported, error.description)
        }
    }

    private static let curves: [[UInt8]: Suite] = [
        [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]: .p256,
        [0x06, 0x03, 0x2b, 0x65, 0x70]: .ed25519,
        [0x13, 0x0c] + Array("edwards25519".utf8): .ed25519,
    ]
}
