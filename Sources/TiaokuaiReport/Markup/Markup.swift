import TiaokuaiWording

/// A piece of HTML or SVG. Names of elements and attributes are this program's own; whatever stands in a text or in an attribute's
/// value goes through `PlainText.escaped` when it is written, so that nothing that came from outside can become markup.
indirect enum Markup {
    case text(String)
    /// Words of this program that are no text: a style sheet.
    case trusted(StaticString)
    case element(StaticString, Attributes, [Markup])

    /// The same for both languages of markup: every element is closed, empty ones with `/>`.
    func write(into out: inout String) {
        switch self {
        case .text(let text): out += PlainText.escaped(text)
        case .trusted(let text): out += "\(text)"
        case .element(let name, let attributes, let children):
            out += "<\(name)"
            for (name, value) in attributes {
                out += " \(name)=\"\(PlainText.escaped(value, isValue: true))\""
            }
            if children.isEmpty, Markup.empty.contains("\(name)") {
                out += "/>"
                return
            }
            out += ">"
            for child in children { child.write(into: &out) }
            out += "</\(name)>"
            if Markup.blocks.contains("\(name)") { out += "\n" }
        }
    }

    var string: String {
        var out = ""
        write(into: &out)
        return out
    }

    /// Those that HTML lets stand without an end, and SVG's shapes.
    private static let empty: Set<String> = ["br", "meta", "col", "rect", "circle", "line", "path"]
    /// After which a line ends, so that two reports can be compared line by line.
    private static let blocks: Set<String> = [
        "body", "caption", "colgroup", "div", "figcaption", "figure", "g", "h1", "h2", "h3", "head", "p", "section", "style", "svg", "table", "tbody", "text", "thead", "title", "tr",
    ]
}

typealias Attributes = [(name: StaticString, value: String)]

/// An element; the short spelling of `Markup.element`.
func tag(_ name: StaticString, _ attributes: Attributes, _ children: [Markup]) -> Markup { .element(name, attributes, children) }

/// An element that holds a text.
func tag(_ name: StaticString, _ attributes: Attributes, _ text: String) -> Markup { .element(name, attributes, [.text(text)]) }

/// An element without attributes.
func tag(_ name: StaticString, _ children: [Markup]) -> Markup { .element(name, [], children) }

/// A text between two tags.
func tag(_ name: StaticString, _ text: String) -> Markup { .element(name, [], [.text(text)]) }
