import COpenSSL
import TiaokuaiModel

/// Hashes many things one after another with one context of libcrypto; `finish` and `hash` leave it ready for the next.
///
/// For one thread at a time. A few million short inputs per second; `sha256(_:)` is nearly as quick and needs no object.
/// The calls underneath fail only when memory runs out while the context is made, and then stop the process.
public final class Hasher256 {
    public let algorithm: HashAlgorithm
    private let implementation: OpaquePointer
    private let context: OpaquePointer
    /// False between an `update` and the `finish` that ends it.
    private var isFresh = false

    public init(_ algorithm: HashAlgorithm = .sha256) {
        self.algorithm = algorithm
        implementation = algorithm.implementation.pointer
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        self.context = context
        reset()
    }

    deinit { EVP_MD_CTX_free(context) }

    public func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    public func update(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { update($0) }
    }

    public func update(_ buffer: UnsafeRawBufferPointer) {
        isFresh = false
        let done = EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
        precondition(done == 1)
    }

    public func update(_ hash: Hash32) {
        withUnsafeBytes(of: hash.bigEndianWords) { update($0) }
    }

    /// The digest of all that was given since the last `finish`; starts afresh.
    public func finish() -> Hash32 {
        let digest = final()
        reset()
        return digest
    }

    /// The digest of `buffer` alone. Whatever was given to `update` and not finished is forgotten.
    public func hash(_ buffer: UnsafeRawBufferPointer) -> Hash32 {
        if !isFresh { reset() }
        update(buffer)
        return finish()
    }

    public func hash(_ bytes: [UInt8]) -> Hash32 {
        bytes.withUnsafeBytes { hash($0) }
    }

    private func final() -> Hash32 {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { out in
            let done = EVP_DigestFinal_ex(context, out.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
            guard done == 1, let start = out.baseAddress else { preconditionFailure("libcrypto could not finish a digest") }
            return Hash32(loading: start)
        }
    }

    private func reset() {
        let done = EVP_DigestInit_ex2(context, implementation, nil)
        precondition(done == 1)
        isFresh = true
    }
}

extension Hash32 {
    /// The 32 bytes as they lie in memory, for `withUnsafeBytes(of:)` without an array.
    var bigEndianWords: (UInt64, UInt64, UInt64, UInt64) {
        (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian)
    }
}
