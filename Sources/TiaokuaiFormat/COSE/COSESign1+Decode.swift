extension COSESign1 {
    /// Reads one envelope that fills `bytes`.
    ///
    /// - Parameters:
    ///   - understood: the labels that the caller handles, should `crit` name them.
    ///   - limit: the largest envelope in bytes, checked first.
    public init(
        decoding bytes: [UInt8], profile: Profile = .strict, understood: Set<CBORItem> = [], limit: Int = Limits.envelopeBytes
    ) throws(FormatError) {
        guard bytes.count <= limit else { throw FormatError(.limitExceeded, "envelope of \(bytes.count) bytes, \(limit) admitted") }
        let mode: CBORMode = profile == .strict ? .strict : .tolerant
        var item = try CBORItem.decode(bytes, mode: mode)
        if case .tag(COSESign1.tag, let content) = item {
            item = content
        } else if profile == .strict {
            throw FormatError(.malformedEnvelope, "not tagged as COSE_Sign1")
        }
        guard let parts = item.array, parts.count == 4, let protectedBytes = parts[0].bytes, let open = parts[1].map,
            let signature = parts[3].bytes, parts[2] == .null || parts[2].bytes != nil
        else { throw FormatError(.malformedEnvelope, "not the four parts of COSE_Sign1") }
        self.protectedBytes = protectedBytes
        protected = try COSESign1.protected(protectedBytes, mode: mode)
        unprotected = COSEHeader(pairs: open)
        payload = parts[2].bytes
        self.signature = signature
        if profile == .strict { try checkProfile(understood: understood) }
    }

    private static func protected(_ bytes: [UInt8], mode: CBORMode) throws(FormatError) -> COSEHeader {
        if bytes.isEmpty { return COSEHeader() }
        guard case .map(let pairs) = try CBORItem.decode(bytes, mode: mode) else { throw FormatError(.malformedHeader, "protected is no map") }
        return COSEHeader(pairs: pairs)
    }

    private func checkProfile(understood: Set<CBORItem>) throws(FormatError) {
        try protected.checkTypes()
        try unprotected.checkTypes()
        for pair in unprotected.pairs where protected[label: pair.key] != nil { throw FormatError(.duplicateKey, "a label in both buckets") }
        guard protected.algorithm != nil else { throw FormatError(.algorithmNotProtected) }
        guard unprotected[COSELabel.critical] == nil else { throw FormatError(.malformedHeader, "crit is not protected") }
        try protected.checkCritical(understood: understood)
    }
}
