import Foundation
import TiaokuaiModel

/// One run of W(n) between two fresh nodes, each phase a process of its own, so that its peak memory is its own too.
public struct BenchReport: Codable, Hashable, Sendable {
    public struct Phase: Codable, Hashable, Sendable {
        public let name: String
        public let seconds: Double
        public let cpuSeconds: Double
        public let peakMegabytes: Double
    }

    public var edits: Int
    /// `generator` for a folder of the generator's; `own` for a workload from our own seed.
    public var source: String
    public var phases: [Phase] = []
    public var bundleBytes: Int64 = 0
    public var digestMatches = false

    /// Export + transfer + import: what the peers count as sync (verifying is part of importing).
    public var syncSeconds: Double { phases.filter { ["export", "transfer", "import"].contains($0.name) }.map(\.seconds).reduce(0, +) }
    public var editsPerSecond: Double { Double(edits) / max(syncSeconds, 1e-9) }
    public var bytesPerEdit: Double { Double(bundleBytes) / Double(max(edits, 1)) }
    public var peakMegabytes: Double { phases.map(\.peakMegabytes).max() ?? 0 }
}

public struct BenchRun {
    /// The executable and its words for each phase; `{county}` and the like are replaced.
    public struct Commands: Sendable {
        public var executable: String
        public var setUp, load, export, `import`: [String]
        public init(executable: String, setUp: [String], load: [String], export: [String], import: [String]) {
            self.executable = executable
            self.setUp = setUp
            self.load = load
            self.export = export
            self.import = `import`
        }
    }

    private struct Meta: Decodable {
        let edits: Int
        let source: String?
        let finalDigest: String

        private enum CodingKeys: String, CodingKey {
            case edits = "n"
            case source
            case finalDigest = "final_digest"
        }
    }

    /// `work` holds base.jsonl, ops.jsonl and meta.json; `scratch` is emptied.
    public static func run(work: String, scratch: String, commands: Commands) throws -> BenchReport {
        let meta = try JSONDecoder().decode(Meta.self, from: Data(contentsOf: URL(fileURLWithPath: work + "/meta.json")))
        try? FileManager.default.removeItem(atPath: scratch)
        let (county, province) = (scratch + "/county", scratch + "/province")
        for path in [county, province] { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        let words = [
            "county": county, "province": province, "base": work + "/base.jsonl", "ops": work + "/ops.jsonl", "out": scratch + "/out.tkb", "in": scratch + "/in.tkb",
        ]
        func filled(_ arguments: [String]) -> [String] {
            arguments.map { argument in words.reduce(argument) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) } }
        }
        var report = BenchReport(edits: meta.edits, source: meta.source ?? "generator")
        report.phases.append(try phase("setup", commands.executable, filled(commands.setUp)))
        report.phases.append(try phase("write", commands.executable, filled(commands.load)))
        report.phases.append(try phase("export", commands.executable, filled(commands.export)))
        report.phases.append(try transfer(from: scratch + "/out.tkb", to: scratch + "/in.tkb"))
        report.phases.append(try phase("import", commands.executable, filled(commands.import)))
        report.bundleBytes = (try FileManager.default.attributesOfItem(atPath: scratch + "/in.tkb")[.size] as? Int64) ?? 0
        report.digestMatches = try Workload.digest(province) == meta.finalDigest
        return report
    }

    private static func phase(_ name: String, _ executable: String, _ arguments: [String]) throws -> BenchReport.Phase {
        var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in argv { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var process: pid_t = 0
        let started = ContinuousClock.now
        guard posix_spawn(&process, executable, &actions, nil, &argv, environ) == 0 else { throw BenchError(phase: name, status: -1) }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        let elapsed = ContinuousClock.now - started
        guard status == 0 else { throw BenchError(phase: name, status: status) }
        func processor(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return .init(
            name: name, seconds: seconds(elapsed), cpuSeconds: processor(usage.ru_utime) + processor(usage.ru_stime), peakMegabytes: Double(usage.ru_maxrss) / 1_024)
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// The hand-over of a stick: copy and fsync.
    private static func transfer(from source: String, to target: String) throws -> BenchReport.Phase {
        let started = ContinuousClock.now
        try FileManager.default.copyItem(atPath: source, toPath: target)
        let handle = open(target, O_RDONLY | O_CLOEXEC)
        fsync(handle)
        close(handle)
        return .init(name: "transfer", seconds: seconds(ContinuousClock.now - started), cpuSeconds: 0, peakMegabytes: 0)
    }
}

public struct BenchError: Error, Hashable, Sendable {
    public let phase: String
    public let status: Int32

    public init(phase: String, status: Int32) {
        self.phase = phase
        self.status = status
    }
}
