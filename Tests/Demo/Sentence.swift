/// Fills a sentence, a command or an expectation of the table with what was found.
///
///     {claims[0].value}     what stands there in the answer
///     {mode|word}           the same, in words
///     {document|title}      a document's number, 《…》 for one that has none
///     {$name}               what an earlier act kept, or a place of the run: $nodes, $sticks
struct Sentence {
    let answer: JSONValue
    let kept: [String: String]
    let words: [String: Words]
    let language: Language

    static let sample = Words(zh: "示例数据", en: "sample data")

    /// Throws `TableError` for what is not kept, `Missing` for what the answer lacks.
    func fill(_ text: String) throws -> String {
        var out = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            out += rest[..<open]
            out += try value(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }

    struct Missing: Error {
        let path: String
    }

    private func value(_ inside: Substring) throws -> String {
        if inside.first == "$" {
            guard let value = kept[String(inside.dropFirst())] else { throw TableError("nothing is kept as \(inside)") }
            return value
        }
        let parts = inside.split(separator: "|").map(String.init)
        guard let path = parts.first, let value = try JSONPath(path).value(in: answer)?.scalar else { throw Missing(path: String(inside)) }
        guard parts.count > 1 else { return value }
        if parts[1] == "title" { return value.hasPrefix("无文号/") ? "《\(value.dropFirst(4))》" : value }
        return words[value]?[language] ?? value
    }

    /// The paths of the answer that the text shows.
    private func paths(in text: String) throws -> [JSONPath] {
        try text.split(separator: "{").dropFirst().compactMap { part in
            guard let end = part.firstIndex(where: { $0 == "}" || $0 == "|" }), part.first != "$" else { return nil }
            return try JSONPath(String(part[..<end]))
        }
    }

    /// The sentence, marked where what it shows is made up and it does not say so itself. Of a sentence that shows nothing of
    /// the answer, where anything in the answer is.
    func marked(_ text: String) throws -> String {
        let filled = try fill(text)
        let mark = Sentence.sample[language]
        let shown = try paths(in: text)
        let isMadeUp = shown.isEmpty ? answer.hasSample : shown.contains { $0.isMadeUp(in: answer) }
        guard isMadeUp, !filled.contains(mark) else { return filled }
        return filled + (language == .zh ? "【\(mark)】" : " [\(mark)]")
    }
}
