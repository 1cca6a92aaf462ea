import TestKit
import Testing
import TiaokuaiFormat
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
                    // The client's word about another certificate, or about none, is not what the server would have signed.
                    for (binding, expected) in [(other, HTTPCarrierError.Code.wrongSignature), (nil, .wrongSignature), (pin, nil)] {
                        let nonce = Greeting.randomHash()
                        let answer = try ChallengeAnswer(
                            decoding: try await client.post("/v1/challenge", Challenge(network: network, node: own.node, nonce: nonce).explicitForm))
                        #expect(client.binding == pin && answer.binding == pin)
                        let greeting = Greeting(
                            role: .client, network: network, client: own.node, server: answer.node, clientNonce: nonce, serverNonce: answer.nonce,
                            binding: binding, rootStatement: 1)
                        let request = SessionRequest(
                            serverNonce: answer.nonce, rootStatement: 1, state: nil, signature: try greeting.signature(by: scene["gt"]))
                        #expect(await code { _ = try await client.post("/v1/session", request.explicitForm) } == expected)
                    }
                    await client.shutdown()
                }
            }
        }

        /// Somebody in between ends the TLS of both sides, with a certificate that the client would take.
        @Test func whoStandsInBetweenWithAnotherCertificateIsFoundByTheClient() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let files = try TLSFixture.write(TLSFixture.first, "first", in: folder)
                let other = try ServerTLS(try TLSFixture.write(TLSFixture.second, "second", in: folder)).binding
                // What the server said to somebody who saw the other certificate, and to a client that sees this one.
                try await withServer(scene["zy"], certificate: files) { server in
                    let pin = try ServerTLS(files).binding
                    let client = WireClient(try ServerAddress(server.url, allowPlain: false), SyncConfiguration(verification: .pinned(pin)))
                    let own = try scene["gt"].settings()
                    let challenge = Challenge(network: try #require(own.network), node: own.node, nonce: Greeting.randomHash())
                    let answer = try ChallengeAnswer(decoding: try await client.post("/v1/challenge", challenge.explicitForm))
                    await client.shutdown()
                    func check(_ binding: Hash32?) async -> HTTPCarrierError.Code? {
                        let theirs = Greeting(
                            role: .server, network: challenge.network, client: own.node, server: answer.node, clientNonce: challenge.nonce, serverNonce: answer.nonce,
                            binding: binding, rootStatement: 0)
                        return await code { try scene["gt"].ask { try theirs.check(answer.signature, in: $0) } }
                    }
                    #expect(await check(pin) == nil)
                    #expect(await check(other) == .wrongSignature)
                    #expect(await check(nil) == .wrongSignature)
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
