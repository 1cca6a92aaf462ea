import COpenSSL

/// A digest of 32 bytes that this network may be built on.
public enum HashAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// SHA-256 (FIPS 180-4): every identity, and the default log.
    case sha256
    /// SM3 (GB/T 32905-2016): the second root of a network under 国密 rules.
    case sm3

    /// The fetched implementation, shared by all threads and kept for the life of the process: fetching costs more
    /// than hashing 100 bytes does.
    var implementation: Implementation {
        switch self {
        case .sha256: Implementation.sha256
        case .sm3: Implementation.sm3
        }
    }
}

/// An `EVP_MD`. OpenSSL makes it immutable once fetched and counts references atomically, hence `@unchecked`.
struct Implementation: @unchecked Sendable {
    let pointer: OpaquePointer

    static let sha256 = Implementation(fetching: "SHA2-256")
    static let sm3 = Implementation(fetching: "SM3")

    /// Stops the process when this libcrypto was built without the digest: nothing that we store could be read.
    private init(fetching name: String) {
        guard let pointer = EVP_MD_fetch(nil, name, nil) else { preconditionFailure("this libcrypto has no \(name)") }
        precondition(EVP_MD_get_size(pointer) == 32)
        self.pointer = pointer
    }
}
