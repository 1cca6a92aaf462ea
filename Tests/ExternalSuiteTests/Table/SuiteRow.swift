/// One row of the table: a file, or a folder of many small ones, and what became of its vectors. Every vector is counted
/// once: accepted, refused, or left out with a reason.
struct SuiteRow {
    /// Below `vectors`. One that ends with an asterisk stands for every file whose path begins so.
    let path: String
    /// How many vectors there must be.
    let expected: Int
    private(set) var accepted = 0
    /// By code: refused, as the suite demands.
    private(set) var refused: [String: Int] = [:]
    /// By code: refused by our profile, though the suite admits them.
    private(set) var profile: [String: Int] = [:]
    /// By reason.
    private(set) var leftOut: [String: Int] = [:]
    /// What a reader of the table must know besides.
    var note = ""
    /// Where our code and the suite differ; empty in a good run.
    private(set) var disagreements: [String] = []

    init(_ path: String, expecting expected: Int) {
        self.path = path
        self.expected = expected
    }

    var found: Int { accepted + (Array(refused.values) + profile.values + leftOut.values).reduce(0, +) }

    /// Counts one vector.
    ///
    /// - Parameters:
    ///   - name: how the suite calls it.
    ///   - also: further things that must hold of it, such as a value that must come out.
    mutating func judge(_ name: @autoclosure () -> String, _ verdict: Verdict, demanding demand: Demand, also holds: Bool = true) {
        switch (verdict, demand) {
        case (.accepted, _): accepted += 1
        case (.refused(let code), .refuseByProfile): profile[code, default: 0] += 1
        case (.refused(let code), _): refused[code, default: 0] += 1
        }
        if !demand.isMet(by: verdict) { disagreements.append("\(name()): \(demand) was due, \(verdict) came out") }
        if !holds { disagreements.append("\(name()): another value came out") }
    }

    /// Notes that something besides a verdict isn't as the suite says.
    mutating func demand(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { disagreements.append(what()) }
    }

    mutating func leaveOut(_ reason: String, _ count: Int = 1) { leftOut[reason, default: 0] += count }

    /// Whether a file, named by its path below `vectors`, is one of this row's.
    func covers(_ file: String) -> Bool { path.hasSuffix("*") ? file.hasPrefix(path.dropLast()) : file == path }
}
