import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
@testable import TiaokuaiHTTP
import TiaokuaiModel

@Suite struct MessageTests {
    private let hashes = (0..<8).map { sha256([UInt8($0)]) }

    private let signature = [UInt8](repeating: 7, count: 64)
    private var answer: ChallengeAnswer { ChallengeAnswer(node: NodeID(hashes[2]), nonce: hashes[4], binding: hashes[5], signature: signature) }
    private var plainAnswer: ChallengeAnswer { ChallengeAnswer(node: NodeID(hashes[2]), nonce: hashes[4], binding: nil, signature: signature) }
    private var request: SessionRequest { SessionRequest(serverNonce: hashes[4], rootStatement: 7, state: hashes[6], signature: signature) }
    private var plainRequest: SessionRequest { SessionRequest(serverNonce: hashes[4], rootStatement: 0, state: nil, signature: signature) }
    private var session: SessionAnswer { SessionAnswer(rootStatement: 7, token: hashes[0]) }

    private var outcome: PageOutcome {
        var outcome = PageOutcome()
        outcome.accepted = 300
        outcome.damaged = 1
        outcome.notes = [
            .init(kind: .waiting, item: hashes[0], code: "credential", fact: "a fact"),
            .init(kind: .refused, item: hashes[1], code: "wrongSignature", fact: ""),
        ]
        return outcome
    }

    private var heads: HeadsMessage {
        let feed = Feed(node: NodeID(hashes[0]), epoch: Epoch(high: 1, low: 2), partition: .policy("620000"))
        return HeadsMessage(heads: Heads([.init(feed: feed, sequence: 3, id: ChangesetID(hashes[1]))]), acknowledged: hashes[2], heard: hashes[0])
    }

    @Test func everyMessageReadsBackAsItWasWritten() throws {
        for message in [answer, plainAnswer] { #expect(try ChallengeAnswer(decoding: message.explicitForm) == message) }
        for message in [request, plainRequest] { #expect(try SessionRequest(decoding: message.explicitForm) == message) }
        for message in [session, SessionAnswer(rootStatement: 7, token: nil)] { #expect(try SessionAnswer(decoding: message.explicitForm) == message) }
        let challenge = Challenge(network: NetworkID(hashes[0]), node: NodeID(hashes[1]), nonce: hashes[2])
        #expect(try Challenge(decoding: challenge.explicitForm) == challenge)
        #expect(try PageOutcome(decoding: outcome.explicitForm) == outcome)
        #expect(try HeadsMessage(decoding: heads.explicitForm) == heads)
        #expect(try WireCount(decoding: WireCount(70_000).explicitForm(WireCount.plan), WireCount.plan) == WireCount(70_000))
        #expect(throws: FormatError.self) { try WireCount(decoding: WireCount(1).explicitForm(WireCount.plan), WireCount.from) }
    }

    @Test func everyErrorCodeGoesOverTheWire() {
        for code in HTTPCarrierError.Code.allCases {
            let error = HTTPCarrierError(code, ["limit": "5"])
            #expect(HTTPCarrierError(answer: error.explicitForm) == HTTPCarrierError(code, ["limit": "5", "side": "server"]))
            #expect((400..<600).contains(error.status))
        }
        #expect(HTTPCarrierError(answer: []) == nil)
        #expect(HTTPCarrierError(answer: Array("<html>".utf8)) == nil)
    }

    @Test func noTruncationAndNoLeftoverIsRead() {
        let forms: [(bytes: [UInt8], read: ([UInt8]) throws -> Void)] = [
            (answer.explicitForm, { _ = try ChallengeAnswer(decoding: $0) }), (request.explicitForm, { _ = try SessionRequest(decoding: $0) }),
            (session.explicitForm, { _ = try SessionAnswer(decoding: $0) }),
            (Challenge(network: NetworkID(hashes[0]), node: NodeID(hashes[1]), nonce: hashes[2]).explicitForm, { _ = try Challenge(decoding: $0) }),
            (outcome.explicitForm, { _ = try PageOutcome(decoding: $0) }),
            (heads.explicitForm, { _ = try HeadsMessage(decoding: $0) }),
        ]
        var refused = 0
        for form in forms {
            for length in 0..<form.bytes.count {
                #expect(throws: FormatError.self) { try form.read(Array(form.bytes.prefix(length))) }
                refused += 1
            }
            #expect(throws: FormatError.self) { try form.read(form.bytes + [0]) }
        }
        #expect(refused > 400)
    }

    @Test func theAnnouncedLengthOfAFrameIsReadFromItsBeginning() {
        for size in [0, 1, 23, 24, 255, 256, 65_535, 65_536, 5 << 20] {
            let frame = Frame(.changeset, [UInt8](repeating: 0, count: size)).bytes
            #expect(Frame.length(announcedBy: Array(frame.prefix(15))) == frame.count)
        }
        #expect(Frame.length(announcedBy: Frame.marker + [2, 0x5a, 0xff, 0xff, 0xff, 0xff]) == nil)
        #expect(Frame.length(announcedBy: Frame.marker + [2, 0x5b, 0, 0, 0, 0, 0, 0, 0, 1]) == nil)
        #expect(Frame.length(announcedBy: Array("junk and more junk".utf8)) == nil)
        #expect(Frame.length(announcedBy: []) == nil)
    }

    @Test func onlyThisMachineIsLoopback() {
        for host in ["127.0.0.1", "127.255.255.254", "localhost", "LOCALHOST", "::1", "[::1]"] { #expect(PlainHTTP.isLoopback(host)) }
        for host in ["128.0.0.1", "127.0.0", "127.0.0.1.2", "127.0.0.256", "127.0.0.1.example.org", "10.0.0.1", "", "0.0.0.0", "::", "127..0.1"] {
            #expect(!PlainHTTP.isLoopback(host))
        }
    }
}
