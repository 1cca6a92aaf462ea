/// Options that every command understands may stand before the command too: `tiaokuai --dir gt status`.
enum CommandLineOrder {
    private static let flags: Set<String> = ["--json"]
    private static let options: Set<String> = ["--dir", "--lang", "--now", "--passphrase-file", "--pin-file"]

    /// The arguments with such leading options moved behind the command and what belongs to it.
    static func commandFirst(_ arguments: [String]) -> [String] {
        var leading: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            let name = first.prefix { $0 != "=" }
            if flags.contains(first) || (options.contains(String(name)) && name.count < first.count) {
                leading.append(rest.removeFirst())
            } else if options.contains(first), rest.count > 1 {
                leading += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        guard !leading.isEmpty, let command = rest.first, !command.hasPrefix("-") else { return arguments }
        // What stands behind `--` is taken as it is.
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return rest[..<end] + leading + rest[end...]
    }
}
