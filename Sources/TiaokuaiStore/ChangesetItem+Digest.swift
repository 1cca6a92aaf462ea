import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

extension ChangesetItem {
    /// SHA-256 over envelope and packed body as they lie in the store: one bit of either that changes there shows.
    public var storedDigest: Hash32 {
        let hasher = Hasher256()
        hasher.update(envelope)
        hasher.update(compressedBody)
        return hasher.finish()
    }
}
