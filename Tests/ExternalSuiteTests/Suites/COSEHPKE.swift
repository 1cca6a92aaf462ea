import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// The draft of HPKE in COSE. No format of ours is COSE_Encrypt, so what is around the HPKE message is put together here;
/// the messages are others' and among them are AES-256-GCM ones, which RFC 9180 gives only with P-521.
///
/// The draft's Appendix C states the inputs: AAD "external-aad", info "external-info", HPKE AAD "external-hpke-aad",
/// plaintext "hpke test payload".
enum COSEHPKE {
    static let suite = ExternalSuite("cose-hpke", vectors: 192) { folder in
        var row = folder.row("testvectors.txt", expecting: 192)
        row.note = "what follows a pre-shared key doesn't open in base mode"
        var key: CBORItem = .null
        var title = ""
        for line in try folder.text("testvectors.txt").split(separator: "\n").map(String.init) {
            let words = line.split(separator: " ")
            if line.contains("COSE_Key"), let encoded = words.last {
                key = try CBORItem.decode(hex(encoded.description), mode: .tolerant)
            } else if line.hasPrefix("Ciphertext:"), let encoded = words.last {
                try judge(title, key, CBORItem.decode(hex(encoded.description), mode: .tolerant), in: &row)
            } else {
                title = line
            }
        }
        return [row]
    }

    private static func judge(_ title: String, _ key: CBORItem, _ message: CBORItem, in row: inout SuiteRow) throws {
        let hasSharedKey = title.contains("+PSK")
        guard let algorithm = key[3]?.integer, case .tag(let tag, .array(let parts)) = message, tag == (title.contains("Encrypt0") ? 16 : 96) else {
            throw SuiteFolder.Malformed(title)
        }
        guard let suite = suites[algorithm] else {
            let verdict = try Verdict.of { _ = try SealingPublicKey(coseKey: publicPart(of: key)) }
            row.judge(title, verdict, demanding: .profile("unsupportedSuite"))
            return
        }
        guard let secret = key[-4]?.bytes else { throw SuiteFolder.Malformed(title) }
        let own = try SealingKey(suite.kem.curve, secret: secret)
        row.demand(own.publicKey.coseKey == publicPart(of: key), "\(title): the public key")
        var plaintext: [UInt8]?
        let verdict = try Verdict.of { plaintext = try tag == 16 ? direct(parts, suite, own, title) : wrapped(parts, suite, own, title) }
        let isRight = !verdict.isAccepted || plaintext == nil || plaintext == Array("hpke test payload".utf8)
        row.judge(title, verdict, demanding: hasSharedKey ? .profile("notOpened") : .accept, also: isRight)
    }

    /// Integrated encryption, by the draft's numbers; key encryption has numbers of its own.
    private static let suites: [Int64: HPKE.Suite] = [
        35: HPKE.Suite(kem: .p256, aead: .aes128GCM), 41: HPKE.Suite(kem: .x25519, aead: .aes128GCM), 42: HPKE.Suite(kem: .x25519, aead: .chaCha20Poly1305),
        45: HPKE.Suite(kem: .p256, aead: .aes256GCM), 46: HPKE.Suite(kem: .p256, aead: .aes128GCM), 49: HPKE.Suite(kem: .x25519, aead: .aes128GCM),
        50: HPKE.Suite(kem: .x25519, aead: .chaCha20Poly1305), 53: HPKE.Suite(kem: .p256, aead: .aes256GCM),
    ]

    /// COSE_Encrypt0: HPKE encrypts the content.
    private static func direct(_ parts: [CBORItem], _ suite: HPKE.Suite, _ key: SealingKey, _ title: String) throws -> [UInt8] {
        guard parts.count == 3, let headers = parts[0].bytes, let encapsulation = parts[1][-4]?.bytes, let ciphertext = parts[2].bytes else {
            throw SuiteFolder.Malformed(title)
        }
        let receiver = try suite.setupReceiver(encapsulation, key: key, info: given("external-info", by: "external info", title))
        return try receiver.open(ciphertext, aad: structure("Encrypt0", headers, title))
    }

    /// COSE_Encrypt with one recipient: HPKE encrypts the content's key. Nil once that is open, where the content's nonce
    /// isn't one of 12 bytes.
    private static func wrapped(_ parts: [CBORItem], _ suite: HPKE.Suite, _ key: SealingKey, _ title: String) throws -> [UInt8]? {
        guard parts.count == 4, let headers = parts[0].bytes, let nonce = parts[1][5]?.bytes, let ciphertext = parts[2].bytes, let recipient = parts[3].array?.first?.array,
            recipient.count == 3, let recipientHeaders = recipient[0].bytes, let encapsulation = recipient[1][-4]?.bytes, let sealedKey = recipient[2].bytes,
            let number = try CBORItem.decode(headers)[1], let algorithm = algorithms[number]
        else { throw SuiteFolder.Malformed(title) }
        let info = CBORItem.array(["HPKE Recipient", number, .bytes(recipientHeaders), .bytes(given("external-info", by: "external info", title))]).encode()
        let receiver = try suite.setupReceiver(encapsulation, key: key, info: info)
        let contentKey = try receiver.open(sealedKey, aad: given("external-hpke-aad", by: "external hpke aad", title))
        guard contentKey.count == algorithm.keyBytes else { throw SuiteFolder.Malformed("\(title): a key of \(contentKey.count) bytes") }
        guard nonce.count == AuthenticatedCipher.nonceBytes else { return nil }
        let cipher = try AuthenticatedCipher(algorithm, key: contentKey)
        guard let plaintext = cipher.open(ciphertext[...], nonce: nonce, aad: structure("Encrypt", headers, title)) else { throw SealError(.alteredChunk) }
        return plaintext
    }

    private static let algorithms: [CBORItem: AuthenticatedCipher.Algorithm] = [1: .aes128GCM, 3: .aes256GCM, 24: .chaCha20Poly1305]

    /// RFC 9052 §5.3.
    private static func structure(_ context: String, _ headers: [UInt8], _ title: String) -> [UInt8] {
        CBORItem.array([.text(context), .bytes(headers), .bytes(given("external-aad", by: "external aad", title))]).encode()
    }

    private static func given(_ value: String, by words: String, _ title: String) -> [UInt8] { title.contains(words) ? Array(value.utf8) : [] }

    private static func publicPart(of key: CBORItem) -> [UInt8] {
        let labels: Set<CBORItem> = [1, -1, -2, -3]
        return CBORItem.map((key.map ?? []).filter { labels.contains($0.key) }).encode()
    }
}
