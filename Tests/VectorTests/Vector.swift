import Foundation
import TestKit
import TiaokuaiModel

/// One golden file: one fact about one format. `Vectors/<kind>/<name>.json`.
///
/// A second implementation takes `bytes` (hexadecimal) and what is `given`, and must come to `expect` and, where it is
/// valid, to what the bytes `give`.
struct Vector: Codable, Hashable {
    /// The folder's name: what the bytes are.
    var kind: String
    var name: String
    /// The fact that it proves, one sentence.
    var fact: String
    /// `valid`, or the stable code of the error.
    var expect: String
    var bytes: String
    /// What a reader must know besides: hexadecimal, decimal or text.
    var given: [String: String]
    /// What follows from valid bytes: identities, explicit forms.
    var gives: [String: [String]]

    static let valid = "valid"

    var path: String { "\(kind)/\(name)" }
    var content: [UInt8] { Array(hex: bytes) ?? [] }

    func hash(given key: String) -> Hash32 { Hash32(hex: given[key] ?? "") ?? .zero }
    func bytes(given key: String) -> [UInt8] { Array(hex: given[key] ?? "") ?? [] }
    func number(given key: String) -> Int { Int(given[key] ?? "") ?? 0 }
    func words(given key: String) -> [String] { (given[key] ?? "").split(separator: " ").map(String.init) }
}

enum VectorFiles {
    static let folder = packageRoot.appendingPathComponent("Tests/VectorTests/Vectors", isDirectory: true)
    /// Set to write the files and the pages' generated parts instead of comparing them.
    static let isMaking = ProcessInfo.processInfo.environment["TIAOKUAI_MAKE_VECTORS"] != nil

    static func encode(_ vector: Vector) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(vector) + Data("\n".utf8)
    }

    static func url(_ path: String) -> URL { folder.appendingPathComponent(path + ".json") }

    static func read(_ path: String) -> Vector? {
        guard let data = try? Data(contentsOf: url(path)) else { return nil }
        return try? JSONDecoder().decode(Vector.self, from: data)
    }

    /// Every file, sorted by path.
    static func all() throws -> [Vector] {
        try files(below: folder, withExtension: "json").map { try JSONDecoder().decode(Vector.self, from: Data(contentsOf: $0)) }
    }

    static func write(_ vectors: [Vector]) throws {
        let kept = Set(vectors.map { url($0.path).path })
        for file in files(below: folder, withExtension: "json") where !kept.contains(file.path) { try FileManager.default.removeItem(at: file) }
        for vector in vectors {
            try FileManager.default.createDirectory(at: folder.appendingPathComponent(vector.kind), withIntermediateDirectories: true)
            let data = try encode(vector)
            if (try? Data(contentsOf: url(vector.path))) != data { try data.write(to: url(vector.path), options: .atomic) }
        }
    }
}
