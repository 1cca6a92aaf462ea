import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSync
import TiaokuaiTrust

extension Maker {
    mutating func makeBundles() throws {
        let given = ["network": scene.network.description, "key": scene.province.verifyingKey.coseKey.hex]
        func add(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: String = Vector.valid) {
            self.add("bundle", name, fact, bytes, given: given, expect: code)
        }
        let frames = try scene.bundleFrames()
        let trailer = try scene.trailer(frames)
        let parts = (frames + [trailer]).map(\.bytes)
        let whole = parts.flatMap { $0 }
        /// Where a frame begins.
        func start(_ index: Int) -> Int { parts.prefix(index).map(\.count).reduce(0, +) }
        func flipped(_ place: Int) -> [UInt8] { whole.enumerated().map { $0.offset == place ? $0.element ^ 1 : $0.element } }

        add("complete", "Header, root statement, policy, work, checkpoint, receipt, trailer.", whole)
        let more = try scene.trailer(frames, isLast: false)
        add("first-of-two", "A volume after which another comes is whole by itself.", (frames + [more]).flatMap(\.bytes))
        let logs = try scene.bundleFramesAboutLogs()
        add("about-logs", "Consistency receipt, evidence, ask: what is said of logs stands in the last volume.", (logs + [try scene.trailer(logs)]).flatMap(\.bytes))
        let none = try scene.bundleFrames(volume: 0)
        add("volume-zero", "Volumes count from one.", (none + [try scene.trailer(none)]).flatMap(\.bytes), FormatError.Code.outOfRange.rawValue)
        add("empty", "An empty file is no bundle, and says nothing.", [], "notABundle")
        add(
            "truncated", "Cut inside a frame: what came before is whole, the rest is named.", Array(whole.prefix(start(4) + 40)),
            FormatError.Code.truncated.rawValue)
        add("no-trailer", "Cut between frames: every item is whole, and yet the bundle isn't.", Array(whole.prefix(start(7))), "incomplete")
        add(
            "flipped-payload", "A flipped bit costs the frame it is in; the next one is found by its marker.", flipped(start(3) + 100),
            FormatError.Code.malformedFrame.rawValue)
        add("flipped-type", "The digest covers the type: a flipped bit makes no other item of it.", flipped(start(3) + Frame.marker.count), FormatError.Code.malformedFrame.rawValue)
        add("flipped-marker", "A frame whose marker is damaged is passed over.", flipped(start(3) + 4), FormatError.Code.malformedFrame.rawValue)
        add(
            "flipped-length", "A damaged length doesn't swallow what follows.", flipped(start(2) + Frame.marker.count + 2),
            FormatError.Code.wrongType.rawValue)
        add("leftover", "Bytes after the trailer are damage.", whole + [0], FormatError.Code.malformedFrame.rawValue)
        add("frame-after-trailer", "Nothing follows a trailer.", whole + parts[2], "incomplete")
        add("reordered", "A trailer speaks of its frames in their order.", parts[0] + parts[2] + parts[1] + parts[3...].flatMap { $0 }, "incomplete")
        add("frame-left-out", "A frame that was taken out shows.", parts[0] + parts[2...].flatMap { $0 }, "incomplete")
        add(
            "trailer-of-a-stranger", "The trailer is signed by the sender.",
            parts.dropLast().flatMap { $0 } + (try scene.trailer(frames, key: scene.stranger)).bytes, "incomplete")
        let header = frames[0]
        let long = Frame.marker + [0x00, 0x59, 0x00, UInt8(header.payload.count)] + header.payload + [0x58, 0x20] + header.digest.bytes
        add(
            "second-spelling", "A length in two bytes where one does is a second spelling.", long + parts.dropFirst().flatMap { $0 },
            FormatError.Code.notShortest.rawValue)
        var asText = Array(header.bytes.dropLast(34))
        asText[Frame.marker.count + 1] |= 0x20
        add(
            "payload-as-text", "A payload is a byte string, whatever its digest says.",
            asText + [0x58, 0x20] + sha256(asText).bytes + parts.dropFirst().flatMap { $0 }, FormatError.Code.wrongType.rawValue)
        let later = Frame.marker + [0x15] + Array(header.bytes.dropFirst(Frame.marker.count + 1).dropLast(34))
        let unknown = later + [0x58, 0x20] + sha256(later).bytes
        add(
            "unknown-type", "A frame of a type of a later version is named and passed over.", parts[0] + unknown + parts.dropFirst().flatMap { $0 },
            FormatError.Code.unsupported.rawValue)
        add("noise-before", "A bundle begins with its header, and noise before it is damage.", [0x84, 0x67] + whole, FormatError.Code.malformedFrame.rawValue)
    }
}

extension Scene {
    func bundleFrames(volume: UInt64 = 1) throws -> [Frame] {
        let header = BundleHeader(
            network: network, from: provinceNode, to: countyNode, written: Written(milliseconds: Scene.time + 3_000), volume: volume)
        return [
            Frame(.header, header.explicitForm), Frame(.rootStatement, try rootEnvelope()), Frame(.changeset, try grantChangeset().bytes),
            Frame(.changeset, try firstChangeset().bytes), Frame(.changeset, try secondChangeset().bytes), Frame(.checkpoint, try checkpointEnvelope()),
            Frame(.receipt, try Statement.sign(try receipt().explicitForm, as: .receipt, key: province)),
        ]
    }

    /// The province hands on that its log went from three entries to four, the evidence of another log of four, and the county's ask.
    func bundleFramesAboutLogs() throws -> [Frame] {
        let log = try GoldenLog(self)
        let four = SplitEvidence.Side(key: province.verifyingKey.coseKey, checkpoint: try checkpointEnvelope())
        let other = SplitEvidence.Side(key: four.key, checkpoint: try checkpointEnvelope(size: 4) { $0.root = .zero })
        let isInOrder = try UnverifiedStatement(four.checkpoint, .checkpoint).id < UnverifiedStatement(other.checkpoint, .checkpoint).id
        let ask = LogAsk(
            network: network, node: countyNode, of: provinceNode, written: Written(milliseconds: Scene.time + 5_000),
            sizes: [.init(epoch: provinceEpoch, size: 3)], checkpoints: [])
        var frames = try bundleFrames()
        let receipt = frames.removeLast()
        return frames + [
            Frame(.checkpoint, try checkpointEnvelope(size: 3)),
            Frame(.consistency, try consistencyReceipt(3, 4, try log.consistency(3, 4))),
            Frame(.evidence, SplitEvidence(older: isInOrder ? four : other, newer: isInOrder ? other : four, path: []).bytes),
            Frame(.ask, try Statement.sign(ask.explicitForm, as: .ask, key: county)), receipt,
        ]
    }

    func trailer(_ frames: [Frame], key: SigningKey? = nil, isLast: Bool = true) throws -> Frame {
        var digest = BundleDigest()
        for frame in frames { digest.append(frame) }
        var trailer = digest.trailer
        trailer.isLast = isLast
        return Frame(.trailer, try Statement.sign(trailer.explicitForm, as: .trailer, key: key ?? province))
    }
}
