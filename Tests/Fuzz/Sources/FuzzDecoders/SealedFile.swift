import TiaokuaiFormat
import TiaokuaiSeal
import TiaokuaiTrust

/// Sealed files for a reader whose key the fuzzer's mutations don't have: nothing may come out but what was sealed, where it was.
enum SealedFile {
    /// A file of the least length, and some more.
    static let longest = 20_000
    private static let content = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    /// A curve for each suite.
    private static let readers = [SealingCurve.x25519, .sm2].compactMap { try? SealingKey($0, secret: Array(repeating: 7, count: 32)) }

    @Sendable static func seeds() throws -> [[UInt8]] {
        try readers.map { reader in
            let writer = try SealWriter(to: [reader.publicKey], atMost: UInt64(content.count))
            try writer.append(content)
            writer.finish()
            var file: [UInt8] = []
            while let bytes = try writer.next() { file += bytes }
            return file
        }
    }

    static func read(_ input: [UInt8]) {
        let opener = SealOpener(keys: readers)
        func drain() {
            while let event = try? opener.next() {
                guard case .content(let bytes, let offset) = event else { continue }
                precondition(offset + UInt64(bytes.count) <= UInt64(content.count), "more content than was sealed")
                precondition(bytes.elementsEqual(content[Int(offset)..<Int(offset) + bytes.count]), "other content than was sealed")
            }
        }
        for piece in stride(from: 0, to: input.count, by: 1_021) {
            opener.feed(input[piece..<min(piece + 1_021, input.count)])
            drain()
        }
        opener.finish()
        drain()
    }
}
