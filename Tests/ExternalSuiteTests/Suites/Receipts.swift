import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiTrust

/// A proof out of a receipt of RFC 9942, for a log of the tree of RFC 9162. Ours carry the same proofs in a form of their
/// own, so this reader is the test's; envelope, CBOR and proof go through our code.
private enum ReceiptProof {
    case inclusion(size: UInt64, index: UInt64, path: [Hash32])
    case consistency(older: UInt64, newer: UInt64, path: [Hash32])

    static let structure: Int64 = 395
    static let proofs: Int64 = 396

    /// The number of the tree's kind; it counts only where it is protected.
    static func kind(of receipt: COSESign1) -> Int64? { receipt.protected[structure]?.integer }

    init(in receipt: COSESign1) throws {
        guard let (label, item) = receipt.unprotected[ReceiptProof.proofs]?.map.flatMap({ $0.count == 1 ? ($0[0].key.integer, $0[0].value) : nil }),
            let encoded = item.array?.first?.bytes, let parts = try CBORItem.decode(encoded).array, parts.count == 3,
            case .unsigned(let first) = parts[0], case .unsigned(let second) = parts[1], let path = parts[2].array?.compactMap({ $0.bytes.flatMap { Hash32(bytes: $0) } }),
            path.count == parts[2].array?.count
        else { throw SuiteFolder.Malformed("no proof in a receipt") }
        switch label {
        case -1: self = .inclusion(size: first, index: second, path: path)
        case -2: self = .consistency(older: first, newer: second, path: path)
        default: throw SuiteFolder.Malformed("proof of kind \(label ?? 0)")
        }
    }
}

/// The examples of the draft that became RFC 9942. No key was published, and their protected maps aren't sorted: the
/// tolerant reader parses them, the strict profile refuses them.
enum ReceiptExamples {
    static let suite = ExternalSuite("cose-receipts", vectors: 4) { folder in
        let names = ["consistency-receipt", "inclusion-receipt"]
        var files = folder.row("*", expecting: 4)
        var receipts: [COSESign1] = []
        for name in names {
            let bytes = try folder.bytes("\(name).cbor")
            files.judge(name, try Verdict.of { _ = try COSESign1(decoding: bytes) }, demanding: .profile("unsortedKeys"))
            let read = try COSESign1(decoding: bytes, profile: .tolerant)
            files.demand(read.encode() == bytes, "\(name): kept as it was received")
            files.demand(read.protectedBytes != read.protected.encode(), "\(name): its headers are unsorted")
            files.demand(try read.signatureInput(detachedPayload: [7]).count > read.protectedBytes.count, "\(name): what would be signed")
            files.demand(ReceiptProof.kind(of: read) == 1 && read.payload == nil, "\(name): headers")
            receipts.append(read)
            let dump = try folder.text("\(name).diag").split(separator: "\n").filter { $0.hasPrefix("d2 84") }.map { $0.filter { $0 != " " } }
            files.judge("\(name).diag", .accepted(dump == [bytes.hex], orRefused: "other bytes"), demanding: .accept)
        }
        // The two speak of one log of five leaves, so each can be held against the other.
        guard case .consistency(3, 5, let grown) = try ReceiptProof(in: receipts[0]), case .inclusion(5, 3, let path) = try ReceiptProof(in: receipts[1]),
            grown.count == 4, path.count == 3
        else { throw SuiteFolder.Malformed("other proofs") }
        let tree = MerkleTree.sha256
        let older = tree.node(grown[2], grown[0])
        let newer = tree.node(tree.node(grown[2], tree.node(grown[0], grown[1])), grown[3])
        files.demand(
            try Verdict.of { try tree.verifyConsistency(from: 3, to: 5, oldRoot: older, newRoot: newer, proof: grown) }.isAccepted, "the consistency proof")
        files.demand(try Verdict.of { try tree.verifyInclusion(leafHash: grown[1], index: 3, size: 5, proof: path, root: newer) }.isAccepted, "the inclusion proof")
        return [files]
    }
}

/// Signed statements and receipts over them, as the manifest says.
enum ScittVectors {
    static let suite = ExternalSuite("scitt-cose", vectors: 12, others: ["README.md", "SHA256SUMS", "manifest.json", "v1/.gitignore"]) { folder in
        let manifest = try folder.json("manifest.json", as: Manifest.self)
        var row = folder.row("v1/*", expecting: 12)
        row.note = "by the tolerant reader: the strict profile refuses 11 of them, `unsortedKeys`"
        for vector in manifest.vectors { try judge(vector, in: folder, &row) }
        return [row]
    }

    private static func judge(_ vector: Manifest.Vector, in folder: SuiteFolder, _ row: inout SuiteRow) throws {
        let expected = try folder.json("\(vector.dir)/expected.json", as: Expected.self)
        let statement = try folder.bytes("\(vector.dir)/statement.cose")
        row.demand((expected.isStatementValid && expected.isReceiptValid) == (vector.expected == "VALID"), "\(vector.id): the manifest")
        refuseStrictly(statement, "\(vector.id): statement", &row)
        let issued = try Verdict.of { try COSESigner.verify(COSESign1(decoding: statement, profile: .tolerant), key: key("issuer-key", vector, folder)) }
        row.judge("\(vector.id): statement", issued, demanding: .accept(if: expected.isStatementValid))
        let payload = try folder.bytes("\(vector.dir)/payload.bin")
        let carried = try COSESign1(decoding: statement, profile: .tolerant).payload
        row.demand(sha256(payload).hex == expected.payload && carried == payload, "\(vector.id): its payload")

        let receipt = try folder.bytes("\(vector.dir)/receipt.cose")
        // A log of another kind, which sorts its headers and signs with ES384.
        if expected.size == nil {
            let read = try COSESign1(decoding: receipt)
            let verdict = try Verdict.of { try COSESigner.verify(read, key: ExampleKey.another(), detachedPayload: [UInt8](repeating: 0, count: 32)) }
            row.judge("\(vector.id): receipt", verdict, demanding: .profile("wrongAlgorithm"))
            row.demand(ReceiptProof.kind(of: read) == 2, "\(vector.id): the kind of tree")
            return
        }
        refuseStrictly(receipt, "\(vector.id): receipt", &row)
        row.demand(sha256(statement).hex == expected.leaf, "\(vector.id): its leaf")
        let verdict = try Verdict.of { try verify(receipt, over: sha256(statement), vector, folder) }
        row.judge("\(vector.id): receipt", verdict, demanding: .accept(if: expected.isReceiptValid))
    }

    /// Whoever made these wrote headers in no order.
    private static func refuseStrictly(_ bytes: [UInt8], _ name: String, _ row: inout SuiteRow) {
        let code = (try? Verdict.of { _ = try COSESign1(decoding: bytes) })?.code
        row.demand(code == "unsortedKeys", "\(name): the strict profile says \(code ?? "nothing")")
    }

    /// The whole of what a verifier does: kind of tree, proof, signature over the root.
    private static func verify(_ bytes: [UInt8], over leaf: Hash32, _ vector: Manifest.Vector, _ folder: SuiteFolder) throws {
        let receipt = try COSESign1(decoding: bytes, profile: .tolerant)
        guard ReceiptProof.kind(of: receipt) == 1 else { throw FormatError(.unsupported, "another kind of tree") }
        guard case .inclusion(let size, let index, let path) = try ReceiptProof(in: receipt) else { throw SuiteFolder.Malformed("another proof") }
        let root = root(of: vector.id, leaf: leaf, index: index, size: size)
        try MerkleTree.sha256.verifyInclusion(leafHash: MerkleTree.sha256.leafHash(leaf), index: index, size: size, proof: path, root: root)
        try COSESigner.verify(receipt, key: try key("log-key", vector, folder), detachedPayload: root.bytes)
    }

    /// The log as the suite's description lets anybody build it again.
    private static func root(of name: String, leaf: Hash32, index: UInt64, size: UInt64) -> Hash32 {
        var log = MerkleFrontier()
        for place in 0..<min(size, 64) {
            log.append(place == index ? leaf : sha256(Array("scitt-cose test vectors v1 :: \(name) :: filler leaf \(place)".utf8)))
        }
        return log.root
    }

    /// A SubjectPublicKeyInfo in PEM ends with the key's own bytes.
    private static func key(_ name: String, _ vector: Manifest.Vector, _ folder: SuiteFolder) throws -> VerifyingKey {
        let lines = try folder.text("\(vector.dir)/\(name).pub").split(separator: "\n").filter { !$0.hasPrefix("-----") }
        let der = try base64(lines.joined())
        return der.count == 44 ? try VerifyingKey(.ed25519, rawBytes: Array(der.suffix(32))) : try VerifyingKey(.p256, rawBytes: Array(der.suffix(65)))
    }

    private struct Manifest: Decodable {
        struct Vector: Decodable {
            let id, dir, expected: String
            enum CodingKeys: String, CodingKey {
                case id, dir
                case expected = "expected_result"
            }
        }
        let vectors: [Vector]
    }

    private struct Expected: Decodable {
        let payload, leaf: String
        let size: UInt64?
        let isStatementValid, isReceiptValid: Bool
        enum CodingKeys: String, CodingKey {
            case payload = "payload_sha256"
            case leaf = "leaf_entry"
            case size = "tree_size"
            case isStatementValid = "statement_signature_valid"
            case isReceiptValid = "receipt_valid"
        }
    }
}
