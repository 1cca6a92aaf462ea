import TiaokuaiModel
import TiaokuaiTrust

/// Seals one stream of content to several receivers; pure over bytes, and holds one chunk besides what was appended and not
/// taken out yet.
///
///     let writer = try SealWriter(to: keys, atMost: length)
///     for piece in content {
///         try writer.append(piece)
///         while let bytes = try writer.next() { put(bytes) }
///     }
///     writer.finish()
///     while let bytes = try writer.next() { put(bytes) }
///
/// A class, because a copy would encrypt two contents under one key and nonce. For one thread at a time.
public final class SealWriter {
    /// What will stand outside.
    public let head: SealHead

    private let plan: ChunkPlan
    private let cipher: any ChunkCipher
    private let headDigest: [UInt8]
    private var isHeadOut = false
    private var isFinished = false
    /// The next chunk to give out.
    private var chunk: UInt32 = 0
    private var content: [UInt8] = []
    /// Where the content that is not sealed yet begins in `content`.
    private var cursor = 0
    private var appended: UInt64 = 0

    /// - Parameters:
    ///   - receivers: 1 to 256 keys on any curves; the same key twice counts once.
    ///   - atMost: how much content will come at most, in bytes; the file's length follows from it, not from what came.
    ///
    /// Throws `noReceiver`, `tooManyReceivers`, `tooLong`, or `wrongKey` for a key of small order.
    public convenience init(to receivers: [SealingPublicKey], atMost length: UInt64) throws(SealError) {
        try self.init(to: receivers, atMost: length, secret: nil)
    }

    /// The same with a given secret and, by receiver, ephemeral keys: for test vectors only.
    package init(
        to receivers: [SealingPublicKey], atMost length: UInt64, secret given: [UInt8]?, ephemeral: (SealingPublicKey) -> SealingKey? = { _ in nil }
    ) throws(SealError) {
        guard !receivers.isEmpty else { throw SealError(.noReceiver) }
        let suite = SealSuite(for: receivers.map(\.curve))
        let paddedLength = SealLimits.padded(length)
        guard paddedLength <= SealLimits.contentBytes else { throw SealError(.tooLong, "\(length) > \(SealLimits.contentBytes)") }
        var secret = given ?? []
        if given == nil { secret = try SealError.crypto { try SecretBytes.random(SealSuite.secretBytes) } }
        defer { SecretBytes.erase(&secret) }
        let keys = Dictionary(receivers.map { ($0.thumbprint, $0) }, uniquingKeysWith: { first, _ in first }).sorted { $0.key < $1.key }
        guard keys.count <= SealLimits.receivers else { throw SealError(.tooManyReceivers, "\(keys.count) > \(SealLimits.receivers)") }
        var wrapped: [SealHead.Receiver] = []
        for (id, key) in keys {
            let bytes = try KeyWrap.wrap(secret, to: key, for: suite, ephemeral: ephemeral(key))
            wrapped.append(SealHead.Receiver(key: id, wrap: KeyWrap(key.curve), wrapped: bytes))
        }
        let cipher = try suite.cipher(secret: secret)
        self.cipher = cipher
        head = try SealHead(suite, paddedLength: paddedLength, receivers: wrapped) { outline throws(SealError) in try cipher.headTag(outline) }
        headDigest = cipher.headDigest(head.outline)
        plan = ChunkPlan(head)
    }

    /// More content. Throws `tooLong` beyond the padded length, and then takes none of the piece.
    public func append(_ piece: some Collection<UInt8>) throws(SealError) {
        precondition(!isFinished, "nothing is appended after the end")
        guard appended + UInt64(piece.count) <= plan.paddedLength else {
            throw SealError(.tooLong, "\(appended + UInt64(piece.count)) > \(plan.paddedLength)")
        }
        if cursor >= SealLimits.chunkBytes {
            content.removeFirst(cursor)
            cursor = 0
        }
        content.append(contentsOf: piece)
        appended += UInt64(piece.count)
    }

    /// Bytes held at the moment.
    package var heldBytes: Int { content.count }

    /// No more content will come.
    public func finish() { isFinished = true }

    /// The next bytes of the sealed file: the head, then a chunk at a time. Nil when more content is needed, or at the end.
    public func next() throws(SealError) -> [UInt8]? {
        guard isHeadOut else {
            isHeadOut = true
            return head.bytes
        }
        guard chunk < plan.count else { return nil }
        let share = plan.share(of: chunk)
        let held = content.count - cursor
        guard held >= share || isFinished else { return nil }
        let end = cursor + min(held, share)
        var plain = plan.plain(content[cursor..<end], chunk: chunk)
        defer { SecretBytes.erase(&plain) }
        let sealed = try cipher.seal(plain, chunk: chunk, isFinal: plan.isFinal(chunk), head: headDigest)
        cursor = end
        chunk += 1
        return sealed
    }
}
