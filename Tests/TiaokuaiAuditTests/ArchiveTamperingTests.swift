import Foundation
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// What somebody may do to an archive, the list of digests made anew each time: `verify.py` from the archive, which shares no line with
/// us, and our own audit both find it, and say where.
@Suite struct ArchiveTamperingTests {
    struct Tampering: Sendable {
        let name: String
        /// What the finding of `verify.py` says, place included.
        let says: String
        /// What our audit finds.
        let code: AuditFinding.Code
        let change: @Sendable (Tampered) throws -> Void
    }

    /// A copy of the two years, to be spoilt.
    struct Tampered: Sendable {
        let folder: URL
        func url(_ name: String) -> URL { folder.appendingPathComponent(name) }
        func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }
        func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: url(name)) }

        /// A file's frames, changed and written again, each with a digest that fits.
        func frames(_ name: String, _ change: (inout [Frame]) throws -> Void) throws {
            var parser = FrameParser()
            parser.feed(try bytes(name))
            parser.finish()
            var frames: [Frame] = []
            while let event = parser.next() { if case .frame(let frame, _) = event { frames.append(frame) } }
            try change(&frames)
            try write(frames.flatMap(\.bytes), to: name)
        }

        /// One bit in the middle of the n-th frame of a type.
        func flip(_ name: String, _ type: FrameType, at part: Double, _ number: Int = 0) throws {
            try frames(name) { frames in
                let index = frames.indices.filter { frames[$0].type == type }[number]
                var payload = frames[index].payload
                payload[Int(Double(payload.count - 1) * part)] ^= 1
                frames[index] = Frame(type, payload)
            }
        }

        func text(_ name: String, _ from: String, _ to: String) throws {
            let old = String(decoding: try bytes(name), as: UTF8.self)
            try #require(old.contains(from), "\(name): \(from)")
            try write(Array(old.replacing(from, with: to).utf8), to: name)
        }

        /// What a forger does last.
        func makeDigestsAnew(of year: String) throws {
            let names = (FileManager.default.enumerator(atPath: url(year).path)?.allObjects as? [String] ?? []).sorted().filter { name in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: url("\(year)/\(name)").path, isDirectory: &isFolder) && !isFolder.boolValue && name != "SHA256SUMS"
            }
            try write(Array(try names.map { "\(sha256(try bytes("\(year)/\($0)")).hex)  \($0)\n" }.joined().utf8), to: "\(year)/SHA256SUMS")
        }
    }

    static let tamperings: [Tampering] = [
        Tampering(name: "a byte in a changeset's body", says: "bundles/2-year-0001.tkb, byte", code: .refused) { try $0.flip("2021/bundles/2-year-0001.tkb", .changeset, at: 0.98) },
        Tampering(name: "a byte in a changeset's envelope", says: "bundles/2-year-0001.tkb, byte", code: .entryMissing) { try $0.flip("2021/bundles/2-year-0001.tkb", .changeset, at: 0.4, 2) },
        Tampering(name: "an entry is taken out", says: "2021, log entry", code: .entryMissing) {
            try $0.frames("2021/bundles/2-year-0001.tkb") { frames in frames.remove(at: try #require(frames.lastIndex { $0.type == .changeset })) }
        },
        Tampering(name: "an entry is taken out of the tiles too", says: "2021/log: ", code: .archiveFileDiffers) { tampered in
            try tampered.frames("2021/bundles/2-year-0001.tkb") { frames in frames.remove(at: try #require(frames.lastIndex { $0.type == .changeset })) }
            for name in FileManager.default.enumerator(atPath: tampered.url("2021/log/tile/entries").path)?.allObjects as? [String] ?? [] where name.contains(".p/") {
                try tampered.write(try tampered.bytes("2021/log/tile/entries/\(name)").dropLast(34), to: "2021/log/tile/entries/\(name)")
            }
        },
        Tampering(name: "the entries change places", says: "2021/log: ", code: .rootDiffers) { tampered in
            for name in FileManager.default.enumerator(atPath: tampered.url("2021/log/tile/entries").path)?.allObjects as? [String] ?? [] where name.contains(".p/") {
                let bytes = try tampered.bytes("2021/log/tile/entries/\(name)")
                try tampered.write(Array(bytes.prefix(34) + bytes[68..<102] + bytes[34..<68] + bytes.dropFirst(102)), to: "2021/log/tile/entries/\(name)")
            }
        },
        Tampering(name: "a checkpoint is altered", says: "bundles/3-statements-0001.tkb, byte", code: .archiveFactDiffers) { tampered in
            let head = try JSONDecoder().decode(ArchiveFacts.self, from: Data(tampered.bytes("2021/archive.json"))).head.checkpoint
            try tampered.frames("2021/bundles/3-statements-0001.tkb") { frames in
                for index in frames.indices where frames[index].type == .checkpoint {
                    var payload = frames[index].payload
                    let id = try UnverifiedStatement(payload, .checkpoint).id.hex
                    guard id == head else { continue }
                    payload[payload.count - 3] ^= 1
                    frames[index] = Frame(.checkpoint, payload)
                }
            }
        },
        Tampering(name: "the facts name another head", says: "2021/log: ", code: .rootDiffers) { tampered in
            let facts = try JSONDecoder().decode(ArchiveFacts.self, from: Data(tampered.bytes("2021/archive.json")))
            try tampered.text("2021/archive.json", facts.head.root, String(facts.head.root.reversed()))
        },
        Tampering(name: "a receipt is altered", says: "receipts: ", code: .refused) { try $0.flip("2021/bundles/3-statements-0001.tkb", .receipt, at: 0.999) },
        Tampering(name: "a credential is taken out", says: "the credential that it is signed under is not here", code: .waiting) { tampered in
            for (name, year) in [("2020/bundles/2-year-0001.tkb", "2020"), ("2021/bundles/1-policy-before-0001.tkb", "2021")] {
                try tampered.frames(name) { frames in frames.remove(at: try #require(frames.firstIndex { $0.type == .changeset })) }
                try tampered.makeDigestsAnew(of: year)
            }
        },
        Tampering(name: "a changeset that nobody logged is put in", says: "is not in the log", code: .notLogged) { tampered in
            try tampered.frames("2020/bundles/2-year-0001.tkb") { frames in
                try tampered.frames("2021/bundles/2-year-0001.tkb") { later in frames.append(try #require(later.last { $0.type == .changeset })) }
            }
            try tampered.makeDigestsAnew(of: "2020")
            // Alone: with the later year beside it, it is in a log.
            try FileManager.default.removeItem(at: tampered.url("2021"))
        },
        Tampering(name: "the facts begin later", says: "from and to in archive.json", code: .archiveNotContinued) { tampered in
            let from = try JSONDecoder().decode(ArchiveFacts.self, from: Data(tampered.bytes("2021/archive.json"))).from
            try tampered.text("2021/archive.json", "\"from\" : \(from)", "\"from\" : \(from + 1)")
        },
        // Last year's newest entries taken away: a checkpoint of that year knows of them.
        Tampering(name: "the year ends earlier", says: "the year has other entries than from and to", code: .archiveFactDiffers) { tampered in
            let facts = try JSONDecoder().decode(ArchiveFacts.self, from: Data(tampered.bytes("2020/archive.json")))
            try tampered.text("2020/archive.json", "\"to\" : \(facts.to)", "\"to\" : \(facts.to - 1)")
            try tampered.text("2020/archive.json", "\"changesets\" : \(facts.changesets)", "\"changesets\" : \(facts.changesets - 1)")
            try tampered.frames("2020/bundles/2-year-0001.tkb") { frames in frames.remove(at: try #require(frames.lastIndex { $0.type == .changeset })) }
            try tampered.makeDigestsAnew(of: "2020")
            // With the next year beside it, the two don't go on from each other.
            try FileManager.default.removeItem(at: tampered.url("2021"))
        },
        Tampering(name: "a year that is not over ends before its head", says: "its head does not show", code: .archiveFactDiffers) { tampered in
            let facts = try JSONDecoder().decode(ArchiveFacts.self, from: Data(tampered.bytes("2021/archive.json")))
            try tampered.text("2021/archive.json", "\"to\" : \(facts.to)", "\"to\" : \(facts.to - 1)")
        },
        Tampering(name: "it is said to be of another year", says: "the year has other entries than from and to", code: .archiveFactDiffers) {
            try $0.text("2021/archive.json", "\"year\" : 2021", "\"year\" : 2022")
        },
        Tampering(name: "the year before is said to be the one", says: "the year has other entries than from and to", code: .archiveFactDiffers) { tampered in
            try tampered.text("2021/archive.json", "\"year\" : 2021", "\"year\" : 2020")
            try tampered.text("2021/archive.json", "\"isOver\" : false", "\"isOver\" : true")
            // Then it doesn't go on from the other one either.
            try FileManager.default.removeItem(at: tampered.url("2020"))
        },
        Tampering(name: "an unfinished year is said to be over", says: "its head does not show", code: .archiveFactDiffers) {
            try $0.text("2021/archive.json", "\"isOver\" : false", "\"isOver\" : true")
        },
        Tampering(name: "a key stands twice", says: "a key twice", code: .archiveFactDiffers) { try $0.text("2021/archive.json", "\"version\" : 1", "\"version\" : 1,\n  \"version\" : 1") },
        Tampering(name: "the published note is of another head", says: "log/checkpoint is of another head", code: .archiveFileDiffers) { tampered in
            let facts = try JSONDecoder().decode(ArchiveFacts.self, from: Data(tampered.bytes("2021/archive.json")))
            try tampered.text("2021/log/checkpoint", "\n\(facts.head.size)\n", "\n\(facts.head.size + 1)\n")
        },
        Tampering(name: "a hash tile is altered", says: "tiles of level 0", code: .archiveFileDiffers) { tampered in
            let name = try #require((FileManager.default.enumerator(atPath: tampered.url("2021/log/tile/0").path)?.allObjects as? [String])?.first { $0.contains(".p/") })
            var bytes = try tampered.bytes("2021/log/tile/0/\(name)")
            bytes[5] ^= 1
            try tampered.write(bytes, to: "2021/log/tile/0/\(name)")
        },
        Tampering(name: "a place is named, and an entry taken out of a feed", says: "the changeset before it is lacking", code: .entryMissing) { tampered in
            try tampered.text("2021/archive.json", "\"isRehearsal\" : true,", "\"isRehearsal\" : true,\n  \"place\" : \"620000\",")
            try tampered.frames("2021/bundles/2-year-0001.tkb") { frames in frames.remove(at: try #require(frames.firstIndex { $0.type == .changeset })) }
        },
        Tampering(name: "policy of an earlier year is taken out", says: "the changeset before it is lacking", code: .entryMissing) { tampered in
            try tampered.frames("2021/bundles/1-policy-before-0001.tkb") { frames in
                // One after which its feed goes on.
                let changesets = try frames.filter { $0.type == .changeset }.map { try UnverifiedChangeset(ChangesetItem($0.payload)) }
                let followed = Set(changesets.compactMap(\.header.predecessor))
                let gap = try #require(changesets.lastIndex { followed.contains($0.id) })
                frames.remove(at: gap + (frames.firstIndex { $0.type == .changeset } ?? 0))
            }
            try tampered.makeDigestsAnew(of: "2021")
            // With the earlier year beside it, it is there.
            try FileManager.default.removeItem(at: tampered.url("2020"))
        },
        Tampering(name: "a bundle under another name, listed", says: "is no bundle's name", code: .archiveFileExtra) { tampered in
            try tampered.write(try tampered.bytes("2021/bundles/2-year-0001.tkb"), to: "2021/bundles/2-year-0002.bin")
        },
        Tampering(name: "the place is left blank", says: "not an archive of version 1", code: .archiveFactDiffers) { tampered in
            try tampered.text("2021/archive.json", "\"isRehearsal\" : true,", "\"isRehearsal\" : true,\n  \"place\" : \"\",")
        },
        Tampering(name: "a file that has no place in an archive, listed", says: "is empty, or no file", code: .archiveFileExtra) { tampered in
            try tampered.write([1], to: "2021/formats.py")
            try FileManager.default.createSymbolicLink(at: tampered.url("2021/formats/link.md"), withDestinationURL: tampered.url("2021/formats/Log.md"))
        },
        Tampering(name: "a root statement is altered", says: "FAULT ", code: .rootBroken) { tampered in
            for year in ["2020", "2021"] {
                for name in try FileManager.default.contentsOfDirectory(atPath: tampered.url("\(year)/bundles").path) { try tampered.flip("\(year)/bundles/\(name)", .rootStatement, at: 0.5) }
                try tampered.makeDigestsAnew(of: year)
            }
        },
    ]

    @Test func whatIsDoneToAnArchiveIsFoundWithItsPlaceByBothVerifiers() throws {
        try withTemporaryFolder { folder in
            let scene = try ArchiveScene(in: folder)
            try scene.archive(2020, as: "2020")
            try scene.archive(2021, as: "2021")
            let python = try PythonVerifier.run(["archive", scene.path("2021"), scene.path("2020"), "--root", scene.network.hex])
            if let python {
                #expect(python.status == 0, "\(python.out) \(python.err)")
                #expect(python.out.contains("beyond a cut of its key") && python.out.contains("branches of a forked feed") && python.out.contains("0 faults"))
                // A later year alone verifies, and says what it can't compare.
                let alone = try PythonVerifier.run(["archive", scene.path("2021"), "--root", scene.network.hex])
                #expect(alone?.status == 0 && alone?.out.contains("earlier year") == true)
                // The root comes from the reader: of another network, of a key that signed nothing, and of the one that did.
                let key = sha256(try DurableFile.read(scene.path("2021/roots/1.cose"), limit: 200)).hex
                #expect(try PythonVerifier.run(["archive", scene.path("2021"), "--root", key])?.status == 0)
                let foreign = try PythonVerifier.run(["archive", scene.path("2021"), "--root", Hash32.zero.hex])
                #expect(foreign?.status == 1 && foreign?.out.contains("another root") == true)
                #expect(try PythonVerifier.run(["archive", scene.path("2021"), "--root", "12"])?.status == 2)
                #expect(try PythonVerifier.run(["archive", scene.path("gs"), "--root", key])?.status == 2)
            }
            // Accidents: the list of digests stands, and names the file.
            try damage(scene, with: python != nil)
            // Without the golden files: four hundred files less to copy for each.
            for year in ["2020", "2021"] {
                try FileManager.default.removeItem(atPath: scene.path("\(year)/vectors"))
                try Tampered(folder: folder).makeDigestsAnew(of: year)
            }
            for tampering in ArchiveTamperingTests.tamperings {
                let copy = folder.appendingPathComponent("copy")
                try? FileManager.default.removeItem(at: copy)
                try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
                for year in ["2020", "2021"] { try FileManager.default.copyItem(atPath: scene.path(year), toPath: copy.appendingPathComponent(year).path) }
                let tampered = Tampered(folder: copy)
                try tampering.change(tampered)
                let years = ["2021", "2020"].filter { FileManager.default.fileExists(atPath: tampered.url($0).path) }
                for year in years { try tampered.makeDigestsAnew(of: year) }
                let paths = years.map { tampered.url($0).path }
                if python != nil {
                    let found = try #require(try PythonVerifier.run(["archive"] + paths + ["--root", scene.network.hex]))
                    #expect(found.status == 1 && found.out.contains("FAULT") && found.out.contains(tampering.says), "\(tampering.name): \(found.out) \(found.err)")
                }
                let ours = Result { try ArchiveAudit.run(paths, root: scene.network) }
                switch ours {
                case .success(let report):
                    #expect(report.faults > 0 && report.findings.contains { $0.code == tampering.code }, "\(tampering.name): \(report.findings.map { ($0.isFault, $0.code) })")
                case .failure(let error): #expect(error is NodeError && tampering.code == .rootBroken, "\(tampering.name): \(error)")
                }
            }
        }
    }

    private func damage(_ scene: ArchiveScene, with python: Bool) throws {
        let tampered = Tampered(folder: scene.province.folder)
        for (name, code) in [("formats/Log.md", AuditFinding.Code.archiveFileDiffers), ("bundles/2-year-0001.tkb", .archiveFileDiffers)] {
            let whole = try tampered.bytes("2020/\(name)")
            var bytes = whole
            bytes[bytes.count / 2] ^= 1
            try tampered.write(bytes, to: "2020/\(name)")
            let found = try scene.verify("2020").findings.filter(\.isFault)
            #expect(found.contains { $0.code == code && $0.place.file?.hasSuffix(name) == true })
            if python { #expect(try PythonVerifier.run(["archive", scene.path("2020"), "--root", scene.network.hex])?.out.contains("2020/\(name) its digest") == true) }
            try tampered.write(whole, to: "2020/\(name)")
        }
        try tampered.write([1], to: "2020/formats/extra.md")
        let extra = try scene.verify("2020").findings.filter(\.isFault).map(\.code)
        #expect(extra == [.archiveFileExtra])
        try FileManager.default.removeItem(at: tampered.url("2020/formats/extra.md"))
        #expect(try scene.verify("2020").faults == 0)
        // The verifier replaced, and listed with its new digest: no fault, since another version's may differ too, and said.
        let (script, list) = (try tampered.bytes("2020/verify.py"), try tampered.bytes("2020/SHA256SUMS"))
        try tampered.write(Array("print('0 faults')\n".utf8), to: "2020/verify.py")
        try tampered.makeDigestsAnew(of: "2020")
        let replaced = try scene.verify("2020")
        #expect(replaced.faults == 0 && replaced.findings.contains { $0.code == .archivePageDiffers && $0.place.file?.hasSuffix("2020/verify.py") == true })
        try tampered.write(script, to: "2020/verify.py")
        try tampered.write(list, to: "2020/SHA256SUMS")
    }

    /// What nobody who archives writes, and somebody may put there to keep the reader busy or to paint its terminal.
    @Test func theScriptIsHeldUpByNothing() throws {
        try withTemporaryFolder { folder in
            let scene = try ArchiveScene(in: folder)
            try scene.archive(2020, as: "2020")
            let tampered = Tampered(folder: folder)
            let name = "2020/bundles/3-statements-0001.tkb"
            let whole = try tampered.bytes(name)
            // A mark every eleven bytes, each with a length that reaches far, and a tag within a tag without end.
            let mark: [UInt8] = Array(Frame.marker) + [2, 0x5a, 0x01, 0xff, 0xff, 0xff]
            let marks = Array([[UInt8]](repeating: mark, count: 20_000).joined())
            let nested = Frame(.checkpoint, Array([[UInt8]](repeating: [0xd8, 0x1c], count: 100_000).joined()) + [0]).bytes
            for bytes in [marks, nested] {
                try tampered.write(whole + bytes, to: name)
                try DurableFile.write([0x31], to: scene.path("2020/formats/\u{1b}[2Jx.md"))
                guard let run = try PythonVerifier.run(["archive", scene.path("2020"), "--root", scene.network.hex]) else { return }
                #expect(run.status == 1 && !run.out.utf8.contains(0x1b), "\(run.err)")
                #expect(run.out.split(separator: "\n").count < 300)
            }
        }
    }
}
