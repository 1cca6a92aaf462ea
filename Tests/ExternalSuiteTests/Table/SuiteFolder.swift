import Foundation
import TestKit
import TiaokuaiModel

/// A folder of vectors, read where it lies.
struct SuiteFolder {
    let name: String
    private let url: URL

    init(_ name: String, _ url: URL) {
        self.name = name
        self.url = url
    }

    /// The file is not what its suite's description says.
    struct Malformed: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    func bytes(_ file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url.appendingPathComponent(file))) }

    func text(_ file: String) throws -> String { try String(contentsOf: url.appendingPathComponent(file), encoding: .utf8) }

    func json<T: Decodable>(_ file: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: Data(contentsOf: url.appendingPathComponent(file)))
    }

    /// Every regular file below, by its path in the folder, sorted.
    func files(below folder: String = "", withExtension ending: String? = nil) throws -> [String] {
        let start = url.appendingPathComponent(folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: start.path).map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
        return names.sorted().filter { name in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path, isDirectory: &isFolder), !isFolder.boolValue else { return false }
            return ending.map { name.hasSuffix(".\($0)") } ?? true
        }
    }

    func row(_ file: String, expecting expected: Int) -> SuiteRow { SuiteRow("\(name)/\(file)", expecting: expected) }
}

/// Hexadecimal of a vector; throws where it isn't any, so that no vector is judged on nothing.
func hex(_ text: String) throws -> [UInt8] {
    guard let bytes = [UInt8](hex: text) else { throw SuiteFolder.Malformed("no hexadecimal: \(text.prefix(40))") }
    return bytes
}

/// Base64 in either alphabet, padded or not.
func base64(_ text: String) throws -> [UInt8] {
    let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    guard let data = Data(base64Encoded: padded) else { throw SuiteFolder.Malformed("no base64: \(text.prefix(40))") }
    return [UInt8](data)
}
