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

    @Test(arguments: [8, 13, 20, 41]) func textIsWrappedByWidthAndNothingOfItIsLost(columns: Int) {
        let text = "以条为主(高台县方案):县发改局 14.2 天 in use; 县商务局 15.6 天 kept, overruled。"
        let lines = DisplayWidth.wrapped(text, to: columns)
        for line in lines { #expect(DisplayWidth.of(line) <= columns, "\(line)") }
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        let two = DisplayWidth.wrapped(text, to: columns, lines: 2)
        #expect(two.count == 2)
        #expect(two[1].hasSuffix("…") == (lines.count > 2))
        #expect(DisplayWidth.wrapped("短", to: columns) == ["短"])
    }

    @Test func aTableThatIsTooWideLosesFromItsWidestColumn() {
        var table = TextTable([.init("单位"), .init("出处"), .init("日")])
        table.add(["县发改局", String(repeating: "关于印发", count: 20), "2020-08-14"])
        let lines = table.lines(within: 40)
        for line in lines { #expect(DisplayWidth.of(line) <= 40) }
        #expect(lines[1].hasPrefix("县发改局  关于印发") && lines[1].contains("…") && lines[1].hasSuffix("2020-08-14"))
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

    /// However much there is to say, and however long each word is.
    @Test(arguments: Language.allCases, [0, 1, 2, 6, 40, 10_000]) func itIsOneScreenHoweverMuchThereIsToSay(language: Language, count: Int) {
        var screen = screen()
        let long = String(repeating: "关于印发高台县六保工作方案的通知 with words ", count: 20)
        screen.reference = long
        screen.modeSource = long
        screen.value = count.isMultiple(of: 2) ? long : nil
        screen.blank = Words(long, long)
        let codes = ["stands", "overruled", "disputed", "incomplete", "inert", "objection", "replaced", "withdrawn", "forked", "pending", "void", "passed", "decides"]
        screen.claims = (0..<count).map { index in
            .init(
                unit: "\(long)\(index)", value: long, verdict: codes[index % codes.count], voidReason: "statisticsDecide", day: "2020-08-14",
                hadSeen: Array(repeating: long, count: index % 50), isSample: true)
        }
        screen.refused = Array(screen.claims.prefix(3))
        screen.changes = (0..<count).map { ("\(long)\($0)", [Words(long, long), Words("改报", "lodge another claim")]) }
        screen.dispute = .init(axis: "vertical", knowledge: "parallel", isSettled: false, deciders: Array(repeating: long, count: count % 50))
        screen.steps = (0..<min(count, 40)).map { .init(place: long, unit: long, value: "\($0)", standing: "shadowed", source: long, since: "2020-08-12", isSample: true) }
        let lines = screen.lines(language)
        #expect(lines.count <= ExplanationScreen.rows)
        for line in lines { #expect(DisplayWidth.of(line) <= ExplanationScreen.columns, "\(line)") }
        // What is left out is said.
        if count > 20 { #expect(lines.joined().contains(language == .zh ? "另有" : "more")) }
    }

    @Test func aFewClaimsAreAllShown() {
        var screen = screen()
        screen.claims = (0..<6).map { .init(unit: "单位\($0)", value: "\($0)", verdict: "disputed", voidReason: nil, day: "2020-08-14", hadSeen: [], isSample: false) }
        for index in 0..<6 { #expect(screen.lines(.zh).contains { $0.hasPrefix("单位\(index)") }) }
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
