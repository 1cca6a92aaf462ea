import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWork

@testable import TiaokuaiSeal
@testable import TiaokuaiSync

/// Every byte of a bundle of 64 KiB flipped, one at a time, and every length to which it may be cut; open and sealed. Nothing may be
/// taken that was not written, everything whole must be, and the file must never pass for complete.
///
/// All of them with TIAOKUAI_SOAK set, otherwise every 16th. What is flipped is a byte's lowest bit, then its highest, and so on
/// through all eight, so that over the file every bit is tried in every kind of place.
@Suite struct SpoiltBytesTests {
    static let step = ProcessInfo.processInfo.environment["TIAOKUAI_SOAK"] == nil ? 16 : 1

    /// A bundle, and where its frames lie.
    private struct Written {
        let bytes: [UInt8]
        let frames: [(frame: Frame, place: Range<Int>)]

        /// Header and trailer are the importer's own matter; every other frame is handed to the node.
        var items: [(frame: Frame, place: Range<Int>)] { frames.filter { ![.header, .trailer].contains($0.frame.type) } }

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            var parser = FrameParser()
            parser.feed(bytes)
            parser.finish()
            var frames: [(Frame, Range<Int>)] = []
            while case .frame(let frame, let offset)? = parser.next() { frames.append((frame, Int(offset)..<Int(offset) + frame.bytes.count)) }
            self.frames = frames
        }
    }

    /// What an importer hands on of some bytes; it is the real one, and only what it would have done with whole frames is left out.
    private struct Reading {
        let report: ImportReport
        let taken: [Frame]

        init(_ node: Node, _ feed: (inout Importer) throws -> Void) throws {
            let handed = Locked<[Frame]>([])
            var importer = Importer(node, isEnrolling: false) { frames in
                handed.with { $0 += frames }
                return []
            }
            try feed(&importer)
            report = try importer.finish()
            taken = handed.with { $0 }
        }
    }

    /// A county's bundle for its city, of 64 KiB and a little, with as many frames as that gives.
    private func bundle(_ network: TestNetwork) throws -> Written {
        var random = SplitMix64(seed: 64)
        var size = 0
        while size < 72_000 {
            // What zstd can't make smaller.
            let remark = String((0..<1_500).map { _ in "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_".randomElement(using: &random) ?? "0" })
            let draft = Draft(key: TestNetwork.grainKey, unit: TestNetwork.countyFood, person: "clerk", fields: [.init(CellKind.remark, .text(remark))])
            try network["gt"].write([draft])
            try network["gt"].seal()
            size = try network.frames("gt", to: "zy").reduce(0) { $0 + $1.bytes.count }
        }
        let path = network.path("whole.tkb")
        _ = try BundleFile.export(network["gt"], to: try network.id("zy"), path: path, isSealed: false)
        return Written([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    }

    @Test func anOpenBundleLosesNoMoreThanTheFrameThatAByteIsIn() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let written = try bundle(network)
            #expect(written.bytes.count >= 65_536 && written.frames.count > 30)
            #expect(try Reading(network["zy"]) { try $0.feed(written.bytes) }.report.isComplete)
            var altered = written.bytes
            for (count, place) in stride(from: 0, to: altered.count, by: Self.step).enumerated() {
                altered[place] ^= 1 << UInt8(count % 8)
                defer { altered[place] = written.bytes[place] }
                let reading = try Reading(network["zy"]) { try $0.feed(altered) }
                let whole = written.items.filter { !$0.place.contains(place) }.map(\.frame)
                // Whatever it hands on was written, and all that is whole is handed on.
                #expect(reading.taken == whole && !reading.report.damaged.isEmpty && !reading.report.isComplete, "byte \(place)")
            }
        }
    }

    @Test func ofABundleThatWasCutWhateverIsWholeIsTaken() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let written = try bundle(network)
            for length in stride(from: 0, to: written.bytes.count, by: Self.step) {
                let whole = written.items.filter { $0.place.upperBound <= length }.map(\.frame)
                guard written.frames[0].place.upperBound <= length else {
                    // Without one frame it is no bundle, and an empty file means nothing at all.
                    #expect(throws: NodeError.self, "\(length) bytes") { try Reading(network["zy"]) { try $0.feed(written.bytes[..<length]) } }
                    continue
                }
                let reading = try Reading(network["zy"]) { try $0.feed(written.bytes[..<length]) }
                let endsBetween = written.frames.contains { $0.place.upperBound == length }
                #expect(reading.taken == whole && reading.report.damaged.isEmpty == endsBetween && !reading.report.isComplete, "\(length) bytes")
            }
        }
    }

    @Test func aSealedBundleLosesNoMoreThanTheChunkThatAByteIsIn() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let written = try bundle(network)
            let key = try SealingKey(secret: Array(repeating: 7, count: 32))
            let writer = try SealWriter(to: [key.publicKey], atMost: UInt64(written.bytes.count))
            try writer.append(written.bytes)
            writer.finish()
            var sealed: [UInt8] = []
            while let bytes = try writer.next() { sealed += bytes }
            let head = try #require(try SealHead(beginning: sealed))
            #expect(head.chunkCount == 2)

            /// Reads as a file is read; nil where nothing could be opened.
            func read(_ file: some Collection<UInt8>) throws -> (reading: Reading, isWhole: Bool)? {
                var isWhole = false
                do {
                    let reading = try Reading(network["zy"]) { importer in
                        let opener = SealOpener(keys: [key])
                        opener.feed(file)
                        opener.finish()
                        while let event = try opener.next() {
                            switch event {
                            case .head: importer.noteSealed()
                            case .content(let bytes, _): try importer.feed(bytes)
                            case .damaged(let error, _):
                                importer.note(.init(offset: error.offset ?? 0, length: error.length ?? 0, code: error.code.rawValue, fact: error.fact))
                            }
                        }
                        isWhole = opener.isComplete
                    }
                    return (reading, isWhole)
                } catch is SealError {
                    return nil
                }
            }
            #expect(try read(sealed)?.reading.taken == written.items.map(\.frame))

            // Content of the first chunk ends here, and so does its place in the file.
            let border = SealLimits.chunkBytes
            let firstEnd = head.byteCount + border + 4 + head.suite.tagBytes
            let (first, second) = (written.items.filter { $0.place.upperBound <= border }, written.items.filter { $0.place.lowerBound >= border })
            #expect(first.count > 20 && !second.isEmpty)
            var altered = sealed
            for (count, place) in stride(from: 0, to: sealed.count, by: Self.step).enumerated() {
                altered[place] ^= 1 << UInt8(count % 8)
                defer { altered[place] = sealed[place] }
                guard let (reading, isWhole) = try read(altered) else {
                    #expect(place < head.byteCount, "byte \(place): nothing of the file")
                    continue
                }
                #expect(place >= head.byteCount && !isWhole && !reading.report.isComplete, "byte \(place)")
                #expect(reading.taken == (place < firstEnd ? second : first).map(\.frame), "byte \(place)")
            }
            for length in stride(from: 0, to: sealed.count, by: Self.step) {
                guard let (reading, isWhole) = try read(sealed[..<length]) else {
                    #expect(length < head.byteCount, "\(length) bytes: nothing of the file")
                    continue
                }
                #expect(!isWhole && !reading.report.isComplete && reading.taken == (length < firstEnd ? [] : first).map(\.frame), "\(length) bytes")
            }
        }
    }

    /// Flipped by whoever writes the frame's digest anew: now signatures and digests of bodies have to find it.
    @Test func aFrameWhoseDigestFitsWhatWasFlippedIsNotTakenEither() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            let reader = network["zy"]
            let frames = try network.frames("gt", to: "zy").filter { $0.type != .rootStatement }
            #expect(Set(frames.map(\.type)).isSuperset(of: [.changeset, .checkpoint, .receipt]))
            let held = try network.changesets("zy")
            // A consistency receipt's path is outside its signature: what it proves is what counts, not that it is kept.
            for frame in frames where frame.type != .consistency {
                for (count, place) in stride(from: 0, to: frame.payload.count, by: Self.step).enumerated() {
                    var payload = frame.payload
                    payload[place] ^= 1 << UInt8(count % 8)
                    let receptions: [Reception]
                    do {
                        receptions = try reader.tryOut { receive in try receive([Frame(frame.type, payload)]) }
                    } catch is FormatError {
                        continue
                    }
                    // A flipped name of a credential or a root statement is waited for: nobody's word, and in no log.
                    let isTaken = receptions.contains { reception in
                        switch reception {
                        case .accepted, .statement, .void: true
                        case .waiting(_, let what, _): what == .predecessor
                        case .refused, .duplicate: false
                        }
                    }
                    #expect(!isTaken, "\(frame.type), byte \(place): \(receptions)")
                }
            }
            #expect(try network.changesets("zy") == held)
        }
    }
}
