import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
@testable import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

extension WireTests {
    @Suite struct GreetingTests {
        /// Asks for a challenge as this node, and gives what its greeting has to say.
        private func challenged(_ scene: Scene, _ name: String, _ client: WireClient) async throws -> Greeting {
            let own = try scene[name].settings()
            let challenge = Challenge(network: try #require(own.network), node: own.node, nonce: Greeting.randomHash())
            let answer = try ChallengeAnswer(decoding: try await client.post("/v1/challenge", challenge.explicitForm))
            return Greeting(
                role: .client, network: challenge.network, client: own.node, server: answer.node, clientNonce: challenge.nonce, serverNonce: answer.nonce,
                binding: client.binding, rootStatement: own.rootStatement)
        }

        private func request(_ greeting: Greeting, by node: Node) throws -> SessionRequest {
            SessionRequest(serverNonce: greeting.serverNonce, rootStatement: greeting.rootStatement, state: greeting.state, signature: try greeting.signature(by: node))
        }

        @Test func aNodeOfAnotherNetworkIsToldSoAndNothingElse() async throws {
            try await withTemporaryFolder { folder in
                var made = try Scene(in: folder)
                try made.found("other")
                let scene = made
                try await withServer(scene["gs"]) { server in
                    do {
                        _ = try await synchronise(node: scene["other"], url: server.url)
                        Issue.record("it was greeted")
                    } catch let error as HTTPCarrierError {
                        #expect(error == HTTPCarrierError(.wrongNetwork, ["side": "server"]))
                    }
                }
            }
        }

        @Test func aNodeWhoseCredentialIsNotHeldIsUnknown() async throws {
            try await withTemporaryFolder { folder in
                var made = try Scene(in: folder)
                // Granted by the province, but the city has not heard of it; and a node is nobody to itself.
                try made.enrol("lx", "622900", [.init("622900.gov", "622900", isGovernment: true)], by: "gs", as: Scene.province)
                let scene = made
                try await withServer(scene["zy"]) { server in
                    #expect(await code { _ = try await synchronise(node: scene["lx"], url: server.url) } == .unknownNode)
                    #expect(await code { _ = try await synchronise(node: scene["zy"], url: server.url) } == .unknownNode)
                }
                // The other way round the client refuses: it knows the server no more than the server knows it.
                #expect(throws: HTTPCarrierError.self) { try scene["zy"].ask { try $0.checkPeer(try scene.id("lx")) } }
            }
        }

        @Test func aCutCredentialEndsTheSessionToo() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await withServer(scene["gs"]) { server in
                    let session = try await WireSession(scene["zy"], server.url)
                    let city = try scene.id("zy")
                    let credential = try #require(try scene["gs"].ask { $0.trust?.credentials(of: city).first })
                    let cut = CutContent(credential: credential.id, subject: city, heads: [], reason: "示例")
                    try scene["gs"].write([
                        Draft(
                            key: RecordKey(
                                .policy("620700"), CutKind.table.name, [.text(Scene.province.text), .bytes(city.hash.bytes), .decimal(ExactDecimal(1))]),
                            unit: Scene.province, person: "clerk", fields: [.init(CutKind.content, .bytes(cut.explicitForm))])
                    ])
                    #expect(await code { _ = try await session.steps.exchangeHeads(session.peer) } == .credentialCut)
                    #expect(await code { _ = try await synchronise(node: scene["zy"], url: server.url) } == .credentialCut)
                    await session.end()
                }
            }
        }

        /// The county's key is cut after it rotated: the new one is greeted, the old one isn't, and nothing else changes.
        @Test func whoRotatedBeforeItsOldKeyWasCutIsGreetedUnderTheNewOne() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let old = try #require(try scene["gt"].settings().credential)
                let path = folder.path + "/stick.tkb"
                func carry(_ from: String, _ to: String) throws {
                    _ = try BundleFile.export(scene[from], to: try scene.id(to), path: path)
                    _ = try BundleFile.import(scene[to], path: path)
                }
                let before = try scene["gt"].keys.signer()
                let asked = try Node.readRequest(try scene["gt"].requestRotation())
                let heads = try scene["zy"].ask { view in try view.heldHeads().filter { try $0.feed.node == scene.id("gt") }.map(\.id) }
                _ = try scene["zy"].grant(asked, by: Scene.city, person: "clerk", heads: heads)
                try carry("zy", "gt")
                _ = try scene["gt"].adoptRotation()
                let cut = CutContent(credential: old, subject: try scene.id("gt"), heads: heads, reason: "示例")
                try scene["zy"].write([
                    Draft(
                        key: RecordKey(.policy("620724"), CutKind.table.name, [.text(Scene.city.text), .bytes(try scene.id("gt").hash.bytes), 1]), unit: Scene.city,
                        person: "clerk", fields: [.init(CutKind.content, .bytes(cut.explicitForm))])
                ])
                try await withServer(scene["zy"]) { server in
                    #expect(await code { _ = try await synchronise(node: scene["gt"], url: server.url) } == nil)
                    let client = WireClient(try ServerAddress(server.url, allowPlain: false), SyncConfiguration())
                    let greeting = try await challenged(scene, "gt", client)
                    let stolen = SessionRequest(
                        serverNonce: greeting.serverNonce, rootStatement: greeting.rootStatement, state: nil,
                        signature: try Statement.signature(over: greeting.explicitForm, as: .greeting, key: before))
                    #expect(await code { _ = try await client.post("/v1/session", stolen.explicitForm) } == .credentialCut)
                    await client.shutdown()
                }
            }
        }

        @Test func aGreetingCountsOnceForOneLineAndOneKey() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await withServer(scene["zy"]) { server in
                    let client = WireClient(try ServerAddress(server.url, allowPlain: false), SyncConfiguration())
                    func greet(
                        by signer: String = "gt", _ change: (inout Greeting) -> Void = { _ in }, altering: (inout SessionRequest) -> Void = { _ in }
                    ) async -> HTTPCarrierError.Code? {
                        await code {
                            var greeting = try await challenged(scene, "gt", client)
                            change(&greeting)
                            var asked = try request(greeting, by: scene[signer])
                            altering(&asked)
                            _ = try await client.post("/v1/session", asked.explicitForm)
                        }
                    }
                    #expect(await greet() == nil)
                    #expect(await greet(by: "gs") == .wrongSignature)
                    // Both know what was to be signed: whatever else was, is not it.
                    for change: (inout Greeting) -> Void in [
                        { $0.binding = sha256([1]) }, { $0.role = .server }, { $0.clientNonce = sha256([2]) }, { $0.server = $0.client },
                        { $0.network = NetworkID(.zero) },
                    ] { #expect(await greet(change) == .wrongSignature) }
                    #expect(await greet(altering: { $0.rootStatement += 1 }) == .wrongSignature)
                    #expect(await greet(altering: { $0.state = sha256([3]) }) == .wrongSignature)
                    #expect(await greet { $0.serverNonce = sha256([3]) } == .challengeUnknown)
                    let greeting = try await challenged(scene, "gt", client)
                    let asked = try request(greeting, by: scene["gt"]).explicitForm
                    _ = try await client.post("/v1/session", asked)
                    #expect(await code { _ = try await client.post("/v1/session", asked) } == .challengeUnknown)
                    #expect(await code { _ = try await client.post("/v1/session", try scene["gt"].sign(greeting.explicitForm, as: .greeting)) } == .malformedMessage)
                    #expect(await code { _ = try await client.post("/v1/heads", []) } == .sessionUnknown)
                    client.carry(sha256([4]))
                    #expect(await code { _ = try await client.post("/v1/heads", []) } == .sessionUnknown)
                    #expect(await code { _ = try await client.post("/v1/elsewhere", []) } == .notFound)
                    await client.shutdown()
                }
            }
        }

        @Test func onlyTheExpectedNodeWillDo() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let configuration = SyncConfiguration(expectedPeer: try scene.id("gs"))
                try await withServer(scene["zy"]) { server in
                    #expect(await code { _ = try await synchronise(node: scene["gt"], url: server.url, configuration: configuration) } == .wrongPeer)
                }
            }
        }

        @Test func headsNameOnlyWhatBothCredentialsAdmit() async throws {
            try await withTemporaryFolder { folder in
                var made = try Scene(in: folder)
                try made.enrol("lz", "620721", [.init("620721.gov", "620721", isGovernment: true)], by: "zy", as: Scene.city)
                let scene = made
                var random = SplitMix64(seed: 1)
                try scene.report(1, random: &random)
                try await withServer(scene["zy"]) { server in
                    _ = try await synchronise(node: scene["gt"], url: server.url)
                    let session = try await WireSession(scene["lz"], server.url)
                    let heads = try await session.steps.exchangeHeads(session.peer).heads.heads
                    await session.end()
                    #expect(!heads.isEmpty)
                    #expect(heads.allSatisfy { $0.feed.partition != .work("620724", nil) && $0.feed.partition != .policy("620724") })
                    // Nor does asking for it by name say that it is held.
                    let county = try scene["gt"].ask { try $0.admittedHeads(with: try scene.id("zy")) }
                    let sibling = try scene.id("lz")
                    let named = try scene["zy"].ask { try $0.held(Heads(county), with: sibling) }
                    #expect(county.contains { $0.feed.partition == .work("620724", nil) })
                    #expect(named.allSatisfy { $0.feed.partition != .work("620724", nil) })
                }
            }
        }

        @Test func plainHTTPToAnotherMachineNeedsAFlagAtBothEnds() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                for host in ["0.0.0.0", "192.0.2.1", "127.0.0.1.example.org", "::"] {
                    #expect(await code { _ = try NodeServer(node: scene["gs"], configuration: .init(host: host)) } == .plainRefused)
                    #expect(await code { _ = try NodeServer(node: scene["gs"], configuration: .init(host: host, allowPlain: true)) } == nil)
                }
                for host in ["127.0.0.1", "127.1.2.3", "localhost", "::1"] {
                    #expect(await code { _ = try NodeServer(node: scene["gs"], configuration: .init(host: host)) } == nil)
                }
                for url in ["http://192.0.2.1:8470", "http://example.org", "http://127.0.0.1.example.org/", "http://[2001:db8::1]:80"] {
                    #expect(await code { _ = try await synchronise(node: scene["gt"], url: url) } == .plainRefused)
                }
                for url in ["", "gs", "ftp://127.0.0.1", "http://", "http://user@127.0.0.1", "http://127.0.0.1/?x=1"] {
                    #expect(await code { _ = try await synchronise(node: scene["gt"], url: url) } == .malformedURL)
                }
                let (socket, port) = try Socket.listening()
                socket.close()
                #expect(await code { _ = try await synchronise(node: scene["gt"], url: "http://127.0.0.1:\(port)") } == .unreachable)
            }
        }
    }
}
