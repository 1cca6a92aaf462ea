import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiSeal
import TiaokuaiTrust

/// Sealed files out of given secrets and ephemeral keys, so that they can be made again. What fails in the head is given as
/// the head alone: a reader never comes further.
extension Maker {
    mutating func makeSealed() throws {
        let seals = try Seals()
        let one = try seals.file(1_000, to: [seals.x25519])
        let two = try seals.file(20_000, to: [seals.x25519, seals.p256])
        let long = try seals.file(65_600, to: [seals.x25519])
        func valid(_ name: String, _ fact: String, _ bytes: [UInt8], _ key: SealingKey) { add("sealed", name, fact, bytes, given: seals.given(key)) }
        valid("x25519", "One receiver, on X25519; padded to the least length.", one, seals.x25519)
        valid("p256", "One receiver, on P-256; nothing but padding.", try seals.file(0, to: [seals.p256]), seals.p256)
        valid("two-receivers", "Receivers on both curves stand side by side, ascending by key.", two, seals.p256)
        valid("the-other-receiver", "Every receiver opens the file to the same content.", two, seals.x25519)
        valid("two-chunks", "A chunk's nonce counts, and says which one is the last.", long, seals.x25519)
        let sm2 = try kept("sm2", seals.file(1_000, to: [seals.sm2]), given: seals.given(seals.sm2))
        valid("sm2", "Suite 2: SM2, SM4-CTR and HMAC-SM3.", sm2, seals.sm2)
        let mixed = try kept("mixed-sm2", seals.file(20_000, to: [seals.x25519, seals.p256, seals.sm2]), given: seals.given(seals.sm2))
        valid("mixed-sm2", "With an SM2 receiver the content is of suite 2.", mixed, seals.sm2)
        valid("mixed-x25519", "Receivers by HPKE stand beside it and open the same.", mixed, seals.x25519)
        valid("mixed-p256", "On P-256 too.", mixed, seals.p256)

        func wrong(_ name: String, _ fact: String, _ code: SealError.Code, _ bytes: [UInt8], _ key: SealingKey? = nil) {
            add("sealed", name, fact, bytes, given: seals.given(key ?? seals.x25519), expect: code.rawValue)
        }
        let start = try seals.headCount(one)
        wrong("altered-chunk", "A chunk fails by its own tag.", .alteredChunk, seals.flipped(one, start + 4))
        wrong("altered-sm2-chunk", "A chunk of suite 2 fails by its own tag too.", .alteredChunk, seals.flipped(sm2, sm2.count - 1), seals.sm2)
        wrong("altered-first-of-two", "What lies behind a damaged chunk still opens.", .alteredChunk, seals.flipped(long, try seals.headCount(long)))
        wrong("last-not-said", "The last chunk says that it is.", .alteredChunk, try seals.withChunk(one, isFinal: false) { $0 })
        wrong("chunk-of-another-head", "A chunk belongs to its head.", .alteredChunk, try seals.withChunk(one, outline: []) { $0 })
        wrong("count-beyond", "A chunk has no more content than its share.", .malformedChunk, try seals.withChunk(one) { [0, 0, 0x40, 1] + $0[4...] })
        wrong("padding-not-zero", "What is not content is zero.", .malformedChunk, try seals.withChunk(one) { $0.dropLast() + [1] })
        wrong("content-after-its-end", "Content fills chunk after chunk.", .malformedChunk, try seals.withGap(long))
        wrong("cut-in-a-chunk", "A file that ends inside a chunk lacks that chunk's content at most.", .truncated, Array(one[..<(start + 100)]))
        wrong("cut-behind-the-head", "A file that ends behind its head has nothing of its content.", .truncated, Array(one[..<start]))
        wrong("cut-in-the-head", "A file may end within its head.", .truncated, Array(one[..<(start - 1)]))
        wrong("trailing", "Nothing follows the last chunk.", .trailingBytes, one + [0])
        try makeWrongHeads(seals, Array(two[..<seals.headCount(two)]))
        try makeWrongWraps(seals, Array(mixed[..<seals.headCount(mixed)]))
    }

    /// A head for an X25519, a P-256 and an SM2 key, of which one entry or the suite is named otherwise.
    private mutating func makeWrongWraps(_ seals: Seals, _ head: [UInt8]) throws {
        func wrong(_ name: String, _ fact: String, _ code: SealError.Code, _ key: SealingKey, _ change: (inout [CBORItem]) -> Void) {
            let bytes = edited(head) { $0[2] = .bytes(edited($0[2].bytes ?? [], change)) }
            add("sealed", name, fact, bytes, given: seals.given(key), expect: code.rawValue)
        }
        func wrap(_ key: SealingKey, _ number: CBORItem) -> (inout [CBORItem]) -> Void {
            { outline in
                let receivers = (outline[2].array ?? []).compactMap(\.array)
                outline[2] = .array(receivers.map { .array([$0[0], $0[0].bytes == key.publicKey.thumbprint.bytes ? number : $0[1], $0[2]]) })
            }
        }
        wrong("sm2-in-suite-one", "What goes to an SM2 key is never of suite 1.", .malformedHead, seals.sm2) { $0[0] = 1 }
        wrong("wrap-three", "There are two ways to wrap a secret.", .unknownSuite, seals.x25519, wrap(seals.sm2, 3))
        wrong("other-wrap", "The entry of an SM2 key names SM2.", .wrongSuite, seals.sm2, wrap(seals.sm2, 1))
        wrong("hpke-key-by-sm2", "The entry of an X25519 key names HPKE.", .wrongSuite, seals.x25519, wrap(seals.x25519, 2))
        wrong("other-wrap-for-another", "The tag covers how others get the secret.", .alteredHead, seals.x25519, wrap(seals.sm2, 1))
        wrong("sm2-receiver-left-out", "The tag covers who gets it.", .alteredHead, seals.x25519) { outline in
            outline[2] = .array((outline[2].array ?? []).filter { $0.array?[0].bytes != seals.sm2.publicKey.thumbprint.bytes })
        }
    }

    private mutating func makeWrongHeads(_ seals: Seals, _ head: [UInt8]) throws {
        func wrong(_ name: String, _ fact: String, _ code: SealError.Code, _ bytes: [UInt8], _ key: SealingKey? = nil) {
            add("sealed", name, fact, bytes, given: seals.given(key ?? seals.x25519), expect: code.rawValue)
        }
        func outline(_ change: (inout [CBORItem]) -> Void) -> [UInt8] { edited(head) { $0[2] = .bytes(edited($0[2].bytes ?? [], change)) } }
        func receivers(_ change: (inout [CBORItem]) -> Void) -> [UInt8] { outline { $0[2] = .array(changed($0[2].array, change)) } }
        func changed(_ items: [CBORItem]?, _ change: (inout [CBORItem]) -> Void) -> [CBORItem] {
            var items = items ?? []
            change(&items)
            return items
        }
        wrong("empty", "No bytes are no seal.", .notSealed, [])
        wrong("other-name", "It begins with its name.", .notSealed, edited(head) { $0[0] = "tk-item" })
        wrong("version-two", "Another version is another format.", .unsupportedVersion, edited(head) { $0[1] = 2 })
        wrong("suite-three", "There are two suites.", .unknownSuite, outline { $0[0] = 3 })

        wrong("five-items", "A head has four items.", .malformedHead, edited(head) { $0.append(.null) })
        wrong("tag-short", "The tag has 32 bytes.", .malformedHead, edited(head) { $0[3] = .bytes([1]) })
        wrong("outline-leftover", "Nothing follows in the outline.", .malformedHead, edited(head) { $0[2] = .bytes(($0[2].bytes ?? []) + [0]) })
        wrong(
            "second-spelling", "A length in four bytes where two do is a second spelling.", .malformedHead,
            edited(head) { $0[2] = .bytes(($0[2].bytes ?? []).replacing([0x19, 0x50, 0x00], by: [0x1a, 0, 0, 0x50, 0x00])) })
        wrong("length-below-least", "No length is below 16,384.", .malformedHead, outline { $0[1] = 8_192 })
        wrong("length-not-padded", "A length is one of Padmé's.", .malformedHead, outline { $0[1] = 20_481 })
        wrong("length-beyond", "No length is above 2⁴⁰.", .malformedHead, outline { $0[1] = .unsigned(1 << 41) })
        wrong("no-receivers", "Somebody can open it.", .malformedHead, receivers { $0 = [] })
        wrong("receivers-unsorted", "Receivers ascend by key.", .malformedHead, receivers { $0.reverse() })
        wrong("receiver-twice", "No receiver stands twice.", .malformedHead, receivers { $0 = [$0[0], $0[0]] })
        let long = CBORItem.bytes([UInt8](repeating: 0, count: 257))
        wrong("wrapped-long", "A wrapped secret has at most 256 bytes.", .malformedHead, receivers { $0[1] = .array([$0[1].array?[0] ?? .null, 1, long]) })
        let many = (0..<257).map { sha256([UInt8($0 >> 8), UInt8($0 & 255)]) }.sorted()
        wrong("257-receivers", "A file has at most 256 receivers.", .tooManyReceivers, receivers { $0 = many.map { [.bytes($0.bytes), 1, .bytes([])] } })

        wrong("not-for-this-key", "One of the reader's keys is among the receivers.", .notForTheseKeys, head, try seals.key(.x25519, 9))
        wrong("altered-tag", "The tag authenticates the outline.", .alteredHead, seals.flipped(head, head.count - 1))
        wrong("altered-length", "The tag covers the length.", .alteredHead, outline { $0[1] = 21_504 })
        func rewrapped(_ index: Int, _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
            receivers { $0[index] = .array([$0[index].array?[0] ?? .null, 1, .bytes(change($0[index].array?[2].bytes ?? []))]) }
        }
        wrong("altered-for-another", "The tag covers what stands for other receivers.", .alteredHead, rewrapped(0) { seals.flipped($0, 0) })
        wrong("altered-wrapped", "A wrapped secret that was altered doesn't open.", .alteredHead, rewrapped(1) { seals.flipped($0, 40) })
        wrong("wrapped-short", "A wrapped secret that was cut doesn't open.", .alteredHead, rewrapped(1) { Array($0[..<31]) })
        wrong("other-suite", "A secret is wrapped for the file's suite.", .alteredHead, outline { $0[0] = 2 })
    }

    /// SM2 encrypts with random numbers: the file stays as it is while it opens to the same.
    private func kept(_ name: String, _ made: [UInt8], given: [String: String]) throws -> [UInt8] {
        guard let old = VectorFiles.read("sealed/\(name)") else { return made }
        var new = old
        (new.bytes, new.given) = (made.hex, given)
        return try old.given == given && Verdict(on: old) == Verdict(on: new) ? old.content : made
    }
}
