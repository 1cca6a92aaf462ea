import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiTrust

/// The worked examples, made out of golden files so that they can't differ from them.
enum Examples {
    static let operation = [
        "": "operation", "0": "form version", "1": "record", "2": "unit", "3": "person", "4": "written, ms", "5": "origin", "5.0": "epoch", "5.1": "number",
        "6": "under: none", "7": "seen: none", "8": "names: none", "9": "fields", "9.0.0": "number: index 16, class 1", "9.0.1": "decimal",
        "9.0.1.t.0": "exponent −1", "9.0.1.t.1": "mantissa 142",
    ]
    static let record = ["0": "", "1": "network", "2": "partition", "2.0": "work", "2.2": "every line", "3": "kind", "4": "key"].filter { !$0.value.isEmpty }
    static let body = [
        "": "body", "0": "version", "1": "salt", "2": "texts", "3": "identities", "4": "epochs", "5": "key shapes", "5.0.0": "kind: text 2",
        "5.0.1.0": "a text", "5.0.1.1": "a text", "6": "shapes", "6.0.0.0": "number: index 16, class 1", "6.0.0.1": "decimal", "7": "count",
        "8": "columns", "8.0": "flags: new", "8.1": "unit", "8.2": "person", "8.3": "written", "8.4": "shape", "8.5": "origin", "8.6": "delta",
        "8.7": "index", "8.8": "key shape", "8.9": "key texts", "8.10": "key bytes", "8.11": "list sizes", "8.12": "listed identities",
        "9": "field columns", "9.0.0": "number", "9.0.1": "decimal", "9.0.2": "base exponent −1", "9.0.3": "width 2, zigzag of 142",
    ]
    static let envelope = ["": "COSE_Sign1", "t.0": "protected", "t.1": "unprotected: none", "t.2": "payload: SHA-256 of the body", "t.3": "signature"]
    static let protected = [
        "0k": "alg", "0": "EdDSA", "1k": "kid", "1": "thumbprint", "2k": "CWT claims", "2.0k": "iss", "2.1k": "iat", "3k": "typ",
        "4k": "payload-hash-alg", "4": "SHA-256", "5k": "−70001", "5": "changeset header",
    ]
    static let header = [
        "": "changeset header", "0": "version", "1": "network", "2": "node", "3": "epoch", "4": "partition", "5": "sequence", "6": "predecessor: none",
        "7": "body length", "8": "count", "9": "credential", "10": "root statement", "11": "checkpoint: none", "12": "rehearsal", "13": "earlier epochs",
    ]
    static let root = [
        "0": "", "1": "version", "2": "number", "3": "previous: none", "4": "nonce", "5": "rule set", "6": "rehearsal", "7": "threshold", "8": "keys",
        "9": "grant",
    ].filter { !$0.value.isEmpty }
    static let credential = [
        "": "credential", "0": "version", "1": "subject", "2": "name", "3": "signing key", "4": "sealing key", "5": "receives", "5.1": "every line",
        "6": "writes",
        "7": "may issue: no", "8": "from: 2020-08-13", "9": "to: open", "10": "lineage: first", "11": "heads", "12": "consents",
    ]
    static let cut = ["": "cut", "0": "version", "1": "credential", "2": "subject", "3": "heads", "4": "reason"]
    static let request = [
        "1": "version", "2": "name", "3": "signing key", "4": "sealing key", "5": "region", "6": "every line", "7": "writes", "8": "may issue: no",
        "9": "written", "10": "lineage: first", "11": "consents",
    ]
    static let checkpoint = [
        "1": "version", "2": "network", "3": "node", "4": "epoch", "5": "size", "6": "root", "7": "written", "8": "own feeds", "8.0.0": "feed", "8.0.1": "head",
    ]
    static let receipt = [
        "1": "version", "2": "network", "3": "node", "4": "to", "5": "checkpoint envelope", "6": "written", "7": "accepted", "7.0.0": "partition",
        "7.0.1": "node",
        "7.0.2": "epoch", "7.0.3": "sequence", "7.0.4": "head", "7.0.5": "leaf index", "7.0.6": "proof", "8": "waiting", "9": "refused",
    ]

    static let consistencyReceipt = [
        "": "COSE_Sign1", "t.0": "protected", "t.1": "unprotected", "t.1.0k": "vdp", "t.1.0.0k": "consistency, −2", "t.1.0.0": "proofs",
        "t.1.0.0.0": "proof", "t.2": "payload: detached", "t.3": "signature",
    ]
    static let consistencyHeader = [
        "0k": "alg", "0": "EdDSA", "1k": "kid", "1": "thumbprint", "2k": "CWT claims", "2.0k": "iss: node", "2.1k": "sub: epoch", "3k": "typ", "4k": "vds",
        "4": "RFC9162_SHA256",
    ]
    static let snapshot = [
        "1": "version", "2": "network", "3": "node", "4": "to", "5": "written", "6": "checkpoint envelope", "7": "summed", "8": "states", "8.0.0": "partition",
        "8.0.1": "derived", "9": "heads", "9.0.0": "partition", "9.0.1": "node", "9.0.2": "epoch", "9.0.3": "sequence", "9.0.4": "head",
    ]
    static let sealedOutline = [
        "0": "suite: HPKE", "1": "length: 20,480", "2": "receivers", "2.0.0": "key", "2.0.1": "wrap: HPKE",
        "2.0.2": "wrapped: an encapsulated point of P-256, the secret, a tag", "2.1.0": "key", "2.1.1": "wrap: HPKE",
        "2.1.2": "wrapped: an X25519 key, the secret, a tag",
    ]
    static let mixedOutline = [
        "0": "suite: SM4 and SM3", "1": "length: 20,480", "2": "receivers", "2.0.0": "key", "2.0.1": "wrap: HPKE",
        "2.0.2": "wrapped: an encapsulated point of P-256, the secret, a tag", "2.1.0": "key", "2.1.1": "wrap: HPKE",
        "2.1.2": "wrapped: an X25519 key, the secret, a tag", "2.2.0": "key", "2.2.1": "wrap: SM2", "2.2.2": "wrapped: x, y, C3, C2 in DER",
    ]

    /// An example by its name, from the golden file of that name (and of what part of it).
    static func text(_ name: String) throws -> String {
        let parts = name.split(separator: " ").map(String.init)
        guard let vector = VectorFiles.read(parts[0]) else { return "no such golden file: \(name)" }
        let bytes = vector.content
        switch parts.joined(separator: " ") {
        case "operation/figure": return Dump.text(bytes, operation)
        case "record/cell": return Dump.text(bytes, record)
        case "body/new": return Dump.text(bytes, body)
        case "changeset/first envelope": return Dump.text(try ChangesetItem(bytes).envelope, envelope)
        case "changeset/first protected": return Dump.text(try COSESign1(decoding: try ChangesetItem(bytes).envelope).protectedBytes, protected)
        case "changeset/first header":
            let sign = try COSESign1(decoding: try ChangesetItem(bytes).envelope)
            return Dump.text(sign.protected[ChangesetHeader.label]?.bytes ?? [], header)
        case "key/ed25519": return Dump.text(bytes, ["0k": "kty", "0": "OKP", "1k": "crv", "1": "Ed25519", "2k": "x"])
        case "root/founding content": return Dump.text(try UnverifiedStatement(bytes, .root).claimed, root)
        case "credential/county": return Dump.text(bytes, credential)
        case "cut/two-heads": return Dump.text(bytes, cut)
        case "request/county content": return Dump.text(try UnverifiedStatement(bytes, .request).claimed, request)
        case "genesis/province": return Dump.text(bytes, ["1": "network", "2": "node", "3": "epoch"])
        case "checkpoint/province content": return Dump.text(try UnverifiedStatement(bytes, .checkpoint).claimed, checkpoint)
        case "receipt/two-heads content": return Dump.text(try UnverifiedStatement(bytes, .receipt).claimed, receipt)
        case "consistencyReceipt/three-to-four": return Dump.text(bytes, consistencyReceipt)
        case "consistencyReceipt/three-to-four protected": return Dump.text(try COSESign1(decoding: bytes).protectedBytes, consistencyHeader)
        case "consistencyReceipt/three-to-four proof":
            let proof = try COSESign1(decoding: bytes).unprotected[COSELabel.proofs]?[-2]?.array?.first?.bytes
            return Dump.text(proof ?? [], ["0": "older size", "1": "newer size", "2": "path"])
        case "ask/sizes-and-checkpoints content":
            let labels = ["1": "version", "2": "network", "3": "node", "4": "of", "5": "written", "6": "sizes", "6.0.0": "epoch", "6.0.1": "size", "7": "checkpoints"]
            return Dump.text(try UnverifiedStatement(bytes, .ask).claimed, labels)
        case "snapshot/two-feeds content":
            return Dump.text(try UnverifiedStatement(bytes, .snapshot).claimed, snapshot)
        case "summary/two": return Dump.text(bytes, ["0": "bytes of the content", "1": "packed"])
        case "sealed/two-receivers head":
            return Dump.text(Array(bytes[..<(try Seals().headCount(bytes))]), ["1": "version", "2": "outline", "3": "tag"])
        case "sealed/two-receivers outline": return Dump.text(try Seals().outline(bytes), sealedOutline)
        case "sealed/mixed-sm2 outline": return Dump.text(try Seals().outline(bytes), mixedOutline)
        case "bundle/complete frames": return (vector.gives["found"] ?? []).joined(separator: "\n")
        case "bundle/complete header":
            return Dump.text(
                BundleReading(bytes).frames[0].bytes, ["": "frame", "1": "type: header", "2": "payload", "3": "SHA-256 of all before"])
        case "bundle/complete payload":
            return Dump.text(BundleReading(bytes).frames[0].payload, ["1": "version", "2": "network", "3": "from", "4": "to", "5": "written", "6": "volume"])
        case "bundle/complete trailer":
            let last = BundleReading(bytes).frames.last?.payload ?? []
            return Dump.text(try UnverifiedStatement(last, .trailer).claimed, ["0": "frames before", "1": "digest over theirs", "2": "the hand-over ends here"])
        default: return "no such example: \(name)"
        }
    }
}
