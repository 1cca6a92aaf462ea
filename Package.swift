// swift-tools-version: 6.2
import PackageDescription

// Tiaokuai: one target per layer, lowest first. Nothing imports upwards and siblings do not see
// each other; the comment above each target says what it is and what it may not do.
//
// TIAOKUAI_ONLY=<target>[,<target>] keeps just those targets and what they stand on, so that the
// pure modules resolve, build and test in a minute, without SQLite and the HTTP stack (`make core`).

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let hummingbird = "hummingbird"
let everyDependency: [(name: String, package: Package.Dependency)] = [
    ("GRDB.swift", .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0")),
    ("Yams", .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2")),
    ("swift-argument-parser", .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")),
    ("swift-log", .package(url: "https://github.com/apple/swift-log", exact: "1.16.2")),
    ("swift-service-lifecycle", .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0")),
    ("hummingbird", .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1")),
    ("async-http-client", .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0")),
    ("swift-nio", .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2")),
    ("swift-nio-ssl", .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6")),
]

func pure(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// `data`: folders of files that the tests read where they lie.
func tests(_ name: String, _ dependencies: [Target.Dependency], data: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: data, swiftSettings: strict)
}

let everyTarget: [Target] = [
    // libcrypto's headers and the few inline shims Swift needs; nothing else.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // libzstd's headers.
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    // Regions, lines, units, records, claims, operations, exact decimals, field tables. No I/O, clock, randomness.
    pure("TiaokuaiModel"),
    // SHA-256 and SM3 through libcrypto. Pure functions of bytes.
    pure("TiaokuaiHash", ["COpenSSL", "TiaokuaiModel"]),
    // 条块结合: settle, the five evaluators, precedence, explain. Pure; needs no key and no table.
    pure("TiaokuaiMerge", ["TiaokuaiModel", "TiaokuaiHash"]),
    // CBOR, operations, changesets, credentials, receipts, bundles: bytes ⇄ values. Pure.
    pure("TiaokuaiFormat", ["TiaokuaiModel", "TiaokuaiHash", "CZstd"]),
    // RFC 9162 Merkle log: roots, inclusion and consistency proofs. Pure.
    pure("TiaokuaiLog", ["TiaokuaiModel", "TiaokuaiHash"]),
    // What people type and what spreadsheets hold: digits, measures, periods, CSV, encodings → values of the model. Pure.
    pure("TiaokuaiEntry", ["TiaokuaiModel"]),
    // Suites over libcrypto, keys, COSE_Sign1 signing and verifying, credential chains.
    pure("TiaokuaiTrust", ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiFormat", "COpenSSL"]),
    // The few declarations of PKCS#11 that a token behind a `Signer` needs, and dlopen.
    .systemLibrary(name: "CPKCS11"),
    // A signing key on a PKCS#11 token, opened by dlopen: nothing is linked, and whoever has no token needs nothing.
    pure("TiaokuaiToken", ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiTrust", "CPKCS11"]),
    // What only its receivers can read: HPKE (RFC 9180) and the GM suite over libcrypto, in chunks. Knows no file and no frame.
    pure("TiaokuaiSeal", ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiFormat", "TiaokuaiTrust", "COpenSSL"]),
    // The offices' work as tables of fields and rules: documents, measures, targets, cells, ledger, … Data, no engine.
    pure("TiaokuaiWork", ["TiaokuaiModel"]),
    // The only module that knows SQL.
    pure(
        "TiaokuaiStore",
        ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiFormat", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    // One node on one folder: write, seal, receive in strata, settle, explain. Knows neither HTTP nor bundle files.
    pure(
        "TiaokuaiNode", ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiMerge", "TiaokuaiFormat", "TiaokuaiLog", "TiaokuaiTrust", "TiaokuaiWork", "TiaokuaiStore"]),
    // What to send, what to take, and the bundle file; one engine for every carrier. Knows no HTTP.
    pure("TiaokuaiSync", ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiFormat", "TiaokuaiTrust", "TiaokuaiSeal", "TiaokuaiStore", "TiaokuaiNode"]),
    // The format pages, the golden files and the verifier in Python, as bytes: what an archive carries beside a year's history.
    .target(name: "CArchivePages", path: "Sources/CArchivePages"),
    // Verifying the history and proving it to others; comparing what two hold. Knows no kinds of work and prints nothing.
    pure(
        "TiaokuaiAudit",
        [
            "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiFormat", "TiaokuaiLog", "TiaokuaiTrust", "TiaokuaiSeal", "TiaokuaiWork", "TiaokuaiStore", "TiaokuaiNode",
            "TiaokuaiSync", "CArchivePages",
        ]),
    // What people do at a node: publish documents, report figures, keep the ledger, look things up by readable reference.
    pure(
        "TiaokuaiOffice",
        [
            "TiaokuaiModel", "TiaokuaiMerge", "TiaokuaiFormat", "TiaokuaiWork", "TiaokuaiEntry", "TiaokuaiTrust", "TiaokuaiStore", "TiaokuaiNode",
            .product(name: "Yams", package: "Yams"),
        ]),
    // The bench's workload between two nodes: set up, load, dump, measure.
    pure("TiaokuaiBench", ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiMerge", "TiaokuaiFormat", "TiaokuaiWork", "TiaokuaiEntry", "TiaokuaiTrust", "TiaokuaiStore", "TiaokuaiNode", "TiaokuaiSync"]),
    // Every sentence a person reads, by code, in zh-CN and en. Nothing else makes sentences.
    pure("TiaokuaiWording", ["TiaokuaiModel"]),
    // The audit's report as a page for paper, its pictures and its data: bytes out of plain facts. No file, no clock, no node.
    pure("TiaokuaiReport", ["TiaokuaiModel", "TiaokuaiOffice", "TiaokuaiWording"]),
    // The same bytes over HTTP: Hummingbird serves, AsyncHTTPClient asks.
    pure(
        "TiaokuaiHTTP",
        [
            "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiFormat", "TiaokuaiTrust", "TiaokuaiNode", "TiaokuaiSync",
            .product(name: "Hummingbird", package: hummingbird), .product(name: "HummingbirdTLS", package: hummingbird),
            .product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name: "Logging", package: "swift-log"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]),
    // The command line; the one place where all parts meet.
    .executableTarget(
        name: "tiaokuai",
        dependencies: [
            "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiMerge", "TiaokuaiFormat", "TiaokuaiLog", "TiaokuaiTrust", "TiaokuaiEntry", "TiaokuaiWork",
            "TiaokuaiStore",
            "TiaokuaiSeal", "TiaokuaiToken", "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiAudit", "TiaokuaiOffice", "TiaokuaiWording", "TiaokuaiReport", "TiaokuaiHTTP", "TiaokuaiBench",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ], swiftSettings: strict),

    // Plays the demo of Nodes/ with the built binary as processes and compares what it says with one table of expectations.
    .executableTarget(name: "demo", dependencies: ["TiaokuaiModel", .product(name: "Yams", package: "Yams")], path: "Tests/Demo", swiftSettings: strict),

    // The bench without the HTTP stack, so that a release build takes minutes (`make bench`).
    .executableTarget(
        name: "bench",
        dependencies: [
            "TiaokuaiBench", "TiaokuaiAudit", "TiaokuaiOffice", "TiaokuaiSync", "TiaokuaiNode", "TiaokuaiStore", "TiaokuaiLog", "TiaokuaiFormat", "TiaokuaiHash",
            "TiaokuaiModel", "TiaokuaiWork", .product(name: "GRDBSQLite", package: "GRDB.swift"),
        ], path: "Tests/Bench", swiftSettings: strict),

    // Test tools. The naive model shares no code with the engine: it imports TiaokuaiModel and nothing else of ours.
    .target(name: "NaiveModel", dependencies: ["TiaokuaiModel"], path: "Tests/NaiveModel", swiftSettings: strict),
    // The checkers of the simulator: judge what was seen at a node by the ledger of what people did and by the naive model.
    .target(name: "LifeChecks", dependencies: ["TiaokuaiModel", "NaiveModel"], path: "Tests/LifeChecks", swiftSettings: strict),
    // Whole lives of a made-up province out of one seed: people, clocks, wires, sticks, crashes, restores, stolen keys.
    .target(
        name: "Simulator",
        dependencies: [
            "LifeChecks", "TestKit", "TestMedia", "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiMerge", "TiaokuaiFormat", "TiaokuaiTrust", "TiaokuaiSeal", "TiaokuaiWork",
            "TiaokuaiStore", "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiOffice",
        ], path: "Tests/Simulator", swiftSettings: strict),
    .executableTarget(name: "simulate", dependencies: ["Simulator", "LifeChecks"], path: "Tests/Simulate", swiftSettings: strict),
    // A SQLite VFS that drops what was not synced at a simulated power cut and fails or fills up at the n-th call.
    .target(name: "CFaultVFS", path: "Tests/CFaultVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
    // Seeded randomness, temporary folders, the shared vectors, the fault VFS as Swift, disks and sticks that fail.
    .target(name: "TestKit", dependencies: ["TiaokuaiModel", "CFaultVFS"], path: "Tests/TestKit", swiftSettings: strict),
    // Those disks and sticks in the place of a node's own calls.
    .target(name: "TestMedia", dependencies: ["TestKit", "TiaokuaiNode"], path: "Tests/TestMedia", swiftSettings: strict),

    tests("TiaokuaiModelTests", ["TiaokuaiModel"]),
    tests("TiaokuaiEntryTests", ["TiaokuaiEntry", "TiaokuaiModel"]),
    tests("TiaokuaiHashTests", ["TiaokuaiHash", "TiaokuaiModel"]),
    tests("TiaokuaiMergeTests", ["TiaokuaiMerge", "TiaokuaiModel", "TiaokuaiHash"]),
    tests("MergePropertyTests", ["TiaokuaiMerge", "TiaokuaiModel", "TiaokuaiHash", "NaiveModel", "TestKit"]),
    tests("TiaokuaiFormatTests", ["TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiHash", "TestKit"]),
    tests("TiaokuaiLogTests", ["TiaokuaiLog", "TiaokuaiModel", "TiaokuaiHash", "TestKit"]),
    tests("TiaokuaiTrustTests", ["TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiHash", "TestKit"]),
    tests("TiaokuaiSealTests", ["TiaokuaiSeal", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiHash", "TestKit"]),
    // Against SoftHSM; says that it ran nothing where there is none.
    tests("TiaokuaiTokenTests", ["TiaokuaiToken", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiHash", "TestKit"]),
    // The suites of others: CBOR, COSE, signatures, sealing, Merkle proofs. Read where they lie; without them it says how many were left out.
    tests(
        "ExternalSuiteTests",
        ["TiaokuaiSeal", "TiaokuaiTrust", "TiaokuaiLog", "TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiHash", "TestKit"]),
    tests("TestKitTests", ["TestKit", "TiaokuaiModel", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    tests(
        "TiaokuaiNodeTests",
        [
            "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiStore", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiMerge", "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiLog",
            "TiaokuaiWork", "TestKit", "TestMedia",
        ]),
    // Every bit, every log entry, rewritten pasts, split views: found; and proofs that anybody can check.
    tests(
        "TiaokuaiAuditTests",
        [
            "TiaokuaiAudit", "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiStore", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiLog",
            "TiaokuaiWork", "TestKit", .product(name: "GRDB", package: "GRDB.swift"),
        ]),
    // Power cuts, failing disks, full media, two commands at once: every write path of a node.
    tests(
        "DurabilityTests",
        [
            "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiStore", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiMerge", "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiWork",
            "TestKit", "TestMedia", .product(name: "GRDB", package: "GRDB.swift"),
        ]),
    tests(
        "TiaokuaiOfficeTests",
        [
            "TiaokuaiOffice", "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiStore", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiMerge", "TiaokuaiModel",
            "TiaokuaiWork", "TiaokuaiEntry", "TestKit", .product(name: "GRDB", package: "GRDB.swift"),
        ]),
    // Pages and pictures made again to the byte, hostile names, 86 counties by 12 months.
    tests("TiaokuaiReportTests", ["TiaokuaiReport", "TiaokuaiOffice", "TiaokuaiWording", "TiaokuaiModel"]),
    // Situations of the offices over three tiers, each in every order in which its bundles can arrive.
    tests(
        "TiaokuaiCaseTests",
        [
            "TiaokuaiOffice", "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiStore", "TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiWork", "TestKit",
        ]),
    tests(
        "TiaokuaiHTTPTests",
        [
            "TiaokuaiHTTP", "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiModel", "TiaokuaiHash", "TiaokuaiWork", "TestKit",
            .product(name: "Logging", package: "swift-log"), .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        ]),
    // Golden files of the formats, the pages of Docs/Formats and bundles of real nodes; Tests/Verifier reads the same files.
    tests(
        "VectorTests",
        [
            "TiaokuaiAudit", "TiaokuaiNode", "TiaokuaiSync", "TiaokuaiSeal", "TiaokuaiTrust", "TiaokuaiFormat", "TiaokuaiLog", "TiaokuaiModel", "TiaokuaiHash",
            "TiaokuaiWork", "TestKit",
        ], data: ["Vectors"]),
    // Every part that has codes, to see that none is without its sentences.
    tests(
        "TiaokuaiWordingTests",
        [
            "TiaokuaiWording", "TiaokuaiModel", "TiaokuaiMerge", "TiaokuaiFormat", "TiaokuaiTrust", "TiaokuaiToken", "TiaokuaiSeal", "TiaokuaiLog", "TiaokuaiEntry", "TiaokuaiWork",
            "TiaokuaiStore", "TiaokuaiNode", "TiaokuaiAudit", "TiaokuaiOffice", "TiaokuaiHTTP",
        ]),
    // Whole processes: the built binary in folders of its own.
    tests("ProcessTests", ["tiaokuai", "TestKit", "TiaokuaiModel", "TiaokuaiWording", .product(name: "GRDB", package: "GRDB.swift")]),
    tests("TiaokuaiWorkTests", ["TiaokuaiWork", "TiaokuaiModel"]),
]

let only = Set((Context.environment["TIAOKUAI_ONLY"] ?? "").split(separator: ",").map(String.init))

func names(_ dependency: Target.Dependency) -> (target: String?, package: String?) {
    switch dependency {
    case .byNameItem(let name, _), .targetItem(let name, _): (name, nil)
    case .productItem(_, let package, _, _): (nil, package)
    @unknown default: (nil, nil)
    }
}

@MainActor
func closure(of roots: Set<String>) -> Set<String> {
    var seen: Set<String> = []
    var open = Array(roots)
    while let name = open.popLast() {
        guard seen.insert(name).inserted, let target = everyTarget.first(where: { $0.name == name }) else { continue }
        for case let next? in target.dependencies.map({ names($0).target }) where !seen.contains(next) { open.append(next) }
    }
    return seen
}

let kept = only.isEmpty ? Set(everyTarget.map(\.name)) : closure(of: only)
let targets = everyTarget.filter { kept.contains($0.name) }
let packages = Set(targets.flatMap { $0.dependencies.compactMap { names($0).package } })

let package = Package(
    name: "tiaokuai",
    products: targets.filter { $0.type == .regular && $0.path == nil }.map { .library(name: $0.name, targets: [$0.name]) }
        + targets.filter { $0.type == .executable }.map { .executable(name: $0.name, targets: [$0.name]) },
    dependencies: everyDependency.filter { packages.contains($0.name) }.map(\.package),
    targets: targets,
    swiftLanguageModes: [.v6]
)
