import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSync
import TiaokuaiTrust

extension Verdict {
    /// A bundle is valid when nothing is damaged and the last frame is a trailer, signed by `key`, that fits all before it.
    /// Otherwise the first damage is told, or that it is `incomplete`; the whole frames are found all the same.
    static func bundle(_ vector: Vector) throws -> Verdict {
        let found = BundleReading(vector.content)
        var verdict = Verdict(gives: ["found": found.lines])
        if let damage = found.damage {
            verdict.expect = damage.code.rawValue
        } else if found.frames.isEmpty {
            verdict.expect = "notABundle"
        } else if let fault = found.headerFault {
            verdict.expect = fault.code.rawValue
        } else if !found.isComplete(key: try VerifyingKey(coseKey: vector.bytes(given: "key"))) {
            verdict.expect = "incomplete"
        }
        return verdict
    }
}

/// The frames of a bundle and what is damaged between them.
struct BundleReading {
    private(set) var frames: [Frame] = []
    private(set) var lines: [String] = []
    private(set) var damage: FormatError?

    init(_ bytes: [UInt8], piece: Int = 1 << 20) {
        var parser = FrameParser()
        for start in stride(from: 0, to: bytes.count, by: piece) {
            parser.feed(bytes[start..<min(start + piece, bytes.count)])
            while let event = parser.next() { take(event) }
        }
        parser.finish()
        while let event = parser.next() { take(event) }
    }

    private mutating func take(_ event: FrameParser.Event) {
        switch event {
        case .frame(let frame, let offset):
            frames.append(frame)
            lines.append("\(offset) \(frame.type) \(frame.payload.count)")
        case .damaged(let offset, let length, let reason):
            lines.append("\(offset) damaged \(length) \(reason.code.rawValue)")
            if damage == nil { damage = reason }
        }
    }

    /// What is wrong with the header that a bundle begins with.
    var headerFault: FormatError? {
        guard let first = frames.first, first.type == .header else { return nil }
        do throws(FormatError) {
            _ = try BundleHeader(first.payload)
            return nil
        } catch {
            return error
        }
    }

    func isComplete(key: VerifyingKey) -> Bool {
        guard let last = frames.last, last.type == .trailer, frames.first?.type == .header else { return false }
        var digest = BundleDigest()
        for frame in frames.dropLast() {
            guard frame.type != .trailer else { return false }
            digest.append(frame)
        }
        guard let statement = try? UnverifiedStatement(last.payload, .trailer), let content = try? statement.verified(by: key) else { return false }
        guard let trailer = try? BundleTrailer(content) else { return false }
        return (trailer.frames, trailer.digest) == (digest.trailer.frames, digest.trailer.digest)
    }
}
