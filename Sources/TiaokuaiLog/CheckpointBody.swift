import TiaokuaiModel

/// What a checkpoint says of a log, in the text form of C2SP tlog-checkpoint that stock transparency tools read.
///
/// Three lines, each ended by a newline: origin, size in decimal, root in base64 (RFC 4648 §4, padded). A signed note adds
/// an empty line and the signatures.
public struct CheckpointBody: Hashable, Sendable {
    public static let maximumOriginBytes = 255

    /// The log's name, unique in the world, without a scheme: such as `example.org/tiaokuai/620000`.
    public let origin: String
    public let size: UInt64
    public let root: Hash32

    /// Throws `malformedOrigin`: it is 1 to 255 bytes of UTF-8 without control characters.
    public init(origin: String, size: UInt64, root: Hash32) throws(LogError) {
        let hasControl = origin.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x2028...0x2029).contains($0.value) }
        guard (1...Self.maximumOriginBytes).contains(origin.utf8.count), !hasControl else {
            throw LogError(.malformedOrigin, String(origin.prefix(40)))
        }
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The bytes that a note's signature covers, as text.
    public var text: String { "\(origin)\n\(size)\n\(Self.base64(root.bytes))\n" }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func base64(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                out.append(place <= group.count ? digits[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
