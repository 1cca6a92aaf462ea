import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel

/// The golden files. With TIAOKUAI_MAKE_VECTORS set, they are written first.
@Suite(.serialized) struct GoldenTests {
    /// How many files there are of each kind: an empty folder, or one that lost a file, fails.
    static let counts = [
        "ask": 17, "body": 53, "bundle": 20, "changeset": 45, "checkpoint": 11, "consent": 2, "consistency": 7, "consistencyReceipt": 31, "credential": 11,
        "cut": 4, "evidence": 27, "feed": 1, "forkEvidence": 12, "genesis": 1,
        "heads": 3, "inclusion": 8, "key": 10, "operation": 39, "partition": 5, "proof": 21, "receipt": 13, "record": 3, "request": 5, "root": 21, "sealed": 50, "sealedValue": 28,
        "snapshot": 15, "summary": 12, "tree": 8, "wire": 47,
    ]

    @Test func theGeneratorMakesExactlyTheFilesThatAreKept() throws {
        let made = try Maker.all()
        if VectorFiles.isMaking { try VectorFiles.write(made) }
        let kept = try VectorFiles.all()
        #expect(made.map(\.path) == kept.map(\.path).sorted())
        for (new, old) in zip(made, kept.sorted { $0.path < $1.path }) { #expect(new == old, "\(new.path)") }
    }

    @Test func everyFileIsJudgedAsItSays() throws {
        let vectors = try VectorFiles.all()
        #expect(Dictionary(grouping: vectors, by: \.kind).mapValues(\.count) == GoldenTests.counts)
        for vector in vectors {
            let verdict = try Verdict(on: vector)
            #expect(verdict.expect == vector.expect, "\(vector.path): \(vector.fact)")
            #expect(verdict.gives == vector.gives, "\(vector.path)")
        }
    }

    /// A flipped bit makes other operations of an operation or a body, or none; only the salt says nothing.
    @Test func noFlippedBitGivesTheSameOperations() throws {
        var random = SplitMix64(seed: 42)
        let salt = 3..<19
        for vector in try VectorFiles.all() where vector.expect == Vector.valid && ["operation", "body"].contains(vector.kind) {
            let bytes = vector.content
            for place in bytes.indices where vector.kind == "operation" || !salt.contains(place) {
                var altered = bytes
                altered[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                var neighbour = vector
                neighbour.bytes = altered.hex
                let verdict = try Verdict(on: neighbour)
                #expect(verdict.expect != Vector.valid || verdict.gives != vector.gives, "\(vector.path) at \(place)")
            }
        }
    }

    @Test func sealedFilesReadInPiecesAreReadAlike() throws {
        for vector in try VectorFiles.all() where vector.kind == "sealed" {
            for piece in [7, 1_000] { #expect(try Verdict.sealed(vector, piece: piece) == Verdict(on: vector), "\(vector.path)") }
        }
    }

    @Test func bundlesReadInPiecesAreReadAlike() throws {
        for vector in try VectorFiles.all() where vector.kind == "bundle" {
            for piece in [1, 7, 100] { #expect(BundleReading(vector.content, piece: piece).lines == BundleReading(vector.content).lines, "\(vector.path)") }
        }
    }
}
