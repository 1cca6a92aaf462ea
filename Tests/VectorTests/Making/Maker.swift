import TiaokuaiFormat
import TiaokuaiModel

/// Makes all golden files out of one scene. What valid bytes give is what our code says of them: the Python verifier,
/// which shares nothing with it, reads the same files.
struct Maker {
    let scene: Scene
    private(set) var vectors: [Vector] = []

    static func all() throws -> [Vector] {
        var maker = Maker(scene: try Scene())
        try maker.makeOperations()
        try maker.makeInvalidOperations()
        maker.makeIdentities()
        try maker.makeBodies()
        try maker.makeInvalidBodies()
        try maker.makeChangesets()
        try maker.makeInvalidChangesets()
        try maker.makeKeys()
        try maker.makeRoots()
        try maker.makeCredentials()
        try maker.makeLog()
        try maker.makeStatements()
        try maker.makeConsistencyReceipts()
        try maker.makeProofFiles()
        try maker.makeAsks()
        try maker.makeEvidence()
        try maker.makeForkEvidence()
        try maker.makeSnapshots()
        try maker.makeSealed()
        try maker.makeSealedValues()
        try maker.makeBundles()
        try maker.makeWire()
        return try maker.vectors.map { vector in
            var vector = vector
            vector.gives = try Verdict(on: vector).gives
            return vector
        }.sorted { $0.path < $1.path }
    }

    mutating func add(
        _ kind: String, _ name: String, _ fact: String, _ bytes: [UInt8], given: [String: String] = [:], expect: String = Vector.valid
    ) {
        precondition(!vectors.contains { $0.kind == kind && $0.name == name }, "\(kind)/\(name) twice")
        vectors.append(Vector(kind: kind, name: name, fact: fact, expect: expect, bytes: bytes.hex, given: given, gives: [:]))
    }

    mutating func add(
        _ kind: String, _ name: String, _ fact: String, _ bytes: [UInt8], given: [String: String] = [:], refused code: FormatError.Code
    ) {
        add(kind, name, fact, bytes, given: given, expect: code.rawValue)
    }
}

/// Writes CBOR with a few calls.
func cbor(_ write: (inout CBOREncoder) throws -> Void) rethrows -> [UInt8] {
    var encoder = CBOREncoder()
    try write(&encoder)
    return encoder.bytes
}

/// An array's items, changed.
func edited(_ bytes: [UInt8], _ change: (inout [CBORItem]) -> Void) -> [UInt8] {
    guard let item = try? CBORItem.decode(bytes), var items = item.array else { preconditionFailure("not an array") }
    change(&items)
    return CBORItem.array(items).encode()
}

extension Array where Element == UInt8 {
    /// The same bytes with the one place where `old` stands replaced.
    func replacing(_ old: [UInt8], by new: [UInt8]) -> [UInt8] {
        let places = indices.filter { $0 + old.count <= count && Array(self[$0..<$0 + old.count]) == old }
        precondition(places.count == 1, "\(old.hex) stands \(places.count) times")
        return Array(self[..<places[0]]) + new + Array(self[(places[0] + old.count)...])
    }
}
