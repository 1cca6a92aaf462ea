import Foundation
import TestKit
import Testing

/// `serve` all day, and everything else on the same folder meanwhile.
@Suite struct ServeTests {
    @Test func twoNodesMeetOverHTTPWhileOtherCommandsWorkOnTheServersFolder() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            let server = try Server(tool, node: "gs")
            let first = try tool.do("zy", "sync", server.url, "--expect", "gs")
            #expect(first["peerName"] as? String == "gs")
            #expect((first["changesetsSent"] as? Int ?? 0) > 0)
            #expect(first["receipt"] as? String != nil)

            try tool.do("gs", "publish", Tool.example("gs/publish/01-six-guarantees.yaml"), now: "2020-04-30")
            #expect((try tool.do("zy", "sync", server.url)["changesetsReceived"] as? Int ?? 0) > 0)
            #expect(try tool.do("zy", "sync", server.url)["changedNothing"] as? Bool == true)
            try tool.expectEqualDigests("gs", "zy")
            #expect(try tool.do("zy", "explain", "target 620000/grainReserveDays/2020", "floor")["value"] as? String == "10")
            #expect(try tool.isHealthy("gs"))

            let wrong = try tool.attempt("zy", ["sync", server.url, "--expect", "gt"])
            #expect(wrong.status == 69)
            #expect(try wrong.error?.code == "wrongPeer")
            #expect(server.stop() == 0)
        }
    }

    @Test(arguments: [("http://127.0.0.1:1", "unreachable", 69), ("http://192.0.2.1:8470", "plainRefused", 78), ("gs", "malformedURL", 64)])
    func aWireThatIsNotThereIsSaid(url: String, code: String, status: Int32) throws {
        try withTemporaryFolder { folder in
            let tool = Tool(folder: folder)
            try tool.province()
            let outcome = try tool.attempt("gs", ["sync", url])
            #expect(outcome.status == status, "\(outcome.out) \(outcome.err)")
            #expect(try outcome.error?.code == code)
        }
    }
}
