import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// The head of a sealed file, item by item.
@Suite struct HeadTests {
    private let mine: SealingKey
    private let file: [UInt8]
    private let head: SealHead

    init() throws {
        mine = try key(.x25519)
        file = try sealed([1, 2, 3], to: [mine, try key(.p256)])
        head = try #require(opened(file, keys: [mine]).head)
    }

    /// The file with another head in front of its chunk.
    private func file(_ items: [CBORItem]) -> [UInt8] { CBORItem.array(items).encode() + file[head.byteCount...] }

    private func items() throws -> [CBORItem] { try #require(try CBORItem.decode(Array(file[..<head.byteCount])).array) }

    private func outline() throws -> [CBORItem] {
        let encoded = try #require(try items()[2].bytes)
        return try #require(try CBORItem.decode(encoded).array)
    }

    private func fault(outline change: (inout [CBORItem]) -> Void) throws -> SealError.Code? {
        var items = try items()
        var outline = try outline()
        change(&outline)
        items[2] = .bytes(CBORItem.array(outline).encode())
        return opened(file(items), keys: [mine]).error?.code
    }

    private func fault(head change: (inout [CBORItem]) -> Void) throws -> SealError.Code? {
        var items = try items()
        change(&items)
        return opened(file(items), keys: [mine]).error?.code
    }

    @Test func theHeadIsWhatThePageSays() throws {
        let items = try items()
        #expect(items.count == 4 && items[0].text == "tk-seal" && items[1].integer == 1 && items[3].bytes?.count == 32)
        let outline = try outline()
        #expect(outline.count == 3 && outline[0].integer == 1 && outline[1].integer == 16_384)
        let receivers = try #require(outline[2].array).compactMap(\.array)
        #expect(receivers.count == 2 && receivers.allSatisfy { $0.count == 3 && $0[1].integer == 1 })
        #expect(receivers.compactMap { $0[0].bytes } == [mine, try key(.p256)].map(\.publicKey.thumbprint).sorted().map(\.bytes))
        #expect(Set(receivers.compactMap { $0[2].bytes?.count }) == [80, 113])
        #expect(file.starts(with: [0x84, 0x67] + Array("tk-seal".utf8)))
    }

    /// A receiver's entry with another wrap.
    private static func wrap(_ number: Int64, _ entry: CBORItem) -> CBORItem {
        var items = entry.array ?? []
        items[1] = .integer(number)
        return .array(items)
    }

    /// In a file to keys of both kinds, one entry's wrap named otherwise: its receiver is told so, the others that the head was altered.
    @Test(arguments: [SealingCurve.x25519, .sm2]) func anEntryThatNamesAnotherWrapOpensForNobody(_ curve: SealingCurve) throws {
        let keys = try [key(.x25519), key(.p256), key(.sm2)]
        let file = try sealed([1, 2, 3], to: keys)
        let head = try #require(opened(file, keys: keys).head)
        var items = try #require(try CBORItem.decode(Array(file[..<head.byteCount])).array)
        var outline = try #require(try CBORItem.decode(items[2].bytes ?? []).array)
        let id = try key(curve).publicKey.thumbprint
        let other: Int64 = curve == .sm2 ? 1 : 2
        outline[2] = .array((outline[2].array ?? []).map { $0.array?[0].bytes == id.bytes ? HeadTests.wrap(other, $0) : $0 })
        items[2] = .bytes(CBORItem.array(outline).encode())
        let altered = CBORItem.array(items).encode() + file[head.byteCount...]
        let told = opened(altered, keys: [try key(curve)])
        #expect(told.error?.code == .wrongSuite && told.error?.receivers == [id] && told.pieces.isEmpty)
        for one in keys where one.curve != curve { #expect(opened(altered, keys: [one]).codes == [.alteredHead]) }
        #expect(opened(altered, keys: keys).codes == [.alteredHead], "one of several keys fits its entry")
    }

    @Test func everyFaultOfTheHeadHasItsCode() throws {
        #expect(try fault(head: { _ in }) == nil)
        #expect(try fault(head: { $0[0] = "tk-item" }) == .notSealed)
        #expect(try fault(head: { $0[1] = 2 }) == .unsupportedVersion)
        #expect(try fault(head: { $0 = [$0[0], 2, $0[2]] }) == .unsupportedVersion, "of whatever shape a later version is")
        #expect(try fault(head: { $0[1] = "1" }) == .malformedHead)
        #expect(try fault(head: { $0.append(1) }) == .malformedHead)
        #expect(try fault(head: { $0[2] = 1 }) == .malformedHead)
        #expect(try fault(head: { $0[2] = .bytes([0x80]) }) == .malformedHead)
        #expect(try fault(head: { $0[2] = .bytes(bytes(SealLimits.headBytes + 1)) }) == .malformedHead)
        #expect(try fault(head: { $0[3] = .bytes(bytes(31)) }) == .malformedHead)
        #expect(try fault(head: { $0[3] = .bytes(bytes(32)) }) == .alteredHead)
    }

    @Test func everyFaultOfTheOutlineHasItsCode() throws {
        #expect(try fault(outline: { $0[0] = 3 }) == .unknownSuite)
        #expect(try fault(outline: { $0[0] = 2 }) == .alteredHead, "wrapped for suite 1")
        #expect(try fault(outline: { $0[2] = .array(($0[2].array ?? []).map { HeadTests.wrap(2, $0) }) }) == .malformedHead, "SM2 in suite 1")
        #expect(try fault(outline: { $0[2] = .array(($0[2].array ?? []).map { HeadTests.wrap(3, $0) }) }) == .unknownSuite)
        #expect(try fault(outline: { $0[2] = [[.bytes(bytes(32)), .bytes([1])]] }) == .malformedHead, "no wrap")
        for length in [0, 1, 16_383, 16_385, Int64(SealLimits.contentBytes) * 2] {
            #expect(try fault(outline: { $0[1] = .integer(length) }) == .malformedHead, "no padded length: \(length)")
        }
        #expect(try fault(outline: { $0[1] = 32_768 }) == .alteredHead)
        #expect(try fault(outline: { $0[2] = [] }) == .malformedHead, "no receiver")
        #expect(try fault(outline: { $0.append(1) }) == .malformedHead)
        #expect(try fault(outline: { $0[2] = .array(($0[2].array ?? []).reversed()) }) == .malformedHead, "not ascending")
        #expect(try fault(outline: { $0[2] = .array([$0[2].array?.first ?? 0, $0[2].array?.first ?? 0]) }) == .malformedHead, "twice")
        #expect(try fault(outline: { $0[2] = [[.bytes(bytes(31)), 1, .bytes([1])]] }) == .malformedHead)
        #expect(try fault(outline: { $0[2] = [[.bytes(bytes(32)), 1, .bytes(bytes(SealLimits.wrappedBytes + 1))]] }) == .malformedHead)
        let many = (0...SealLimits.receivers).map { CBORItem.array([.bytes([UInt8($0 / 256), UInt8($0 % 256)] + bytes(30)), 1, .bytes([1])]) }
        #expect(try fault(outline: { $0[2] = .array(many) }) == .tooManyReceivers)
        #expect(try fault(outline: { $0[2] = .array(Array(many.dropLast())) }) == .notForTheseKeys)
    }

    @Test func aReceiverTakenOutOrPutInShows() throws {
        let id = mine.publicKey.thumbprint.bytes
        func only(_ isMine: Bool) -> (inout [CBORItem]) -> Void {
            { $0[2] = .array(($0[2].array ?? []).filter { ($0.array?.first?.bytes == id) == isMine }) }
        }
        #expect(try fault(outline: only(true)) == .alteredHead)
        #expect(try fault(outline: only(false)) == .notForTheseKeys)
        #expect(try fault(outline: { $0[2] = .array(($0[2].array ?? []) + [[.bytes([UInt8](repeating: 255, count: 32)), 1, .bytes([1])]]) }) == .alteredHead)
    }

    @Test func aWrappedSecretOfAnyOtherFormIsAnAlteredHead() throws {
        let id = mine.publicKey.thumbprint.bytes
        for wrapped in [[], bytes(32), bytes(33), bytes(80), [UInt8](repeating: 0, count: 80), bytes(256)] {
            let fault = try fault(outline: { outline in
                outline[2] = .array((outline[2].array ?? []).map { $0.array?.first?.bytes == id ? [.bytes(id), 1, .bytes(wrapped)] : $0 })
            })
            #expect(fault == .alteredHead)
        }
        // What another key's holder could put there: well sealed, but no secret of this suite.
        let suite = HPKE.Suite(kem: .x25519, aead: .aes256GCM)
        let sender = try suite.setupSender(to: mine.publicKey, info: Array("tk-seal".utf8) + [1, 1])
        let short = sender.encapsulation + (try sender.seal(bytes(31)))
        let fault = try fault(outline: { outline in
            outline[2] = .array((outline[2].array ?? []).map { $0.array?.first?.bytes == id ? [.bytes(id), 1, .bytes(short)] : $0 })
        })
        #expect(fault == .alteredHead)
    }

    @Test func aCarrierReadsTheHeadWithoutAKey() throws {
        for count in 0..<head.byteCount { #expect(try SealHead(beginning: Array(file.prefix(count))) == nil) }
        let read = try #require(try SealHead(beginning: file))
        #expect(read == head && read.sealedLength == UInt64(file.count))
        #expect(SealHead.begins(file) == true)
        #expect(SealHead.begins([0x84, 0x67]) == nil)
        #expect(SealHead.begins([]) == nil)
        #expect(SealHead.begins(Array("84tk-item".utf8)) == false)
    }

    @Test func anEndlessHeadIsRefusedAtItsLimit() throws {
        // It announces 64 KiB and a byte, and never ends.
        let endless = [0x84, 0x67] + Array("tk-seal".utf8) + [1, 0x5a, 0x00, 0x01, 0x00, 0x01] + bytes(70_000)
        #expect(opened(endless, keys: [mine]).error?.code == .malformedHead)
        let vast = [0x84, 0x67] + Array("tk-seal".utf8) + [1, 0x5b, 0x7f] + [UInt8](repeating: 0xff, count: 70_000)
        #expect(opened(vast, keys: [mine], piece: 1_000).error?.code == .malformedHead)
    }
}
