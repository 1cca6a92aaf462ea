import TiaokuaiTrust

/// One decoder of bytes from outside, as the fuzzer meets it. It may refuse; it may not crash, hang, or take memory beyond its
/// limits. What it accepts must encode to the same bytes where the format says that there is one spelling.
struct Decoder: Sendable {
    let name: String
    /// The kinds of golden files that it starts from.
    let seeds: [String]
    /// Longest input in bytes that is worth trying.
    let longest: Int
    /// Seeds that only the fuzzer can make.
    let made: @Sendable () throws -> [[UInt8]]
    let read: @Sendable ([UInt8]) -> Void

    init(
        _ name: String, seeds: [String], longest: Int = 2_048, made: @escaping @Sendable () throws -> [[UInt8]] = { [] },
        _ read: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.name = name
        self.seeds = seeds
        self.longest = longest
        self.made = made
        self.read = read
    }

    /// For what has one spelling: `read` gives the bytes that it would be written as, or throws.
    init(_ name: String, seeds: [String]? = nil, spelling read: @escaping @Sendable ([UInt8]) throws -> [UInt8]) {
        self.init(name, seeds: seeds ?? [name]) { input in
            guard let written = try? read(input) else { return }
            precondition(written == input, "a second spelling was accepted: \(name)")
        }
    }

    /// For a signed statement of this sort: its envelope and its content are both read.
    init(_ name: String, statement type: StatementType, seeds: [String]? = nil, content read: @escaping @Sendable ([UInt8]) throws -> [UInt8]) {
        self.init(name, seeds: seeds ?? [name]) { input in
            let claimed = (try? UnverifiedStatement(input, type))?.claimed
            for content in [input] + (claimed.map { [$0] } ?? []) {
                guard let written = try? read(content) else { continue }
                precondition(written == content, "a second spelling was accepted: \(name)")
            }
        }
    }

    static let all: [Decoder] = cbor + operations + trust + logs + bundles + keys + wire
}
