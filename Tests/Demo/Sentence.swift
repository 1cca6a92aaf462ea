/// Fills a sentence, a command or an expectation of the table with what was found.
///
///     {claims[0].value}     what stands there in the answer
///     {mode|word}           the same, in words
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
        return parts.count > 1 ? words[value]?[language] ?? value : value
    }

    /// The sentence, marked where something in the answer is made up and the sentence does not say so itself.
    func marked(_ text: String) throws -> String {
        let filled = try fill(text)
        let mark = Sentence.sample[language]
        guard answer.hasSample, !filled.contains(mark) else { return filled }
        return filled + (language == .zh ? "【\(mark)】" : " [\(mark)]")
    }
}
