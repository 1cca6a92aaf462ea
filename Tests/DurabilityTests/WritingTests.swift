import TestKit
import Testing
import TiaokuaiSync
import TiaokuaiWork

@testable import TiaokuaiNode

/// Writing and sealing at the county, cut and disturbed.
@Suite struct WritingTests {
    static let paths = Result { () -> [WritePath] in
        let network = try Network.shared.get()
        return [
            WritePath(
                name: "one figure after another", folder: network.snapshot("gt-first"),
                steps: [
                    write("a new record", [Drafts.figure("9.5", period: "2020-07")]), write("another unit's claim", [Drafts.figure("15.6", unit: Network.county)]),
                    write("the same unit's next", [Drafts.figure("14.3")]),
                ]),
            WritePath(
                name: "several at once", folder: network.snapshot("gt-enrolled"),
                steps: [write("policy", Drafts.grain(mode: .lineFirst)), write("figures", [Drafts.figure("14.2"), Drafts.figure("9.5", period: "2020-07")])]),
            WritePath(
                name: "bulk over the batch limit", folder: network.snapshot("gt-first"),
                steps: [
                    write("one that waits", Drafts.progress(1...1, value: 7)), write("two batches and four", Drafts.progress(1...20, value: 2)),
                    write("a batch of later claims", Drafts.progress(3...12, value: 3)),
                ]),
            WritePath(
                name: "named people", folder: network.snapshot("gt-first"),
                steps: [write("one", [Drafts.named(1)]), write("with a figure", [Drafts.named(2), Drafts.figure("1")]), seal, write("after sealing", [Drafts.named(3)])]),
            WritePath(
                name: "sealing two partitions", folder: network.snapshot("gt-first"),
                steps: [
                    write("policy and work", [Drafts.matrix(mode: .blockFirst), Drafts.figure("14.3")] + Drafts.progress(1...9, value: 4)), seal,
                    write("on top of it", [Drafts.figure("14.4")] + Drafts.progress(1...2, value: 5)), seal,
                ]),
            WritePath(
                name: "a matrix that turns the mode round", folder: network.snapshot("gt-second"),
                steps: [write("block first", [Drafts.matrix(mode: .blockFirst)]), write("line first again", [Drafts.matrix(mode: .lineFirst)])]),
        ]
    }

    static func write(_ name: String, _ drafts: [Draft]) -> WritePath.Step { .init(name: name) { try $0.write(drafts) } }

    static let seal = WritePath.Step(name: "seal", isRepeatable: true) { try $0.seal() }

    @Test(arguments: try paths.get())
    func whatWasAcknowledgedIsThereAndTheRestIsWholeOrNotAtAll(path: WritePath) throws {
        try expectEveryFault(path)
    }
}
