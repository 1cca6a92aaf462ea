import TiaokuaiModel

/// The SHA-256 digest of `bytes`.
public func sha256(_ bytes: [UInt8]) -> Hash32 {
    bytes.withUnsafeBytes { ThreadHasher.sha256.hash($0) }
}

/// The SHA-256 digest of part of an array.
public func sha256(_ bytes: ArraySlice<UInt8>) -> Hash32 {
    bytes.withUnsafeBytes { ThreadHasher.sha256.hash($0) }
}

/// The SM3 digest of `bytes`.
public func sm3(_ bytes: [UInt8]) -> Hash32 {
    bytes.withUnsafeBytes { ThreadHasher.sm3.hash($0) }
}

/// The digest of `bytes` by `algorithm`.
public func digest(_ bytes: [UInt8], by algorithm: HashAlgorithm) -> Hash32 {
    switch algorithm {
    case .sha256: sha256(bytes)
    case .sm3: sm3(bytes)
    }
}
