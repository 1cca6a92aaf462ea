import TiaokuaiWording

/// A drawing without scripts, fonts or other files. All lengths are whole hundredths of a millimetre on paper, so that no number
/// depends on how a machine rounds.
struct Picture {
    /// Its file's name without the ending; unique in a report.
    let name: String
    let title: String
    /// What it shows, in words, for whoever doesn't see it.
    let description: String
    let height: Int
    let shapes: [Markup]

    /// As wide as the type area of GB/T 9704.
    static let width = 15_600

    var markup: Markup {
        tag(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"), ("aria-labelledby", "\(name)-title \(name)-description"), ("width", Picture.millimetres(Picture.width)),
                ("height", Picture.millimetres(height)), ("viewBox", "0 0 \(Picture.width) \(height)"), ("font-family", Picture.fonts), ("fill", Ink.black),
            ],
            [tag("title", [("id", "\(name)-title")], title), tag("desc", [("id", "\(name)-description")], description), Picture.rect(0, 0, Picture.width, height, fill: "#ffffff")] + shapes)
    }

    /// The same as a file of its own.
    var file: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + markup.string }

    private static func millimetres(_ length: Int) -> String {
        let rest = length % 100
        return "\(length / 100)\(rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")mm"
    }

    private static let fonts = "'Noto Sans CJK SC','Source Han Sans SC',SimHei,'Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',sans-serif"

    // MARK: Shapes

    static func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int, fill: String, stroke: String? = nil) -> Markup {
        var attributes: Attributes = [("x", "\(x)"), ("y", "\(y)"), ("width", "\(width)"), ("height", "\(height)"), ("fill", fill)]
        if let stroke { attributes += [("stroke", stroke), ("stroke-width", "15")] }
        return tag("rect", attributes, [])
    }

    static func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ stroke: String, width: Int = 12) -> Markup {
        tag("line", [("x1", "\(x1)"), ("y1", "\(y1)"), ("x2", "\(x2)"), ("y2", "\(y2)"), ("stroke", stroke), ("stroke-width", "\(width)")], [])
    }

    static func path(_ d: String, fill: String, stroke: String? = nil, width: Int = 30) -> Markup {
        var attributes: Attributes = [("d", d), ("fill", fill)]
        if let stroke { attributes += [("stroke", stroke), ("stroke-width", "\(width)")] }
        return tag("path", attributes, [])
    }

    /// 示例数据 is among what it stands beside.
    static func sampleMark(_ x: Int, _ y: Int) -> Markup { rect(x, y, 70, 70, fill: "#ffffff", stroke: Ink.black) }

    enum Anchor: String { case start, middle, end }

    /// One line of text on a baseline. What is too long for the room is cut, and what the fonts of a machine make wider than foreseen
    /// is clipped to it: no label runs into another.
    static func label(_ text: String, _ x: Int, _ baseline: Int, within width: Int, size: Int, _ anchor: Anchor = .start, isBold: Bool = false, fill: String = Ink.black) -> Markup {
        let shown = DisplayWidth.cut(PlainText.visible(String(text.unicodeScalars.prefix(200))), to: max(1, columns(in: width, size: size)))
        let left = anchor == .start ? x : anchor == .end ? x - width : x - width / 2
        var attributes: Attributes = [("x", "\(x - left)"), ("y", "\(size)"), ("font-size", "\(size)"), ("fill", fill)]
        if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
        if isBold { attributes.append(("font-weight", "bold")) }
        return tag(
            "svg", [("x", "\(left)"), ("y", "\(baseline - size)"), ("width", "\(width)"), ("height", "\(size * 14 / 10)"), ("overflow", "hidden")], [tag("text", attributes, shown)])
    }

    /// How many columns of a terminal a text may take: a Chinese character two, as wide as it is high; a Latin letter one.
    static func columns(in width: Int, size: Int) -> Int { width * 100 / (size * 54) }

    /// How much room a short text of digits takes.
    static func width(of text: String, size: Int) -> Int { DisplayWidth.of(text) * size * 58 / 100 }
}

/// Colours that people with any colour vision tell apart (Okabe and Ito), and that differ in brightness too. No colour says anything
/// that a shape doesn't say.
enum Ink {
    static let black = "#111111"
    static let grey = "#767676"
    static let light = "#d0d0d0"
    static let blue = "#0072b2"
    static let sky = "#56b4e9"
    static let orange = "#e69f00"
    static let red = "#d55e00"
}
