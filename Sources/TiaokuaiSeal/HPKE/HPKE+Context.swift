import TiaokuaiTrust

extension HPKE {
    /// What both ends hold once set up, §5.1: a key, a nonce that counts, a secret to export from. A class, because a copy
    /// would use nonces twice. For one thread at a time.
    final class Context {
        let suite: Suite
        let cipher: AuthenticatedCipher
        private let baseNonce: [UInt8]
        private var exporter: [UInt8]
        /// Of the next message. 2⁶⁴ messages never come, so the RFC's MessageLimitReached is the end of `UInt64`.
        private(set) var sequence: UInt64 = 0

        /// KeySchedule in base mode, §5.1.
        init(_ suite: Suite, sharedSecret: [UInt8], info: [UInt8]) throws(SealError) {
            let labels = Labels(suite)
            let context = [0] + (try labels.extract("psk_id_hash", [])) + (try labels.extract("info_hash", info))
            var shared = sharedSecret
            var secret = try labels.extract(salt: sharedSecret, "secret", [])
            var key = try labels.expand(secret, "key", context, count: suite.aead.algorithm.keyBytes)
            defer {
                SecretBytes.erase(&shared)
                SecretBytes.erase(&secret)
                SecretBytes.erase(&key)
            }
            self.suite = suite
            baseNonce = try labels.expand(secret, "base_nonce", context, count: AuthenticatedCipher.nonceBytes)
            exporter = try labels.expand(secret, "exp", context, count: HKDF.hashBytes)
            cipher = try SealError.crypto { try AuthenticatedCipher(suite.aead.algorithm, key: key) }
        }

        deinit { SecretBytes.erase(&exporter) }

        /// ComputeNonce, §5.2.
        func nonce() throws(SealError) -> [UInt8] {
            guard sequence < .max else { throw SealError(.messageLimit) }
            var nonce = baseNonce
            for (index, byte) in bigEndian(sequence).enumerated() { nonce[nonce.count - 8 + index] ^= byte }
            return nonce
        }

        func advance() { sequence += 1 }

        func skip(to sequence: UInt64) { self.sequence = sequence }

        /// Context.Export, §5.3.
        func export(_ context: [UInt8], count: Int) throws(SealError) -> [UInt8] {
            try Labels(suite).expand(exporter, "sec", context, count: count)
        }
    }

    /// The end that seals. For one thread at a time.
    public final class Sender {
        /// What the receiver needs besides its key: 32 or 65 bytes.
        public let encapsulation: [UInt8]
        let context: Context

        init(_ context: Context, encapsulation: [UInt8]) {
            self.context = context
            self.encapsulation = encapsulation
        }

        /// How many messages were sealed.
        public var sequence: UInt64 { context.sequence }

        /// Goes on at another message: for test vectors only, because going back uses a nonce twice.
        package func skip(to sequence: UInt64) { context.skip(to: sequence) }

        /// The next message, 16 bytes longer than `plaintext`. Messages open in the order in which they were sealed.
        public func seal(_ plaintext: [UInt8], aad: [UInt8] = []) throws(SealError) -> [UInt8] {
            let nonce = try context.nonce()
            let sealed = try SealError.crypto { try context.cipher.seal(plaintext[...], nonce: nonce, aad: aad) }
            context.advance()
            return sealed
        }

        /// A secret that both ends can make and nobody else; 1 … 8,160 bytes.
        public func export(_ exporterContext: [UInt8], count: Int) throws(SealError) -> [UInt8] {
            try context.export(exporterContext, count: count)
        }
    }

    /// The end that opens. For one thread at a time.
    public final class Receiver {
        let context: Context

        init(_ context: Context) { self.context = context }

        /// How many messages were opened.
        public var sequence: UInt64 { context.sequence }

        /// Goes on at another message: for test vectors only.
        package func skip(to sequence: UInt64) { context.skip(to: sequence) }

        /// The next message; `notOpened` when it is another one or was altered, and then it can still come.
        public func open(_ ciphertext: [UInt8], aad: [UInt8] = []) throws(SealError) -> [UInt8] {
            guard let plaintext = context.cipher.open(ciphertext[...], nonce: try context.nonce(), aad: aad) else { throw SealError(.notOpened) }
            context.advance()
            return plaintext
        }

        /// As the sender's.
        public func export(_ exporterContext: [UInt8], count: Int) throws(SealError) -> [UInt8] {
            try context.export(exporterContext, count: count)
        }
    }
}
