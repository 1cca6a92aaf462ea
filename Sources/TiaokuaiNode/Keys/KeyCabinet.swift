import Foundation
import Synchronization
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// A node's key files and the keys that were opened of them: the one way to a node's keys.
///
/// Files are read anew each time, for another process may have put others there; a key is opened once in the life of the
/// cabinet, whatever is done to its file meanwhile, because the public key in the file says that it is the same one. What needs
/// only public keys opens nothing.
public final class KeyCabinet: Sendable {
    let folder: NodeFolder
    let opener: KeyOpener
    private let opened = Mutex(Opened())

    private struct Opened {
        /// Public signing keys by the digest of their files: parsing one costs as much as a signature.
        var verifying: [Hash32: VerifyingKey] = [:]
        var signers: [VerifyingKey: any Signer] = [:]
        var sealing: [SealingPublicKey: SealingKey] = [:]
    }

    /// Names of the files. `sealing-<thumbprint>.key` are those of earlier credentials, which still open old bundles; the next ones
    /// belong to a rotation that is asked for and not adopted.
    enum Name {
        static let signing = "signing.key"
        static let sealing = "sealing.key"
        static let nextSigning = "signing-next.key"
        static let nextSealing = "sealing-next.key"
    }

    init(_ folder: NodeFolder, opener: KeyOpener) {
        self.folder = folder
        self.opener = opener
    }

    // MARK: Public keys

    /// Throws `keyMissing`, or a `TrustError` that names the file.
    public func verifyingKey() throws -> VerifyingKey { try verifyingKey(Name.signing, try bytes(Name.signing)) }

    private func verifyingKey(_ name: String, _ bytes: [UInt8]) throws -> VerifyingKey {
        let digest = sha256(bytes)
        if let known = opened.withLock({ $0.verifying[digest] }) { return known }
        let key = try KeyCabinet.decoded(name, bytes).verifyingKey()
        opened.withLock { $0.verifying[digest] = key }
        return key
    }

    public func sealingPublicKey() throws -> SealingPublicKey { try file(Name.sealing).sealingPublicKey() }

    /// The key that a rotation will bring; nil while none is asked for.
    public func nextVerifyingKey() throws -> VerifyingKey? { try folder.keyFile(Name.nextSigning).map { try verifyingKey(Name.nextSigning, $0) } }

    // MARK: Keys

    /// Who signs in the node's name. Throws `keyMissing`, `keyFileSealed` when nobody knows the passphrase, `wrongPassphrase`,
    /// `keyOnToken`, and what the opener throws.
    public func signer() throws -> any Signer {
        let bytes = try bytes(Name.signing)
        let key = try verifyingKey(Name.signing, bytes)
        if let known = opened.withLock({ $0.signers[key] }) { return known }
        return try signer(Name.signing, try KeyCabinet.decoded(Name.signing, bytes))
    }

    /// The same where nobody has to be asked for anything; nil otherwise.
    func signerAtHand() throws -> (any Signer)? {
        let file = try file(Name.signing)
        return try opened.withLock { opened in try KeyCabinet.signer(Name.signing, file, .ifAtHand, opener, &opened.signers) }
    }

    /// Who signs in the node's name once the rotation is adopted; throws `noRotation` while none is asked for.
    func nextSigner() throws -> any Signer {
        guard let file = try nextFile(Name.nextSigning) else { throw NodeError(.noRotation) }
        return try signer(Name.nextSigning, file)
    }

    private func signer(_ name: String, _ file: KeyFile) throws -> any Signer {
        let found = try opened.withLock { opened in try KeyCabinet.signer(name, file, .needed, opener, &opened.signers) }
        if let found { return found }
        throw file.token.map { TrustError(.keyOnToken, $0.token) } ?? TrustError(.keyFileSealed, name)
    }

    private static func signer(
        _ name: String, _ file: KeyFile, _ urgency: KeyOpener.Urgency, _ opener: KeyOpener, _ signers: inout [VerifyingKey: any Signer]
    ) throws -> (any Signer)? {
        let key = try file.verifyingKey()
        if let known = signers[key] { return known }
        let found: (any Signer)?
        if let token = file.token {
            found = try opener.signer(token, urgency)
            guard found.map({ $0.verifyingKey == key }) ?? true else { throw NodeError(.keyNotOnToken, ["token": token.token, "key": token.key]) }
        } else {
            let passphrase = file.isLocked ? try opener.passphrase(name, urgency) : nil
            found = file.isLocked && passphrase == nil ? nil : try named(name) { () throws(TrustError) in try file.signingKey(passphrase: passphrase) }
        }
        signers[key] = found
        return found
    }

    /// The sealing keys that open what is sealed to this node: the one to which others seal, then the next, then old ones.
    public var sealingKeys: SealingKeyring {
        SealingKeyring { [self] receivers in
            try sealingFiles().filter { receivers.contains(try $0.file.sealingPublicKey().thumbprint) }.map { try sealingKey($0.name, $0.file) }
        }
    }

    private func sealingKey(_ name: String, _ file: KeyFile) throws -> SealingKey {
        let key = try file.sealingPublicKey()
        return try opened.withLock { opened in
            if let known = opened.sealing[key] { return known }
            let passphrase = file.isLocked ? try opener.passphrase(name, .needed) : nil
            let found = try KeyCabinet.named(name) { () throws(TrustError) in try file.sealingKey(passphrase: passphrase) }
            opened.sealing[key] = found
            return found
        }
    }

    /// Opens the keys with which this node signs and receives: for whoever then works on with nobody at hand to be asked.
    public func open() throws {
        _ = try signer()
        _ = try sealingKey(Name.sealing, try file(Name.sealing))
    }

    /// Keys just made, which need no opening.
    func remember(_ made: NewKeys) {
        opened.withLock { opened in
            opened.signers[made.signing.verifyingKey] = made.signing
            opened.sealing[made.sealing.publicKey] = made.sealing
        }
    }

    // MARK: Files

    /// Throws `keyMissing`.
    func file(_ name: String) throws -> KeyFile { try KeyCabinet.decoded(name, try bytes(name)) }

    private func bytes(_ name: String) throws -> [UInt8] {
        guard let bytes = try folder.keyFile(name) else { throw NodeError(.keyMissing, ["path": folder.path + "/" + name]) }
        return bytes
    }

    private func nextFile(_ name: String) throws -> KeyFile? { try folder.keyFile(name).map { try KeyCabinet.decoded(name, $0) } }

    private func sealingFiles() throws -> [(name: String, file: KeyFile)] {
        let old = try folder.keyFileNames().filter { $0.hasPrefix("sealing-") }
        return try ([Name.sealing] + old).map { ($0, try file($0)) }
    }

    static func decoded(_ name: String, _ bytes: [UInt8]) throws -> KeyFile {
        try named(name) { () throws(TrustError) in try KeyFile(decoding: bytes) }
    }

    /// Whatever is wrong with a key file is said with its name.
    static func named<Result>(_ name: String, _ body: () throws(TrustError) -> Result) throws(TrustError) -> Result {
        do {
            return try body()
        } catch {
            throw TrustError(error.code, error.fact.isEmpty ? name : "\(name): \(error.fact)")
        }
    }
}
