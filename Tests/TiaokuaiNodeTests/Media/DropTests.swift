import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

@testable import TiaokuaiSync

/// A province's drop folder, its clock, and what its reason files are made of.
struct DropScene {
    let media: MediaScene
    let clock = Locked(Int64(Date().timeIntervalSince1970 * 1_000))
    private(set) var inbox: DropFolder!
    var path: String { media.path("in") }

    init(in folder: URL, _ change: (inout DropFolder.Options) -> Void = { _ in }) throws {
        media = try MediaScene(in: folder)
        try FileManager.default.createDirectory(atPath: media.path("in"), withIntermediateDirectories: true)
        var options = DropFolder.Options()
        change(&options)
        let clock = clock
        inbox = try DropFolder(media.path("in"), options) { clock.with { $0 } }
    }

    func wait(_ seconds: Double) { clock.with { $0 += Int64(seconds * 1_000) } }

    /// One pass; the reason files say the code.
    func pass() throws -> [DropFolder.Item] { try inbox.pass(media.province, explain: DropScene.explain) }

    static func explain(_ name: String, _ verdict: DropFolder.Verdict) -> [String] {
        let code =
            switch verdict {
            case .report(let report): "\(report.fault.map { "\($0)" } ?? "none")"
            case .refused(let error): error.code.rawValue
            case .unsealed(let error): error.code.rawValue
            }
        return ["原因 \(code)", "{\"code\":\"\(code)\"}"]
    }

    /// Two looks, so far apart that what stands still is read.
    @discardableResult
    func settle() throws -> [DropFolder.Item] {
        let first = try pass()
        wait(3)
        return try first.filter { $0.fate != .arriving } + pass()
    }

    func put(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }

    func names(_ below: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(below)").filter { $0 != "taken" && $0 != "rejected" }.sorted()
    }

    func reason(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/rejected/\(name).reason.txt", encoding: .utf8) }

    /// A bundle of the county's, as bytes.
    func bundle(_ period: Int, isSealed: Bool = true) throws -> [UInt8] {
        try media.write(period)
        try media.export("made.tkb", isSealed: isSealed)
        return try DurableFile.read(media.path("made.tkb"), limit: 1 << 20)
    }

    func isGone(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") == false }
}

@Suite struct DropTests {
    @Test func aWholeFileIsTakenInAndMovedAside() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder) { $0.handler = Handler(unit: nil, person: "wang") }
            try scene.put("a.tkb", try scene.bundle(1))
            #expect(try scene.pass().map(\.fate) == [.arriving])
            #expect(try scene.media.held() == [])
            scene.wait(3)
            let items = try scene.pass()
            #expect(items.map(\.fate) == [.taken] && items.map(\.movedTo) == ["taken/a.tkb"])
            #expect(try scene.media.held() == [1])
            #expect(try scene.names() == [] && scene.names("taken") == ["a.tkb"] && scene.names("rejected") == [])
            let row = try scene.media.province.ask { try $0.register().first?.row }
            #expect(row?.carrier == "drop" && row?.note == "a.tkb" && row?.person == "wang")
            #expect(try scene.pass().isEmpty)
        }
    }

    @Test func aFileThatIsStillBeingCopiedIsNeitherReadNorRejected() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder)
            let whole = try scene.bundle(1)
            try scene.media.export("open.tkb", isSealed: false)
            // Under its final name from the first byte on, a piece at a time, with pauses longer than a file has to stand still.
            let open = try DurableFile.read(scene.media.path("open.tkb"), limit: 1 << 20)
            for bytes in [whole, open] {
                for length in [0, 1, 9, 60, 200] + stride(from: 1_000, to: bytes.count, by: bytes.count / 7) {
                    try scene.put("a.tkb", Array(bytes.prefix(length)))
                    #expect(try scene.settle().map(\.fate) == [.arriving], "\(length) of \(bytes.count)")
                    scene.wait(60)
                    #expect(try scene.pass().map(\.fate) == [.arriving], "\(length) of \(bytes.count)")
                }
                #expect(try scene.names("rejected") == [])
                try scene.put("a.tkb", bytes)
                #expect(try scene.settle().map(\.fate) == [.taken])
            }
            #expect(try scene.media.held() == [1])
            // Copying programs' own names are left alone, however long they lie there.
            for name in [".a.tkb.Xy3", "a.tkb.part", "a.tkb.tmp", "a.tkb.filepart", "a.tkb.part-12-1", "a.tkb~"] { try scene.put(name, whole) }
            #expect(try scene.settle().isEmpty)
            scene.wait(1_000_000)
            #expect(try scene.pass().isEmpty)
        }
    }

    @Test func aFileThatStaysCutShortIsRejectedAtLastAndWhatIsWholeInItIsTaken() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder)
            let whole = try scene.bundle(1, isSealed: false)
            try scene.put("cut.tkb", Array(whole.dropLast(40)))
            #expect(try scene.settle().map(\.fate) == [.arriving])
            let rows = try scene.media.province.ask { try $0.register().count }
            scene.wait(590)
            #expect(try scene.pass().map(\.fate) == [.arriving])
            #expect(try scene.media.province.ask { try $0.register().count } == rows)
            scene.wait(20)
            #expect(try scene.pass().map(\.fate) == [.rejected])
            #expect(try scene.reason("cut.tkb").contains("damaged"))
            #expect(try scene.media.held() == [1])
        }
    }

    @Test func everyFileThatIsWrongIsMovedAsideBesideItsReason() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder) { $0.maximumBytes = 1 << 20 }
            let whole = try scene.bundle(1, isSealed: false)
            var flipped = whole
            flipped[flipped.count / 2] ^= 1
            try scene.put("damaged.tkb", flipped)
            try scene.put("readme.txt", Array("not a bundle at all".utf8))
            try scene.put("long.tkb", [UInt8](repeating: 0, count: (1 << 20) + 1))
            // Sealed to the county, not to the province.
            _ = try BundleFile.export(scene.media.province, to: scene.media.countyID, path: scene.path + "/others.tkb", known: Heads([]))
            let sealed = try scene.bundle(2)
            try scene.put("altered.tkb", Array(sealed.prefix(30)) + [sealed[30] ^ 1] + Array(sealed.dropFirst(31)))
            let stranger = try MediaScene(in: folder.appendingPathComponent("stranger"), seed: 99)
            try stranger.write(1)
            try stranger.export("foreign.tkb", isSealed: false)
            try FileManager.default.copyItem(atPath: stranger.path("foreign.tkb"), toPath: scene.path + "/foreign.tkb")

            let items = try scene.settle()
            #expect(items.map(\.fate) == [DropFolder.Item.Fate](repeating: .rejected, count: 6))
            let reasons = try Dictionary(uniqueKeysWithValues: ["altered.tkb", "damaged.tkb", "foreign.tkb", "long.tkb", "others.tkb", "readme.txt"].map { ($0, try scene.reason($0)) })
            #expect(reasons["damaged.tkb"] == "原因 damaged")
            #expect(reasons["readme.txt"] == "原因 notABundle")
            #expect(reasons["long.tkb"] == "原因 fileTooLarge")
            #expect(reasons["others.tkb"] == "原因 notForTheseKeys")
            #expect(reasons["foreign.tkb"] == "原因 wrongNetwork")
            #expect(reasons["altered.tkb"]?.contains("none") == false)
            #expect(try scene.names("rejected").filter { $0.hasSuffix(".reason.json") }.count == 6)
            #expect(try scene.names() == [])
        }
    }

    @Test func whatIsNoFileIsNeitherOpenedNorFollowed() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder)
            let target = scene.media.path("outside.tkb")
            try Data(try scene.bundle(1)).write(to: URL(fileURLWithPath: target))
            symlink(target, "\(scene.path)/link.tkb")
            symlink("/nowhere/at/all", "\(scene.path)/dangling.tkb")
            mkfifo("\(scene.path)/pipe.tkb", 0o644)
            try FileManager.default.createDirectory(atPath: "\(scene.path)/folder.tkb/inside", withIntermediateDirectories: true)
            let items = try scene.settle()
            #expect(
                Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.fate) }) == [
                    "link.tkb": .rejected, "dangling.tkb": .rejected, "pipe.tkb": .rejected, "folder.tkb": .arriving,
                ])
            scene.wait(601)
            #expect(try scene.pass().map(\.fate) == [.rejected])
            for name in ["link.tkb", "dangling.tkb", "pipe.tkb", "folder.tkb"] { #expect(try scene.reason(name) == "原因 notAFile") }
            #expect(try scene.media.held() == [])
            #expect(FileManager.default.fileExists(atPath: target))
            #expect(FileManager.default.fileExists(atPath: "\(scene.path)/rejected/folder.tkb/inside"))
        }
    }

    @Test func hostileNamesDoNoHarm() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder)
            let junk = Array("junk".utf8)
            let long = String(repeating: "长", count: 83) + ".tkb"
            let names = ["-rf.tkb", "a\nb.tkb", "\u{1B}[31mred.tkb", "a\u{202E}bkt.tkb", long, "a\\..\\x.tkb", "a b;rm -rf $HOME.tkb", "%0A.tkb", "正常.tkb"]
            for name in names { try scene.put(name, junk) }
            let raw: [CChar] = Array("\(scene.path)/".utf8).map { CChar(bitPattern: $0) } + [CChar(bitPattern: 0xff), CChar(bitPattern: 0xfe), 0]
            let handle = open(raw, O_CREAT | O_WRONLY, 0o644)
            try #require(handle >= 0)
            _ = junk.withUnsafeBytes { write(handle, $0.baseAddress, $0.count) }
            close(handle)
            let items = try scene.settle()
            #expect(items.count == names.count + 1 && items.allSatisfy { $0.fate == .rejected })
            for item in items {
                #expect(item.name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x1B && $0.value != 0x202E })
                let stored = try #require(item.movedTo).dropFirst("rejected/".count)
                #expect(!stored.hasPrefix("-") && !stored.contains("\n") && !stored.contains("/"))
                #expect(try scene.reason(String(stored)) == "原因 notABundle")
            }
            #expect(items.contains { $0.movedTo == "rejected/正常.tkb" })
            #expect(try scene.names() == [])
        }
    }

    @Test func nothingThatWasMovedAsideIsEverReplaced() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder)
            for number in 1...3 {
                try scene.put("a.tkb", try scene.bundle(number))
                try scene.put("junk.tkb", [UInt8(number)])
                try scene.settle()
            }
            #expect(try scene.names("taken") == ["a.tkb", "a~2.tkb", "a~3.tkb"])
            #expect(try scene.names("rejected").filter { $0.hasSuffix(".tkb") } == ["junk.tkb", "junk~2.tkb", "junk~3.tkb"])
            #expect(try scene.names("rejected").filter { $0.hasSuffix(".reason.txt") }.count == 3)
            for number in 1...3 {
                let name = number == 1 ? "junk.tkb" : "junk~\(number).tkb"
                #expect(try DurableFile.read("\(scene.path)/rejected/\(name)", limit: 10) == [UInt8(number)])
            }
        }
    }

    @Test func aCutBetweenTakingInAndMovingAsideCostsNothing() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder)
            try scene.put("a.tkb", try scene.bundle(1))
            let bad = try scene.bundle(2).enumerated().map { $0.offset == 3_000 ? $0.element ^ 1 : $0.element }
            try scene.put("b.tkb", bad)
            // As far as the import came, or as far as the reason was written, and no further.
            _ = try BundleFile.import(scene.media.province, path: scene.path + "/a.tkb")
            _ = try BundleFile.import(scene.media.province, path: scene.path + "/b.tkb")
            try DurableFile.write(Array("half".utf8), to: scene.path + "/rejected/b.tkb.reason.txt")
            let before = try scene.media.province.ask { view in
                (try view.reader.leafCount(), try view.digest(of: try view.reader.partitions().map(\.partition).filter { $0 != .local }))
            }
            let items = try scene.settle()
            #expect(items.map(\.fate) == [.taken, .rejected])
            #expect(try scene.names("rejected") == ["b.tkb", "b.tkb.reason.json", "b.tkb.reason.txt"])
            #expect(try scene.reason("b.tkb") != "half")
            let after = try scene.media.province.ask { view in
                (try view.reader.leafCount(), try view.digest(of: try view.reader.partitions().map(\.partition).filter { $0 != .local }))
            }
            #expect(before.0 == after.0 && before.1 == after.1)
        }
    }

    @Test func oneProcessWatchesAFolder() throws {
        try withTemporaryFolder { folder in
            let scene = try DropScene(in: folder)
            #expect { _ = try DropFolder(scene.path) } throws: { ($0 as? NodeError)?.code == .folderInUse }
            #expect { _ = try DropFolder(scene.path + "/none") } throws: { ($0 as? NodeError)?.code == .fileUnreadable }
        }
    }

    @Test func aFolderUnderTheNameOfOursThatIsALinkIsRefused() throws {
        try withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("in").path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            symlink("/tmp", path + "/taken")
            #expect { _ = try DropFolder(path) } throws: { ($0 as? NodeError)?.code == .fileExists }
        }
    }

    @Test func twoNodesWithADropFolderEachComeToRest() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            let clock = Locked(Int64(Date().timeIntervalSince1970 * 1_000))
            for name in ["up", "down"] { try FileManager.default.createDirectory(atPath: scene.path(name), withIntermediateDirectories: true) }
            let up = try DropFolder(scene.path("up"), DropFolder.Options()) { clock.with { $0 } }
            let down = try DropFolder(scene.path("down"), DropFolder.Options()) { clock.with { $0 } }
            let sender = DropSender(scene.path("up"))
            let answerer = DropSender(scene.path("down"))
            for number in 1...3 { try scene.write(number) }
            var written: [Int] = []
            for _ in 0..<6 {
                var files = try sender.pass(scene.county, to: scene.provinceID).count
                files += try answerer.pass(scene.province, to: scene.countyID).count
                written.append(files)
                for _ in 0..<2 {
                    for (folder, node) in [(up, scene.province), (down, scene.county)] {
                        let items = try folder.pass(node, explain: DropScene.explain)
                        #expect(items.allSatisfy { $0.fate != .rejected })
                    }
                    clock.with { $0 += 3_000 }
                }
            }
            #expect(try scene.held() == [1, 2, 3])
            #expect(written.first ?? 0 > 0 && written.suffix(3).allSatisfy { $0 == 0 }, "\(written)")
            #expect(try scene.county.ask { try $0.register(onlyUnacknowledged: true) } == [])
            let size = try scene.province.ask { try $0.reader.leafCount() }
            #expect(try sender.pass(scene.county, to: scene.provinceID).isEmpty)
            #expect(try scene.province.ask { try $0.reader.leafCount() } == size)
        }
    }

    @Test func outgoingFilesCountOnAndReplaceNothing() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try FileManager.default.createDirectory(atPath: scene.path("out"), withIntermediateDirectories: true)
            var options = DropSender.Options()
            options.repeats = 1
            options.heartbeatSeconds = 3_600
            let sender = DropSender(scene.path("out"), options)
            let prefix = "\(scene.countyID.hash.hex.prefix(8))-\(scene.provinceID.hash.hex.prefix(8))-"
            let inTheWay = scene.path("out/\(prefix)000002.tkb")
            try Data([1]).write(to: URL(fileURLWithPath: inTheWay))
            try scene.write(1)
            #expect(try sender.pass(scene.county, to: scene.provinceID).map(\.changesets) == [1])
            #expect(try sender.pass(scene.county, to: scene.provinceID).isEmpty)
            try scene.write(2)
            #expect(try sender.pass(scene.county, to: scene.provinceID).map(\.changesets) == [2])
            #expect(try DurableFile.read(inTheWay, limit: 10) == [1])
            let names = try FileManager.default.contentsOfDirectory(atPath: scene.path("out")).sorted()
            #expect(names == ["\(prefix)000001.tkb", "\(prefix)000002.tkb", "\(prefix)000003.tkb"])
        }
    }

    @Test func aQuietOneWaySenderStillNamesItsHeadsOnceADay() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try FileManager.default.createDirectory(atPath: scene.path("out"), withIntermediateDirectories: true)
            var options = DropSender.Options()
            options.repeats = 0
            // The clock of the test steps a second at every look.
            options.heartbeatSeconds = 60
            let sender = DropSender(scene.path("out"), options)
            try scene.write(1)
            _ = try sender.pass(scene.county, to: scene.provinceID)
            #expect(try sender.pass(scene.county, to: scene.provinceID).isEmpty)
            for _ in 0..<60 { _ = scene.county.surroundings.now() }
            let heartbeat = try #require(try sender.pass(scene.county, to: scene.provinceID).first)
            #expect(heartbeat.changesets == 0)
            _ = try BundleFile.import(scene.province, path: heartbeat.path)
            #expect(try scene.province.ask { try $0.gaps() }.contains { $0.from == 1 && $0.to == 1 })
        }
    }
}
