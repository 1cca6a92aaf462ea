import Testing
import TiaokuaiWording

@testable import TiaokuaiReport

/// Text from outside: it can't become markup, hide, or move what stands around it.
@Suite struct PlainTextTests {
    private func html(_ text: String) -> String { tag("p", [("title", text)], text).string }

    @Test func markupInANameStaysText() {
        #expect(html("<script>alert('1')</script>") == "<p title=\"&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</p>\n")
    }

    /// A combining accent makes one character with the sign before it: escaping by character would let the sign through.
    @Test func aQuotationMarkWithAnAccentEndsNoAttribute() {
        for sign in ["\"", "'", "<", ">", "&"] {
            let written = html("x\(sign)\u{301} onload=alert(1)")
            #expect(!written.contains("x\(sign)\u{301}"), "\(sign)")
            #expect(written.unicodeScalars.count(where: { $0 == "\"" }) == 2 && written.unicodeScalars.count(where: { $0 == "<" }) == 2, "\(written)")
        }
    }

    @Test func whatCannotBeSeenIsSpelledOut() {
        #expect(PlainText.visible("合同\u{202E}fdp.exe") == "合同[U+202E]fdp.exe")
        #expect(PlainText.visible("a\u{200B}b\u{0}c\u{FEFF}d\u{AD}e") == "a[U+200B]b[U+0000]c[U+FEFF]d[U+00AD]e")
        #expect(PlainText.visible("高台县") == "高台县")
        #expect(PlainText.visible("é\n\tñ") == "é\n\tñ")
        #expect(PlainText.visible("a" + String(repeating: "\u{301}", count: 6)).hasSuffix("[U+0301][U+0301]"))
    }

    @Test func lettersFromRightToLeftAreIsolated() {
        #expect(PlainText.visible("县 אבג 12 局") == "县 \u{2068}אבג 12 \u{2069}局")
        #expect(PlainText.visible("سلام") == "\u{2068}سلام\u{2069}")
    }

    @Test func aTextOfTenThousandCharactersIsCutAndSaysSo() {
        let cut = PlainText.cut(String(repeating: "长", count: 10_000), to: 240, .zh)
        #expect(cut.count < 160)
        #expect(cut.hasSuffix("……(共 10000 字,全文见 report.json)"))
        let flood = "a" + String(repeating: "\u{301}", count: 10_000)
        #expect(PlainText.cut(flood, to: 240, .en).unicodeScalars.count < 400)
        #expect(PlainText.cut("短", to: 240, .zh) == "短")
    }
}
