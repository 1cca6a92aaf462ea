import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode

/// The formats of files that `publish` takes; each begins with `format: "tiaokuai/<name>/1"`.
public enum PublishFormat: String, Hashable, Sendable, CaseIterable {
    case publish, node, figures, ledger

    public var name: String { "tiaokuai/\(rawValue)/1" }

    static func text(_ bytes: [UInt8], file: String) throws -> String {
        do throws(EntryError) {
            return try TextDecoder.decode(bytes).text
        } catch {
            throw OfficeError(.badFile, ["file": file], faults: [FileFault(file: file, code: error.code.rawValue, fact: error.fact)])
        }
    }

    init(_ tree: YAMLTree, _ faults: FaultList) throws {
        guard case .mapping(let entries, _) = tree, let entry = entries.first(where: { $0.key == "format" }), case .text(let text, _) = entry.value,
            let format = PublishFormat.allCases.first(where: { $0.name == text })
        else {
            faults.add(.unknownFormat, PublishFormat.allCases.map(\.name).joined(separator: " | "), line: tree.line, keyPath: "format")
            try faults.check()
            throw OfficeError(.badFile)
        }
        self = format
    }
}

extension Office {
    /// Takes one file in, all or nothing: a document with all that it sets, a node's units and posts, figures, or ledger
    /// entries. What stands already with the same content (texts compared without typography) is not written again.
    ///
    /// Throws `badFile` with every fault, each with line and key path; `wrongFormat` when `format` is stated and differs.
    ///
    /// - Parameter signer: of a `publish` file only what this unit signs is written, such as its part of a joint issue; nil
    ///   writes everything. Throws `nothingSigned` where the unit signs nothing of it.
    public func publish(_ bytes: [UInt8], file: String, format: PublishFormat? = nil, signedBy signer: UnitID? = nil) throws -> Writing {
        let faults = FaultList(file: file)
        let tree = try YAMLTree(parsing: try PublishFormat.text(bytes, file: file), file: file)
        let found = try PublishFormat(tree, faults)
        if let format, format != found { throw OfficeError(.wrongFormat, ["format": found.name, "expected": format.name]) }
        switch found {
        case .node:
            let read = NodeFile(tree, faults)
            try faults.check()
            return try register(read)
        case .publish:
            return try write(checking: faults, isWhole: true) { view in
                let publication = Publication(tree, view, faults)
                try faults.check()
                let drafts = publication.drafts.filter { signer == nil || $0.unit == signer }
                if let signer, drafts.isEmpty { throw OfficeError(.nothingSigned, ["unit": signer.text, "name": view.name(of: signer)]) }
                return drafts
            }
        case .figures:
            return try write(checking: faults, isWhole: false) { view in
                let figures = FiguresFile(tree, view, faults)
                try faults.check()
                return figures.drafts
            }
        case .ledger:
            return try write { view in
                let ledger = try LedgerFile(tree, view, faults)
                try faults.check()
                return ledger.drafts
            }
        }
    }
}
