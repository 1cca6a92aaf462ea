import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiTrust

@testable import TiaokuaiToken

/// What needs no token.
@Suite struct WithoutTokenTests {
    private func fault(_ body: () throws -> Void) -> TokenError.Code? {
        do { try body() } catch { return (error as? TokenError)?.code }
        return nil
    }

    @Test func aFileThatIsNoModuleIsNamed() throws {
        try withTemporaryFolder { folder in
            let text = folder.appendingPathComponent("module.so")
            try "not a library".write(to: text, atomically: true, encoding: .utf8)
            for path in [text.path, "/nowhere/module.so", "libc.so.6"] {
                #expect(fault { _ = try TokenSigner(TokenKey(module: path, token: "t", key: "k"), pin: "1") } == .moduleUnreadable, "\(path)")
            }
        }
    }

    @Test func pointsAndCurvesAreReadAsTokensWriteThem() throws {
        let p256: [UInt8] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
        let point = try SigningKey(.p256, secret: [UInt8](1...32)).verifyingKey
        #expect(try TokenSigner.verifyingKey(parameters: p256, point: point.rawBytes) == point)
        #expect(try TokenSigner.verifyingKey(parameters: p256, point: [4, 65] + point.rawBytes) == point)
        let edwards = try SigningKey(.ed25519, secret: [UInt8](1...32)).verifyingKey
        for parameters in [[0x06, 0x03, 0x2b, 0x65, 0x70], [0x13, 0x0c] + Array("edwards25519".utf8)] as [[UInt8]] {
            #expect(try TokenSigner.verifyingKey(parameters: parameters, point: edwards.rawBytes) == edwards)
            #expect(try TokenSigner.verifyingKey(parameters: parameters, point: [4, 32] + edwards.rawBytes) == edwards)
        }
        let sm2: [UInt8] = [0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d]
        for (parameters, bytes) in [(sm2, point.rawBytes), (p256, []), (p256, [4, 65]), (p256, [4, 65] + point.rawBytes.reversed())] {
            #expect(fault { _ = try TokenSigner.verifyingKey(parameters: parameters, point: bytes) } == .keyUnsupported)
        }
    }

    @Test func anErrorSaysItsFact() {
        #expect("\(TokenError(.keyMissing, "p256"))" == "keyMissing: p256")
        #expect("\(TokenError(.pinWrong))" == "pinWrong")
        #expect(TokenError(.moduleFailed, String(repeating: "x", count: 300)).fact.count == 200)
    }
}
