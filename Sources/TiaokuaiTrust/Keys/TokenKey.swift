import TiaokuaiFormat

/// Which key on which token: what a key file says where the secret is not in it.
///
///   token = ["pkcs11", module: tstr, token label: tstr, key label: tstr]
public struct TokenKey: Hashable, Sendable {
    /// Path of the PKCS#11 module, the shared library of the token's maker, as dlopen takes it.
    public let module: String
    /// The token's label.
    public let token: String
    /// The key's label on it.
    public let key: String

    static let name = "pkcs11"
    /// Longest path and longest labels, in bytes of UTF-8; a token's label has 32 by the standard.
    static let moduleBytes = 512
    static let tokenBytes = 32
    static let keyBytes = 128

    /// Throws `malformedKeyFile` for what is empty or too long.
    public init(module: String, token: String, key: String) throws(TrustError) {
        for (text, limit) in [(module, TokenKey.moduleBytes), (token, TokenKey.tokenBytes), (key, TokenKey.keyBytes)] {
            guard 1...limit ~= text.utf8.count else { throw TrustError(.malformedKeyFile, "\(text.utf8.count) bytes, not 1 … \(limit)") }
        }
        self.module = module
        self.token = token
        self.key = key
    }

    func encode(to encoder: inout CBOREncoder) {
        encoder.arrayHeader(4)
        encoder.text(TokenKey.name)
        encoder.text(module)
        encoder.text(token)
        encoder.text(key)
    }

    /// What follows the name in an array of so many items.
    init(_ reader: inout CBORReader, count: Int) throws {
        guard count == 4 else { throw TrustError(.malformedKeyFile, "token") }
        try self.init(
            module: try reader.text(limit: TokenKey.moduleBytes), token: try reader.text(limit: TokenKey.tokenBytes),
            key: try reader.text(limit: TokenKey.keyBytes))
    }
}
