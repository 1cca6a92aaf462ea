import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSync

@Suite struct ScratchTests {
    @Test func joins() throws {
        for round in 0..<12 {
            try withTemporaryFolder { folder in
                let network = ExampleNetwork(in: folder)
                try network.enrolToCounty()
                do { try network.enrol("gt2", by: "zy", consentOf: "gt"); print(round, "ok") } catch {
                    print(round, error)
                    let zy = network["zy"].node
                    print("zy faults", try zy.ask { $0.trust?.faults.values.map(\.rawValue) as Any })
                    let path = folder.appendingPathComponent("gt2").path
                    let node = try Node(opening: path)
                    try node.ask { view in
                        print("gt2 valid", view.trust?.valid.values.map { $0.content.name } as Any, view.trust?.faults.values.map(\.rawValue) as Any)
                        for w in try view.reader.waiting() { print("waiting", w.what, w.item.hex.prefix(8)) }
                        for f in try view.reader.feeds() { print(f.feed.node.short, f.feed.partition, try view.reader.heads(ofFeed: f.ref).map(\.sequence)) }
                        for ref in try view.reader.changesets() { let c = try view.reader.changeset(ref); print(c.feed, c.sequence, c.state, c.reason ?? "") }
                    }
                    let report = try BundleFile.import(node, path: folder.appendingPathComponent("gt2-grant.tkb").path)
                    print(report.accepted.count, report.duplicates, report.waiting, report.refused, report.damaged)
                }
            }
        }
    }
}
