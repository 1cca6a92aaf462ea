import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync

@testable import TiaokuaiNode

/// Founding, granting, accepting, and what is carried on a stick, cut and disturbed.
@Suite struct EnrolmentTests {
    static let paths = Result { () -> [WritePath] in
        let network = try Network.shared.get()
        let grant = network.snapshot("gt-grant.tkb")
        let stick = network.snapshot("gt-zy.tkb")
        let city = try Node.readRequest(network.cityRequest)
        return [
            WritePath(
                name: "founding a network", folder: network.snapshot("gs-new"),
                steps: [
                    .init(name: "found") { try $0.found(plan: Network.provincePlan, isRehearsal: true) },
                    .init(name: "grant") { _ = try $0.grant(city, by: Network.province, person: "clerk") }, WritingTests.seal,
                ]),
            WritePath(
                name: "granting", folder: network.snapshot("gs-founded"),
                steps: [.init(name: "grant") { _ = try $0.grant(city, by: Network.province, person: "clerk") }, WritingTests.seal]),
            WritePath(
                name: "accepting a grant", folder: network.snapshot("gt-new"),
                steps: [
                    .init(name: "import", isAtomic: false, isRepeatable: true) { node in
                        let report = try BundleFile.import(node, path: grant, isEnrolling: true)
                        #expect(report.isComplete)
                    },
                    .init(name: "adopt", isRepeatable: true) { try $0.adoptCredential() },
                    .init(name: "defaults", isRepeatable: true) { try $0.setDefaults(unit: Network.countyFood, person: "clerk") },
                    WritingTests.write("policy", Drafts.grain(mode: .lineFirst)), WritingTests.seal,
                ]),
            WritePath(
                name: "writing a stick", folder: network.snapshot("gt-second"),
                steps: [
                    WritingTests.write("a figure", [Drafts.figure("14.3")]),
                    .init(name: "export", isAtomic: false, isRepeatable: true) { node in
                        let path = (node.folder.path as NSString).deletingLastPathComponent + "/out.tkb"
                        _ = try BundleFile.export(node, to: city.subject, path: path)
                    },
                ]),
            WritePath(
                name: "reading a stick", folder: network.snapshot("zy-enrolled"),
                steps: [
                    .init(name: "import", isAtomic: false, isRepeatable: true) { node in
                        let report = try BundleFile.import(node, path: stick)
                        #expect(report.isComplete && report.refused.isEmpty && report.waiting.isEmpty)
                    }
                ]),
        ]
    }

    @Test(arguments: try paths.get())
    func whatWasAcknowledgedIsThereAndTheRestIsWholeOrNotAtAll(path: WritePath) throws {
        try expectEveryFault(path)
    }

    /// A folder is a node that can sign, or none, and then the same command makes it.
    @Test func aNewFolderIsAWholeNodeOrNone() throws {
        func make(_ path: String, _ fault: Fault? = nil) throws {
            let folder = NodeFolder(path: path)
            try Stage.make(folder, fault) { try Node.fill(folder, plan: Network.countyPlan, Stage.surroundings()) }
            try Stage.open(path).store.close()
        }
        let place = { (folder: URL) in folder.appendingPathComponent("node").path }
        let played = try playFaults(
            FaultSample(perFault: 6, seed: 1), watched: { URL(fileURLWithPath: place($0)) }, journal: { false },
            prepare: { try FileManager.default.createDirectory(atPath: place($0), withIntermediateDirectories: true) },
            act: { folder, fault, isMade in
                try Stage.patiently(fault, unless: { NodeFolder(path: place(folder)).exists }) { try make(place(folder), fault) }
                isMade = true
            },
            check: { folder, isMade, point in
                let path = place(folder)
                if !NodeFolder(path: path).exists {
                    #expect(!isMade, "\(point)")
                    try make(path)
                }
                try Stage.with(path) { node in
                    let settings = try node.settings()
                    #expect(try node.signingKey(settings).verifyingKey.nodeID == settings.node, "\(point)")
                    #expect(try Node.readRequest(node.makeRequest(plan: Network.countyPlan, depth: nil)).subject == settings.node, "\(point)")
                    #expect(try node.store.integrityFindings() == [], "\(point)")
                }
                #expect(throws: NodeError(.folderNotEmpty, ["path": path])) { try make(path) }
            })
        expectEveryFault("a new folder", played)
    }
}
