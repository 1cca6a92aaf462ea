import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWording

struct EnrollCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll", abstract: say("加入网络:申请 → 批准 → 接受,用文件传递。", "Enrolment by file: request → grant → accept."),
        discussion: example(
            "tiaokuai enroll request --dir gt --out gt.request", "tiaokuai enroll grant --dir zy gt.request --out gt.grant", "tiaokuai enroll accept --dir gt gt.grant"),
        subcommands: [EnrollRequest.self, EnrollConsent.self, EnrollGrant.self, EnrollAccept.self])
}

/// How a request stands to those who write its units already.
struct LineageOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(say("与已有节点一起写同样的单位(两台机器)。", "Writes the units together with the node that has them: two machines.")))
    var joins = false

    @Flag(help: ArgumentHelp(say("接替已有节点写这些单位。", "Writes the units in the other node's stead.")))
    var takesOver = false

    func validate() throws {
        if joins, takesOver { throw ValidationError(say("--joins 和 --takes-over 只能用一个", "use either --joins or --takes-over")) }
    }

    func lineage(of plan: SavedPlan?) -> CredentialContent.Lineage {
        if takesOver { return .takesOver }
        return joins || plan?.joins == true ? .joins : .first
    }
}

/// What a request says, the same wherever it is shown.
struct RequestFacts: Encodable {
    let file: String?
    let node, name, region: String
    let units: [String]
    let lineage: String
    /// To be compared over the phone.
    let digest: String

    init(_ read: ReadRequest, file: String?) {
        self.file = file
        node = read.subject.hash.hex
        name = read.request.name
        region = read.request.region.text
        units = read.request.writes.map(\.unit.text)
        lineage = "\(read.request.lineage)"
        digest = read.phoneDigest
    }

    var lines: [String] {
        let kind =
            switch lineage {
            case "joins": say(",与已有节点一起写", ", together with the node that has them")
            case "takesOver": say(",接替已有节点", ", in the other node's stead")
            default: ""
            }
        return [
            say("申请:节点 \(name)(\(region)),写 \(units.count) 个单位\(kind):\(units.joined(separator: "、"))", "Request: node \(name) (\(region)), writes \(units.count) unit(s)\(kind): \(units.joined(separator: ", "))"),
            say("电话校验码:\(digest)", "Digest to compare over the phone: \(digest)"),
        ]
    }
}

struct EnrollRequest: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: say("生成加入申请,显示电话校验码。", "Writes a request and shows its digest to compare over the phone."),
        discussion: example("tiaokuai enroll request --dir gt --out gt.request", "tiaokuai enroll request --dir gt2 --joins --unit 620724.hrss --out gt2.request"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var planned: PlanOptions
    @OptionGroup var lineage: LineageOptions

    @Option(help: ArgumentHelp(say("申请写到哪个文件。", "The file to write."), valueName: "file"))
    var out: String

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        var saved = try? SavedPlan.read(in: node.folder)
        if saved == nil || !planned.isEmpty {
            var typed = planned
            typed.name = typed.name ?? saved?.name
            typed.region = typed.region ?? saved?.region
            saved = try typed.plan(isRehearsal: saved?.isRehearsal ?? false)
        }
        guard let plan = saved else { throw CommandError(.noPlan) }
        let bytes = try node.makeRequest(plan: try plan.nodePlan(), depth: planned.depth ?? plan.depth, lineage: lineage.lineage(of: plan))
        try DurableFile.write(bytes, to: out)
        let facts = RequestFacts(try Node.readRequest(bytes), file: out)
        return Answer(
            facts, facts.lines + [say("下一步:把 \(out) 交给上级,电话核对校验码,由上级 tiaokuai enroll grant。", "Next: take \(out) to the superior, compare the digest over the phone, have it granted with tiaokuai enroll grant.")])
    }
}

struct EnrollConsent: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent", abstract: say("原节点同意另一节点一起写或接替。", "The node that writes the units agrees to the other one."),
        discussion: example("tiaokuai enroll consent --dir gt gt2.request --out gt2.consent"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("申请文件。", "The request."), valueName: "request")) var request: String
    @Option(help: ArgumentHelp(say("同意书写到哪个文件。", "The file to write."), valueName: "file")) var out: String

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let read = try Node.readRequest(try DurableFile.read(request, limit: Limits.statementBytes))
        try DurableFile.write(try node.consent(to: read), to: out)
        let facts = RequestFacts(read, file: out)
        return Answer(facts, facts.lines + [say("已写同意书:\(out)。下一步:与申请一起交给上级。", "Wrote the agreement: \(out). Next: take it to the superior with the request.")])
    }
}

struct EnrollGrant: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: say("批准下级的申请,写出批准文件。", "Grants a request from below and writes the grant."),
        discussion: example("tiaokuai enroll grant --dir zy gt.request --out gt.grant", "tiaokuai enroll grant --dir zy gt2.request --consent gt2.consent --out gt2.grant"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("申请文件。", "The request."), valueName: "request")) var request: String
    @Option(help: ArgumentHelp(say("批准文件写到哪里。", "The grant to write."), valueName: "file")) var out: String
    @Option(help: ArgumentHelp(say("原节点的同意书,可写多个。", "The old node's agreement; may be repeated."), valueName: "file")) var consent: [String] = []

    struct Result: Encodable {
        let request: RequestFacts
        let credential: String
        let grant: String
        let bytes: Int64
        let changesets: Int
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let read = try Node.readRequest(try DurableFile.read(request, limit: Limits.statementBytes))
        let consents = try consent.map { try DurableFile.read($0, limit: Limits.envelopeBytes) }
        let author = try granting(node)
        let heads = try read.request.lineage == .takesOver ? headsTakenOver(read, node) : []
        let credential = try node.grant(read, by: author.unit, person: author.person, consents: consents, heads: heads)
        let written = try BundleFile.export(node, to: read.subject, path: out, known: Heads([]))
        let result = Result(
            request: RequestFacts(read, file: request), credential: credential.hash.hex, grant: out, bytes: written.bytes, changesets: written.changesets)
        return Answer(
            result,
            result.request.lines + [
                say("已批准,写到 \(out)(\(written.changesets) 份,\(written.bytes) 字节,已读回核对)。", "Granted: \(out) (\(written.changesets) changesets, \(written.bytes) bytes, read back)."),
                say("下一步:把 \(out) 交给下级,由其 tiaokuai enroll accept。", "Next: take \(out) to the lower node, which runs tiaokuai enroll accept."),
            ])
    }

    /// The government that this node writes grants, unless another unit is named; the person may be the node's own word.
    private func granting(_ node: Node) throws -> Author {
        let settings = try node.settings()
        let government = try node.ask { view in
            view.trust?.credentials(of: settings.node).flatMap(\.content.writes).first { $0.isGovernment }?.unit
        }
        let office = Office(node)
        do {
            return try office.author(unit: acting.unit ?? government?.text, person: acting.person)
        } catch let error as NodeError where error.code == .noPerson && acting.person == nil {
            // Nobody is registered yet: the first grants of a network are made by whoever sits at the node.
            guard let unit = try acting.unit.map({ try office.author(unit: $0, person: "any").unit }) ?? government else { throw NodeError(.noUnit) }
            let hasPosts = try node.ask { view in view.tenures.contains { $0.post.unit == unit } }
            guard !hasPosts else { throw error }
            return Author(unit: unit, person: PersonID(unchecked: "\(unit).init"))
        }
    }

    /// What the old node wrote so far and this node holds still counts.
    private func headsTakenOver(_ read: ReadRequest, _ node: Node) throws -> [ChangesetID] {
        try node.ask { view in
            let old = Set(read.request.writes.flatMap { view.trust?.writers[$0.unit] ?? [] }.map(\.node))
            return try view.reader.feeds().filter { old.contains($0.feed.node) }.flatMap { try view.reader.heads(ofFeed: $0.ref).map(\.id) }
        }
    }
}

struct EnrollAccept: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: say("接受上级的批准文件。", "Takes in the superior's grant."), discussion: example("tiaokuai enroll accept --dir gt gt.grant"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("批准文件。", "The grant."), valueName: "grant")) var grant: String

    struct Result: Encodable {
        let node, name, region, network: String
        let isRehearsal: Bool
        let writes: [String]
        let registered: Int
        let `import`: ImportFacts
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        if context.options.now != nil, try !isRehearsal() { throw CommandError(.notRehearsal) }
        let report = try BundleFile.import(node, path: grant, isEnrolling: true)
        let facts = try node.ask { ImportFacts(report, file: grant, view: $0) }
        // What the file's damage has cost may be the credential itself: say that first.
        do {
            try node.adoptCredential()
        } catch {
            if let failure = facts.failure { return Answer(facts, facts.lines, failure: failure) }
            throw error
        }
        let settings = try node.settings()
        let plan = try? SavedPlan.read(in: node.folder)
        let registered = try plan.map { try UnitNames.register($0, node, person: acting.person) } ?? 0
        let writes = try node.ask { view in view.trust?.credentials(of: settings.node).flatMap(\.content.writes).map(\.unit.text) ?? [] }
        let result = Result(
            node: settings.node.hash.hex, name: settings.name, region: settings.region.text, network: settings.network?.hash.hex ?? "",
            isRehearsal: settings.isRehearsal, writes: Array(Set(writes)).sorted(), registered: registered, import: facts)
        return Answer(
            result,
            facts.lines + [
                say("节点 \(result.name) 已加入\(result.isRehearsal ? "演练" : "")网络 \(result.network.prefix(8)),写 \(result.writes.count) 个单位。", "Node \(result.name) is enrolled in \(result.isRehearsal ? "the rehearsal " : "")network \(result.network.prefix(8)); it writes for \(result.writes.count) unit(s)."),
                say("下一步:填报(tiaokuai report),或 tiaokuai publish;交换用 tiaokuai bundle export --to 上级。", "Next: tiaokuai report or tiaokuai publish; exchange with tiaokuai bundle export --to SUPERIOR."),
            ], failure: facts.failure)
    }

    /// Read before anything is taken in: the file's own root statement says it.
    private func isRehearsal() throws -> Bool {
        var found = false
        try BundleFile.inspect(path: grant) { event in
            if case .frame(let frame, _) = event, frame.type == .rootStatement, let root = try? RootStatement(UnverifiedStatement(frame.payload, .root).claimed) {
                found = root.isRehearsal
            }
        }
        return found
    }
}
