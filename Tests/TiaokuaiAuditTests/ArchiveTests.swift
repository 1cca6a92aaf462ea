import Foundation
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

@Suite struct ArchiveTests {
    @Test func aYearIsWrittenWithAllThatItTakesToVerifyItAndTheSameBytesAgain() throws {
        try withTemporaryFolder { folder in
            let scene = try ArchiveScene(in: folder)
            let first = try scene.archive(2020, as: "2020")
            let files = try scene.files("2020")
            #expect(files.count == first.files)
            for name in ["README.md", "SHA256SUMS", "archive.json", "verify.py", "bundles/2-year-0001.tkb", "bundles/3-statements-0001.tkb", "log/checkpoint", "roots/1.cose", "formats/Log.md"] {
                #expect(files[name]?.isEmpty == false, "\(name)")
            }
            #expect(files.keys.count { $0.hasPrefix("vectors/") } > 400)
            #expect(!FileManager.default.fileExists(atPath: scene.path("2020.partial")))
            // The year is over: what comes later changes nothing.
            let facts = first.facts
            #expect(facts.isOver && facts.from == 1 && facts.before == nil && UInt64(facts.changesets) == facts.to - 1)
            try scene.archive(2020, as: "again")
            #expect(try scene.files("again") == files)
            // Another year goes on where this one ended, and carries its policy.
            let next = try scene.archive(2021, as: "2021").facts
            #expect(next.from == facts.to && next.before == facts.head && next.policyBefore > 4 && next.changesets > 4)
            // In volumes: the same changesets, more files.
            let volumes = try scene.archive(2020, as: "small", volumeBytes: 4_000)
            #expect(volumes.facts == facts)
            #expect(try scene.files("small").keys.contains("bundles/2-year-0003.tkb"))
            for names in [["2020"], ["2021", "2020"], ["small"]] {
                let report = try ArchiveAudit.run(names.map(scene.path), root: scene.network)
                #expect(report.findings.filter(\.isFault) == [], "\(names)")
            }
            // Alone, a later year says that its feeds go on from an earlier one, once for each feed.
            let alone = try scene.verify("2021")
            #expect(alone.findings.filter(\.isFault) == [])
            #expect(alone.findings.contains { $0.code == .waiting })
            #expect(alone.findings.count { $0.code == .waiting } <= 5)
        }
    }

    @Test func whatIsThereIsLeftAloneAndAYearWithoutEntriesIsNoArchive() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            func archive(_ name: String, _ year: Int = 2020) throws {
                _ = try province["gs"].archive(to: province.path(name), ArchiveOptions(year: year), readme: { _ in "" })
            }
            func code(_ body: () throws -> Void) -> String {
                do {
                    try body()
                    return "none"
                } catch let error as AuditError { return error.code.rawValue } catch let error as NodeError { return error.code.rawValue } catch { return "\(error)" }
            }
            try DurableFile.write([1], to: province.path("file"))
            let refused = [code { try archive("file") }, code { try archive("gs") }, code { try archive("none", 2019) }, code { try archive("none", 9_999_999) }, code { try archive("none", -5) }]
            #expect(refused == ["archiveExists", "archiveExists", "nothingInYear", "nothingInYear", "nothingInYear"])
            #expect(try DurableFile.read(province.path("file"), limit: 9) == [1])
            #expect(!FileManager.default.fileExists(atPath: province.path("none")) && !FileManager.default.fileExists(atPath: province.path("none.partial")))
            // What a killed run left is known by the lock that nobody holds; a folder of somebody's own is not touched.
            try FileManager.default.createDirectory(atPath: province.path("2020.partial"), withIntermediateDirectories: true)
            #expect(code { try archive("2020") } == "archiveExists")
            try DurableFile.write([], to: province.path("2020.partial/.making"))
            try archive("2020")
            #expect(!FileManager.default.fileExists(atPath: province.path("2020.partial")))
            // The year is not over, as far as the log shows.
            let facts = try JSONDecoder().decode(ArchiveFacts.self, from: Data(contentsOf: folder.appendingPathComponent("2020/archive.json")))
            #expect(!facts.isOver && facts.fieldClass == "internal")
            // What came in a snapshot has no signature that an archive could carry.
            try province["gs"].store.write { writer in try writer.insertSummed(try #require(try writer.reader.changesets().last), by: .zero) }
            #expect(code { try archive("unsigned") } == "unsignedHere")
            #expect(!FileManager.default.fileExists(atPath: province.path("unsigned.partial")))
            try DurableFile.write(Array("{}".utf8), to: province.path("gs/archive.json"))
            let noArchive = code { _ = try ArchiveAudit.run([province.path("gs")], root: .zero) }
            #expect(noArchive == "notAnArchive")
        }
    }

    @Test func aPlacesArchiveHoldsWhatItsCredentialReachesAndVerifies() throws {
        try withTemporaryFolder { folder in
            let scene = try ArchiveScene(in: folder)
            let all = try scene.archive(2021, as: "all").facts
            let part = try scene.archive(2021, as: "gt-2021", place: "620724").facts
            #expect(part.changesets < all.changesets && part.changesets > 0 && part.place == "620724" && part.head == all.head)
            let report = try scene.verify("gt-2021")
            #expect(report.findings.filter(\.isFault) == [])
            #expect(report.findings.contains { $0.code == .archivePartial })
            if let python = try PythonVerifier.run(["archive", scene.path("gt-2021"), "--root", scene.network.hex]) {
                #expect(python.status == 0 && python.out.contains("620724 and below only"), "\(python.out) \(python.err)")
            }
        }
    }

    /// Anybody can name somebody else's root key in a root statement of his own.
    @Test func aRootKeyThatIsOnlyNamedVouchesForNothing() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 0)
            let victim = try SigningKey.generate(.ed25519).verifyingKey
            let node = province["gs"]
            let own = try node.store.read { try $0.statements(.rootStatement)[0].envelope }
            var statement = try SignedRoot(own).statement
            statement.keys.append(victim.coseKey)
            let forged = try node.sign(statement.explicitForm, as: .root)
            for (envelope, isWhole) in [(own, true), (forged, false)] {
                let path = province.path("roots.tkb")
                try DurableFile.write(Frame(.rootStatement, envelope).bytes, to: path)
                #expect(throws: NodeError.self) { try BundleAudit.run([path], root: victim.thumbprint) }
                let key = try SignedRoot(envelope).signatures[0].keyID
                let report = try BundleAudit.run([path], root: key)
                #expect(report.network.hash == SignedRoot.contentID(try SignedRoot(envelope).content) && report.changesets == 0, "\(isWhole)")
            }
            _ = try node.archive(to: province.path("2020"), ArchiveOptions(year: 2020), readme: { _ in "x" })
            let bundles = try FileManager.default.contentsOfDirectory(atPath: province.path("2020/bundles"))
            for name in bundles {
                let bytes = try DurableFile.read(province.path("2020/bundles/\(name)"), limit: 1 << 20)
                var parser = FrameParser()
                parser.feed(bytes)
                parser.finish()
                var out: [UInt8] = []
                while let event = parser.next() { if case .frame(let frame, _) = event { out += frame.type == .rootStatement ? Frame(.rootStatement, forged).bytes : frame.bytes } }
                try DurableFile.write(out, to: province.path("2020/bundles/\(name)"))
            }
            if let python = try PythonVerifier.run(["archive", province.path("2020"), "--root", victim.thumbprint.hex]) {
                #expect(python.status == 1 && python.out.contains("another root than the one that was given"))
            }
        }
    }

    /// What the script can't judge it counts, and says so.
    @Test func anArchiveOfAGMNetworkIsWrittenAndSaysWhatTheScriptCantJudge() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, keys: KeyPlan(suite: .sm2), counties: 0)
            let written = try province["gs"].archive(to: province.path("2020"), ArchiveOptions(year: 2020), readme: { _ in "x" })
            let again = try province["gs"].archive(to: province.path("again"), ArchiveOptions(year: 2020), readme: { _ in "x" })
            #expect(written.digest == again.digest)
            let root = try province["gs"].settings().network?.hash ?? .zero
            let report = try ArchiveAudit.run([province.path("2020")], root: root)
            #expect(report.findings.filter(\.isFault) == [])
            if let python = try PythonVerifier.run(["archive", province.path("2020"), "--root", root.hex]) {
                #expect(python.status == 0 && python.out.contains("SM2 signatures, changeset") && python.out.contains("trees under SM3"), "\(python.out) \(python.err)")
            }
        }
    }

    @Test func theScriptThatIsShippedAgreesOnTheGoldenFiles() throws {
        let folder = packageRoot.appendingPathComponent("Tests/VectorTests/Vectors").path
        if let run = try PythonVerifier.run(["shipped", folder]) { #expect(run.status == 0, "\(run.out) \(run.err)") }
    }

    @Test func theProgramCarriesThePagesThatLieInTheSourceTree() throws {
        var carried: [String: [UInt8]] = [:]
        ArchivePages.forEach { carried[$0.path] = $0.bytes }
        var found: [String: URL] = ["verify.py": packageRoot.appendingPathComponent("Tests/Verifier/archive.py")]
        for (name, folder, ending) in [("formats", "Docs/Formats", "md"), ("vectors", "Tests/VectorTests/Vectors", "json")] {
            let root = packageRoot.appendingPathComponent(folder)
            for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() where path.hasSuffix(".\(ending)") {
                found["\(name)/\(path)"] = root.appendingPathComponent(path)
            }
        }
        #expect(found.count > 400)
        let lacking = Set(carried.keys).symmetricDifference(found.keys)
        #expect(lacking == [], "run Tests/Tools/archive_pages.py")
        for (name, url) in found {
            let isSame = try carried[name] == Array(Data(contentsOf: url))
            #expect(isSame, "\(name)")
        }
        let script = String(decoding: carried["verify.py"] ?? [], as: UTF8.self)
        #expect(script.split(separator: "\n", omittingEmptySubsequences: false).count <= 301)
    }

    /// Whoever sends an archive may put anything into its folder.
    @Test func aPipeInAnArchiveHoldsNobody() throws {
        try withTemporaryFolder { folder in
            #expect(mkfifo(folder.appendingPathComponent("archive.json").path, 0o600) == 0)
            #expect { try ArchiveAudit.run([folder.path], root: .zero) } throws: { ($0 as? NodeError)?.code == .notAFile }
        }
    }

    @Test func theScriptTakesNothingFromTheFolderInWhichItLies() throws {
        try withTemporaryFolder { folder in
            let script = folder.appendingPathComponent("verify.py")
            try FileManager.default.copyItem(at: packageRoot.appendingPathComponent("Tests/Verifier/archive.py"), to: script)
            let trace = folder.appendingPathComponent("trace").path
            for name in ["argparse", "hashlib", "cbor2"] { try Data("open('\(trace)', 'a')".utf8).write(to: folder.appendingPathComponent(name + ".py")) }
            _ = try Child.run(["/usr/bin/env", "python3", script.path, "--help"])
            #expect(!FileManager.default.fileExists(atPath: trace))
        }
    }
}
