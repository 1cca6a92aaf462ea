import TiaokuaiModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One `Hasher256` for each thread and algorithm, made when first asked for and freed when the thread ends: a digest then
/// needs neither a lock nor an allocation. Safe under Swift concurrency because `hash` never suspends.
struct ThreadHasher: Sendable {
    static let sha256 = ThreadHasher(.sha256)
    static let sm3 = ThreadHasher(.sm3)

    private let algorithm: HashAlgorithm
    private let key: pthread_key_t

    private init(_ algorithm: HashAlgorithm) {
        var key = pthread_key_t()
        let failure = pthread_key_create(&key) { hasher in
            if let hasher { Unmanaged<Hasher256>.fromOpaque(hasher).release() }
        }
        precondition(failure == 0, "a process has 1024 keys; something uses them all up")
        self.algorithm = algorithm
        self.key = key
    }

    func hash(_ buffer: UnsafeRawBufferPointer) -> Hash32 {
        if let kept = pthread_getspecific(key) {
            return Unmanaged<Hasher256>.fromOpaque(kept)._withUnsafeGuaranteedRef { $0.hash(buffer) }
        }
        let made = Unmanaged.passRetained(Hasher256(algorithm))
        if pthread_setspecific(key, made.toOpaque()) != 0 { preconditionFailure("out of memory") }
        return made.takeUnretainedValue().hash(buffer)
    }
}
