/// A header bucket: labels and values, sorted by the encoding of the label, each label once.
///
/// The typed properties are nil both for an absent header and for one of another type; `checkTypes()` tells them apart
/// and is part of the strict profile.
public struct COSEHeader: Hashable, Sendable {
    public private(set) var pairs: [CBORItem.Pair] = []

    public init() {}

    /// Sorts the pairs; `decode` has refused duplicate labels before.
    init(pairs: [CBORItem.Pair]) {
        self.pairs = pairs.map { ($0.key.encode(), $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    }

    public var isEmpty: Bool { pairs.isEmpty }

    /// Setting nil removes the header.
    public subscript(label: Int64) -> CBORItem? {
        get { self[label: .integer(label)] }
        set { self[label: .integer(label)] = newValue }
    }

    public subscript(label label: CBORItem) -> CBORItem? {
        get { pairs.first { $0.key == label }?.value }
        set {
            let others = pairs.filter { $0.key != label }
            self = COSEHeader(pairs: others + (newValue.map { [CBORItem.Pair(label, $0)] } ?? []))
        }
    }

    public var algorithm: Int64? {
        get { self[COSELabel.algorithm]?.integer }
        set { self[COSELabel.algorithm] = newValue.map { .integer($0) } }
    }

    public var keyID: [UInt8]? {
        get { self[COSELabel.keyID]?.bytes }
        set { self[COSELabel.keyID] = newValue.map { .bytes($0) } }
    }

    /// Text or a CoAP number.
    public var type: CBORItem? {
        get { self[COSELabel.type] }
        set { self[COSELabel.type] = newValue }
    }

    public var payloadHashAlgorithm: Int64? {
        get { self[COSELabel.payloadHashAlgorithm]?.integer }
        set { self[COSELabel.payloadHashAlgorithm] = newValue.map { .integer($0) } }
    }

    /// Text or a CoAP number.
    public var preimageContentType: CBORItem? {
        get { self[COSELabel.preimageContentType] }
        set { self[COSELabel.preimageContentType] = newValue }
    }

    public var claims: COSEClaims? {
        get { self[COSELabel.claims].flatMap(COSEClaims.init(item:)) }
        set { self[COSELabel.claims] = newValue?.item }
    }

    /// The deterministic encoding of the map.
    public func encode() -> [UInt8] { item.encode() }

    var item: CBORItem { .map(pairs) }
}

extension COSEHeader {
    /// Refuses a known header whose value is of another type than its RFC says.
    public func checkTypes() throws(FormatError) {
        for pair in pairs {
            guard pair.key.integer != nil || pair.key.text != nil else { throw FormatError(.malformedHeader, "a label is neither integer nor text") }
            let isRight =
                switch pair.key.integer {
                case COSELabel.algorithm, COSELabel.payloadHashAlgorithm: pair.value.integer != nil
                case COSELabel.keyID: pair.value.bytes != nil
                case COSELabel.type, COSELabel.contentType, COSELabel.preimageContentType: COSEHeader.isContentType(pair.value)
                case COSELabel.claims: COSEClaims(item: pair.value) != nil
                case COSELabel.critical: pair.value.array?.isEmpty == false
                default: true
                }
            guard isRight else { throw FormatError(.malformedHeader, "label \(pair.key.integer ?? 0)") }
        }
    }

    /// Refuses a critical header (label 2) that is not among `understood`, or that this bucket lacks.
    public func checkCritical(understood: Set<CBORItem>) throws(FormatError) {
        guard let critical = self[COSELabel.critical] else { return }
        guard let labels = critical.array, !labels.isEmpty else { throw FormatError(.malformedHeader, "crit") }
        for label in labels where !understood.contains(label) || self[label: label] == nil {
            throw FormatError(.unknownCritical, "\(label.integer.map(String.init) ?? label.text ?? "")")
        }
    }

    private static func isContentType(_ value: CBORItem) -> Bool {
        if case .unsigned(let number) = value { number <= 65_535 } else { value.text != nil }
    }
}

/// CWT claims in a header (RFC 9597): who says it, about what, when. Others are kept.
public struct COSEClaims: Hashable, Sendable {
    public var issuer: String?
    public var subject: String?
    /// Seconds since 1970 by the signer's clock: a statement, nothing more.
    public var issuedAt: Int64?
    /// Claims besides these three.
    public var others: [CBORItem.Pair]

    public init(issuer: String? = nil, subject: String? = nil, issuedAt: Int64? = nil, others: [CBORItem.Pair] = []) {
        self.issuer = issuer
        self.subject = subject
        self.issuedAt = issuedAt
        self.others = others
    }

    /// Nil unless a map whose issuer and subject are text and whose issued-at is an integer.
    init?(item: CBORItem) {
        guard let pairs = item.map else { return nil }
        self.init()
        for pair in pairs {
            switch (pair.key, pair.value) {
            case (1, .text(let text)): issuer = text
            case (2, .text(let text)): subject = text
            case (6, let value):
                guard let seconds = value.integer else { return nil }
                issuedAt = seconds
            case (1, _), (2, _): return nil
            default: others.append(pair)
            }
        }
    }

    var item: CBORItem {
        var pairs = others
        if let issuer { pairs.append(CBORItem.Pair(1, .text(issuer))) }
        if let subject { pairs.append(CBORItem.Pair(2, .text(subject))) }
        if let issuedAt { pairs.append(CBORItem.Pair(6, .integer(issuedAt))) }
        return COSEHeader(pairs: pairs).item
    }
}
