import Foundation
import TiaokuaiFormat
import TiaokuaiTrust

extension KeyCabinet {
    /// New keys' files, in the way in which this folder keeps its others: locked where those are.
    func filesForFolder(_ made: NewKeys) throws -> (signing: KeyFile, sealing: KeyFile) {
        let passphrase = try foldersPassphrase()
        func kept(_ file: KeyFile) throws -> KeyFile { try passphrase.map { try file.locked(with: $0) } ?? file }
        return (try kept(made.signingFile), try kept(KeyFile(made.sealing)))
    }

    /// The keys that a rotation will bring; those asked for before are given up. Both or none: a grant that is under way names
    /// the two that were asked for together.
    func putNext(_ files: (signing: KeyFile, sealing: KeyFile)) throws {
        try folder.replaceKeyFiles([Name.nextSealing: files.sealing.bytes, Name.nextSigning: files.signing.bytes])
    }

    /// The next keys become the node's; the old sealing key stays, to open what was sealed to it. Cut short, the same call
    /// goes on with it: the signing key moves last. No secret is opened for it.
    func promoteNext() throws {
        try folder.finishReplacing()
        guard FileManager.default.fileExists(atPath: folder.nextSigningKeyPath) else { return }
        if FileManager.default.fileExists(atPath: folder.nextSealingKeyPath) {
            let old = try file(Name.sealing)
            try folder.writeKeyFile(old, "sealing-\(try old.sealingPublicKey().thumbprint.hex.prefix(16)).key")
            guard folder.medium.rename(folder.nextSealingKeyPath, folder.sealingKeyPath, false) == 0 else { throw folder.failure(folder.sealingKeyPath) }
        }
        guard folder.medium.rename(folder.nextSigningKeyPath, folder.signingKeyPath, false) == 0 else { throw folder.failure(folder.signingKeyPath) }
        try DurableFile.syncFolder(of: folder.signingKeyPath, on: folder.medium)
    }

    /// The passphrase under which this folder's files are locked, tried on one of them; nil where all lie open.
    private func foldersPassphrase() throws -> String? {
        for name in try folder.keyFileNames() {
            let file = try file(name)
            guard file.isLocked else { continue }
            guard let passphrase = try opener.passphrase(name, .needed) else { throw TrustError(.keyFileSealed, name) }
            _ = try KeyCabinet.named(name) { () throws(TrustError) in try file.unlocked(with: passphrase) }
            return passphrase
        }
        return nil
    }
}
