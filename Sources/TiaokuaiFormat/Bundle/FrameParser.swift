import TiaokuaiHash
import TiaokuaiModel

/// Finds frames in bytes that arrive in pieces of any size; a pure state machine that holds at most one frame.
///
/// A damaged frame is named with its offset and reason, and the search goes on at the next marker: one damaged place
/// never costs more than what is damaged.
public struct FrameParser: Sendable {
    public enum Event: Hashable, Sendable {
        case frame(Frame, offset: UInt64)
        case damaged(offset: UInt64, length: UInt64, reason: FormatError)
    }

    private var buffer: [UInt8] = []
    /// Position of the buffer's first byte in the whole.
    private var base: UInt64 = 0
    private var cursor = 0
    /// Start and reason of a damaged stretch that is not reported yet.
    private var damage: (start: UInt64, reason: FormatError)?
    private var isFinished = false
    /// Bytes that were hashed for nothing: what began like a frame, and its digest was another.
    private(set) package var falseBytes: UInt64 = 0
    /// Beginnings of frames may overlap, each announcing 16 MiB, so that reading a hostile file would take days. An honest one has
    /// a few false beginnings for each damaged place, so it never comes near: four large frames, and four times what was read.
    package static let admittedFalseBytes = (atFirst: 4 * UInt64(Limits.frameBytes), forEachByte: UInt64(4))

    public init() {}

    /// Bytes consumed as frames or reported as damage.
    public var offset: UInt64 { base + UInt64(cursor) }

    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        if cursor > 1 << 16 {
            buffer.removeFirst(cursor)
            base += UInt64(cursor)
            cursor = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// No more bytes will come.
    public mutating func finish() { isFinished = true }

    /// The next event, or nil when more bytes are needed (or, once finished, when there is nothing left).
    public mutating func next() -> Event? {
        while cursor < buffer.count {
            switch attempt() {
            case .frame(let frame, let length):
                if let damage { return report(damage) }
                let start = offset
                cursor += length
                return .frame(frame, offset: start)
            case .needsMore where !isFinished: return nil
            case .needsMore: skip(FormatError(.truncated, at: cursor, "the bytes end inside a frame"))
            case .bad(let reason): skip(reason)
            }
        }
        return isFinished ? damage.map { report($0) } : nil
    }

    private mutating func report(_ damage: (start: UInt64, reason: FormatError)) -> Event {
        self.damage = nil
        return .damaged(offset: damage.start, length: offset - damage.start, reason: damage.reason)
    }

    /// Moves to the next place where a frame could begin.
    private mutating func skip(_ reason: FormatError) {
        if damage == nil { damage = (offset, reason) }
        cursor += 1
        let first = Frame.marker[0]
        while cursor < buffer.count, buffer[cursor] != first { cursor += 1 }
    }

    private enum Attempt {
        case frame(Frame, length: Int)
        case needsMore
        case bad(FormatError)
    }

    private mutating func attempt() -> Attempt {
        let available = buffer.count - cursor
        for (index, byte) in Frame.marker.enumerated() {
            if index >= available { return .needsMore }
            if buffer[cursor + index] != byte { return .bad(FormatError(.malformedFrame, at: index, "no frame begins here")) }
        }
        var reader = CBORReader(buffer, from: cursor + Frame.marker.count)
        do {
            let rawType = try reader.unsigned()
            let length = try byteStringLength(at: reader.offset)
            guard length.value <= Limits.frameBytes else { return .bad(FormatError(.limitExceeded, at: cursor, "frame of \(length.value) bytes")) }
            let payloadStart = reader.offset + length.headBytes
            let end = payloadStart + length.value + 2 + Hash32.byteCount
            guard end <= buffer.count else { return .needsMore }
            let admitted = FrameParser.admittedFalseBytes
            guard falseBytes <= admitted.atFirst + admitted.forEachByte * offset else { return .bad(FormatError(.limitExceeded, at: cursor, "false frames")) }
            reader = CBORReader(buffer, from: payloadStart + length.value, to: end)
            let digest = try reader.hash()
            let payload = payloadStart..<payloadStart + length.value
            guard sha256(buffer[cursor..<payload.upperBound]) == digest else {
                falseBytes += UInt64(length.value)
                return .bad(FormatError(.malformedFrame, at: cursor, "digest"))
            }
            guard let type = FrameType(rawValue: rawType) else { return .bad(FormatError(.unsupported, at: cursor, "frame type \(rawType)")) }
            return .frame(Frame(checked: type, Array(buffer[payload]), digest), length: end - cursor)
        } catch let error {
            return error.code == .truncated ? .needsMore : .bad(error)
        }
    }

    private func byteStringLength(at start: Int) throws(FormatError) -> (value: Int, headBytes: Int) {
        guard start < buffer.count else { throw FormatError(.truncated, at: start) }
        let head = buffer[start]
        guard head >> 5 == 2 else { throw FormatError(.wrongType, at: start, "payload") }
        let extra =
            switch head & 31 {
            case 0..<24: 0
            case 24: 1
            case 25: 2
            case 26: 4
            default: -1
            }
        guard extra >= 0 else { throw FormatError(.limitExceeded, at: start, "payload length") }
        guard start + extra < buffer.count else { throw FormatError(.truncated, at: start) }
        if extra == 0 { return (Int(head & 31), 1) }
        let value = buffer[(start + 1)...(start + extra)].reduce(0) { $0 << 8 | Int($1) }
        guard value >= (extra == 1 ? 24 : 1 << (4 * extra)) else { throw FormatError(.notShortest, at: start, "payload length") }
        return (value, 1 + extra)
    }
}
