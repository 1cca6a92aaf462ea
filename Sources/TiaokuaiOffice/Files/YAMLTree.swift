import Yams

/// A YAML file (or one in TOML, by its name) as a tree that remembers its lines, and knows what was written plainly: the
/// one place that knows Yams.
indirect enum YAMLTree {
    case text(String, line: Int)
    case integer(Int64, line: Int)
    case boolean(Bool, line: Int)
    /// A plain scalar of another type, a number with a point or a date without quotation marks: nothing of ours.
    case other(String, line: Int)
    case list([YAMLTree], line: Int)
    case mapping([(key: String, line: Int, value: YAMLTree)], line: Int)

    static let maximumBytes = 4 << 20
    static let maximumNodes = 200_000

    var line: Int {
        switch self {
        case .text(_, let line), .integer(_, let line), .boolean(_, let line), .other(_, let line), .list(_, let line), .mapping(_, let line): line
        }
    }

    /// Throws `OfficeError.badFile` with what is wrong and where.
    init(parsing text: String, file: String) throws {
        if file.hasSuffix(".toml") {
            self = try YAMLTree(toml: text, file: file)
            return
        }
        guard text.utf8.count <= YAMLTree.maximumBytes else {
            throw OfficeError(.badFile, ["file": file], faults: [FileFault(file: file, code: FileFault.Code.tooLarge.rawValue, fact: "\(text.utf8.count)")])
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw OfficeError(.badFile, ["file": file], faults: [FileFault(file: file, code: FileFault.Code.malformedYAML.rawValue, fact: "empty")])
            }
            var count = 0
            self = try YAMLTree(node, file: file, count: &count)
        } catch let error as YamlError {
            throw OfficeError(.badFile, ["file": file], faults: [YAMLTree.fault(error, file)])
        }
    }

    private static func fault(_ error: YamlError, _ file: String) -> FileFault {
        func fault(_ fact: String, _ mark: Mark?, _ code: FileFault.Code = .malformedYAML) -> FileFault {
            FileFault(file: file, code: code.rawValue, fact: fact, line: mark?.line, column: mark?.column)
        }
        return switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _): fault(problem, mark)
        case .duplicatedKeysInMapping(let keys, let context):
            fault(keys.joined(separator: "、"), context.mark, .duplicateKey)
        default: fault("\(error)", nil)
        }
    }

    private init(_ node: Yams.Node, file: String, count: inout Int) throws {
        count += 1
        let line = node.mark?.line ?? 0
        guard count <= YAMLTree.maximumNodes else {
            throw OfficeError(
                .badFile, ["file": file], faults: [FileFault(file: file, code: FileFault.Code.tooLarge.rawValue, fact: "\(count)", line: line)])
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            switch Tag.Name(rawValue: node.tag.description) {
            case .bool where isPlain: self = .boolean(node.bool ?? false, line: line)
            case .int where isPlain:
                if let number = Int64(scalar.string) { self = .integer(number, line: line) } else { self = .other(scalar.string, line: line) }
            case .str: self = .text(scalar.string, line: line)
            default: self = isPlain ? .other(scalar.string, line: line) : .text(scalar.string, line: line)
            }
        case .mapping(let mapping):
            var entries: [(key: String, line: Int, value: YAMLTree)] = []
            for (key, value) in mapping {
                entries.append((key.string ?? "", key.mark?.line ?? line, try YAMLTree(value, file: file, count: &count)))
            }
            self = .mapping(entries, line: line)
        case .sequence(let sequence): self = .list(try sequence.map { try YAMLTree($0, file: file, count: &count) }, line: line)
        case .alias: self = .other("*", line: line)
        }
    }
}
