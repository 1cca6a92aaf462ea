import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust

/// When a bundle counts as complete, as Docs/Formats/Bundle.md lists it; what is whole in it is taken in any case.
@Suite struct BundleCompletenessTests {
    /// The city's frames for the province, framed and closed as somebody likes.
    private func report(
        _ network: TestNetwork, header change: (inout BundleHeader) -> Void = { _ in }, trailer: (inout BundleTrailer) -> Void = { _ in },
        signedBy signer: String = "zy", with: SigningKey? = nil, _ frames: (inout [Frame]) -> Void = { _ in }, after: [Frame] = []
    ) throws -> ImportReport {
        var header = BundleHeader(
            network: try #require(try network["zy"].settings().network), from: try network.id("zy"), to: try network.id("gs"), written: network.surroundings.now())
        change(&header)
        let whole = [Frame(.header, header.explicitForm)] + (try network.frames("zy", to: "gs", known: Heads([])))
        var digest = BundleDigest()
        for frame in whole { digest.append(frame) }
        var content = digest.trailer
        trailer(&content)
        let key = try with ?? network[signer].folder.readSigningKey()
        var carried = whole
        frames(&carried)
        carried.append(Frame(.trailer, try Statement.sign(content.explicitForm, as: .trailer, key: key)))
        var importer = Importer(network["gs"])
        for frame in carried + after { try importer.feed(frame.bytes) }
        return try importer.finish()
    }

    @Test func aBundleIsCompleteWhenItsTrailerFitsAllBeforeItAndTheSenderSignedIt() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let good = try report(network)
            #expect(good.isComplete && good.damaged.isEmpty && good.frames > 3)

            #expect(throws: NodeError.self) { try report(network, header: { $0.network = NetworkID(.zero) }) }
            // A frame left out, two that changed places, a number or a digest that doesn't fit.
            #expect(try !report(network, { $0.remove(at: 2) }).isComplete)
            #expect(try !report(network, { $0.swapAt(1, 2) }).isComplete)
            #expect(try !report(network, trailer: { $0.frames += 1 }).isComplete)
            #expect(try !report(network, trailer: { $0.digest = .zero }).isComplete)
            // Signed by somebody else who is known, and by nobody who is.
            #expect(try !report(network, signedBy: "gt").isComplete)
            #expect(try !report(network, with: try SigningKey.generate(.ed25519)).isComplete)
            // Something follows.
            let more = Frame(.checkpoint, try network["zy"].checkpoint())
            #expect(try !report(network, after: [more]).isComplete)
        }
    }

    /// An author may write what no reader expects; what else he wrote is taken all the same.
    @Test func aSecondHeaderIsRefusedAndCostsNothingButItself() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let good = try report(network)
            for payload in [BundleHeader(network: NetworkID(.zero), from: try network.id("zy"), to: nil, written: network.surroundings.now()).explicitForm, [0]] {
                let twice = try report(network, { $0.insert(Frame(.header, payload), at: 2) })
                #expect(twice.frames == good.frames + 1 && twice.duplicates == good.duplicates && twice.refused.count == 1)
                #expect(twice.header?.network == good.header?.network && !twice.isComplete)
            }
        }
    }

    @Test func whatIsDamagedAnywhereIsNotComplete() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let path = network.path("whole.tkb")
            try network.deliver(try network.frames("zy", to: "gs", known: Heads([])), from: "zy", to: "gs")
            try FileManager.default.copyItem(atPath: network.path("hostile.tkb"), toPath: path)
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            var importer = Importer(network["gs"])
            try importer.feed([0, 0, 0] + bytes)
            let report = try importer.finish()
            // Noise before the header belongs to no frame, so the trailer fits; and yet the file is not what was written.
            #expect(!report.isComplete && report.damaged.map(\.length) == [3])
            #expect(report.fault == .damaged)
        }
    }
}
