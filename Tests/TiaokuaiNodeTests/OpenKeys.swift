import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// What whoever reads a folder with open key files has: a thief, a forger, a test.
extension NodeFolder {
    func readSigningKey() throws -> SigningKey { try SigningKey(fileBytes: try DurableFile.read(signingKeyPath, limit: KeyFile.maximumBytes)) }

    func readSealingKey() throws -> SealingKey { try SealingKey(fileBytes: try DurableFile.read(sealingKeyPath, limit: KeyFile.maximumBytes)) }

    func readSealingKeys() throws -> [SealingKey] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("sealing") && $0.hasSuffix(".key") }.sorted()
        return try names.map { try SealingKey(fileBytes: try DurableFile.read(path + "/" + $0, limit: KeyFile.maximumBytes)) }
    }

    func readNextSigningKey() throws -> SigningKey? {
        guard FileManager.default.fileExists(atPath: nextSigningKeyPath) else { return nil }
        return try SigningKey(fileBytes: try DurableFile.read(nextSigningKeyPath, limit: KeyFile.maximumBytes))
    }
}
