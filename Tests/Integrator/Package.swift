// swift-tools-version: 6.2
import PackageDescription

// An outside package that builds on the library products, as an integrator's would.
let package = Package(
    name: "integrator",
    dependencies: [.package(name: "tiaokuai", path: "../..")],
    targets: [
        .executableTarget(
            name: "integrator",
            dependencies: [
                .product(name: "TiaokuaiModel", package: "tiaokuai"), .product(name: "TiaokuaiMerge", package: "tiaokuai"),
                .product(name: "TiaokuaiFormat", package: "tiaokuai"), .product(name: "TiaokuaiNode", package: "tiaokuai"),
                .product(name: "TiaokuaiSync", package: "tiaokuai"), .product(name: "TiaokuaiWork", package: "tiaokuai"),
            ])
    ]
)
