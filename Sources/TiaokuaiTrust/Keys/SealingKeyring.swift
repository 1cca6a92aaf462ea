import TiaokuaiModel

/// The private sealing keys of a reader, of which only those are opened that a file names.
public struct SealingKeyring: Sendable {
    private let find: @Sendable ([Hash32]) throws -> [SealingKey]

    /// - Parameter find: gives those of the keys with these thumbprints that the reader has, in the order in which they are to be
    ///   tried; what opening them throws ends the reading.
    public init(_ find: @escaping @Sendable ([Hash32]) throws -> [SealingKey]) { self.find = find }

    /// Keys that are open already.
    public init(_ keys: [SealingKey]) {
        self.init { receivers in keys.filter { receivers.contains($0.publicKey.thumbprint) } }
    }

    public func keys(for receivers: [Hash32]) throws -> [SealingKey] { try find(receivers) }

    /// Both readers' keys, the other's only where this one has none.
    public func or(_ other: SealingKeyring) -> SealingKeyring {
        SealingKeyring { receivers in
            let found = try keys(for: receivers)
            return found.isEmpty ? try other.keys(for: receivers) : found
        }
    }
}

extension SealingKeyring: ExpressibleByArrayLiteral {
    public init(arrayLiteral keys: SealingKey...) { self.init(keys) }
}
