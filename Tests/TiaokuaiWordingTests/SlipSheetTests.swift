import Testing
import TiaokuaiWording

@Suite struct SlipSheetTests {
    private func sheet(_ lines: Int, file: String = "a.tkb", code: String? = "1a2b-3c4d-5e6f") -> SlipSheet {
        SlipSheet(
            isRehearsal: false, lines: [.init(SlipWords.file, file), .init(SlipWords.checkCode, "0000-1111-2222")],
            listings: [.init(SlipWords.heads, (0..<lines).map { "head \($0)" }), .init(SlipWords.waiting, [])], code: code)
    }

    @Test func bothLanguagesStandOnItWhateverTheRunSpeaks() {
        let text = sheet(1).text.joined(separator: "\n")
        for part in ["数据包回执单 Bundle receipt slip", "文件 File", "收讫码 Code of receipt  1a2b-3c4d-5e6f", "经办人 Handled by", "签章 Seal", "无 none"] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func itStaysOnePageHoweverMuchThereIs() {
        let long = sheet(1_000)
        #expect(long.listings[0].lines.count == SlipSheet.Listing.maximumLines)
        #expect(long.text.contains { $0.contains("另有 995 项未列出 and 995 more") })
        #expect(long.text.count < 50)
        #expect(!sheet(5).text.contains { $0.contains("另有") })
    }

    @Test func withoutACodeItSaysSo() {
        #expect(sheet(1, code: nil).text.contains { $0.contains("不给收讫码") })
        #expect(!sheet(1, code: nil).html.contains("<strong>"))
    }

    @Test func whatPeopleNamedFilesStandsEscapedOnThePage() {
        let page = sheet(1, file: "<script>alert(\"&\")</script>.tkb").html
        #expect(page.contains("&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;.tkb"))
        #expect(!page.contains("<script"))
    }
}
