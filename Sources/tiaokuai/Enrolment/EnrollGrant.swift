import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWording

struct EnrollGrant: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: say("批准下级的申请,写出批准文件。", "Grants a request from below and writes the grant."),
        discussion: example("tiaokuai enroll grant --dir zy gt.request --out gt.grant", "tiaokuai enroll grant --dir zy gt2.request --consent gt2.ok --out gt2.grant"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("申请文件。", "The request."), valueName: "request")) var request: String
    @Option(help: ArgumentHelp(say("批准文件写到哪里。", "The grant to write."), valueName: "file")) var out: String
    @Option(help: ArgumentHelp(say("有效期到哪一天(含);不写为不限。过期只提示,不影响已签内容。", "The last day on which the node is to sign; open by default. It ends nothing that was signed."), valueName: "day"))
    var until: String?
    @Option(help: ArgumentHelp(say("原节点的同意书,可写多个。", "The old node's agreement; may be repeated."), valueName: "file")) var consent: [String] = []

    struct Result: Encodable {
        let request: RequestFacts
        let credential: String
        let grant: String
        let bytes: Int64
        let changesets: Int
    }

    func answer(_ context: CommandContext) throws -> Answer {
        try BundleExport.refuseForeign(out)
        let node = try context.node()
        let read = try Node.readRequest(try DurableFile.read(request, limit: Limits.statementBytes))
        let consents = try consent.map { try DurableFile.read($0, limit: Limits.envelopeBytes) }
        let author = try Granting.author(acting, node)
        let heads = try read.request.lineage == .takesOver ? headsTakenOver(read, node) : []
        let credential = try node.grant(read, by: author.unit, person: author.person, consents: consents, heads: heads, validTo: try until.map { try Day(parsing: $0) })
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

    /// What the old node wrote so far and this node holds still counts.
    private func headsTakenOver(_ read: ReadRequest, _ node: Node) throws -> [ChangesetID] {
        try node.ask { view in
            // The subject's own too: a rotation, or a narrower scope.
            let old = Set(read.request.writes.flatMap { view.trust?.writers[$0.unit] ?? [] }.map(\.node)).union([read.subject])
            return try view.reader.feeds().filter { old.contains($0.feed.node) }.flatMap { try view.reader.heads(ofFeed: $0.ref).map(\.id) }
        }
    }
}

/// Who grants and revokes at a node.
enum Granting {
    /// The government that this node writes, unless another unit is named; the person may be the node's own word.
    static func author(_ acting: ActingOptions, _ node: Node) throws -> Author {
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
}
