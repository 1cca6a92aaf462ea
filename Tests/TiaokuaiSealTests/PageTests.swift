import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// Docs/Formats/Seal.md is the norm: what it states is compared with the code, and a file is opened by its words alone.
@Suite struct PageTests {
    private let page: String

    init() throws {
        page = try String(contentsOf: packageRoot.appendingPathComponent("Docs/Formats/Seal.md"), encoding: .utf8)
    }

    /// The number in the second column of the limits' row of this name.
    private func limit(_ name: String) throws -> String {
        let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(name) |") })
        return row.split(separator: "|")[1].trimmingCharacters(in: .whitespaces)
    }

    @Test func theLimitsAreThoseOfThePage() throws {
        #expect(try limit("receivers") == "\(SealLimits.receivers)")
        #expect(try limit("head") == "65,536 bytes" && SealLimits.headBytes == 65_536)
        #expect(try limit("wrapped secret") == "\(SealLimits.wrappedBytes) bytes")
        #expect(try limit("padded length") == "2⁴⁰ bytes" && SealLimits.contentBytes == 1 << 40)
        #expect(try limit("chunk") == "65,536 bytes" && SealLimits.chunkBytes == 65_536)
    }

    @Test func thePageNamesEveryCodeOfAReader() {
        let elsewhere: Set<SealError.Code> = [.noReceiver, .tooLong, .notOpened, .messageLimit, .crypto]
        for code in SealError.Code.allCases where !elsewhere.contains(code) { #expect(page.contains("`\(code)`"), "\(code)") }
    }

    /// Suite 1 by the page: nothing of the container's code takes part, only the primitives.
    @Test func aFileOfSuiteOneOpensByThePage() throws {
        let mine = try key(.p256)
        let content = bytes(70_000)
        let file = try sealed(content, to: [mine])
        let (outline, tag, wrapped, chunks) = try parts(file, mine)
        let receiver = try HPKE.Suite(kem: .p256, aead: .aes256GCM).setupReceiver(
            Array(wrapped[..<65]), key: mine, info: Array("tk-seal".utf8) + [1, 1])
        let secret = try receiver.open(Array(wrapped[65...]))
        let headKey = try HKDF.expand(secret, info: Array("tk-seal head".utf8), count: 32)
        #expect(try KeyedHash(.sha256, key: headKey).tag(outline[...]) == tag)
        let cipher = try AuthenticatedCipher(.aes256GCM, key: try HKDF.expand(secret, info: Array("tk-seal chunk".utf8), count: 32))
        let zeros = [UInt8](repeating: 0, count: 7)
        let first = try #require(cipher.open(chunks[..<65_556], nonce: zeros + [0, 0, 0, 0] + [0], aad: sha256(outline).bytes))
        let second = try #require(cipher.open(chunks[65_556...], nonce: zeros + [0, 0, 0, 1] + [1], aad: sha256(outline).bytes))
        #expect(first == [0, 1, 0, 0] + content[..<65_536])
        let rest = 70_000 - 65_536
        #expect(Array(second[..<(4 + rest)]) == [0, 0, UInt8(rest / 256), UInt8(rest % 256)] + content[65_536...])
        #expect(second[(4 + rest)...].allSatisfy { $0 == 0 } && second.count == 4 + 71_680 - 65_536)
    }

    /// Suite 2 by the page.
    @Test func aFileOfSuiteTwoOpensByThePage() throws {
        let mine = try key(.sm2)
        let content = bytes(70_000)
        let (outline, tag, wrapped, chunks) = try parts(try sealed(content, to: [mine]), mine)
        let secret = try mine.decrypt(wrapped)
        #expect(secret.count == 32)
        let root = try KeyedHash(.sm3, key: secret)
        let (stream, hash) = (try root.tag(Array("tk-seal chunk".utf8)[...]), try KeyedHash(.sm3, key: root.tag(Array("tk-seal head".utf8)[...])))
        #expect(try hash.tag([0], outline[...]) == tag)
        let cipher = try CounterCipher(key: Array(stream[..<16]))
        let counter = stream[16...].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let head = [1] + sm3(outline).bytes
        let (first, last) = (chunks[..<65_540], chunks[65_572..<(chunks.count - 32)])
        #expect(try hash.tag((head + [0, 0, 0, 0] + [0])[...], first) == Array(chunks[65_540..<65_572]))
        #expect(try hash.tag((head + [0, 0, 0, 1] + [1])[...], last) == Array(chunks.suffix(32)))
        #expect(try cipher.apply(first, from: counter) == [0, 1, 0, 0] + content[..<65_536])
        #expect(try Array(cipher.apply(last, from: counter &+ 4_097)[4..<(4 + 4_464)]) == Array(content[65_536...]))
    }

    /// The same inputs give the same bytes for as long as version 1 stands; the page shows the head.
    @Test func versionOneIsFixed() throws {
        let writer = try fixed()
        let file = try drained(writer, bytes(20_000))
        #expect(opened(file, keys: [try key(.p256, 2)]).isComplete)
        #expect(file.count == 20_822 && sha256(file).hex == "e1922c07bc5a46ab6266871f4f614f56c3bf958277b52ec5790b3cc053d8d515")
        #expect(try example("head") == Array(file[..<writer.head.byteCount]))
        let outline = try #require(try CBORItem.decode(Array(file[..<writer.head.byteCount])).array?[2].bytes)
        #expect(try example("outline") == outline)
    }

    private func fixed() throws -> SealWriter {
        try SealWriter(
            to: [try key(.x25519, 1).publicKey, try key(.p256, 2).publicKey], atMost: 20_000, secret: bytes(32, seed: 3),
            ephemeral: { $0.curve == .p256 ? try? key(.p256, 5) : try? key(.x25519, 4) })
    }

    /// The bytes of an example on the page: hexadecimal, with comments.
    private func example(_ name: String) throws -> [UInt8] {
        let parts = page.components(separatedBy: "<!-- made: example sealed/two-receivers \(name) -->\n```\n")
        try #require(parts.count == 2)
        let lines = try #require(parts[1].components(separatedBy: "```").first).split(separator: "\n")
        let digits = lines.map { $0.components(separatedBy: "#")[0].filter { !$0.isWhitespace } }.joined()
        return try #require([UInt8](hex: digits))
    }

    private func parts(_ file: [UInt8], _ key: SealingKey) throws -> (outline: [UInt8], tag: [UInt8], wrapped: [UInt8], chunks: [UInt8]) {
        var reader = CBORReader(file)
        try reader.arrayHeader(expecting: 4)
        #expect(try reader.text() == "tk-seal")
        #expect(try reader.unsigned() == 1)
        let outline = try reader.byteString()
        let tag = try reader.byteString()
        let receivers = try #require(try CBORItem.decode(outline).array)[2].array ?? []
        let wrapped = try #require(receivers.first { $0.array?.first?.bytes == key.publicKey.thumbprint.bytes }?.array?[2].bytes)
        return (outline, tag, wrapped, Array(file[reader.offset...]))
    }
}
