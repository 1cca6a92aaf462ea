import Synchronization
import TiaokuaiHash
import TiaokuaiModel

/// Signatures that this process has seen to hold, by a digest over key, bytes and signature: what hangs on consents and root statements
/// is worked out anew whenever policy comes, and whether a signature holds never changes. Only those that hold are kept; bounded.
enum KnownSignatures {
    private static let known = Mutex<Set<Hash32>>([])
    /// About 1 MiB; then it begins anew.
    private static let maximum = 16_384

    /// Whether the signature holds, found by `check` where it isn't known.
    static func holds(_ signature: [UInt8], over bytes: [UInt8], by key: Hash32, check: () -> Bool) -> Bool {
        // 32 and 64 bytes: nothing else has the same digest.
        guard signature.count == Suite.signatureBytes else { return false }
        var input: [UInt8] = []
        input.reserveCapacity(32 + signature.count + bytes.count)
        key.append(to: &input)
        input += signature
        input += bytes
        let name = sha256(input)
        if known.withLock({ $0.contains(name) }) { return true }
        guard check() else { return false }
        known.withLock { known in
            if known.count >= maximum { known.removeAll(keepingCapacity: true) }
            known.insert(name)
        }
        return true
    }
}
