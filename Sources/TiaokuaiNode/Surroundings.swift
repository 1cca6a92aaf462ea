import Foundation
import TiaokuaiModel
import TiaokuaiTrust

/// The effects a node needs besides its folder: a clock, randomness, new keys and whoever opens locked ones, injected so that a
/// rehearsal plays any year and a test repeats itself.
public struct Surroundings: Sendable {
    public var now: @Sendable () -> Written
    public var randomBytes: @Sendable (Int) -> [UInt8]
    /// A new signing key; libcrypto's own randomness unless something else is given.
    public var newSigningKey: @Sendable (Suite) throws -> SigningKey = { try SigningKey.generate($0) }
    public var newSealingKey: @Sendable (SealingCurve) throws -> SealingKey = { try SealingKey.generate($0) }
    /// Who knows the passphrase and the token's PIN.
    public var keyOpener = KeyOpener.none
    /// With what files beside the store get onto the disk.
    package var medium = MediumCalls.system

    public init(now: @escaping @Sendable () -> Written, randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.now = now
        self.randomBytes = randomBytes
    }

    /// The machine's clock and the system's randomness.
    public static let real = Surroundings(
        now: { Written(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        })

    func newEpoch() -> Epoch {
        let bytes = randomBytes(16)
        let words = bytes.withUnsafeBytes { ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
        return Epoch(high: words.0, low: words.1)
    }
}
