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
        subcommands: [EnrollRequest.self, EnrollShow.self, EnrollConsent.self, EnrollGrant.self, EnrollAccept.self, EnrollRotate.self, EnrollRecarry.self, EnrollRevoke.self])
}

/// How a request stands to those who write its units already.
struct LineageOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(say("与已有节点一起写同样的单位(两台机器)。", "Writes the units together with the node that has them: two machines.")))
    var joins = false

    @Flag(help: ArgumentHelp(say("接替已有节点写这些单位。", "Writes the units in the other node's stead.")))
    var takesOver = false

    /// Throws `notTogether`.
    func lineage(of plan: SavedPlan?) throws -> CredentialContent.Lineage {
        if joins, takesOver { throw CommandError(.notTogether, ["options": "--joins, --takes-over"]) }
        if takesOver { return .takesOver }
        return joins || plan?.joins == true ? .joins : .first
    }
}

/// What a request says, the same wherever it is shown.
struct RequestFacts: Encodable {
    let file: String?
    let node, name, region: String
    let regionName: String
    let units: [String]
    let lineage: String
    /// How many levels it asks to grant below itself.
    let depth: UInt64?
    /// To be compared over the phone.
    let digest: String

    init(_ read: ReadRequest, file: String?) {
        self.file = file
        node = read.subject.hash.hex
        name = read.request.name
        region = read.request.region.text
        regionName = RegionTable.gbt2260.region(read.request.region)?.lastPeriod.name ?? region
        depth = read.request.depth
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
            say(
                "申请:节点 \(name)(\(regionName) \(region)),写 \(units.count) 个单位\(kind):\(units.joined(separator: "、"))",
                "Request: node \(name) (\(regionName) \(region)), writes \(units.count) unit(s)\(kind): \(units.joined(separator: ", "))"),
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
        let bytes = try node.makeRequest(plan: try plan.nodePlan(), depth: planned.depth ?? plan.depth, lineage: try lineage.lineage(of: plan))
        try OwnFile.write(bytes, to: out)
        let facts = RequestFacts(try Node.readRequest(bytes), file: out)
        return Answer(
            facts,
            facts.lines + [
                say("下一步:把 \(out) 交给上级,电话核对校验码,由上级 tiaokuai enroll grant。", "Next: take \(out) to the superior, compare the digest over the phone, have it granted with tiaokuai enroll grant.")
            ])
    }
}

/// A request, looked at: for whoever is to grant or agree, before anything is signed. Needs no node.
struct EnrollShow: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: say("看一份申请:谁申请、哪个区划、写哪些单位、电话校验码;什么也不办。", "Shows a request: who asks, for which region and units, and the digest; does nothing."),
        discussion: example("tiaokuai enroll show gt.request", "tiaokuai enroll show gt.request --json"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("申请文件。", "The request."), valueName: "request")) var request: String

    func answer(_ context: CommandContext) throws -> Answer {
        let read = try Node.readRequest(try DurableFile.read(request, limit: Limits.statementBytes))
        let facts = RequestFacts(read, file: request)
        return Answer(
            facts,
            facts.lines + [
                say("还没有批准。电话核对校验码后:tiaokuai enroll grant \(request) --out 批准文件。", "Nothing is granted yet. Compare the digest over the phone, then: tiaokuai enroll grant \(request) --out GRANT.")
            ])
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
        try OwnFile.write(try node.consent(to: read), to: out)
        let facts = RequestFacts(read, file: out)
        return Answer(facts, facts.lines + [say("已写同意书:\(out)。下一步:与申请一起交给上级。", "Wrote the agreement: \(out). Next: take it to the superior with the request.")])
    }
}
