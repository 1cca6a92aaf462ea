import Foundation
import TestKit
import Testing

/// What must not go wrong, one test each: the code, both sentences, the status, and nothing changed beyond what is valid.
@Suite struct BadBundleTests {
    /// A bundle that the province has not taken in yet.
    private func waitingBundle(_ folder: URL, isSealed: Bool = false) throws -> Tool {
        let tool = try Tool.provinceAndCounty(folder)
        try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
        try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
        if !isSealed { try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--out", tool.path("up.tkb")) }
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

    @Test(arguments: [3, 5, 9]) func aTruncatedSealedBundleIsNamedAndItsWholePartsAreTaken(tenths: Int) throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder, isSealed: true)
            try tool.alter("up.tkb", as: "cut.tkb") { $0.removeLast($0.count / 10 * tenths) }
            let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("cut.tkb")])
            try expectRefused(outcome, "bundleDamaged")
            #expect(try outcome.error?.facts["reasonCode"] == "truncated")
            #expect(try tool.isHealthy("gs"))
            #expect(try tool.do("gs", "bundle", "import", tool.path("up.tkb"))["isComplete"] as? Bool == true)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func anAlteredSealedBundleIsRefusedAndChangesNothing() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder, isSealed: true)
            let size = try Data(contentsOf: folder.appendingPathComponent("up.tkb")).count
            let before = try tool.digest("gs", with: "gt")
            // Marker, version, suite, a key id, the wrapped secret, the tag of the head; then chunks.
            for (at, codes) in [
                (3, ["notABundle"]), (9, ["unsupportedVersion", "malformedHead"]), (40, ["notForTheseKeys", "alteredHead", "malformedHead"]),
                (100, ["alteredHead"]), (size / 2, ["bundleDamaged"]), (size - 1, ["bundleDamaged"]),
            ] {
                try tool.alter("up.tkb", as: "altered.tkb") { $0[at] ^= 0x10 }
                let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("altered.tkb")])
                #expect(outcome.status == 65, "byte \(at): \(outcome.out)")
                let code = try #require(try outcome.error?.code)
                #expect(codes.contains(code), "byte \(at): \(code)")
                #expect(try tool.isHealthy("gs"))
            }
            #expect(try tool.digest("gs", with: "gt") == before)
            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb")]).status == 0)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func onlyItsReceiverOpensASealedBundle() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"))
            let before = try tool.digest("zy", with: "gt")
            let outcome = try tool.attempt("zy", ["bundle", "import", tool.path("up.tkb")])
            try expectRefused(outcome, "notForTheseKeys")
            #expect(try tool.digest("zy", with: "gt") == before)
            // What stands outside: for whom it is and how long at most, and neither who made it nor what it holds.
            let outside = try tool.run(["bundle", "inspect", tool.path("up.tkb"), "--json"])
            #expect(outside.status == 0)
            let seal = try #require(try outside.json["seal"] as? [String: Any])
            #expect((seal["receivers"] as? [String])?.count == 1 && seal["suite"] as? String == "hpke")
            #expect(try (outside.json["items"] as? [Any])?.isEmpty == true)
            #expect(try outside.json["from"] == nil)
            // To several: each of them opens it.
            try tool.do("gt", "bundle", "export", "--to", "gs", "--to", "zy", "--all", "--out", tool.path("both.tkb"))
            for node in ["gs", "zy"] { #expect(try tool.attempt(node, ["bundle", "import", tool.path("both.tkb")]).status == 0) }
            try tool.expectEqualDigests("gs", "gt")
            try tool.expectEqualDigests("zy", "gt")
        }
    }

    @Test func anAuditorWithoutANodeChecksBundlesFromTheRootAlone() throws {
        try withTemporaryFolder { folder in
            let tool = try waitingBundle(folder)
            let root = try #require(try tool.do("gs", "status")["network"] as? String)
            try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--all", "--out", tool.path("up.tkb"))
            let clean = try tool.run(["bundle", "verify", "--root", root, tool.path("up.tkb"), "--json"])
            #expect(clean.status == 0, "\(clean.out)")
            #expect(try clean.json["isClean"] as? Bool == true)
            // What is missing is in other files: said, and no fault; with the grant beside it everything can be judged.
            try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--out", tool.path("news.tkb"))
            let part = try tool.run(["bundle", "verify", "--root", root, tool.path("news.tkb"), "--json"])
            #expect(part.status == 1)
            #expect(try part.json["faults"] as? Int == 0 && (part.json["strangers"] as? [Any])?.count == 1)
            let both = ["bundle", "verify", "--root", root, "--key", tool.path("gt/sealing.key"), tool.path("news.tkb"), tool.path("gt.grant"), "--json"]
            let judged = try tool.run(both)
            #expect(judged.status == 0, "\(judged.out)")
            let size = try Data(contentsOf: folder.appendingPathComponent("up.tkb")).count
            try tool.alter("up.tkb", as: "altered.tkb") { $0[size / 2] ^= 1 }
            #expect(try tool.run(["bundle", "verify", "--root", root, tool.path("altered.tkb"), "--json"]).status == 1)
            try expectRefused(try tool.run(["bundle", "verify", "--root", String(root.reversed()), tool.path("up.tkb"), "--json"]), "wrongNetwork")
            // A sealed one needs a key that opens it.
            try tool.do("gt", "bundle", "export", "--to", "gs", "--all", "--out", tool.path("sealed.tkb"))
            try expectRefused(try tool.run(["bundle", "verify", "--root", root, tool.path("sealed.tkb"), "--json"]), "notForTheseKeys")
            #expect(try tool.run(["bundle", "verify", "--root", root, "--key", tool.path("gs/sealing.key"), tool.path("sealed.tkb"), "--json"]).status == 0)
        }
    }

    @Test func whatIsTooMuchForOneFileGoesIntoVolumes() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let whole = try #require(try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--all", "--out", tool.path("whole.tkb"))["bytes"] as? Int)
            let limit = whole * 9 / 10
            let made = try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--all", "--volume-size", "\(limit)", "--out", tool.path("part.tkb"))
            let volumes = try #require(made["volumes"] as? [[String: Any]])
            try #require(volumes.count > 1)
            let files = try volumes.map { try #require($0["file"] as? String) }
            #expect(files[1].hasSuffix("part.2.tkb"))
            #expect(volumes.allSatisfy { ($0["bytes"] as? Int ?? .max) <= limit })
            // In any order; what comes too early waits for what is in the other file.
            for file in files.reversed() { _ = try tool.attempt("gs", ["bundle", "import", file]) }
            #expect(try (tool.do("gs", "doctor")["waiting"] as? Int) == 0)
            try tool.expectEqualDigests("gs", "gt")
            try expectRefused(
                try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--all", "--volume-size", "1K", "--out", tool.path("tiny.tkb")]), "volumeTooSmall", status: 64)
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
            try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--out", tool.path("up.tkb"))
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
                try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--out", tool.path("up.tkb"), now: day)
            }
            try tool.bundle(
                "up.tkb", without: { $0["partition"] as? String == "work(620724)" && $0["sequence"] as? Int == 1 }, as: "gap.tkb")
            let outcome = try tool.attempt("gs", ["bundle", "import", tool.path("gap.tkb"), "--receipt", tool.path("receipt.tkb")])
            try expectRefused(outcome, "bundleCutShort")
            let waiting = try items(outcome).filter { $0["outcome"] as? String == "waiting" }
            #expect(waiting.count == 2)
            #expect(waiting.allSatisfy { $0["code"] as? String == "predecessor" })
            let receipt = try #require(try tool.items(of: "receipt.tkb", at: "gt").first { $0["type"] as? String == "receipt" })
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
            try tool.do("gt", "bundle", "export", "--unsealed", "--to", "gs", "--out", tool.path("up.tkb"))
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
            try tool.do("lx", "bundle", "export", "--unsealed", "--to", "gs", "--out", tool.path("lx.tkb"))
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
