import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiTrust

/// A checkpoint as transparency tools read it (C2SP signed-note, tlog-checkpoint, tlog-cosignature; Docs/Formats/Log.md, "Tiles").
///
/// The text of `CheckpointBody`, an empty line, and lines `— name base64(key id ‖ signature)`.
package struct SignedNote: Hashable, Sendable {
    /// Ends with a newline; what a signature covers.
    package let text: String
    /// Signature lines, each without its newline.
    package private(set) var lines: [String]

    /// What a signature is by; the byte that stands between name and key in a key's id.
    enum Sort: UInt8 {
        case ed25519 = 1
        /// A witness's, with the time: `cosignature/v1`.
        case cosignature = 4
        /// Ours, over a key that no other tool knows: ES256 or SM2, raw r ‖ s.
        case other = 0xff
    }

    init(text: String) {
        self.text = text
        lines = []
    }

    /// Throws `notANote`.
    ///
    /// - Parameter unsigned: nobody has to have signed it, as in an archive of a node whose signatures don't repeat.
    package init(_ bytes: [UInt8], unsigned: Bool = false) throws {
        let whole = String(decoding: bytes, as: UTF8.self)
        guard bytes.count <= 65_536, Array(whole.utf8) == bytes, whole.hasSuffix("\n"), let gap = whole.range(of: "\n\n", options: .backwards) else {
            throw AuditError(.notANote, [:])
        }
        text = String(whole[..<gap.lowerBound]) + "\n"
        lines = whole[gap.upperBound...].split(separator: "\n").map(String.init)
        guard unsigned || !lines.isEmpty, lines.allSatisfy({ $0.hasPrefix("— ") }) else { throw AuditError(.notANote, [:]) }
    }

    package var bytes: [UInt8] { Array((text + "\n" + lines.map { $0 + "\n" }.joined()).utf8) }

    /// Origin, size and root; throws `notANote`.
    package func body() throws -> CheckpointBody {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[3].isEmpty, let size = UInt64(parts[1]), String(size) == parts[1], let root = Data(base64Encoded: String(parts[2])),
            let hash = Hash32(bytes: Array(root)), let body = try? CheckpointBody(origin: String(parts[0]), size: size, root: hash), body.text == text
        else { throw AuditError(.notANote, [:]) }
        return body
    }

    /// First four bytes of SHA-256 over name, newline, sort and public key.
    static func keyID(_ name: String, _ sort: Sort, _ key: VerifyingKey) -> [UInt8] {
        Array(sha256(Array(name.utf8) + [0x0a, sort.rawValue] + (sort == .other ? Array("tiaokuai".utf8) : []) + key.rawBytes).bytes.prefix(4))
    }

    /// The key as stock tools take it: `name+hash+base64(type ‖ public key)`; nil for a key that they don't know.
    package static func verifierKey(_ name: String, _ key: VerifyingKey) -> String? {
        guard key.suite == .ed25519 else { return nil }
        return "\(name)+\(keyID(name, .ed25519, key).hex)+\(Data([Sort.ed25519.rawValue] + key.rawBytes).base64EncodedString())"
    }

    private mutating func add(_ name: String, _ id: [UInt8], _ signature: [UInt8]) { lines.append("— \(name) \(Data(id + signature).base64EncodedString())") }

    /// The log's own signature.
    mutating func sign(_ name: String, _ key: some Signer) throws {
        let sort: Sort = key.verifyingKey.suite == .ed25519 ? .ed25519 : .other
        add(name, SignedNote.keyID(name, sort, key.verifyingKey), try key.sign(Array(text.utf8)))
    }

    /// A witness's: that at this time it had seen a log of this size and root, and none that it doesn't begin with.
    mutating func cosign(_ name: String, at seconds: UInt64, _ key: some Signer) throws {
        let message = "cosignature/v1\ntime \(seconds)\n" + text
        let sort: Sort = key.verifyingKey.suite == .ed25519 ? .cosignature : .other
        let own = "— \(name) \(Data(SignedNote.keyID(name, sort, key.verifyingKey)).base64EncodedString().prefix(5))"
        lines.removeAll { $0.hasPrefix(own) }
        let stamp = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) }
        add(name, SignedNote.keyID(name, sort, key.verifyingKey), stamp + (try key.sign(Array(message.utf8))))
    }
}
