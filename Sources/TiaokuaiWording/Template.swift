/// Sentences with places for facts: `{path}` is replaced by the fact of that name. What stands between `[` and `]` is
/// left out when a fact in it is not given; outside brackets a missing fact shows as `—`. Brackets do not nest.
public enum Template {
    public static func fill(_ template: String, _ facts: [String: String]) -> String {
        var out = ""
        var optional: String?
        var isComplete = true
        var name: String?
        func put(_ text: some StringProtocol) {
            if optional != nil { optional?.append(contentsOf: String(text)) } else { out.append(contentsOf: String(text)) }
        }
        for character in template {
            switch (character, name) {
            case ("}", let found?):
                name = nil
                if let fact = facts[found], !fact.isEmpty {
                    put(fact)
                } else if optional != nil {
                    isComplete = false
                } else {
                    put("—")
                }
            case (_, let found?): name = found + String(character)
            case ("{", nil): name = ""
            case ("[", nil):
                optional = ""
                isComplete = true
            case ("]", nil):
                if isComplete, let part = optional { out.append(part) }
                optional = nil
            default: put(String(character))
            }
        }
        return out
    }

    /// The names of the facts without which a sentence would show `—`: those outside brackets.
    public static func needed(in template: String) -> [String] {
        var outside = ""
        var isInside = false
        for character in template {
            if character == "[" { isInside = true }
            if !isInside { outside.append(character) }
            if character == "]" { isInside = false }
        }
        return names(in: outside)
    }

    /// The names of the facts that a template has places for, in order.
    public static func names(in template: String) -> [String] {
        template.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in part.firstIndex(of: "}").map { String(part[..<$0]) } }
    }
}
