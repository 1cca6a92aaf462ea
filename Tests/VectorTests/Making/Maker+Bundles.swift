import TiaokuaiFormat
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
        add("empty", "An empty file is no bundle, and says nothing.", [], "notABundle")
        add(
            "truncated", "Cut inside a frame: what came before is whole, the rest is named.", Array(whole.prefix(start(4) + 40)),
            FormatError.Code.truncated.rawValue)
        add("no-trailer", "Cut between frames: every item is whole, and yet the bundle isn't.", Array(whole.prefix(start(7))), "incomplete")
        add(
            "flipped-payload", "A flipped bit costs the frame it is in; the next one is found by its marker.", flipped(start(3) + 100),
            FormatError.Code.malformedFrame.rawValue)
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
        let unknown = Frame.marker + [0x15] + Array(header.bytes.dropFirst(Frame.marker.count + 1))
        add(
            "unknown-type", "A frame of a type of a later version is named and passed over.", parts[0] + unknown + parts.dropFirst().flatMap { $0 },
            FormatError.Code.unsupported.rawValue)
        add("noise-before", "A bundle begins with its header, and noise before it is damage.", [0x84, 0x67] + whole, FormatError.Code.malformedFrame.rawValue)
    }
}

extension Scene {
    func bundleFrames() throws -> [Frame] {
        let header = BundleHeader(network: network, from: provinceNode, to: countyNode, written: Written(milliseconds: Scene.time + 3_000))
        return [
            Frame(.header, header.explicitForm), Frame(.rootStatement, try rootEnvelope()), Frame(.changeset, try grantChangeset().bytes),
            Frame(.changeset, try firstChangeset().bytes), Frame(.changeset, try secondChangeset().bytes), Frame(.checkpoint, try checkpointEnvelope()),
            Frame(.receipt, try Statement.sign(try receipt().explicitForm, as: .receipt, key: province)),
        ]
    }

    func trailer(_ frames: [Frame], key: SigningKey? = nil) throws -> Frame {
        var digest = BundleDigest()
        for frame in frames { digest.append(frame) }
        return Frame(.trailer, try Statement.sign(digest.trailer.explicitForm, as: .trailer, key: key ?? province))
    }
}
