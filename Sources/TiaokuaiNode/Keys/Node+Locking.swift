import TiaokuaiStore
import TiaokuaiTrust

/// How a node's key files lie in its folder.
public struct KeyHolding: Hashable, Sendable {
    public let signingSuite: Suite
    public let sealingCurve: SealingCurve
    /// Where the signing key is, when it is not in the folder.
    public let token: TokenKey?
    /// Names of the files that a passphrase locks, and of those that lie open; ascending.
    public let locked, open: [String]
}

extension Node {
    /// Reads every key file and opens none.
    public func keyHolding() throws -> KeyHolding {
        let files = try folder.keyFiles().sorted { $0.key < $1.key }.map { ($0.key, try KeyCabinet.decoded($0.key, $0.value)) }
        let signing = try keys.file(KeyCabinet.Name.signing)
        return KeyHolding(
            signingSuite: try signing.verifyingKey().suite, sealingCurve: try keys.sealingPublicKey().curve, token: signing.token,
            locked: files.filter { $1.isLocked }.map(\.0), open: files.filter { !$1.isLocked && $1.token == nil }.map(\.0))
    }

    /// Locks every key file with a passphrase, all or none; gives their names. Where some are locked already, it must be by the
    /// same passphrase. Takes half a second for each file.
    ///
    /// Throws `keysLocked` when none lies open, `wrongPassphrase` for an empty passphrase or another than the others'.
    @discardableResult
    public func lockKeys(with passphrase: String) throws -> [String] {
        guard try !keyHolding().open.isEmpty else { throw NodeError(.keysLocked) }
        return try rewriteKeys { file throws(TrustError) in
            guard file.isLocked else { return try file.locked(with: passphrase) }
            _ = try file.unlocked(with: passphrase)
            return file
        }
    }

    /// Lays every key file open, all or none, with the passphrase that the opener knows. Throws `keysOpen`, `keyFileSealed`,
    /// `wrongPassphrase`.
    @discardableResult
    public func unlockKeys() throws -> [String] {
        let passphrase = try currentPassphrase()
        return try rewriteKeys { file throws(TrustError) in try file.unlocked(with: passphrase) }
    }

    /// Locks the key files with another passphrase than before, all or none. Throws as `unlockKeys` and `lockKeys`.
    @discardableResult
    public func changePassphrase(to new: String) throws -> [String] {
        let passphrase = try currentPassphrase()
        return try rewriteKeys { file throws(TrustError) in try file.unlocked(with: passphrase).locked(with: new) }
    }

    /// Says that the signing key lies on a token, or elsewhere there than before. Throws `keyNotOnToken` when the key there is not this
    /// node's, `keyOnToken` when nobody opens the token.
    public func moveKey(to place: TokenKey) throws {
        guard let signer = try surroundings.keyOpener.signer(place, .needed) else { throw TrustError(.keyOnToken, place.token) }
        try store.write { _ in
            guard try keys.verifyingKey() == signer.verifyingKey else { throw NodeError(.keyNotOnToken, ["token": place.token, "key": place.key]) }
            try folder.writeKeyFile(KeyFile(place, signer.verifyingKey), KeyCabinet.Name.signing)
        }
    }

    private func currentPassphrase() throws -> String {
        guard let name = try keyHolding().locked.first else { throw NodeError(.keysOpen) }
        guard let passphrase = try surroundings.keyOpener.passphrase(name, .needed) else { throw TrustError(.keyFileSealed, name) }
        return passphrase
    }

    private static let rewritingTries = 5

    /// Making the files takes seconds, and putting them in place must meet no rotation: so they are made first, and put in
    /// place while nobody else writes, if the old ones are still there.
    private func rewriteKeys(_ change: (KeyFile) throws(TrustError) -> KeyFile) throws -> [String] {
        for _ in 0..<Node.rewritingTries {
            let before = try folder.keyFiles()
            var after: [String: [UInt8]] = [:]
            for (name, bytes) in before.sorted(by: { $0.key < $1.key }) {
                let file = try KeyCabinet.decoded(name, bytes)
                let changed = try KeyCabinet.named(name) { () throws(TrustError) in try change(file) }
                if changed != file { after[name] = changed.bytes }
            }
            let isDone = try store.write { _ in
                guard try folder.keyFiles() == before else { return false }
                try folder.replaceKeyFiles(after)
                return true
            }
            if isDone { return after.keys.sorted() }
        }
        throw StoreError(.busy, "others change the keys without a pause")
    }
}
