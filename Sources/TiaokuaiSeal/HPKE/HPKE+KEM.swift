import TiaokuaiTrust

extension HPKE.KEM {
    /// DeriveKeyPair, §7.1.3: a key from at least 32 bytes of entropy. Deterministic, so it serves vectors and keys from one seed.
    public func deriveKeyPair(_ entropy: [UInt8]) throws(SealError) -> SealingKey {
        let labels = HPKE.Labels(self)
        var root = try labels.extract("dkp_prk", entropy)
        defer { SecretBytes.erase(&root) }
        guard self == .p256 else { return try key(try labels.expand(root, "sk", [], count: 32)) }
        // A candidate is beyond the order once in 2³²; the RFC counts up to 255.
        for counter in UInt8.min...UInt8.max {
            let candidate = try labels.expand(root, "candidate", [counter], count: 32)
            if let key = try? SealingKey(.p256, secret: candidate) { return key }
        }
        throw SealError(.crypto, "DeriveKeyPair found no key")
    }

    private func key(_ secret: [UInt8]) throws(SealError) -> SealingKey {
        return try SealError.crypto { try SealingKey(curve, secret: secret) }
    }

    /// Encap, §4.1.
    func encapsulate(to receiver: SealingPublicKey, ephemeral: SealingKey?) throws(SealError) -> (secret: [UInt8], encapsulation: [UInt8]) {
        guard receiver.curve == curve else { throw SealError(.wrongKey, "\(receiver.curve) for \(self)") }
        let ephemeral = if let ephemeral { ephemeral } else { try SealError.crypto { try SealingKey.generate(curve) } }
        var agreed: [UInt8]
        do { agreed = try ephemeral.agree(with: receiver) } catch { throw SealError(.wrongKey, "\(error)") }
        defer { SecretBytes.erase(&agreed) }
        let encapsulation = ephemeral.publicKey.rawBytes
        return (try extractAndExpand(agreed, context: encapsulation + receiver.rawBytes), encapsulation)
    }

    /// Decap, §4.1.
    func decapsulate(_ encapsulation: [UInt8], key: SealingKey) throws(SealError) -> [UInt8] {
        guard key.curve == curve else { throw SealError(.wrongKey, "\(key.curve) for \(self)") }
        var agreed: [UInt8]
        do {
            agreed = try key.agree(with: try SealingPublicKey(curve, rawBytes: encapsulation))
        } catch {
            throw SealError(.notOpened, error.description)
        }
        defer { SecretBytes.erase(&agreed) }
        return try extractAndExpand(agreed, context: encapsulation + key.publicKey.rawBytes)
    }

    /// ExtractAndExpand, §4.1.
    private func extractAndExpand(_ agreed: [UInt8], context: [UInt8]) throws(SealError) -> [UInt8] {
        let labels = HPKE.Labels(self)
        var root = try labels.extract("eae_prk", agreed)
        defer { SecretBytes.erase(&root) }
        return try labels.expand(root, "shared_secret", context, count: HKDF.hashBytes)
    }
}
