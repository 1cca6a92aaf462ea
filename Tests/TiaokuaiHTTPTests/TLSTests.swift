import TestKit
import Testing
import TiaokuaiHash
@testable import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode

extension WireTests {
    @Suite struct TLSTests {
        @Test func aConfiguredAuthorityOrAPinnedCertificateIsTrustedAndNothingElse() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let first = try TLSFixture.write(TLSFixture.first, "first", in: folder)
                let second = try TLSFixture.write(TLSFixture.second, "second", in: folder)
                let pins = try [first, second].map { try ServerTLS($0).binding }
                var random = SplitMix64(seed: 1)
                try scene.report(1, random: &random)
                try await withServer(scene["zy"], certificate: first) { server in
                    func attempt(_ verification: SyncConfiguration.Verification) async -> HTTPCarrierError.Code? {
                        await code { _ = try await synchronise(node: scene["gt"], url: server.url, configuration: .init(verification: verification)) }
                    }
                    #expect(await attempt(.system) == .certificateRefused)
                    #expect(await attempt(.authority(path: second.certificatePath)) == .certificateRefused)
                    #expect(await attempt(.pinned(pins[1])) == .certificateRefused)
                    #expect(await attempt(.authority(path: first.certificatePath)) == nil)
                    #expect(await attempt(.pinned(pins[0])) == nil)
                    let plain = server.url.replacing("https", with: "http")
                    #expect(await code { _ = try await synchronise(node: scene["gt"], url: plain) } != nil)
                }
                #expect(try scene.digest("gt") == scene.digest("zy"))
            }
        }

        @Test func aGreetingMadeForAnotherCertificateIsRefused() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let files = try TLSFixture.write(TLSFixture.first, "first", in: folder)
                let pin = try ServerTLS(files).binding
                let other = try ServerTLS(try TLSFixture.write(TLSFixture.second, "second", in: folder)).binding
                try await withServer(scene["zy"], certificate: files) { server in
                    let client = WireClient(try ServerAddress(server.url, allowPlain: false), SyncConfiguration(verification: .pinned(pin)))
                    let own = try scene["gt"].settings()
                    let network = try #require(own.network)
                    for (binding, expected) in [(other, HTTPCarrierError.Code.wrongBinding), (nil, .wrongBinding), (pin, nil)] {
                        let nonce = Greeting.randomHash()
                        let answer = try Challenge(
                            decoding: try await client.post("/v1/challenge", Challenge(network: network, node: own.node, nonce: nonce).explicitForm))
                        #expect(client.binding == pin)
                        let greeting = Greeting(
                            role: .client, network: network, client: own.node, server: answer.node, clientNonce: nonce, serverNonce: answer.nonce,
                            binding: binding, rootStatement: 1)
                        let envelope = try scene["gt"].sign(greeting.explicitForm, as: .greeting)
                        #expect(await code { _ = try await client.post("/v1/session", envelope) } == expected)
                    }
                    await client.shutdown()
                }
            }
        }

        @Test func anUnreadableCertificateStopsTheServerBeforeItStarts() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let missing = TLSFiles(certificatePath: folder.path + "/no.pem", keyPath: folder.path + "/no.key")
                #expect(await code { _ = try NodeServer(node: scene["gs"], configuration: .init(certificate: missing)) } == .certificateUnreadable)
            }
        }
    }
}
