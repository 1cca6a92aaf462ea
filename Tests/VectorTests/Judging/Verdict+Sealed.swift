import TiaokuaiHash
import TiaokuaiSeal
import TiaokuaiTrust

extension Verdict {
    /// A sealed file is valid when it opens whole to the given key. Otherwise what ended the reading is told, or the first
    /// damage; what opened is given all the same.
    static func sealed(_ vector: Vector, piece: Int = 1 << 20) throws -> Verdict {
        guard let curve = SealingCurve.allCases.first(where: { "\($0)" == vector.given["curve"] }) else { throw Refusal(code: "malformedVector") }
        let opener = SealOpener(keys: [try SealingKey(curve, secret: vector.bytes(given: "secret"))])
        var reading = SealReading()
        do throws(SealError) {
            let bytes = vector.content
            for start in stride(from: 0, to: bytes.count, by: piece) {
                opener.feed(bytes[start..<min(start + piece, bytes.count)])
                while let event = try opener.next() { reading.take(event) }
            }
            opener.finish()
            while let event = try opener.next() { reading.take(event) }
        } catch {
            reading.verdict.expect = error.code.rawValue
            if !error.receivers.isEmpty { reading.verdict.gives["receivers"] = error.receivers.map(\.hex) }
            return reading.verdict
        }
        guard opener.isComplete == (reading.verdict.expect == Vector.valid) else { throw Refusal(code: "incomplete") }
        reading.verdict.gives["content"] = ["\(reading.content.count)", sha256(reading.content).hex]
        return reading.verdict
    }
}

/// What an opener gives out, written down.
private struct SealReading {
    var verdict = Verdict(gives: [:])
    var content: [UInt8] = []

    mutating func take(_ event: SealOpener.Event) {
        switch event {
        case .head(let head):
            verdict.gives["suite"] = ["\(head.suite.rawValue)"]
            verdict.gives["length"] = ["\(head.paddedLength)"]
            verdict.gives["receivers"] = head.receivers.map(\.key.hex)
            verdict.gives["wraps"] = head.receivers.map { "\($0.wrap.rawValue)" }
        case .content(let bytes, _): content += bytes
        case .damaged(let error, let missing):
            if verdict.expect == Vector.valid { verdict.expect = error.code.rawValue }
            // Code, chunk, where and how long it is in the file, and what of the content is missing at most.
            let facts = [error.chunk.map { "\($0)" }, error.offset.map { "\($0)" }, error.length.map { "\($0)" }].map { $0 ?? "-" }
            let line = ([error.code.rawValue] + facts + ["\(missing.lowerBound)", "\(missing.upperBound)"]).joined(separator: " ")
            verdict.gives["damaged", default: []].append(line)
        }
    }
}
