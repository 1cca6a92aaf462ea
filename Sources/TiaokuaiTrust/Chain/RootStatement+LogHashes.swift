import TiaokuaiFormat
import TiaokuaiHash

extension RootStatement {
    /// Under which hashes the nodes of the network that this statement founds keep their logs: SHA-256, and SM3 beside it in a GM
    /// network 国密网, which is one all of whose first root keys are SM2. That stays for the network's life, whatever keys come later.
    public var logHashes: [HashAlgorithm] {
        let isNational = keys.allSatisfy { key in (try? VerifyingKey(coseKey: key))?.suite == .sm2 }
        return isNational ? [.sha256, .sm3] : [.sha256]
    }
}
