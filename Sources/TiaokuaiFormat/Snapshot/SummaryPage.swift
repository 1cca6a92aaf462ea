import TiaokuaiModel

/// A changeset without its signature, as a page of a summary carries it (Docs/Formats/Snapshot.md).
public struct SummedItem: Hashable, Sendable {
    /// The protected header of the envelope; where `follows`, with 32 zero bytes in the place of the predecessor.
    public let protected: [UInt8]
    /// Its predecessor is the item before it.
    public let follows: Bool
    /// Uncompressed.
    public let body: [UInt8]

    public init(protected: [UInt8], follows: Bool, body: [UInt8]) {
        self.protected = protected
        self.follows = follows
        self.body = body
    }

    /// Bytes that it takes on a page, at most.
    public var bytes: Int { protected.count + body.count + 12 }
}

/// A page of changesets without their signatures.
///
///   summary = [length, packed: bstr]         ; one zstd frame of so many bytes
///   page    = [* [protected: bstr, follows: bool, body: bstr]]
public struct SummaryPage: Hashable, Sendable {
    public let items: [SummedItem]

    public init(_ items: [SummedItem]) { self.items = items }

    /// The frame's payload, packed.
    public func encode() throws(FormatError) -> [UInt8] {
        var page = CBOREncoder(reserving: items.reduce(16) { $0 + $1.bytes })
        page.arrayHeader(items.count)
        for item in items {
            page.arrayHeader(3)
            page.byteString(item.protected)
            page.boolean(item.follows)
            page.byteString(item.body)
        }
        let packed = try Zstd.compress(page.bytes)
        var encoder = CBOREncoder(reserving: packed.count + 16)
        encoder.arrayHeader(2)
        encoder.unsigned(UInt64(page.bytes.count))
        encoder.byteString(packed)
        return encoder.bytes
    }

    public init(_ payload: [UInt8]) throws(FormatError) {
        var outer = CBORReader(payload)
        try outer.arrayHeader(expecting: 2)
        let length = try outer.count(limit: Limits.summaryPageBytes)
        let packed = try outer.byteString(limit: Zstd.longestFrame(of: length))
        try outer.finish()
        var reader = CBORReader(try Zstd.decompress(packed, length: length))
        let count = try reader.arrayHeader()
        guard count <= Limits.summedPerPage else { throw FormatError(.limitExceeded, at: reader.offset, "changesets on a page") }
        var items: [SummedItem] = []
        for _ in 0..<count {
            try reader.arrayHeader(expecting: 3)
            let protected = try reader.byteString(limit: Limits.envelopeBytes)
            let follows = try reader.boolean()
            items.append(SummedItem(protected: protected, follows: follows, body: try reader.byteString(limit: Limits.summedBodyBytes)))
        }
        try reader.finish()
        self.items = items
    }
}

/// Gathers items into pages, each as full as may be.
public struct SummaryPacker {
    private var items: [SummedItem] = []
    private var bytes = 16

    public init() {}

    public var isEmpty: Bool { items.isEmpty }

    /// Adds one whose body fits a page; gives the page that is full without it.
    public mutating func add(_ item: SummedItem) -> SummaryPage? {
        let isFull = !items.isEmpty && (bytes + item.bytes > Limits.summaryPageBytes || items.count == Limits.summedPerPage)
        let page = isFull ? take() : nil
        items.append(item)
        bytes += item.bytes
        return page
    }

    /// What is left; nil when there is nothing.
    public mutating func take() -> SummaryPage? {
        guard !items.isEmpty else { return nil }
        defer {
            items = []
            bytes = 16
        }
        return SummaryPage(items)
    }
}
