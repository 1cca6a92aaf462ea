import Foundation
import Synchronization

/// The demo: Gansu, Zhangye, Gaotai and Linxia at work, each a process of the real executable on a folder of its own, with
/// every outcome compared with one table. See Nodes/demo/steps.md for what is played.
@main
struct Demo {
    private let options: Options
    private let table: Table

    static func main() {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            let yaml = try String(contentsOfFile: options.nodes + "/demo/expectations.yaml", encoding: .utf8)
            let demo = Demo(options: options, table: try Table(yaml: yaml))
            let isSeen = try options.altered.map { try demo.playAltered($0) } ?? demo.play()
            exit(isSeen ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("demo: \((error as? TableError)?.reason ?? "\(error)")\n".utf8))
            exit(64)
        }
    }

    // MARK: As the table says

    private func play() throws -> Bool {
        let screen = Screen(language: options.language, showsCommands: options.showsCommands)
        let started = Date()
        var (met, commands) = (0, 0)
        for run in try runs() {
            screen.title(run.title)
            let outcome = try play(run, screen, alteration: nil)
            met += outcome.met
            commands += outcome.commands
            if let finding = outcome.finding {
                if !options.goesOn { screen.failed(finding) }
                return false
            }
        }
        let seconds = Int(Date().timeIntervalSince(started).rounded())
        screen.put("")
        screen.say("全部 \(met) 项预期都看到了,\(commands) 条命令,\(seconds) 秒。", "All \(met) expected outcomes were seen: \(commands) commands, \(seconds) s.")
        return true
    }

    private func runs() throws -> [Table.Run] {
        let chosen = options.run.map { name in table.runs.filter { $0.name == name } } ?? table.runs
        guard !chosen.isEmpty else { throw TableError("there is no run \(options.run ?? "")") }
        return chosen
    }

    private func play(
        _ run: Table.Run, _ screen: Screen, alteration: Table.Alteration?
    ) throws -> (finding: Finding?, met: Int, commands: Int) {
        let place = try workFolder(run.name + (alteration.map { "-\($0.name)" } ?? ""))
        defer { if options.work == nil { try? FileManager.default.removeItem(atPath: place) } }
        let stage = try Stage(work: place, binary: options.binary, nodes: try facts(alteration, place))
        for node in table.nodes { stage.kept["region.\(node.name)"] = node.region }
        var player = Player(table: table, stage: stage, screen: screen, alteration: alteration, goesOn: options.goesOn && alteration == nil)
        do {
            try player.play(run, until: alteration == nil ? options.until : nil)
        } catch let finding as Finding {
            return (finding, player.met, player.commands)
        }
        return (nil, player.met, player.commands)
    }

    private func workFolder(_ name: String) throws -> String {
        let place = options.work.map { "\($0)/\(name)" } ?? NSTemporaryDirectory() + "/tiaokuai-demo-\(getpid())-\(name)"
        if let names = try? FileManager.default.contentsOfDirectory(atPath: place), !names.isEmpty { throw TableError("\(place) is not empty") }
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        return URL(fileURLWithPath: place).resolvingSymlinksInPath().path
    }

    // MARK: With one fact changed

    /// Each altered run stands alone, so they are played side by side and told in the order of the table.
    private func playAltered(_ name: String) throws -> Bool {
        let chosen = name == "all" ? table.alterations : table.alterations.filter { $0.name == name }
        guard !chosen.isEmpty else { throw TableError("there is no altered fact \(name)") }
        let outcomes = Mutex<[Int: Result<Finding?, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: chosen.count) { index in
            let outcome = Result { try playAltered(chosen[index]) }
            outcomes.withLock { $0[index] = outcome }
        }
        let screen = Screen(language: options.language, showsCommands: false)
        var failedAsNamed = 0
        for (index, alteration) in chosen.enumerated() {
            let finding = try outcomes.withLock { $0[index] }?.get()
            screen.put("")
            screen.say("改动 \(alteration.name):\(alteration.fact.zh)", "Altered \(alteration.name): \(alteration.fact.en)")
            if let finding { screen.failed(finding) } else { screen.say("没有哪一步发现", "no step noticed it") }
            let isAsNamed = finding?.step == alteration.failsAt
            failedAsNamed += isAsNamed ? 1 : 0
            screen.say(
                isAsNamed ? "✓ 正是预期表所列的第 \(alteration.failsAt) 步" : "✗ 预期表所列的是第 \(alteration.failsAt) 步",
                isAsNamed ? "✓ exactly at step \(alteration.failsAt), as the table names" : "✗ the table names step \(alteration.failsAt)")
        }
        screen.put("")
        screen.say("\(chosen.count) 处改动,\(failedAsNamed) 处在所列步骤被发现。", "\(chosen.count) altered facts, \(failedAsNamed) noticed at the step named.")
        return failedAsNamed == chosen.count
    }

    private func playAltered(_ alteration: Table.Alteration) throws -> Finding? {
        guard let run = table.runs.first(where: { $0.name == alteration.run }) else { throw TableError("there is no run \(alteration.run)") }
        return try play(run, Screen.silent(options.language), alteration: alteration).finding
    }

    /// The facts to play with: the project's own, or a copy with one of them changed.
    private func facts(_ alteration: Table.Alteration?, _ place: String) throws -> String {
        guard case .text(let file, let old, let new)? = alteration?.change else { return options.nodes }
        let copy = "\(place)/facts"
        try FileManager.default.copyItem(atPath: options.nodes, toPath: copy)
        let path = "\(copy)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard text.components(separatedBy: old).count == 2 else { throw TableError("\(file) does not hold “\(old)” exactly once") }
        try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
        return copy
    }
}
