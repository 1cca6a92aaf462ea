import TiaokuaiModel

/// The receiver's signed statement about bytes 回执: what it holds with proofs, what waits for which named item, what it
/// refused. Never a verdict of the rules (Docs/Formats/Log.md, "Receipt").
///
///   receipt = ["tk-receipt", 1, network, node, to / null, checkpoint bytes, written, [* accepted], [* waiting], [* refused]]
///   accepted = [partition, node, epoch, sequence, head, leaf index, [* proof hash], ? [* SM3 proof hash]]
///   waiting  = [changeset, what: text, item hash]
///   refused  = [digest of the bytes, code: text]
public struct Receipt: Hashable, Sendable {
    public struct Accepted: Hashable, Sendable {
        /// A head vouches for its gapless feed.
        public var feed: Feed
        public var sequence: UInt64
        public var head: ChangesetID
        public var leafIndex: UInt64
        public var proof: [Hash32]
        /// The same under SM3, where the checkpoint has a root under it.
        public var sm3Proof: [Hash32]?
        public init(feed: Feed, sequence: UInt64, head: ChangesetID, leafIndex: UInt64, proof: [Hash32], sm3Proof: [Hash32]? = nil) {
            self.feed = feed
            self.sequence = sequence
            self.head = head
            self.leafIndex = leafIndex
            self.proof = proof
            self.sm3Proof = sm3Proof
        }
    }

    public struct Waiting: Hashable, Sendable {
        public var changeset: ChangesetID
        /// `predecessor`, `credential`, `rootStatement` or `body`.
        public var what: String
        public var item: Hash32
        public init(changeset: ChangesetID, what: String, item: Hash32) {
            self.changeset = changeset
            self.what = what
            self.item = item
        }
    }

    public struct Refused: Hashable, Sendable {
        public var digest: Hash32
        public var code: String
        public init(digest: Hash32, code: String) {
            self.digest = digest
            self.code = code
        }
    }

    public var network: NetworkID
    public var node: NodeID
    public var to: NodeID?
    /// The signed checkpoint's envelope, in which the proofs end.
    public var checkpoint: [UInt8]
    public var written: Written
    public var accepted: [Accepted]
    public var waiting: [Waiting]
    public var refused: [Refused]

    public init(
        network: NetworkID, node: NodeID, to: NodeID?, checkpoint: [UInt8], written: Written, accepted: [Accepted], waiting: [Waiting], refused: [Refused]
    ) {
        self.network = network
        self.node = node
        self.to = to
        self.checkpoint = checkpoint
        self.written = written
        self.accepted = accepted
        self.waiting = waiting
        self.refused = refused
    }

    public var explicitForm: [UInt8] {
        var encoder = CBOREncoder(reserving: 1_024)
        encoder.arrayHeader(10)
        encoder.text("tk-receipt")
        encoder.unsigned(1)
        encoder.byteString(network.hash)
        encoder.byteString(node.hash)
        encoder.optional(to?.hash)
        encoder.byteString(checkpoint)
        encoder.integer(written.milliseconds)
        encoder.arrayHeader(accepted.count)
        for item in accepted {
            encoder.arrayHeader(item.sm3Proof == nil ? 7 : 8)
            item.feed.partition.encode(into: &encoder)
            encoder.byteString(item.feed.node.hash)
            encoder.byteString(item.feed.epoch.bytes)
            encoder.unsigned(item.sequence)
            encoder.byteString(item.head.hash)
            encoder.unsigned(item.leafIndex)
            for proof in [item.proof, item.sm3Proof].compactMap(\.self) {
                encoder.arrayHeader(proof.count)
                for hash in proof { encoder.byteString(hash) }
            }
        }
        encoder.arrayHeader(waiting.count)
        for item in waiting {
            encoder.arrayHeader(3)
            encoder.byteString(item.changeset.hash)
            encoder.text(item.what)
            encoder.byteString(item.item)
        }
        encoder.arrayHeader(refused.count)
        for item in refused {
            encoder.arrayHeader(2)
            encoder.byteString(item.digest)
            encoder.text(item.code)
        }
        return encoder.bytes
    }

    public init(_ bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 10)
        guard try reader.text(limit: 16) == "tk-receipt", try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "receipt version") }
        network = NetworkID(try reader.hash())
        node = NodeID(try reader.hash())
        to = try reader.optionalHash().map(NodeID.init)
        checkpoint = try reader.byteString(limit: Limits.statementBytes)
        written = Written(milliseconds: try reader.integer())
        accepted = try reader.list { reader throws(FormatError) in try Receipt.accepted(&reader) }
        waiting = try reader.list { reader throws(FormatError) in
            try reader.arrayHeader(expecting: 3)
            return Waiting(changeset: ChangesetID(try reader.hash()), what: try reader.text(limit: 64), item: try reader.hash())
        }
        refused = try reader.list { reader throws(FormatError) in
            try reader.arrayHeader(expecting: 2)
            return Refused(digest: try reader.hash(), code: try reader.text(limit: 64))
        }
        try reader.finish()
    }

    private static func accepted(_ reader: inout CBORReader) throws(FormatError) -> Accepted {
        let items = try reader.arrayHeader()
        guard items == 7 || items == 8 else { throw FormatError(.wrongCount, at: reader.offset, "\(items)") }
        let partition = try Partition(from: &reader)
        let feed = Feed(node: NodeID(try reader.hash()), epoch: try Epoch(reading: &reader), partition: partition)
        let sequence = try reader.unsigned()
        let head = ChangesetID(try reader.hash())
        let index = try reader.unsigned()
        let first = try proof(&reader)
        let second = items == 8 ? try proof(&reader) : nil
        return Accepted(feed: feed, sequence: sequence, head: head, leafIndex: index, proof: first, sm3Proof: second)
    }

    private static func proof(_ reader: inout CBORReader) throws(FormatError) -> [Hash32] {
        let count = try reader.arrayHeader()
        guard count <= 64 else { throw FormatError(.limitExceeded, at: reader.offset, "proof") }
        var proof: [Hash32] = []
        for _ in 0..<count { proof.append(try reader.hash()) }
        return proof
    }
}

extension CBORReader {
    mutating func list<Element>(_ read: (inout CBORReader) throws(FormatError) -> Element) throws(FormatError) -> [Element] {
        let start = offset
        let count = try arrayHeader()
        guard count <= Limits.headsPerStatement else { throw FormatError(.limitExceeded, at: start, "list") }
        var out: [Element] = []
        for _ in 0..<count { out.append(try read(&self)) }
        return out
    }
}
