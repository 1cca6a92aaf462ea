import Foundation
import TestKit
import Testing

/// What must not go wrong, one test each: the code, both sentences, the status, and nothing changed beyond what is valid.
@Suite struct BadBundleTests {
    /// A bundle that the province has not taken in yet.
    private func waitingBundle(_ folder: URL) throws -> Tool {
        let tool = try Tool.provinceAndCounty(folder)
        try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
        try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
        return tool
    }

    private func expectRefused(_ outcome: Outcome, _ code: String, status: Int32 = 65, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(outcome.status == status, "\(outcome.out) \(outcome.err)", sourceLocation: sourceLocation)
        let error = try #require(try outcome.error, sourceLocation: sourceLocation)
        #expect(error.code == code, sourceLocation: sourceLocation)
        #expect(!error.zh.isEmpty && !error.en.isEmpty && error.zh != error.en, sourceLocation: sourceLocation)
    }

    private func items(_ outcome: Outcome) throws -> [[String: Any]] { try #require(try outcome.json["items"] as? [[String: Any]]) }

    @Test func anEmptyOrForeignFileChangesNothing() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder)
            let before = try tool.digest("gs", with: "gt")
            for (name, bytes) in [("empty.tkb", Data()), ("foreign.tkb", Data("这不是数据包".utf8)), ("zeros.tkb", Data(count: 100_000))] {
                try bytes.write(to: folder.appendingPathComponent(name))
                try expectRefused(try tool.attempt("gs", ["bundle", "import", tool.path(name)]), "notABundle")
            }
            #expect(try tool.digest("gs", with: "gt") == before)
            #expect(try tool.isHealthy("gs"))
        }
    }

    @Test func aTruncatedBundleGivesWhatIsWhole() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder)
            for part in [3, 5, 9] {
                try tool.alter("up.tkb", as: "cut\(part).tkb") { $0.removeLast($0.count / 10 * part) }
                let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("cut\(part).tkb")])
                try expectRefused(outcome, "bundleDamaged")
                #expect(try outcome.error?.facts["reasonCode"] == "truncated")
                #expect(try tool.isHealthy("gs"))
            }
            #expect(try tool.do("gs", "bundle", "import", tool.path("up.tkb"))["isComplete"] as? Bool == true)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func anAlteredBundleCostsOnlyWhatIsDamaged() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder)
            let size = try Data(contentsOf: folder.appendingPathComponent("up.tkb")).count
            for at in stride(from: 20, to: size, by: size / 7) {
                try tool.alter("up.tkb", as: "altered.tkb") { $0[at] ^= 0x10 }
                let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("altered.tkb")])
                #expect(outcome.status == 65, "byte \(at): \(outcome.out)")
                #expect(try ["bundleDamaged", "bundleRefused"].contains(outcome.error?.code))
                #expect(try tool.isHealthy("gs"))
            }
            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb")]).status == 0)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func theSameBundleTwiceChangesNothing() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder)
            try tool.do("gs", "bundle", "import", tool.path("up.tkb"))
            let before = try (tool.digest("gs", with: "gt"), tool.do("gs", "log", "checkpoint"))
            for _ in 0..<2 {
                let again = try tool.do("gs", "bundle", "import", tool.path("up.tkb"))
                #expect(again["changedNothing"] as? Bool == true)
                #expect((again["accepted"] as? [Any])?.isEmpty == true)
            }
            #expect(try tool.digest("gs", with: "gt") == before.0)
            #expect(try tool.do("gs", "log", "checkpoint")["root"] as? String == before.1["root"] as? String)
        }
    }

    @Test func aDryRunSaysWhatWouldHappenAndChangesNothing() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder)
            let before = try tool.digest("gs", with: "gt")
            let trial = try tool.do("gs", "bundle", "import", tool.path("up.tkb"), "--dry-run")
            #expect(trial["isDryRun"] as? Bool == true)
            #expect((trial["accepted"] as? [Any])?.isEmpty == false)
            #expect(try tool.digest("gs", with: "gt") == before)
        }
    }

    @Test func aBundleOfAnotherNetworkIsRefused() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder)
            let other = Tool(folder: folder)
            try other.do("other", "node", "init", "--root", "--rehearsal", "--units", Tool.example("gs/node.yaml"), now: "2020-04-01")
            let before = try tool.run(["digest", "--dir", "other", "--json"]).out
            try expectRefused(try tool.attempt("other", ["bundle", "import", tool.path("up.tkb")]), "wrongNetwork")
            #expect(try tool.run(["digest", "--dir", "other", "--json"]).out == before)
            #expect(try tool.isHealthy("other"))
        }
    }

    @Test func aBundleFromAnUnknownCredentialWaitsByName() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
            // The city's feed holds the county's credential: without it nobody knows who signs.
            let city = try #require(try tool.do("zy", "status")["node"] as? String)
            try tool.bundle("up.tkb", without: { $0["node"] as? String == city }, as: "stranger.tkb")
            let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("stranger.tkb")])
            let waiting = try items(outcome).filter { $0["outcome"] as? String == "waiting" }
            #expect(!waiting.isEmpty)
            #expect(waiting.allSatisfy { $0["code"] as? String == "credential" && ($0["waitsFor"] as? String)?.count == 64 })
            #expect(try (tool.do("gs", "doctor")["waiting"] as? Int) == waiting.count)

            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb")]).status == 0)
            #expect(try (tool.do("gs", "doctor")["waiting"] as? Int) == 0)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func aGapHoldsWhatComesBehindItUntilItIsFilled() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            for (day, value) in [("2020-08-14", "14.2天"), ("2020-08-15", "14.3天"), ("2020-08-16", "14.4天")] {
                try tool.do("gt", "report", "620724/grainReserveDays/2020-08", value, "--unit", "县发改局", now: day)
                // Each hand-over seals what was written: three changesets in a row.
                try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"), now: day)
            }
            try tool.bundle(
                "up.tkb", without: { $0["partition"] as? String == "work(620724)" && $0["sequence"] as? Int == 1 }, as: "gap.tkb")
            let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("gap.tkb"), "--receipt", tool.path("receipt.tkb")])
            try expectRefused(outcome, "bundleCutShort")
            let waiting = try items(outcome).filter { $0["outcome"] as? String == "waiting" }
            #expect(waiting.count == 2)
            #expect(waiting.allSatisfy { $0["code"] as? String == "predecessor" })
            let receipt = try #require(
                try (tool.run(["bundle", "inspect", tool.path("receipt.tkb"), "--json"]).json["items"] as? [[String: Any]])?.first { $0["type"] as? String == "receipt" })
            #expect((receipt["fact"] as? String)?.contains("等待 2") == true)
            #expect(try tool.attempt("gs", ["explain", "620724/grainReserveDays/2020-08", "value"]).status == 66)

            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb")]).status == 0)
            #expect(try tool.do("gs", "explain", "620724/grainReserveDays/2020-08", "value")["value"] as? String == "14.4")
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func aClaimBeforeTheMatrixThatAdmitsItComesIntoForceWithIt() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "report", Tool.example("gt/figures/16-grain.yaml"), now: "2020-08-14")
            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
            try tool.bundle("up.tkb", without: { $0["partition"] as? String == "policy(620724)" }, as: "early.tkb")
            _ = try tool.attempt("gs", ["bundle", "import", tool.path("early.tkb")])
            #expect(try tool.do("gs", "explain", "620724/grainReserveDays/2020-08", "value")["mode"] as? String != "lineFirst")
            #expect(try tool.isHealthy("gs"))
            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb")]).status == 0)
            #expect(try tool.do("gs", "explain", "620724/grainReserveDays/2020-08", "value")["mode"] as? String == "lineFirst")
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func whatIsOutOfScopeIsNotTakenIn() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.enrol("lx", under: "gs", file: "lx/node.yaml")
            try tool.do("lx", "publish", Tool.example("lx/node.yaml"), now: "2020-04-16")
            try tool.do("lx", "bundle", "export", "--to", "gs", "--out", tool.path("lx.tkb"))
            let before = try tool.digest("zy", with: "gs")
            let outcome = try tool.attempt("zy", ["bundle", "import", tool.path("lx.tkb")])
            try expectRefused(outcome, "bundleRefused")
            #expect(try items(outcome).contains { $0["code"] as? String == "outsidePartition" })
            #expect(try tool.digest("zy", with: "gs") == before)
            #expect(try tool.isHealthy("zy"))
        }
    }

    @Test func whatARevokedNodeWritesStaysWithoutEffect() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            #expect(try tool.carry("gt", "gs").status == 0)
            try tool.do("gs", "enroll", "revoke", "gt", "--reason", "密钥遗失")
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "99天", "--unit", "县发改局", now: "2020-08-21")
            let outcome = try tool.carry("gt", "gs", now: "2020-08-21")
            #expect(outcome.status == 0)
            let ineffective = try #require(try outcome.json["ineffective"] as? [[String: Any]])
            #expect(ineffective.contains { $0["reason"] as? String == "credentialCut" && $0["kind"] as? String == "cell" })
            #expect(try tool.do("gs", "explain", "620724/grainReserveDays/2020-08", "value")["value"] == nil)
            #expect(try tool.isHealthy("gs"))
        }
    }
}
