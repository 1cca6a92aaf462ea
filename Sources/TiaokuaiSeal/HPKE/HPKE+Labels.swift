import TiaokuaiTrust

/// Big-endian bytes, RFC 8017's I2OSP.
func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
}

extension HPKE {
    /// LabeledExtract and LabeledExpand, §4: everything derived is bound to version, suite and purpose.
    struct Labels {
        let suiteID: [UInt8]

        private static let version = Array("HPKE-v1".utf8)

        init(_ kem: KEM) { suiteID = Array("KEM".utf8) + bigEndian(kem.rawValue) }

        init(_ suite: Suite) {
            suiteID = Array("HPKE".utf8) + bigEndian(suite.kem.rawValue) + bigEndian(Suite.kdf) + bigEndian(suite.aead.rawValue)
        }

        func extract(salt: [UInt8] = [], _ label: String, _ secret: [UInt8]) throws(SealError) -> [UInt8] {
            var input = Labels.version + suiteID + Array(label.utf8) + secret
            defer { SecretBytes.erase(&input) }
            return try SealError.crypto { try HKDF.extract(salt: salt, secret: input) }
        }

        func expand(_ key: [UInt8], _ label: String, _ info: [UInt8], count: Int) throws(SealError) -> [UInt8] {
            guard count <= HKDF.maximumBytes else { throw SealError(.tooLong, "\(count) > \(HKDF.maximumBytes)") }
            let labeled = bigEndian(UInt16(count)) + Labels.version + suiteID + Array(label.utf8) + info
            return try SealError.crypto { try HKDF.expand(key, info: labeled, count: count) }
        }
    }
}
