import Testing
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel

/// Fields of the kind that all scenes play on: one of each rule.
enum F {
    static let text = number("text")
    static let remark = number("remark")
    static let floor = number("floor")
    static let value = number("value")
    static let due = number("due")
    static let holder = number("department")
    static let status = number("status")
    static let files = number("files")

    static func number(_ name: String) -> FieldNumber { Scene.kind.field(named: name)?.number ?? FieldNumber(wire: 0) }
}

/// Units of three tiers: Gaotai county, Zhangye city, Gansu province.
enum U {
    static let county: UnitID = "620724.gov"
    static let countyLine: UnitID = "620724.drc"
    static let countyLine2: UnitID = "620724.commerce"
    static let countyHelp: UnitID = "620724.finance"
    static let countyHelp2: UnitID = "620724.audit"
    static let countyStats: UnitID = "620724.stats"
    static let countyOther: UnitID = "620724.water"
    static let city: UnitID = "620700.gov"
    static let cityLine: UnitID = "620700.drc"
    static let cityHelp: UnitID = "620700.finance"
    static let cityStats: UnitID = "620700.stats"
    static let province: UnitID = "620000.gov"
    static let provinceLine: UnitID = "620000.drc"
    static let stranger: UnitID = "622921.gov"
}

/// A record, told operation by operation. Names stand for identities; `seen` says what the author held.
struct Scene {
    static let kind = KindTable(
        "test", "试验", .work, key: [.init("name", .text)], issuer: .government, reporter: .indicatorReporter,
        fields: [
            FieldSpec("text", 16, .public, .soleIssuer, .text, "正文"),
            FieldSpec("remark", 17, .internal, .soleReporter, .text, "说明"),
            FieldSpec("floor", 18, .public, .strictest(.floor), .decimal, "下限"),
            FieldSpec("value", 19, .internal, .authority, .decimal, "数值"),
            FieldSpec("due", 20, .internal, .authority, .day, "期限"),
            FieldSpec("department", 21, .internal, .holder, .text, "责任部门"),
            FieldSpec("status", 22, .internal, .workflow, .text, "状态"),
            FieldSpec("files", 23, .internal, .set, .text, "附件"),
        ],
        workflow: Workflow(
            states: ["reopened", "open", "inProgress", "resolvedClaimed", "verified", "closed"],
            events: [
                .init("open", from: [""], to: "open", by: [.lead, .government]),
                .init("urge", from: ["open"], to: "open", by: [.superior]),
                .init("start", from: ["open", "reopened"], to: "inProgress", by: [.holder("department")]),
                .init("resolve", from: ["open", "reopened", "inProgress"], to: "resolvedClaimed", by: [.holder("department"), .lead], needsEvidence: true),
                .init("verify", from: ["resolvedClaimed"], to: "verified", by: [.lead, .superiorUnit], notByAuthorOf: "resolve"),
                .init(
                    "close", from: ["resolvedClaimed", "verified"], to: "closed", by: [.government, .issuer], needsEvidence: true, needsNames: true,
                    notByAuthorOf: "resolve"),
                .init("reopen", from: ["resolvedClaimed", "verified", "closed"], to: "reopened", by: [.anyone], opensEpisode: true),
            ]))

    var table = Scene.kind
    var governing: Governance
    var cited: [OperationID: Governance] = [:]
    var superseded: Set<OperationID> = []
    /// Changes every identity, and with it every order that an identity could give.
    var salt = 0
    private(set) var story: [(name: String, operation: (Scene) -> JudgedOperation)] = []

    init(_ modes: ResponsibilityMode...) {
        let mode = { (tier: Int) in tier < modes.count ? modes[tier] : .unspecified }
        func source(_ tier: Int) -> Source? {
            mode(tier) == .unspecified ? nil : Source(document: "高台县六保方案", clause: "一(五)", formula: mode(tier) == .lineFirst ? "以条为主" : "以块为主")
        }
        governing = Governance(
            tiers: [
                GoverningTier(
                    region: "620724", government: U.county, lineUnits: [U.countyLine, U.countyLine2], cooperating: [U.countyHelp, U.countyHelp2],
                    mode: mode(0), source: source(0)),
                GoverningTier(region: "620700", government: U.city, lineUnits: [U.cityLine], cooperating: [U.cityHelp], mode: mode(1), source: source(1)),
                GoverningTier(region: "620000", government: U.province, lineUnits: [U.provinceLine], mode: mode(2), source: source(2)),
            ],
            tierOfUnit: [
                U.county: 0, U.countyLine: 0, U.countyLine2: 0, U.countyHelp: 0, U.countyHelp2: 0, U.countyStats: 0, U.countyOther: 0, U.city: 1,
                U.cityLine: 1, U.cityHelp: 1, U.cityStats: 1, U.province: 2, U.provinceLine: 2,
            ],
            issuers: [U.county], reporters: [U.countyLine, U.countyLine2])
    }

    var record: RecordID { RecordID(sha256(Array("record \(salt)".utf8))) }
    var versions: GoverningVersions { GoverningVersions(governing, cited: cited, superseded: superseded) }
    var operations: [JudgedOperation] { story.map { $0.operation(self) } }

    func id(_ name: String) -> OperationID { OperationID(sha256(Array("\(salt)/\(name)".utf8))) }
    func name(of id: OperationID) -> String { story.first { self.id($0.name) == id }?.name ?? "?" }

    /// `seen` nil: the author held everything told so far.
    mutating func tell(
        _ name: String, _ unit: UnitID, _ fields: [(FieldNumber, Value?)], seen: [String]? = nil, names: [String] = [], ground: String? = nil,
        evidence: String? = nil, newFact: String? = nil, under: String? = nil, written: Int64 = 0, void: VoidReason? = nil, of record: RecordID? = nil
    ) {
        let before = story.map(\.name)
        let number = UInt64(story.count + 1)
        story.append(
            (
                name,
                { scene in
                    var all = fields
                    if let ground { all.append((.ground, .text(ground))) }
                    if let evidence { all.append((.evidence, .text(evidence))) }
                    if let newFact { all.append((.newFact, .text(newFact))) }
                    let operation = Operation(
                        record: record ?? scene.record, unit: unit, person: "clerk", written: Written(milliseconds: written),
                        origin: Origin(epoch: Epoch(high: 0, low: 1), number: number), under: under.map(scene.id),
                        seen: (seen ?? before).map(scene.id).sorted(), names: names.map(scene.id).sorted(),
                        fields: all.map { Operation.Field($0.0, $0.1) }.sorted { $0.number < $1.number })
                    return JudgedOperation(scene.id(name), operation, voidReason: void)
                }
            ))
    }

    mutating func figure(
        _ name: String, _ unit: UnitID, _ value: Value?, seen: [String]? = nil, names: [String] = [], ground: String? = nil, newFact: String? = nil,
        under: String? = nil, void: VoidReason? = nil
    ) {
        tell(name, unit, [(F.value, value)], seen: seen, names: names, ground: ground, newFact: newFact, under: under, void: void)
    }

    mutating func event(
        _ name: String, _ unit: UnitID, _ event: String, seen: [String]? = nil, names: [String] = [], evidence: String? = nil, under: String? = nil
    ) {
        tell(name, unit, [(F.status, .text(event))], seen: seen, names: names, evidence: evidence, under: under)
    }
}

/// What a scene comes to, read by the names of its operations.
struct Settled {
    let scene: Scene
    let settlement: Settlement

    subscript(_ field: FieldNumber) -> FieldOutcome { settlement.fields[field] ?? FieldOutcome() }
    func verdict(_ name: String, _ field: FieldNumber = F.value) -> Verdict? { settlement.verdicts[scene.id(name)]?[field] }
    func names(_ ids: [OperationID]) -> Set<String> { Set(ids.map(scene.name(of:))) }
    func flags(_ name: String) -> [Flag] { settlement.flags[scene.id(name)] ?? [] }
}

extension Scene {
    /// Settles in every order (up to six operations; beyond that some), with duplicates, and under other identities: one answer.
    func settled(_ location: SourceLocation = #_sourceLocation) -> Settled {
        let given = operations
        let first = settle(given, record: record, table: table, governance: versions)
        var orders = given.count <= 6 ? permutations(given) : [given.reversed(), Array(given.dropFirst() + given.prefix(1))]
        orders.append(given + given)
        for order in orders where settle(order, record: record, table: table, governance: versions) != first {
            Issue.record("another order, another answer", sourceLocation: location)
        }
        let plain = readable(first)
        for salt in 1...4 {
            var other = self
            other.salt = salt
            let settlement = settle(other.operations, record: other.record, table: table, governance: other.versions)
            if other.readable(settlement) != plain { Issue.record("other identities, another answer", sourceLocation: location) }
        }
        return Settled(scene: self, settlement: first)
    }

    /// The settlement with names for identities, so that scenes under different salts compare.
    private func readable(_ settlement: Settlement) -> [String] {
        func list(_ ids: [OperationID]) -> String { ids.map(name(of:)).sorted().joined(separator: ",") }
        var lines = ["heads " + list(settlement.heads)]
        for (number, outcome) in settlement.fields.sorted(by: { $0.key < $1.key }) {
            // Which wording of one document is shown follows the identity.
            let value = number == F.text ? String(outcome.value == nil) : String(describing: outcome.value)
            lines.append("\(number.wire) \(value) \(String(describing: outcome.blank)) \(outcome.rule) \(list(outcome.sources))")
            if let dispute = outcome.dispute {
                lines.append("dispute \(list(dispute.claims)) \(dispute.axis) \(dispute.knowledge) \(list(dispute.prevailing)) \(dispute.deciders)")
            }
        }
        for operation in operations {
            for (number, verdict) in (settlement.verdicts[operation.id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let said: String =
                    switch verdict {
                    // Which of several equal winners is named follows the identity.
                    case .overruled: "overruled"
                    case .replaced: "replaced"
                    case .pending(let missing): "pending \(list(missing))"
                    default: "\(verdict)"
                    }
                lines.append("\(name(of: operation.id)) \(number.wire) \(said)")
            }
        }
        return lines
    }
}

func permutations<T>(_ list: [T]) -> [[T]] {
    guard let last = list.last else { return [[]] }
    return permutations(Array(list.dropLast())).flatMap { rest in
        (0...rest.count).map { place in Array(rest[..<place]) + [last] + Array(rest[place...]) }
    }
}
