import Foundation
import TestKit
import Testing

/// The suites of others, run through our code: decoder and encoder, envelopes, keys, sealing, Merkle proofs.
///
/// Each suite gives rows in which every vector is counted once. The plan of the checks: no vector disagrees, the number
/// found is the number published, no file and no folder is passed over in silence, and the table of Docs/Testing.md is the
/// one that this run made. `TIAOKUAI_SUITE_TABLE` names a file to write that table to; with `TIAOKUAI_MAKE_VECTORS`
/// set, the page's is written first.
@Suite(.serialized) struct SuiteTests {
    @Test(arguments: ExternalSuite.all) func everyVectorGetsTheVerdictOfItsSuite(_ suite: ExternalSuite) throws {
        switch try #require(SuiteRun.outcomes[suite.folder]) {
        case .missing: print("left out: \(suite.vectors) external vectors of \(suite.folder)")
        case .failed(let error): Issue.record("\(error)")
        case .rows(let rows):
            for row in rows {
                #expect(row.disagreements.isEmpty, "\(row.path)")
                #expect(row.found == row.expected, "\(row.path)")
            }
            #expect(rows.reduce(0) { $0 + $1.found } == suite.vectors)
        }
    }

    @Test(arguments: ExternalSuite.all) func noFileIsPassedOver(_ suite: ExternalSuite) throws {
        guard case .rows(let rows)? = SuiteRun.outcomes[suite.folder], let url = sharedVectors(suite.folder) else { return }
        let files = try SuiteFolder(suite.folder, url).files()
        #expect(files.contains("SOURCE.txt"))
        for file in files where !suite.others.contains(file) {
            #expect(rows.filter { $0.covers("\(suite.folder)/\(file)") }.count == 1, "\(file)")
        }
    }

    @Test func everyFolderOfVectorsHasItsSuite() throws {
        guard let vectors = sharedFolder?.appendingPathComponent("vectors") else { return }
        let folders = try FileManager.default.contentsOfDirectory(atPath: vectors.path)
        #expect(Set(folders) == Set(ExternalSuite.all.map(\.folder)))
    }

    @Test func theTableOfTheTestingPageIsWhatTheRunFound() throws {
        var rows: [SuiteRow] = []
        for suite in ExternalSuite.all {
            guard case .rows(let found)? = SuiteRun.outcomes[suite.folder] else {
                print("left out: the table of Docs/Testing.md is not compared, \(suite.folder) is not beside the package or not readable")
                return
            }
            rows += found
        }
        let table = SuiteTable.markdown(rows)
        print(table)
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["TIAOKUAI_SUITE_TABLE"], !path.isEmpty { try table.write(toFile: path, atomically: true, encoding: .utf8) }
        if environment["TIAOKUAI_MAKE_VECTORS"] != nil { try SuiteTable.putOnThePage(table) }
        #expect(try SuiteTable.onThePage() == table, "Docs/Testing.md: run with TIAOKUAI_MAKE_VECTORS=1")
    }
}
