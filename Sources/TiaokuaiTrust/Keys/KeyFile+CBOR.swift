import TiaokuaiFormat

extension KeyFile {
    /// The file, to be kept at mode 0600.
    public var bytes: [UInt8] {
        switch custody {
        case .open(let secret): encoded(nil, nil, secret)
        case .locked(let protection, let secret): encoded(protection, nil, secret)
        case .token(let key): encoded(nil, key, [])
        }
    }

    /// Everything before the secret: what a locked secret is authenticated with.
    func head(_ protection: KeyProtection) -> [UInt8] { encoder(protection, nil).bytes }

    private func encoded(_ protection: KeyProtection?, _ token: TokenKey?, _ secret: [UInt8]) -> [UInt8] {
        var encoder = encoder(protection, token)
        encoder.byteString(secret)
        return encoder.bytes
    }

    private func encoder(_ protection: KeyProtection?, _ token: TokenKey?) -> CBOREncoder {
        var encoder = CBOREncoder(reserving: 192)
        encoder.arrayHeader(7)
        encoder.text(KeyFile.name)
        encoder.unsigned(KeyFile.version)
        encoder.unsigned(purpose.rawValue)
        encoder.integer(algorithm)
        encoder.byteString(publicKey)
        if let protection { protection.encode(to: &encoder) } else if let token { token.encode(to: &encoder) } else { encoder.null() }
        return encoder
    }

    /// Reads a file and opens nothing. Throws `malformedKeyFile`, `keyFileVersion`, `unsupportedSuite`.
    public init(decoding bytes: [UInt8]) throws(TrustError) {
        do {
            try self.init(parsing: bytes)
        } catch let error as TrustError {
            throw error
        } catch {
            throw TrustError(.malformedKeyFile, "\(error)")
        }
    }

    private init(parsing bytes: [UInt8]) throws {
        guard bytes.count <= KeyFile.maximumBytes else { throw TrustError(.malformedKeyFile, "\(bytes.count) bytes") }
        var reader = CBORReader(bytes)
        let count = try reader.arrayHeader()
        guard count >= 2, try reader.text(limit: 32) == KeyFile.name else { throw TrustError(.malformedKeyFile, "not a key file") }
        let version = try reader.unsigned()
        guard version == KeyFile.version else { throw TrustError(.keyFileVersion, "\(version)") }
        guard count == 7, let purpose = Purpose(rawValue: try reader.unsigned()) else { throw TrustError(.malformedKeyFile, "purpose") }
        let algorithm = try reader.integer()
        let publicKey = try reader.byteString(limit: 65)
        let kept = reader.nullIfNext() ? nil : try KeyFile.keeper(&reader)
        let secret = try reader.byteString(limit: 64)
        try reader.finish()
        self.init(purpose, algorithm, publicKey, try KeyFile.custody(kept, secret, purpose))
        try checkPublicKey()
    }

    private func checkPublicKey() throws(TrustError) {
        do {
            if purpose == .signing { _ = try verifyingKey() } else { _ = try sealingPublicKey() }
        } catch {
            throw error.code == .unsupportedSuite ? error : TrustError(.malformedKeyFile, error.description)
        }
    }

    private static func custody(_ kept: Keeper?, _ secret: [UInt8], _ purpose: Purpose) throws(TrustError) -> Custody {
        switch kept {
        case nil: return .open(secret: secret)
        case .passphrase(let protection): return .locked(protection, secret: secret)
        case .token(let key):
            guard secret.isEmpty, purpose == .signing else { throw TrustError(.malformedKeyFile, "what is on a token is not here") }
            return .token(key)
        }
    }

    private enum Keeper {
        case passphrase(KeyProtection)
        case token(TokenKey)
    }

    private static func keeper(_ reader: inout CBORReader) throws -> Keeper {
        let count = try reader.arrayHeader()
        guard count > 0 else { throw TrustError(.malformedKeyFile, "custody") }
        switch try reader.text(limit: 32) {
        case KeyProtection.name: return .passphrase(try KeyProtection(&reader, count: count))
        case TokenKey.name: return .token(try TokenKey(&reader, count: count))
        case let other: throw TrustError(.keyFileVersion, "custody \(other)")
        }
    }
}
