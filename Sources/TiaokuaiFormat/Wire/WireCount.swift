/// One number with a name: `["tk-plan", 1, frames]`, `["tk-from", 1, position]`.
public struct WireCount: Hashable, Sendable {
    public static let plan = "tk-plan"
    public static let from = "tk-from"

    /// 0 … 2³¹ − 1.
    public var value: Int

    public init(_ value: Int) { self.value = value }

    public func explicitForm(_ name: String) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 24)
        encoder.beginMessage(name, items: 1)
        encoder.unsigned(UInt64(value))
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8], _ name: String) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage(name, items: 1)
        value = try reader.count(limit: Int(Int32.max))
        try reader.finish()
    }
}
