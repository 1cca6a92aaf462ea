import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A page or picture read by a strict parser, which refuses what is not well formed.
final class Parsed: NSObject, XMLParserDelegate {
    private(set) var elements: [String: Int] = [:]
    private(set) var attributes: Set<String> = []
    private(set) var values: [String] = []
    private(set) var text = ""
    private(set) var isWhole = false

    /// `nil` where it is not well formed.
    init?(_ markup: String) {
        super.init()
        let body = markup.hasPrefix("<!DOCTYPE html>") ? String(markup.dropFirst("<!DOCTYPE html>".count)) : markup
        let parser = XMLParser(data: Data(body.utf8))
        parser.delegate = self
        isWhole = parser.parse()
        guard isWhole else { return nil }
    }

    func parser(_: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes given: [String: String]) {
        elements[name, default: 0] += 1
        attributes.formUnion(given.keys)
        values += given.values
    }

    func parser(_: XMLParser, foundCharacters string: String) { text += string }

    /// The boxes to which the labels of a picture are clipped, in its own units.
    static func labels(_ svg: String) -> [(left: Int, top: Int, right: Int, bottom: Int)] {
        svg.components(separatedBy: "<svg x=\"").dropFirst().compactMap { part in
            let numbers = part.prefix { $0 != ">" }.components(separatedBy: "\"").compactMap { Int($0) }
            return numbers.count < 4 ? nil : (numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3])
        }
    }
}
