import Foundation

/// How the demo was called.
struct Options {
    static let usage = """
        demo --binary PATH [--nodes FOLDER] [--work FOLDER] [--lang zh|en] [--commands] [--go-on] [--run NAME] [--until STEP] [--altered all|NAME]

          --binary    the tiaokuai executable
          --nodes     the example network's facts; by default Nodes beside the package
          --work      an empty or new folder to play in, kept afterwards; by default a temporary one, removed
          --commands  prints every command
          --go-on     does not stop at the first outcome that was not expected
          --run       only this run of the table; --until stops after a step
          --altered   plays with one fact changed (each of them with `all`): must fail exactly where the table says

        Exit status: 0 every expected outcome was seen; 1 not so; 64 the call or the table is wrong.
        """

    var binary = ""
    var nodes: String
    var work: String?
    var language = Language.zh
    var showsCommands = false
    var goesOn = false
    var run: String?
    var until: String?
    var altered: String?

    init(_ arguments: [String]) throws {
        nodes = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path + "/Nodes"
        var rest = arguments[...]
        while let option = rest.popFirst() {
            if option == "--commands" {
                showsCommands = true
                continue
            }
            if option == "--go-on" {
                goesOn = true
                continue
            }
            guard let value = rest.popFirst() else { throw TableError("\(option) needs a value\n\n\(Options.usage)") }
            switch option {
            case "--binary": binary = Options.absolute(value)
            case "--nodes": nodes = Options.absolute(value)
            case "--work": work = Options.absolute(value)
            case "--lang":
                guard let chosen = Language(rawValue: value) else { throw TableError("--lang is zh or en") }
                language = chosen
            case "--run": run = value
            case "--until": until = value
            case "--altered": altered = value
            default: throw TableError("unknown option \(option)\n\n\(Options.usage)")
            }
        }
        guard FileManager.default.isExecutableFile(atPath: binary) else { throw TableError("--binary does not name an executable\n\n\(Options.usage)") }
    }

    private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
