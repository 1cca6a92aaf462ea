import Foundation
import TestKit
import Testing
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// Ed25519's corner cases (CCTV), and the 国密 standards' own values.
@Suite struct EdgeCaseVectorTests {
    private struct Corner: Decodable {
        let key, sig, msg: String
        let flags: [String]?
    }

    @Test func cornerCasesOfEd25519PassOnlyUnderKeysThatNameSomebody() throws {
        guard let corners = try vectors("cctv-ed25519", "ed25519vectors.json", as: [Corner].self) else { return }
        #expect(corners.count == 914)
        var table = VectorTable("cctv-ed25519/ed25519vectors.json")
        var accepted = 0
        for corner in corners {
            table.ran()
            let flags = Set(corner.flags ?? [])
            guard let key = try? VerifyingKey(.ed25519, rawBytes: try #require([UInt8](hex: corner.key))) else {
                #expect(flags.contains("low_order_A") || flags.contains("non_canonical_A"))
                continue
            }
            let valid = key.isValid(signature: try #require([UInt8](hex: corner.sig)), for: Array(corner.msg.utf8))
            #expect(valid == flags.isDisjoint(with: ["non_canonical_R", "low_order_residue"]))
            if valid { accepted += 1 }
        }
        table.show()
        #expect(accepted == 86)
    }

    private struct SM2File: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let id, pub, msg, signature, result: String

            enum CodingKeys: String, CodingKey {
                case tcId, id, pub, msg, result
                case signature = "sig_raw"
            }
        }
        let numberOfTests: Int
        let tests: [Case]
    }

    @Test func sm2SignaturesGetTheirVerdict() throws {
        guard let file = try vectors("sm2-sm3-gbt", "sm2_sm3_verify_generated.json", as: SM2File.self) else { return }
        var table = VectorTable("sm2-sm3-gbt/sm2_sm3_verify_generated.json")
        for test in file.tests {
            let signature = try #require([UInt8](hex: test.signature))
            let message = try #require([UInt8](hex: test.msg))
            let key = try? VerifyingKey(.sm2, rawBytes: try #require([UInt8](hex: test.pub)))
            let valid = key?.isValid(signature: signature, for: message) ?? false
            if test.id != "31323334353637383132333435363738" {
                table.leaveOut("another distinguishing id")
                #expect(!valid, "tcId \(test.tcId)")
                continue
            }
            table.ran()
            #expect(valid == (test.result == "valid"), "tcId \(test.tcId)")
        }
        table.show()
        #expect(table.run + table.leftOut == 43 && file.numberOfTests == 43)
    }

    private struct Digest: Decodable { let msg, digest: String }

    @Test func sm3GivesEveryPublishedDigest() throws {
        guard let digests = try vectors("sm2-sm3-gbt", "sm3.json", as: [Digest].self), let folder = sharedVectors("openssl-tongsuo-sm") else { return }
        var table = VectorTable("sm2-sm3-gbt/sm3.json")
        for test in digests {
            #expect(sm3(try #require([UInt8](hex: test.msg))).hex == test.digest)
            table.ran()
        }
        table.show()
        #expect(table.run == 3)

        table = VectorTable("openssl-tongsuo-sm/evpmd_sm3.txt")
        let text = try String(contentsOf: folder.appendingPathComponent("evpmd_sm3.txt"), encoding: .utf8)
        for block in text.components(separatedBy: "\n\n") where block.contains("Digest = ") {
            let lines = block.split(separator: "\n").map { $0.components(separatedBy: " = ") }
            let values = Dictionary(lines.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
            guard values["Digest"] == "SM3" else {
                table.leaveOut("another digest")
                continue
            }
            #expect(sm3(try #require([UInt8](hex: values["Input"] ?? "?"))).hex == values["Output"]?.lowercased())
            table.ran()
        }
        table.show()
        #expect(table.run == 8)
    }
}
