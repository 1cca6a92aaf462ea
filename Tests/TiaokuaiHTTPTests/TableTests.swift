import Testing
import TiaokuaiFormat
import TiaokuaiHash
@testable import TiaokuaiHTTP
import TiaokuaiModel

@Suite struct TableTests {
    private let start = ContinuousClock.now
    private let network = NetworkID(sha256([0]))

    private func node(_ number: UInt8) -> NodeID { NodeID(sha256([1, number])) }
    private func hash(_ number: UInt8) -> Hash32 { sha256([2, number]) }

    @Test func aChallengeIsGoodOnceAndForAMinute() throws {
        var table = SessionTable(limits: .standard)
        let challenge = Challenge(network: network, node: node(1), nonce: hash(1))
        try table.challenge(challenge, nonce: hash(2), at: start)
        try table.challenge(challenge, nonce: hash(3), at: start)
        let redeemed = try table.redeem(nonce: hash(2), at: start + .seconds(59))
        #expect(redeemed.client == node(1) && redeemed.clientNonce == hash(1))
        #expect(throws: HTTPCarrierError(.challengeUnknown)) { try table.redeem(nonce: hash(2), at: start) }
        #expect(throws: HTTPCarrierError(.challengeUnknown)) { try table.redeem(nonce: hash(3), at: start + .seconds(60)) }
        #expect(throws: HTTPCarrierError(.challengeUnknown)) { try table.redeem(nonce: hash(9), at: start) }
    }

    @Test func challengesAreBoundedAndForgotten() throws {
        var limits = HTTPLimits()
        limits.challenges = 2
        var table = SessionTable(limits: limits)
        let challenge = Challenge(network: network, node: node(1), nonce: hash(1))
        try table.challenge(challenge, nonce: hash(1), at: start)
        try table.challenge(challenge, nonce: hash(2), at: start)
        #expect(throws: HTTPCarrierError(.busy)) { try table.challenge(challenge, nonce: hash(3), at: start) }
        try table.challenge(challenge, nonce: hash(3), at: start + .seconds(61))
    }

    @Test func aSessionEndsWhenIdleWhenOldAndWhenClosed() throws {
        var table = SessionTable(limits: .standard)
        for number in 1...3 as ClosedRange<UInt8> { try table.open(node(number), rootStatement: 1, token: hash(number), at: start) }
        for seconds in [1_199, 2_398] {
            let session = try table.session(hash(1), at: start + .seconds(seconds))
            #expect(session.peer == node(1))
        }
        #expect(throws: HTTPCarrierError(.sessionUnknown)) { try table.session(hash(2), at: start + .seconds(1_200)) }
        var time = start
        for _ in 0..<86 {
            time += .seconds(1_000)
            let session = try table.session(hash(3), at: time)
            #expect(session.peer == node(3), "used every 1,000 s")
        }
        #expect(throws: HTTPCarrierError(.sessionUnknown)) { try table.session(hash(3), at: start + .seconds(86_400)) }
        try table.open(node(4), rootStatement: 1, token: hash(4), at: time)
        table.close(hash(4))
        #expect(throws: HTTPCarrierError(.sessionUnknown)) { try table.session(hash(4), at: time) }
    }

    @Test func aNodesOldestSessionMakesRoomForItsNewest() throws {
        var limits = HTTPLimits()
        limits.sessionsPerNode = 2
        limits.sessions = 3
        var table = SessionTable(limits: limits)
        for number in 1...3 as ClosedRange<UInt8> { try table.open(node(1), rootStatement: 1, token: hash(number), at: start + .seconds(Int(number))) }
        #expect(table.count == 2)
        #expect(throws: HTTPCarrierError(.sessionUnknown)) { try table.session(hash(1), at: start + .seconds(4)) }
        try table.open(node(2), rootStatement: 1, token: hash(4), at: start + .seconds(4))
        #expect(throws: HTTPCarrierError.self) { try table.open(node(3), rootStatement: 1, token: hash(5), at: start + .seconds(4)) }
        try table.open(node(1), rootStatement: 1, token: hash(6), at: start + .seconds(4))
        #expect(table.count == 3)
    }

    @Test func anAddressMayAskInABurstAndThenAtItsRate() {
        var limits = HTTPLimits()
        limits.requestsInBurst = 10
        limits.requestsPerSecond = 5
        var rate = RequestRate(limits: limits)
        for (time, expected) in [(0, 10), (0, 0), (1_000, 5), (1_100, 0), (60_000, 10)] {
            let admitted = (0..<20).count { _ in rate.admits("a", at: start + .milliseconds(time)) }
            #expect(admitted == expected, "after \(time) ms")
        }
        let other = rate.admits("b", at: start)
        #expect(other)
    }

    @Test func addressesAreBounded() {
        var limits = HTTPLimits()
        limits.addresses = 3
        limits.requestsInBurst = 1
        limits.requestsPerSecond = 1
        var rate = RequestRate(limits: limits)
        let first = (0..<100).count { rate.admits("\($0)", at: start) }
        let again = rate.admits("99", at: start)
        #expect(first == 100 && !again)
    }

    @Test func permitsComeBack() throws {
        let permits = Permits(1)
        try permits.take()
        #expect(throws: HTTPCarrierError(.busy)) { try permits.take() }
        permits.give()
        try permits.take()
    }
}
