import Foundation

/// Plays one run of the table, act by act, and stops at the first thing that is not as expected.
struct Player {
    let table: Table
    let stage: Stage
    let screen: Screen
    let alteration: Table.Alteration?
    /// Goes on after a finding, to see them all; the first is still the one that counts.
    let goesOn: Bool
    private var first: Finding?
    private var step: Table.Step?
    private var metInStep = 0
    private(set) var met = 0
    private(set) var commands = 0

    init(table: Table, stage: Stage, screen: Screen, alteration: Table.Alteration? = nil, goesOn: Bool = false) {
        self.table = table
        self.stage = stage
        self.screen = screen
        self.alteration = alteration
        self.goesOn = goesOn
    }

    /// Throws `Finding` for what came out otherwise, `TableError` for a wrong table.
    mutating func play(_ run: Table.Run, until last: String?) throws {
        defer { stage.stopAll() }
        for step in run.steps {
            self.step = step
            metInStep = 0
            screen.step(step)
            for act in step.acts { try playOrGoOn(act, in: step) }
            if first?.step != step.name { screen.passed(metInStep) }
            met += metInStep
            if step.name == last { break }
        }
        if let first { throw first }
    }

    private mutating func playOrGoOn(_ act: Table.Act, in step: Table.Step) throws {
        do {
            try play(act, in: step)
        } catch let finding as Finding where goesOn {
            screen.failed(finding)
            first = first ?? finding
        }
    }

    private mutating func play(_ act: Table.Act, in step: Table.Step) throws {
        if case .leftOut(let label)? = alteration?.change, label == act.label { return }
        switch act.deed {
        case .run(let node, let text):
            let arguments = try split(Sentence(answer: .null, kept: stage.kept, words: table.words, language: screen.language).fill(text))
            let answer = try command(node, arguments, act, exit: act.exit)
            try judge(answer, act, place: words(node))
        case .carry(let from, let to, let stick):
            try carry(from, to, stick, act)
        case .serve(let node):
            do {
                try stage.serve(node, instant: act.instant ?? step.day)
            } catch let error as TableError {
                throw finding(act, "tiaokuai serve --dir \(node)", "url", error.reason)
            }
            commands += 1
            screen.command(["serve", "--dir", stage.folder(node), "--port", "0"])
        case .stop(let node): stage.stop(node)
        case .image(let node, let name):
            try stage.image(node, name: name)
            try judge(.null, act, place: words(node))
        case .putBack(let node, let name):
            try stage.putBack(node, name: name)
            try judge(.null, act, place: words(node))
        case .replaceFolder(let node, let other):
            try stage.replaceFolder(node, by: other)
            try judge(.null, act, place: words(node))
        case .digests(let nodes): try digests(nodes, act)
        }
    }

    // MARK: Commands

    private mutating func command(_ node: String, _ arguments: [String], _ act: Table.Act, exit: Int32) throws -> JSONValue {
        let instant = act.instant ?? step?.day ?? ""
        let all = arguments + ["--dir", stage.folder(node), "--now", instant, "--json", "--lang", screen.language.rawValue]
        screen.command(arguments + ["--dir", stage.folder(node), "--now", instant])
        let result = try stage.program.run(all)
        commands += 1
        guard result.status == exit else {
            var found = finding(act, "[\(node)] tiaokuai \(arguments.joined(separator: " "))", "exit \(exit)", "exit \(result.status)")
            found.complaint = (try? JSONPath("error.\(screen.language.rawValue)").value(in: result.answer)?.scalar) ?? result.complaint
            if let facts = try? JSONPath("error").value(in: result.answer) { found.complaint += "\n" + facts.shown }
            throw found
        }
        metInStep += 1
        return result.answer
    }

    private mutating func carry(_ from: String, _ to: String, _ stick: String, _ act: Table.Act) throws {
        let (out, back) = (stage.stick(stick), stage.stick("\(stick)-receipt"))
        var isFlipped = false
        if case .flippedByte(let label)? = alteration?.change { isFlipped = label == act.label }
        // A sealed stick would be refused as a whole before any signature is looked at: the one that is tampered with is open.
        _ = try command(from, ["bundle", "export", "--to", to, "--out", out] + (isFlipped ? ["--unsealed"] : []), act, exit: 0)
        if isFlipped { try stage.flipSignatureByte(ofStick: stick) }
        let answer = try command(to, ["bundle", "import", out, "--receipt", back], act, exit: act.exit)
        _ = try command(from, ["bundle", "import", back], act, exit: 0)
        try judge(answer, act, place: "\(words(from)) → \(words(to))")
    }

    // MARK: Judging

    private mutating func judge(_ answer: JSONValue, _ act: Table.Act, place: String) throws {
        let sentence = Sentence(answer: answer, kept: stage.kept, words: table.words, language: screen.language)
        let what = described(act)
        for (path, wanted) in act.expected {
            let expected = try fill(wanted, sentence, act)
            let found = try JSONPath(try fill(path, sentence, act)).value(in: answer)
            guard Player.holds(found, expected) else { throw finding(act, "\(what): \(path)", expected, found?.shown ?? "—") }
            metInStep += 1
        }
        for (name, path) in act.kept {
            guard let value = try JSONPath(try fill(path, sentence, act)).value(in: answer)?.scalar else { throw finding(act, "\(what): \(path)", "…", "—") }
            stage.kept[name] = value
        }
        guard let say = act.say else { return }
        do {
            let filled = Sentence(answer: answer, kept: stage.kept, words: table.words, language: screen.language)
            screen.act(
                where: place, who: act.who?[screen.language], try filled.marked(say[screen.language]),
                why: try act.why.map { try filled.fill($0[screen.language]) })
        } catch let error as Sentence.Missing {
            throw finding(act, "\(what): \(error.path)", "…", "—")
        }
    }

    private func fill(_ text: String, _ sentence: Sentence, _ act: Table.Act) throws -> String {
        do {
            return try sentence.fill(text)
        } catch let error as Sentence.Missing {
            throw finding(act, "\(described(act)): \(error.path)", "…", "—")
        }
    }

    /// `~` nothing is there; `*` something is; `≥ 3` at least; anything else is the value itself.
    private static func holds(_ found: JSONValue?, _ expected: String) -> Bool {
        if expected == "~" { return found == nil }
        guard let found else { return false }
        if expected == "*" { return true }
        if expected.hasPrefix("≥ "), let least = Int64(expected.dropFirst(2)) {
            guard case .integer(let value) = found else { return false }
            return value >= least
        }
        return found.scalar == expected
    }

    // MARK: Digests

    private mutating func digests(_ nodes: [String], _ act: Table.Act) throws {
        // By node and region: what a node shares with two others of one place is the same.
        var answers: [String: JSONValue] = [:]
        func ask(_ node: String, of other: String) throws -> JSONValue {
            let key = "\(node) \(stage.kept["region.\(other)"] ?? "")"
            if let known = answers[key] { return known }
            let answer = try digest(node, of: other, act)
            answers[key] = answer
            return answer
        }
        for (index, left) in nodes.enumerated() {
            for right in nodes[(index + 1)...] {
                let one = try ask(left, of: right)
                let other = try ask(right, of: left)
                for key in ["input", "derived", "records"] {
                    let (a, b) = (try JSONPath(key).value(in: one)?.scalar ?? "—", try JSONPath(key).value(in: other)?.scalar ?? "—")
                    guard a == b, a != "—" else { throw finding(act, "digest \(left)/\(right): \(key)", "\(left) \(a)", "\(right) \(b)") }
                    metInStep += 1
                }
                let shown = try ["records", "input", "derived"].map { String(try JSONPath($0).value(in: one)?.scalar?.prefix(16) ?? "") }
                screen.say(
                    "  \(words(left)) = \(words(right)):共有 \(shown[0]) 条记录,收到的内容 \(shown[1]),得出的结果 \(shown[2])",
                    "  \(words(left)) = \(words(right)): \(shown[0]) records shared, input \(shown[1]), derived \(shown[2])")
            }
        }
    }

    private mutating func digest(_ node: String, of other: String, _ act: Table.Act) throws -> JSONValue {
        guard let region = stage.kept["region.\(other)"] else { throw TableError("line \(act.line): region.\(other) was never kept") }
        return try command(node, ["digest", "--region", region], act, exit: 0)
    }

    // MARK: Small things

    private func finding(_ act: Table.Act, _ what: String, _ expected: String, _ found: String) -> Finding {
        Finding(step: step?.name ?? "", line: act.line, what: what, expected: expected, found: found)
    }

    /// A restored folder `gt-restored` is still that node.
    private func words(_ node: String) -> String {
        let name = node.prefix { $0 != "-" }
        return "\(node) \(table.nodes.first { $0.name == name }?.words[screen.language] ?? "")"
    }

    private func described(_ act: Table.Act) -> String {
        switch act.deed {
        case .run(let node, let arguments): "[\(node)] tiaokuai \(arguments)"
        case .carry(let from, let to, let stick): "[\(to)] tiaokuai bundle import \(stick) (\(from))"
        default: "line \(act.line)"
        }
    }

    /// Arguments as in a shell: white space parts them, double quotes hold them together.
    private func split(_ text: String) throws -> [String] {
        var out: [String] = []
        var current: String?
        var isQuoted = false
        for character in text {
            switch character {
            case "\"":
                isQuoted.toggle()
                current = current ?? ""
            case " " where !isQuoted, "\n" where !isQuoted:
                if let done = current { out.append(done) }
                current = nil
            default: current = (current ?? "") + String(character)
            }
        }
        guard !isQuoted else { throw TableError("a quotation mark is not closed: \(text)") }
        return out + (current.map { [$0] } ?? [])
    }
}
