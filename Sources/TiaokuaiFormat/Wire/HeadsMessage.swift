import TiaokuaiModel

/// What the sender holds of what both may hold, what it knows of the other's holding, and what it heard.
///
///   heads = ["tk-heads", 1, heads, digest over what the other's newest receipt vouches for, digest of the other's last closing page]
public struct HeadsMessage: Hashable, Sendable {
    /// A list of heads: `Limits.headsPerStatement` of about 150 bytes.
    public static let maximumBytes = Limits.headsPerStatement * 160

    /// The sender's heads; and, of heads that the other named, those that the sender holds too.
    public var heads: Heads
    public var acknowledged: Hash32
    /// Digest of the other's closing page that came whole last; zeros before the first.
    public var heard: Hash32

    public var explicitForm: [UInt8] {
        let form = heads.explicitForm
        var encoder = CBOREncoder(reserving: form.count + 96)
        encoder.beginMessage("tk-heads", items: 3)
        encoder.byteString(form)
        encoder.byteString(acknowledged)
        encoder.byteString(heard)
        return encoder.bytes
    }

    public init(heads: Heads, acknowledged: Hash32, heard: Hash32) {
        self.heads = heads
        self.acknowledged = acknowledged
        self.heard = heard
    }

    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.beginMessage("tk-heads", items: 3)
        heads = try Heads(decoding: try reader.byteString(limit: HeadsMessage.maximumBytes))
        acknowledged = try reader.hash()
        heard = try reader.hash()
        try reader.finish()
    }
}
