import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// What an opener made of some bytes.
struct Opening {
    var head: SealHead?
    /// Content as given out, with where each piece begins.
    var pieces: [(offset: UInt64, bytes: [UInt8])] = []
    var damages: [(error: SealError, missing: Range<UInt64>)] = []
    /// What ended the reading.
    var error: SealError?
    var isComplete = false

    var content: [UInt8] { pieces.flatMap(\.bytes) }
    var codes: [SealError.Code] { damages.map(\.error.code) + (error.map { [$0.code] } ?? []) }

    /// Whether every piece given out stands in `original` where it says.
    func isTrue(to original: [UInt8]) -> Bool {
        pieces.allSatisfy { piece in
            let start = Int(piece.offset)
            return start + piece.bytes.count <= original.count && original[start..<start + piece.bytes.count].elementsEqual(piece.bytes)
        }
    }
}

/// Seals `content`, appended in pieces of so many bytes.
func sealed(_ content: [UInt8], to keys: [SealingKey], atMost: Int? = nil, piece: Int = 1 << 20) throws -> [UInt8] {
    let writer = try SealWriter(to: keys.map(\.publicKey), atMost: UInt64(atMost ?? content.count))
    return try drained(writer, content, piece: piece)
}

func drained(_ writer: SealWriter, _ content: [UInt8], piece: Int = 1 << 20) throws -> [UInt8] {
    var out: [UInt8] = []
    for start in stride(from: 0, to: content.count, by: piece) {
        try writer.append(content[start..<min(content.count, start + piece)])
        while let bytes = try writer.next() { out += bytes }
    }
    writer.finish()
    while let bytes = try writer.next() { out += bytes }
    return out
}

/// Opens bytes that come in pieces of so many.
func opened(_ bytes: [UInt8], keys: [SealingKey], piece: Int = 1 << 20) -> Opening {
    let opener = SealOpener(keys: keys)
    var opening = Opening()
    func drain() throws(SealError) {
        while let event = try opener.next() {
            switch event {
            case .head(let head): opening.head = head
            case .content(let content, let offset): opening.pieces.append((offset, Array(content)))
            case .damaged(let error, let missing): opening.damages.append((error, missing))
            }
        }
    }
    do throws(SealError) {
        for start in stride(from: 0, to: bytes.count, by: piece) {
            opener.feed(bytes[start..<min(bytes.count, start + piece)])
            try drain()
        }
        opener.finish()
        try drain()
    } catch {
        opening.error = error
    }
    opening.isComplete = opener.isComplete
    return opening
}

/// A key from a seed, on any curve.
func key(_ curve: SealingCurve, _ seed: UInt64 = 1) throws -> SealingKey {
    var generator = SplitMix64(seed: seed)
    return try SealingKey(curve, secret: generator.bytes(32))
}

func bytes(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
    var generator = SplitMix64(seed: seed)
    var out: [UInt8] = []
    out.reserveCapacity(count + 8)
    while out.count < count { withUnsafeBytes(of: generator.next()) { out += $0 } }
    return Array(out.prefix(count))
}

/// The code with which `body` fails; nil when it doesn't.
func code(_ body: () throws -> Void) -> SealError.Code? {
    do { try body() } catch { return (error as? SealError)?.code }
    return nil
}
