import Foundation
import TestKit
import TiaokuaiModel

/// One line of the table that a run over published vectors prints: what ran, what was left out and why.
struct VectorTable {
    private let file: String
    private(set) var run = 0
    private var reasons: [String: Int] = [:]

    init(_ file: String) { self.file = file }

    mutating func ran(_ count: Int = 1) { run += count }
    mutating func leaveOut(_ reason: String) { reasons[reason, default: 0] += 1 }

    var leftOut: Int { reasons.values.reduce(0, +) }

    func show() {
        let why = reasons.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: "; ")
        print("\(file): run \(run), left out \(leftOut)\(why.isEmpty ? "" : " (\(why))")")
    }
}

/// A published JSON file below `shared/vectors`; nil with a note when the folder isn't there.
func vectors<T: Decodable>(_ folder: String, _ file: String, as type: T.Type) throws -> T? {
    guard let folder = sharedVectors(folder) else { return nil }
    return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(file)))
}

extension Array<UInt8> {
    /// Base64 as JSON keys have it: `-` and `_`, no padding.
    init?(base64url text: String) {
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
        guard let data = Data(base64Encoded: padded) else { return nil }
        self = Array(data)
    }
}
