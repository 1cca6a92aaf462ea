import TiaokuaiModel
import TiaokuaiTrust

/// Opens a sealed file that arrives in pieces of any size; pure over bytes, and holds one chunk besides what was fed and not
/// taken out yet.
///
///     let opener = SealOpener(keys: keys)
///     for piece in file {
///         opener.feed(piece)
///         while let event = try opener.next() { take(event) }
///     }
///     opener.finish()
///     while let event = try opener.next() { take(event) }
///     guard opener.isComplete else { … }
///
/// What `next` throws ends the reading: nothing in the file can be opened. What is damaged further on comes as an event and
/// costs its chunk; content given out is authentic whatever follows. For one thread at a time.
public final class SealOpener {
    public enum Event: Hashable, Sendable {
        /// The head, checked: suite, length and receivers are as the sealer wrote them.
        case head(SealHead)
        /// Authentic content; `offset` counts content from the file's first.
        case content(ArraySlice<UInt8>, offset: UInt64)
        /// `alteredChunk`, `malformedChunk`, `truncated` or `trailingBytes`, and the range of content that is missing at most: where
        /// the content ends nobody knows without the chunk.
        case damaged(SealError, missing: Range<UInt64>)
    }

    private enum Stage {
        case head
        case chunks(Opened)
        case trailing
        case ended
        case failed(SealError)
    }

    /// What a checked head gives.
    private struct Opened {
        let plan: ChunkPlan
        let suite: SealSuite
        let cipher: any ChunkCipher
        let headDigest: [UInt8]
        var chunk: UInt32 = 0
        /// Where the content ends, once a chunk said so.
        var contentEnd: UInt64?
    }

    private let keys: [Hash32: SealingKey]
    private var stage = Stage.head
    private var buffer: [UInt8] = []
    private var cursor = 0
    /// Position of the buffer's first byte in the file.
    private var base: UInt64 = 0
    /// Bytes that came after the last chunk, or after the reading had failed.
    private var ignored: UInt64 = 0
    private var isFinished = false
    private var isDamaged = false
    private var isWhole = false

    /// - Parameter keys: all that the reader has, old ones too; each is known by its thumbprint.
    public init(keys: [SealingKey]) {
        self.keys = Dictionary(keys.map { ($0.publicKey.thumbprint, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the file has ended, all of it is authentic, and nothing is missing or added.
    public var isComplete: Bool { isWhole && !isDamaged }

    /// Bytes of the file that were opened or found damaged.
    public var offset: UInt64 { base + UInt64(cursor) }

    public func feed(_ piece: some Collection<UInt8>) {
        precondition(!isFinished, "nothing is fed after the end")
        guard wantsMore else {
            ignored += UInt64(piece.count)
            return
        }
        if cursor >= SealLimits.chunkBytes || cursor == buffer.count {
            buffer.removeFirst(cursor)
            base += UInt64(cursor)
            cursor = 0
        }
        buffer.append(contentsOf: piece)
    }

    /// Whether bytes that come are still to be read and not only counted.
    private var wantsMore: Bool {
        switch stage {
        case .head, .chunks: true
        case .trailing, .ended, .failed: false
        }
    }

    /// Bytes held at the moment.
    package var heldBytes: Int { buffer.count }

    /// No more bytes will come.
    public func finish() { isFinished = true }

    /// The next event; nil when more bytes are needed or, once finished, when there is nothing left.
    ///
    /// Throws `notSealed`, `unsupportedVersion`, `malformedHead`, `tooManyReceivers`, `unknownSuite`, `notForTheseKeys`,
    /// `wrongSuite`, `alteredHead`, or `truncated` within the head; and again the same when asked again.
    public func next() throws(SealError) -> Event? {
        do throws(SealError) {
            while true {
                switch stage {
                case .head: return try readHead()
                case .chunks(let opened):
                    switch try readChunk(opened) {
                    case .event(let event): return event
                    case .padding: continue
                    case .needsMore: return nil
                    }
                case .trailing: return readTrailing()
                case .ended: return nil
                case .failed(let error): throw error
                }
            }
        } catch {
            stage = .failed(error)
            throw error
        }
    }

    private func readHead() throws(SealError) -> Event? {
        guard let head = try SealHead(beginning: buffer) else {
            guard isFinished else { return nil }
            guard !buffer.isEmpty else { throw SealError(.notSealed, "no bytes") }
            throw SealError(.truncated, "within the head", offset: UInt64(buffer.count))
        }
        let cipher = try unwrap(head)
        cursor = head.byteCount
        stage = .chunks(Opened(plan: ChunkPlan(head), suite: head.suite, cipher: cipher, headDigest: cipher.headDigest(head.outline)))
        return .head(head)
    }

    private func unwrap(_ head: SealHead) throws(SealError) -> any ChunkCipher {
        let mine = head.receivers.compactMap { receiver in keys[receiver.key].map { (receiver, $0) } }
        guard !mine.isEmpty else { throw SealError(.notForTheseKeys, receivers: head.receivers.map(\.key)) }
        let fitting = mine.filter { receiver, key in receiver.wrap == KeyWrap(key.curve) }
        guard !fitting.isEmpty else { throw SealError(.wrongSuite, receivers: mine.map(\.0.key)) }
        for (receiver, key) in fitting {
            guard var secret = KeyWrap.unwrap(receiver.wrapped, key: key, for: head.suite) else { continue }
            defer { SecretBytes.erase(&secret) }
            let cipher = try head.suite.cipher(secret: secret)
            if KeyedHash.isEqual(try cipher.headTag(head.outline), head.tag) { return cipher }
        }
        throw SealError(.alteredHead)
    }

    private enum Step {
        case event(Event)
        case padding
        case needsMore
    }

    private func readChunk(_ current: Opened) throws(SealError) -> Step {
        var opened = current
        let share = opened.plan.share(of: opened.chunk)
        let length = ChunkPlan.countBytes + share + opened.suite.tagBytes
        guard buffer.count - cursor >= length else { return isFinished ? .event(cutShort(opened)) : .needsMore }
        let (chunk, place) = (opened.chunk, offset)
        let start = opened.plan.start(of: chunk)
        let isFinal = opened.plan.isFinal(chunk)
        let plain = try opened.cipher.open(buffer[cursor..<cursor + length], chunk: chunk, isFinal: isFinal, head: opened.headDigest)
        cursor += length
        opened.chunk += 1
        let content = plain.flatMap { opened.plan.content($0, chunk: chunk, isAfterEnd: opened.contentEnd != nil) }
        if let content, content.count < share, opened.contentEnd == nil { opened.contentEnd = start + UInt64(content.count) }
        stage = isFinal ? .trailing : .chunks(opened)
        guard let content else {
            let code: SealError.Code = plain == nil ? .alteredChunk : .malformedChunk
            let error = SealError(code, chunk: Int(chunk), offset: place, length: UInt64(length))
            return .event(damaged(error, missing: start..<start + UInt64(share), opened))
        }
        return content.isEmpty ? .padding : .event(.content(content, offset: start))
    }

    private func cutShort(_ opened: Opened) -> Event {
        stage = .ended
        let error = SealError(.truncated, chunk: Int(opened.chunk), offset: base + UInt64(buffer.count))
        return damaged(error, missing: opened.plan.start(of: opened.chunk)..<opened.plan.paddedLength, opened)
    }

    private func readTrailing() -> Event? {
        guard isFinished else { return nil }
        stage = .ended
        isWhole = true
        let count = UInt64(buffer.count - cursor) + ignored
        guard count > 0 else { return nil }
        isDamaged = true
        return .damaged(SealError(.trailingBytes, offset: offset, length: count), missing: 0..<0)
    }

    /// Padding that is missing is no content.
    private func damaged(_ error: SealError, missing: Range<UInt64>, _ opened: Opened) -> Event {
        isDamaged = true
        let end = opened.contentEnd.map { min($0, missing.upperBound) } ?? missing.upperBound
        return .damaged(error, missing: min(missing.lowerBound, end)..<end)
    }
}
