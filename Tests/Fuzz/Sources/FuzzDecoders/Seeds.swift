import Foundation
import TiaokuaiFormat

/// The golden files as a corpus: for each decoder a folder with the bytes of its kinds, valid and invalid, and what lies in them:
/// contents of envelopes, payloads of frames.
enum Seeds {
    private struct Golden: Decodable {
        let kind: String
        let bytes: String
    }

    /// Returns how many were written.
    static func write(from vectors: URL, to corpus: URL) throws -> Int {
        var written = 0
        var files: [String: [[UInt8]]] = [:]
        for path in FileManager.default.enumerator(at: vectors, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? [] where path.pathExtension == "json" {
            let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
            files[golden.kind, default: []].append([UInt8](hex: golden.bytes) ?? [])
        }
        for decoder in Decoder.all {
            let folder = corpus.appendingPathComponent(decoder.name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (index, bytes) in try (decoder.seeds.flatMap({ files[$0] ?? [] }).flatMap(pieces) + decoder.made()).enumerated() {
                try Data(bytes).write(to: folder.appendingPathComponent("seed-\(index)"))
                written += 1
            }
        }
        return written
    }

    private static func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        if let payload = (try? COSESign1(decoding: bytes, limit: Limits.statementBytes))?.payload { return [bytes, payload] }
        var parser = FrameParser()
        parser.feed(bytes)
        parser.finish()
        var found = [bytes]
        while let event = parser.next() {
            guard case .frame(let frame, _) = event else { continue }
            found.append(frame.payload)
            if let payload = (try? COSESign1(decoding: frame.payload, limit: Limits.statementBytes))?.payload { found.append(payload) }
        }
        return found
    }
}
