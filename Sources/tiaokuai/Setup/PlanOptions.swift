import ArgumentParser
import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// What a new node is to be: from options, from a node.yaml, or both (options win).
struct PlanOptions: ParsableArguments {
    @Option(help: ArgumentHelp(say("节点名称,如 gt。", "The node's name, such as gt."), valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp(say("节点所在区划:编号或名称,如 620724。", "Its place: id or name, such as 620724."), valueName: "region"))
    var region: String?

    @Option(help: ArgumentHelp(say("只收这些条线的工作数据,可写多个;不写为全部。", "Receives the work of these lines only; all by default."), valueName: "line"))
    var line: [String] = []

    @Option(
        help: ArgumentHelp(
            say("以哪些单位的名义填写,可写多个:620724.gov=高台县人民政府。", "A unit that it writes for, with its name: 620724.gov=高台县人民政府; may be repeated."), valueName: "id[=name]"))
    var unit: [String] = []

    @Option(help: ArgumentHelp(say("本级政府(块)是哪个单位;不写则取 区划.gov。", "Which unit is the government 块; by default REGION.gov."), valueName: "id"))
    var government: String?

    @Option(help: ArgumentHelp(say("节点配置文件(tiaokuai/node/1),见 Nodes/SCHEMA.md。", "A node file (tiaokuai/node/1), see Nodes/SCHEMA.md."), valueName: "node.yaml"))
    var units: String?

    @Option(help: ArgumentHelp(say("可向下批准几层节点(0 到 8);不写为不批准。", "May grant credentials so many levels down (0 to 8); by default none."), valueName: "levels"))
    var depth: UInt64?

    var isEmpty: Bool { unit.isEmpty && units == nil }

    /// Throws `missingReason` for what neither the options nor the file say.
    func plan(isRehearsal: Bool) throws -> SavedPlan {
        let file = try units.map { path in try Office.readNodeFile(try DurableFile.read(path, limit: 4 << 20), file: path) }
        guard let name = name ?? file?.name else { throw CommandError(.missingReason, ["field": "--name"]) }
        let region: RegionID
        if let typed = self.region {
            region = try PlanOptions.region(typed)
        } else if let file {
            region = file.region
        } else {
            throw CommandError(.missingReason, ["field": "--region"])
        }
        let governing = try government ?? file?.government ?? UnitID(checking: "\(region).gov").text
        var planned =
            file?.writes.map { unit in
                SavedPlan.PlannedUnit(id: unit.text, name: nil, region: region.text, isGovernment: unit.text == governing)
            } ?? []
        for entry in unit {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let id = try UnitID(checking: parts[0]).text
            planned.removeAll { $0.id == id }
            planned.append(.init(id: id, name: parts.count > 1 ? parts[1] : nil, region: region.text, isGovernment: id == governing))
        }
        let lines = line.isEmpty ? file?.line.map { [$0.text] } : try line.map { try LineID(checking: $0).text }
        return SavedPlan(
            name: name, region: region.text, lines: lines, units: planned.sorted { $0.id < $1.id }, depth: depth ?? file?.depth, joins: file?.joins ?? false,
            isRehearsal: isRehearsal)
    }

    /// A region by id, or by the name that it has today; throws `unknownRegion`.
    static func region(_ text: String) throws -> RegionID {
        let table = RegionTable.gbt2260
        if let id = try? RegionID(checking: text), table.region(id) != nil { return id }
        let found = table.search(text, on: table.edition)
        guard found.count == 1 else { throw NodeError(.unknownRegion, ["region": text]) }
        return found[0].id
    }
}

extension NodeFile {
    /// The unit that the file marks as the government of the node's place, if it does.
    var government: String? { units.first { $0.isGovernment }?.id.text }
}
