import TestKit
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// RFC 9180 Appendix A, base mode: every message sealed, opened and exported from through the one code path.
enum HPKESuite {
    static let suite = ExternalSuite("hpke", vectors: 57) { folder in
        var row = folder.row("rfc9180-base-mode.json", expecting: 57)
        for vector in try folder.json("rfc9180-base-mode.json", as: File.self).vectors {
            let count = vector.encryptions.count + vector.exports.count
            if let reason = vector.setup.whyUnused { row.leaveOut(reason, count) } else { try judge(vector, in: &row) }
        }
        return [row]
    }

    private static func judge(_ vector: Vector, in row: inout SuiteRow) throws {
        let (name, setup) = (vector.suite, vector.setup)
        guard let suite = setup.suite else { throw SuiteFolder.Malformed(name) }
        let ephemeral = try suite.kem.deriveKeyPair(hex(setup.ikmE))
        let key = try suite.kem.deriveKeyPair(hex(setup.ikmR))
        row.demand(ephemeral.publicKey.rawBytes.hex == setup.pkEm && key.publicKey.rawBytes.hex == setup.pkRm, "\(name): DeriveKeyPair")
        row.demand(try SealingKey(suite.kem.curve, secret: hex(setup.skRm)).publicKey == key.publicKey, "\(name): the receiver's secret")
        let info = try hex(setup.info)
        let sender = try suite.setupSender(to: key.publicKey, info: info, ephemeral: ephemeral)
        row.demand(sender.encapsulation.hex == setup.enc, "\(name): the encapsulation")
        let receiver = try suite.setupReceiver(hex(setup.enc), key: key, info: info)
        for message in vector.encryptions {
            let (plaintext, aad, ciphertext) = (try hex(message.pt), try hex(message.aad), try hex(message.ct))
            sender.skip(to: message.sequence)
            receiver.skip(to: message.sequence)
            let isSealedRight = try sender.seal(plaintext, aad: aad) == ciphertext
            let altered = ByteMutation.flip(bit: 7).applied(to: ciphertext)
            row.demand(try Verdict.of { _ = try receiver.open(altered, aad: aad) } == .refused("notOpened"), "\(name), message \(message.sequence): altered")
            var opened: [UInt8] = []
            let verdict = try Verdict.of { opened = try receiver.open(ciphertext, aad: aad) }
            row.judge("\(name), message \(message.sequence)", verdict, demanding: .accept, also: isSealedRight && opened == plaintext)
        }
        for export in vector.exports {
            guard let count = Int(export.length) else { throw SuiteFolder.Malformed("L = \(export.length)") }
            let context = try hex(export.context)
            let values = [try sender.export(context, count: count), try receiver.export(context, count: count)]
            row.judge("\(name), export \(export.context)", .accepted(values.allSatisfy { $0.hex == export.value }, orRefused: "another secret"), demanding: .accept)
        }
    }

    private struct File: Decodable { let vectors: [Vector] }

    private struct Vector: Decodable {
        struct Message: Decodable {
            let sequence: UInt64
            let pt, aad, ct: String
        }
        struct Export: Decodable {
            let context, length, value: String
            enum CodingKeys: String, CodingKey {
                case context = "exporter_context"
                case length = "L"
                case value = "exported_value"
            }
        }
        let suite: String
        let setup: Setup
        let encryptions: [Message]
        let exports: [Export]
        enum CodingKeys: String, CodingKey {
            case suite, encryptions, exports
            case setup = "setup_params"
        }
    }

    private struct Setup: Decodable {
        let kemID, kdfID, aeadID, info, ikmE, ikmR, pkEm, pkRm, skRm, enc: String
        enum CodingKeys: String, CodingKey {
            case info, ikmE, ikmR, pkEm, pkRm, skRm, enc
            case kemID = "kem_id"
            case kdfID = "kdf_id"
            case aeadID = "aead_id"
        }

        /// Nil for what our code doesn't have.
        var suite: HPKE.Suite? {
            guard let kem = UInt16(kemID).flatMap(HPKE.KEM.init(rawValue:)), let aead = UInt16(aeadID).flatMap(HPKE.AEAD.init(rawValue:)), kdfID == "1" else { return nil }
            return HPKE.Suite(kem: kem, aead: aead)
        }

        var whyUnused: String? {
            if suite != nil { return nil }
            return kemID == "18" ? "P-521" : kdfID != "1" ? "HKDF-SHA512" : "export only"
        }
    }
}
