import Testing
import TiaokuaiWording

@Suite struct LanguageTests {
    @Test(
        arguments: [
            ("en", [:], Language.en), ("zh", ["LC_ALL": "en_US.UTF-8"], .zh), (nil, ["LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"], .en),
            (nil, ["LANG": "en_GB"], .en), (nil, ["LC_ALL": "", "LANG": "en_GB"], .en), (nil, ["LANG": "C.UTF-8"], .zh), (nil, ["LANG": "zh_CN.UTF-8"], .zh),
            (nil, [:], .zh), ("fr", [:], .zh),
        ] as [(String?, [String: String], Language)])
    func theOptionComesBeforeTheEnvironmentAndChineseIsTheRest(option: String?, environment: [String: String], language: Language) {
        #expect(Language.chosen(option: option, environment: environment) == language)
    }
}

@Suite struct TemplateTests {
    @Test func factsAreFilledIn() { #expect(Template.fill("没有 {what}。", ["what": "单位"]) == "没有 单位。") }

    @Test func aPartWithoutItsFactIsLeftOut() {
        #expect(Template.fill("坏了[:{path}][({why})]。", ["why": "满"]) == "坏了(满)。")
        #expect(Template.fill("坏了[:{path}]。", [:]) == "坏了。")
    }

    @Test func aMissingFactOutsideBracketsShowsAsADash() { #expect(Template.fill("没有 {what}。", [:]) == "没有 —。") }

    @Test func aFactThatLooksLikeATemplateIsNotRead() { #expect(Template.fill("{a}{b}", ["a": "{b}[", "b": "x"]) == "{b}[x") }
}

@Suite struct TableTests {
    @Test(arguments: [("abc", 3), ("县发改局", 8), ("14.2天", 6), ("。", 2), ("e\u{301}", 1), ("𠀀", 2), ("—", 1), ("", 0)])
    func widthCountsChineseCharactersTwice(text: String, width: Int) { #expect(DisplayWidth.of(text) == width) }

    @Test func chineseColumnsAlignAndNumbersStandAtTheRight() {
        var table = TextTable([.init("单位"), .init("数值", .right), .init("结论")])
        table.add(["县发改局", "14.2", "采用"])
        table.add(["gov", "100", "保留"])
        #expect(table.lines == ["单位      数值  结论", "县发改局  14.2  采用", "gov        100  保留"])
        let columns = table.lines.map { line in line.range(of: "采用").map { DisplayWidth.of(line[..<$0.lowerBound]) } }
        #expect(columns == [nil, 16, nil])
    }

    @Test func aLineBreakInACellDoesNotBreakTheTable() {
        var table = TextTable([.init("a")])
        table.add(["x\ny"])
        #expect(table.lines == ["a", "x y"])
    }
}

@Suite struct ExplanationScreenTests {
    private func screen() -> ExplanationScreen {
        var screen = ExplanationScreen(
            reference: "620724/grainReserveDays/2020-08", field: "数值", value: "14.2 天", blank: nil, rule: "mode", fieldRule: "authority")
        screen.mode = "lineFirst"
        screen.modeSource = "高台县方案,保粮食能源安全 一(五)"
        screen.claims = [
            .init(unit: "县商务局", value: "15.6 天", verdict: "overruled", voidReason: nil, day: "2020-08-14", hadSeen: [], isSample: true),
            .init(unit: "县发改局", value: "14.2 天", verdict: "stands", voidReason: nil, day: "2020-08-14", hadSeen: ["县商务局"], isSample: true),
        ]
        screen.dispute = .init(axis: "inTier", knowledge: "conflicting", isSettled: true, deciders: ["高台县人民政府"])
        screen.changes = [("县发改局", [Words("改报", "lodge another claim")])]
        return screen
    }

    @Test func theRuleItsSourceAndEveryClaimStandInOneSentence() {
        #expect(screen().lines(.zh)[2] == "以条为主(高台县方案,保粮食能源安全 一(五)):县发改局 14.2 天 采用;县商务局 15.6 天 保留,不采用。")
    }

    @Test func madeUpFiguresAreMarkedInBothLanguages() {
        #expect(screen().lines(.zh)[0].hasSuffix("【示例数据】"))
        #expect(screen().lines(.en)[0].hasSuffix("【made-up figures】"))
    }

    @Test func aBlankSaysWhy() {
        var screen = screen()
        screen.value = nil
        screen.mode = "unspecified"
        screen.blank = JudgementWords.blank("undecided")
        #expect(screen.lines(.zh)[1] == "在用:空(各方不一致,没有一致过的值)")
        #expect(screen.lines(.zh)[2].hasPrefix("未写明条块"))
    }

    @Test func aScreenIsShort() { #expect(screen().lines(.zh).count <= 24) }
}
