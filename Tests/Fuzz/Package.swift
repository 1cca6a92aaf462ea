// swift-tools-version: 6.2
import PackageDescription

// A package of its own: a plain build of the main one could not link a fuzzer. Built by `run.sh` with libFuzzer.
let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "tiaokuai", path: "../..")],
    targets: [
        .executableTarget(
            name: "FuzzDecoders",
            dependencies: [
                .product(name: "TiaokuaiFormat", package: "tiaokuai"), .product(name: "TiaokuaiTrust", package: "tiaokuai"),
                .product(name: "TiaokuaiSeal", package: "tiaokuai"), .product(name: "TiaokuaiModel", package: "tiaokuai"),
            ],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ]
)
