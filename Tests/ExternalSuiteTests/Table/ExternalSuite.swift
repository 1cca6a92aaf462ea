import Foundation
import TestKit
import Testing

/// One folder of vectors that others published, and how it is run through our code.
struct ExternalSuite: Sendable {
    /// Its name below `shared/vectors`.
    let folder: String
    /// How many vectors it holds: asserted when it is there, and said when it isn't.
    let vectors: Int
    /// Files without vectors, by their path in the folder: licences, explanations, keys that the vectors repeat.
    let others: Set<String>
    /// Runs the vectors of the folder given.
    let run: @Sendable (SuiteFolder) throws -> [SuiteRow]

    init(_ folder: String, vectors: Int, others: Set<String> = [], run: @escaping @Sendable (SuiteFolder) throws -> [SuiteRow]) {
        self.folder = folder
        self.vectors = vectors
        self.others = others.union(["SOURCE.txt"])
        self.run = run
    }
}

extension ExternalSuite: CustomTestStringConvertible {
    var testDescription: String { folder }
}

/// What a run over every suite gave; each suite is run once, whichever tests ask.
enum SuiteRun {
    enum Outcome: Sendable {
        case rows([SuiteRow])
        /// The folder isn't beside the package.
        case missing
        /// A file that could not be read as what it should be.
        case failed(String)
    }

    static let outcomes: [String: Outcome] = Dictionary(uniqueKeysWithValues: ExternalSuite.all.map { ($0.folder, outcome(of: $0)) })

    private static func outcome(of suite: ExternalSuite) -> Outcome {
        guard let url = sharedVectors(suite.folder) else { return .missing }
        do {
            return .rows(try suite.run(SuiteFolder(suite.folder, url)))
        } catch {
            return .failed("\(error)")
        }
    }
}
