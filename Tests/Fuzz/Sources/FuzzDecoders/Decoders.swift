import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

extension Decoder {
    private static let samples = ["operation", "credential", "changeset", "receipt", "body"]

    static let cbor = [
        Decoder("cbor", seeds: samples) { try CBORItem.decode($0, mode: .deterministic).encode() },
        Decoder("cbor-strict", seeds: samples) { input in
            // Walking over an item and building it come to the same verdict.
            let built = (try? CBORItem.decode(input)) != nil
            var reader = CBORReader(input)
            let walked = (try? reader.skipItem()) != nil && reader.isAtEnd
            precondition(walked == built, "walked over: \(walked), built: \(built)")
        },
        Decoder("cbor-tolerant", seeds: samples) { _ = try? CBORItem.decode($0, mode: .tolerant) },
        Decoder("envelope", seeds: ["changeset", "checkpoint", "consistencyReceipt", "root"]) { try COSESign1(decoding: $0).encode() },
    ]

    static let operations = [
        Decoder("operation") { bytes in
            var reader = CBORReader(bytes)
            let operation = try Operation(from: &reader)
            try reader.finish()
            return operation.explicitForm
        },
        Decoder("sealedValue") { bytes in
            var reader = CBORReader(bytes)
            let value = try Value(from: &reader)
            try reader.finish()
            var encoder = CBOREncoder()
            value.encode(into: &encoder)
            return encoder.bytes
        },
        Decoder("heads") { try Heads(decoding: $0).explicitForm },
        Decoder("changeset", seeds: ["changeset"]) { input in
            guard let item = try? ChangesetItem(input) else { return }
            precondition(item.bytes == input, "a second spelling of an item")
            _ = try? UnverifiedChangeset(item)
        },
        Decoder("body", seeds: ["body"]) { input in
            let feed = Feed(node: NodeID(.zero), epoch: Epoch(high: 1, low: 2), partition: .work("620724", nil))
            guard var decoder = try? BodyDecoder(input, feed: feed, network: NetworkID(.zero), count: Int(input.last ?? 0)) else { return }
            _ = try? decoder.operations { _, _ in ResolvedPrevious(id: OperationID(.zero), record: RecordID(.zero), kind: "cell") }
        },
    ]

    static let trust = [
        Decoder("root") { try RootStatement($0).explicitForm },
        Decoder("signed-root", seeds: ["root"]) { _ = try? SignedRoot($0) },
        Decoder("credential") { try CredentialContent($0).explicitForm },
        Decoder("cut") { try CutContent($0).explicitForm },
        Decoder("request", statement: .request) { try EnrolmentRequest($0).explicitForm },
        Decoder("consent", seeds: ["consent"]) { _ = try? UnverifiedStatement($0, .consent) },
    ]

    static let logs = [
        Decoder("checkpoint", statement: .checkpoint) { try Checkpoint($0).explicitForm },
        Decoder("receipt", statement: .receipt) { try Receipt($0).explicitForm },
        Decoder("ask", statement: .ask) { try LogAsk($0).explicitForm },
        Decoder("consistencyReceipt") { try ConsistencyReceipt($0).bytes },
        Decoder("evidence") { try SplitEvidence($0).bytes },
    ]

    static let bundles = [
        Decoder("bundle", seeds: ["bundle"], longest: 6_000) { input in
            var parser = FrameParser()
            var total: UInt64 = 0
            func drain() {
                while let event = parser.next() { if case .damaged(_, let length, _) = event { total += length } }
            }
            for piece in stride(from: 0, to: input.count, by: 61) {
                parser.feed(input[piece..<min(piece + 61, input.count)])
                drain()
            }
            parser.finish()
            drain()
            precondition(total <= UInt64(input.count), "more damage than bytes")
        },
        Decoder("bundle-header", seeds: ["bundle"]) { try BundleHeader($0).explicitForm },
        Decoder("bundle-trailer", seeds: ["bundle"]) { try BundleTrailer($0).explicitForm },
        Decoder("snapshot", statement: .snapshot) { try SnapshotStatement($0).explicitForm },
        Decoder("summary", seeds: ["summary"], longest: 6_000) { input in
            guard let page = try? SummaryPage(input) else { return }
            let again = try? SummaryPage(page.encode())
            precondition(again == page, "a page that does not come back")
        },
        Decoder("sealed", seeds: ["sealed"], longest: SealedFile.longest) { SealedFile.read($0) },
        Decoder("sealed-opened", seeds: [], longest: SealedFile.longest, made: SealedFile.seeds) { SealedFile.read($0) },
    ]

    static let keys = [
        Decoder("key") { try VerifyingKey(coseKey: $0).coseKey },
        Decoder("sealing-key", seeds: ["key", "sealed"]) { _ = try? SealingPublicKey(coseKey: $0) },
        Decoder("key-file", seeds: ["key"]) { input in
            _ = try? SigningKey(fileBytes: input)
            _ = try? SealingKey(fileBytes: input)
        },
    ]

    /// The bodies of HTTP requests and answers, each that a server or a client reads (Docs/Formats/Wire.md); pages are `bundle`.
    static let wire = [
        Decoder("wire-challenge", seeds: ["wire"], spelling: { try Challenge(decoding: $0).explicitForm }),
        Decoder("wire-answer", seeds: ["wire"], spelling: { try ChallengeAnswer(decoding: $0).explicitForm }),
        Decoder("wire-request", seeds: ["wire"], spelling: { try SessionRequest(decoding: $0).explicitForm }),
        Decoder("wire-session", seeds: ["wire"], spelling: { try SessionAnswer(decoding: $0).explicitForm }),
        Decoder("wire-heads", seeds: ["wire"], spelling: { try HeadsMessage(decoding: $0).explicitForm }),
        Decoder("wire-plan", seeds: ["wire"], spelling: { try WireCount(decoding: $0, WireCount.plan).explicitForm(WireCount.plan) }),
        Decoder("wire-from", seeds: ["wire"], spelling: { try WireCount(decoding: $0, WireCount.from).explicitForm(WireCount.from) }),
        Decoder("wire-page", seeds: ["wire"], spelling: { try PageOutcome(decoding: $0).explicitForm }),
        Decoder("wire-error", seeds: ["wire"], spelling: { try WireRefusal(decoding: $0).explicitForm }),
        Decoder("wire-frame", seeds: ["bundle"]) { input in
            // Where the first frame is whole, its beginning told how long it is.
            var parser = FrameParser()
            parser.feed(input)
            guard case .frame(let frame, offset: 0)? = parser.next() else { return }
            precondition(Frame.length(announcedBy: Array(input.prefix(Frame.headBytes))) == frame.bytes.count, "another length was announced")
        },
    ]
}
