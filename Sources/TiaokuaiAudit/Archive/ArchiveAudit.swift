import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync

// An archive is verified in three steps: each file against the list of digests; the bundles as any bundles; and the log, which says
// what has to be in them. The first finds accidents. Against whoever made the list anew stand the signatures and the log.

/// Verifies archives, several years together, with the root alone.
public enum ArchiveAudit {
    /// A folder that says that it is an archive.
    public static func isArchive(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(ArchiveFacts.fileName)") }

    struct Folder {
        let path: String
        let facts: ArchiveFacts
        let files: [String]
        /// Links, pipes and the like: read by nobody.
        let others: [String]

        /// Throws `notAnArchive`.
        init(_ path: String) throws {
            let trimmed = PathParts.trimmed(path)
            self.path = trimmed
            let bytes = try DurableFile.read("\(trimmed)/\(ArchiveFacts.fileName)", limit: ArchiveFacts.maximumBytes, onlyRegular: true)
            guard let facts = try? JSONDecoder().decode(ArchiveFacts.self, from: Data(bytes)), facts.format == ArchiveFacts.formatName, facts.version == 1 else {
                throw AuditError(.notAnArchive, ["path": trimmed, "reason": ArchiveFacts.fileName])
            }
            self.facts = facts
            (files, others) = try ArchiveFolder.files(in: trimmed)
        }

        var bundles: [String] { files.filter { $0.hasPrefix("bundles/") && $0.hasSuffix(".tkb") }.map { "\(path)/\($0)" } }
    }

    /// - Parameter root: the network's id, or the thumbprint of a root key.
    ///
    /// Throws as `BundleAudit.run`, and `notAnArchive`.
    public static func run(_ paths: [String], root: Hash32, progress: (String, UInt64) -> Void = { _, _ in }) throws -> HistoryAudit.Report {
        let folders = try paths.map(Folder.init).sorted { ($0.facts.year, $0.path) < ($1.facts.year, $1.path) }
        var findings: [AuditFinding] = []
        for folder in folders { findings += try ArchiveAudit.files(folder, progress) }
        var report = try BundleAudit.run(folders.flatMap(\.bundles), root: root, progress: progress) { view, report in
            report.findings += try ArchiveAudit.logs(folders, view)
        }
        // Nobody signs an archive's bundles: that all is there is what the log says.
        report.findings.removeAll { $0.code == .fileCutShort }
        report.findings = findings + oncePerFeed(report.findings)
        // Whether somebody owned up to two logs, or to a fork, is said in the records, perhaps in those of another year.
        report.findings = report.findings.map { [.splitView, .fork].contains($0.code) ? AuditFinding($0.code, $0.place, fact: $0.fact, isFault: false) : $0 }
        report.findings.sort(by: AuditFinding.precedes)
        return report
    }

    // MARK: Files

    private static func files(_ folder: Folder, _ progress: (String, UInt64) -> Void) throws -> [AuditFinding] {
        let list = String(decoding: try DurableFile.read("\(folder.path)/\(ArchiveFacts.digestsName)", limit: 1 << 24, onlyRegular: true), as: UTF8.self)
        var listed: [String: String] = [:]
        for line in list.split(separator: "\n") where line.utf8.count > 66 { listed[String(line.dropFirst(66))] = String(line.prefix(64)) }
        let here = Set(folder.files)
        var pages: [String: Hash32] = [:]
        ArchivePages.forEach { pages[$0.path] = sha256($0.bytes) }
        var out = Set(listed.keys).subtracting(here).sorted().map { AuditFinding(.archiveFileMissing, AuditPlace(file: "\(folder.path)/\($0)")) }
        out += folder.others.map { AuditFinding(.archiveFileExtra, AuditPlace(file: "\(folder.path)/\($0)")) }
        for name in folder.files where name != ArchiveFacts.digestsName {
            let path = "\(folder.path)/\(name)"
            progress(path, 0)
            guard let digest = listed[name], ArchiveFolder.isPart(name) else {
                out.append(AuditFinding(.archiveFileExtra, AuditPlace(file: path)))
                continue
            }
            let found = try BundleFile.digest(path: path)
            if found.hex != digest { out.append(AuditFinding(.archiveFileDiffers, AuditPlace(file: path))) }
            // Whoever replaces the verifier, or the page that says what is right, lists its digest too.
            if ArchiveFolder.isPage(name), pages.removeValue(forKey: name) != found { out.append(AuditFinding(.archivePageDiffers, AuditPlace(file: path), isFault: false)) }
        }
        // Of what is lacking one is named for each sort: the verifier, the pages, the vectors.
        let lacking = Dictionary(grouping: pages.keys, by: { $0.prefix { $0 != "/" } }).compactMap { $0.value.min() }
        out += lacking.sorted().map { AuditFinding(.archivePageDiffers, AuditPlace(file: "\(folder.path)/\($0)"), isFault: false) }
        return out
    }

    // MARK: The log

    private static func logs(_ folders: [Folder], _ view: NodeView) throws -> [AuditFinding] {
        var out: [AuditFinding] = []
        var logged: Set<Hash32> = []
        var before: (folder: Folder, log: ArchiveLog)?
        for folder in folders {
            let place = AuditPlace(file: "\(folder.path)/log")
            let log: ArchiveLog
            do {
                log = try ArchiveLog(folder.path, size: folder.facts.head.size)
            } catch let error as NodeError {
                out.append(AuditFinding(.archiveFileMissing, place, fact: error.facts["path"] ?? ""))
                continue
            } catch let error as AuditError {
                out.append(AuditFinding(.archiveFileDiffers, place, fact: error.facts["reason"] ?? ""))
                continue
            }
            logged.formUnion(log.identities)
            out += try facts(folder, log, view)
            out += try year(folder, view)
            out += try entries(folder, log, view)
            if let region = folder.facts.place { out.append(AuditFinding(.archivePartial, AuditPlace(file: folder.path), fact: region, isFault: false)) }
            if let before, let fact = lacking(before, in: log, folder.facts) { out.append(AuditFinding(.archiveNotContinued, place, fact: fact)) }
            before = (folder, log)
        }
        let feeds = Dictionary(uniqueKeysWithValues: try view.reader.feeds().map { ($0.ref, $0.feed) })
        out += try predecessors(folders, before?.log.identities ?? [], feeds, view)
        for ref in try view.reader.changesets() {
            guard let entry = try view.reader.changesetEntry(ref), !logged.contains(entry.id.hash) else { continue }
            out.append(AuditFinding(.notLogged, feeds[entry.feed].map { AuditPlace($0, sequence: entry.sequence, changeset: entry.id) } ?? AuditPlace(item: entry.id.hash)))
        }
        return out
    }

    /// Every entry of the year is here as a changeset.
    private static func entries(_ folder: Folder, _ log: ArchiveLog, _ view: NodeView) throws -> [AuditFinding] {
        guard folder.facts.place == nil, folder.facts.from < folder.facts.to, folder.facts.to <= UInt64(log.identities.count) else { return [] }
        return try (folder.facts.from..<folder.facts.to).compactMap { position in
            let identity = log.identities[Int(position)]
            let isHere = try view.reader.changesetRef(ChangesetID(identity)) != nil
            if isHere { return nil }
            var place = AuditPlace(entry: position, item: identity)
            place.file = folder.path
            return AuditFinding(.entryMissing, place)
        }
    }

    /// Nil where the log before is the beginning of this one; a log of another epoch has everything that the one before had, in another order.
    private static func lacking(_ before: (folder: Folder, log: ArchiveLog), in log: ArchiveLog, _ facts: ArchiveFacts) -> String? {
        guard before.folder.facts.node == facts.node else { return facts.node }
        if before.folder.facts.epoch == facts.epoch {
            return log.root(size: before.folder.facts.head.size)?.hex == before.folder.facts.head.root && before.folder.facts.to == facts.from ? nil : ""
        }
        let lacking = Set(before.log.identities.dropFirst()).subtracting(log.identities).count
        return lacking == 0 ? nil : "\(lacking)"
    }

    // MARK: What waits

    /// In an archive alone each feed waits for what an earlier one has: told once for a feed, with how many changesets stand behind it.
    private static func oncePerFeed(_ findings: [AuditFinding]) -> [AuditFinding] {
        var first: [[String?]: AuditFinding] = [:]
        var counts: [[String?]: Int] = [:]
        for one in findings where one.code == .waiting {
            let feed = [one.place.node, one.place.epoch, one.place.partition]
            counts[feed, default: 0] += 1
            if let held = first[feed], (held.place.sequence ?? 0) <= (one.place.sequence ?? 0) { continue }
            first[feed] = one
        }
        return findings.filter { $0.code != .waiting }
            + first.map { feed, one in AuditFinding(.waiting, one.place, fact: "\(one.fact) ×\(counts[feed] ?? 1)", isFault: false) }
    }
}
