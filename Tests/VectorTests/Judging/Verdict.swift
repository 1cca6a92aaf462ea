import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust

/// What our code says of a vector.
struct Verdict: Equatable {
    var expect = Vector.valid
    var gives: [String: [String]] = [:]

    /// A reason that no reader of bytes has, such as one that only a receiving node finds.
    struct Refusal: Error { let code: String }

    init(on vector: Vector) throws {
        if vector.kind == "bundle" {
            self = try Verdict.bundle(vector)
            return
        }
        if vector.kind == "sealed" {
            self = try Verdict.sealed(vector)
            return
        }
        do {
            gives = try Verdict.reading(vector)
        } catch let error as FormatError {
            expect = error.code.rawValue
        } catch let error as TrustError {
            expect = error.code.rawValue
        } catch let error as LogError {
            expect = error.code.rawValue
        } catch let error as AuditError {
            expect = error.code.rawValue
        } catch let refusal as Refusal {
            expect = refusal.code
        }
    }

    init(gives: [String: [String]]) { self.gives = gives }

    static let kinds: [String: @Sendable (Vector) throws -> [String: [String]]] = [
        "operation": operation, "partition": partition, "record": record, "feed": feed, "heads": heads, "body": body, "changeset": changeset,
        "key": key, "root": root, "credential": credential, "consent": consent, "cut": cut, "request": request,
        "genesis": genesis, "tree": tree, "inclusion": inclusion, "consistency": consistency, "checkpoint": checkpoint, "receipt": receipt,
        "consistencyReceipt": consistencyReceipt, "proof": proof, "ask": ask, "evidence": evidence, "forkEvidence": forkEvidence, "sealedValue": sealedValue, "wire": wire,
        "snapshot": snapshot, "summary": summary,
    ]

    private static func reading(_ vector: Vector) throws -> [String: [String]] {
        guard let read = kinds[vector.kind] else { throw Refusal(code: "unknownKind") }
        return try read(vector)
    }
}

// What lies in operations, records and feeds.
extension Verdict {
    static func operation(_ vector: Vector) throws -> [String: [String]] {
        var reader = CBORReader(vector.content)
        let operation = try Operation(from: &reader)
        try reader.finish()
        guard operation.explicitForm == vector.content else { throw Refusal(code: "secondSpelling") }
        return ["id": [operation.identity.description]]
    }

    static func partition(_ vector: Vector) throws -> [String: [String]] {
        let partition = try Partition(explicitForm: vector.content)
        guard partition.explicitForm == vector.content else { throw Refusal(code: "secondSpelling") }
        return ["is": [partition.description]]
    }

    static func record(_ vector: Vector) throws -> [String: [String]] {
        var reader = CBORReader(vector.bytes(given: "key"))
        var values: [Value] = []
        for _ in 0..<(try reader.arrayHeader()) { values.append(try Value(from: &reader)) }
        let key = RecordKey(
            try Partition(explicitForm: vector.bytes(given: "partition")), try KindName(checking: vector.given["kind"] ?? ""), values)
        let id = key.identity(in: NetworkID(vector.hash(given: "network")))
        guard id.hash == sha256(vector.content) else { throw Refusal(code: "otherIdentity") }
        return ["id": [id.description]]
    }

    static func feed(_ vector: Vector) throws -> [String: [String]] {
        let id = try Feed(given: vector).id
        guard id.hash == sha256(vector.content) else { throw Refusal(code: "otherIdentity") }
        return ["id": [id.description]]
    }

    static func heads(_ vector: Vector) throws -> [String: [String]] {
        let heads = try Heads(decoding: vector.content)
        guard heads.explicitForm == vector.content else { throw Refusal(code: "secondSpelling") }
        return ["heads": heads.heads.map(\.id.description)]
    }

    static func body(_ vector: Vector) throws -> [String: [String]] {
        try operations(vector.content, vector, feed: Feed(given: vector), count: vector.number(given: "count"))
    }

    /// Reads a body's operations; what a `next` points at before this changeset is `given` as `delta,index,id,record,kind`.
    static func operations(_ body: [UInt8], _ vector: Vector, feed: Feed, count: Int) throws -> [String: [String]] {
        var decoder = try BodyDecoder(body, feed: feed, network: NetworkID(vector.hash(given: "network")), count: count)
        var known: [String: ResolvedPrevious] = [:]
        for entry in vector.words(given: "previous") {
            let parts = entry.split(separator: ",").map(String.init)
            guard parts.count == 5, let id = OperationID(hex: parts[2]), let record = RecordID(hex: parts[3]) else { throw Refusal(code: "malformedVector") }
            known["\(parts[0]),\(parts[1])"] = ResolvedPrevious(id: id, record: record, kind: try KindName(checking: parts[4]))
        }
        let operations = try decoder.operations { delta, index in
            guard let previous = known["\(delta),\(index)"] else { throw FormatError(.malformedBody, "next points outside its feed") }
            return previous
        }
        // As every receiver does: a body that shows personal data is void as a whole.
        guard operations.allSatisfy({ $0.operation.personalFieldInClear == nil }) else { throw FormatError(.personalField) }
        return ["ids": operations.map(\.id.description), "forms": operations.map(\.operation.explicitForm.hex)]
    }
}

extension Partition {
    init(explicitForm bytes: [UInt8]) throws(FormatError) {
        var reader = CBORReader(bytes)
        try self.init(from: &reader)
        try reader.finish()
    }
}

extension Feed {
    init(given vector: Vector) throws {
        guard let epoch = Epoch(bytes: vector.bytes(given: "epoch")) else { throw Verdict.Refusal(code: "malformedVector") }
        self.init(node: NodeID(vector.hash(given: "node")), epoch: epoch, partition: try Partition(explicitForm: vector.bytes(given: "partition")))
    }
}
