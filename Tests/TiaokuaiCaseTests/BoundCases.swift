import Testing
import TiaokuaiOffice

/// Bounds and standards from above: who may tighten, who may not loosen (R2, R3).
@Suite struct BoundCases {
    private let grain = "target 622921/grainReserveDays/2020"

    @Test func r2c01aLooserFloorOfTheCountyIsKeptAndInert() throws {
        try Case.play(["gs", "lx", "lxx"]) { one in
            try one.at("gs") { try $0.state("target 620000/grainReserveDays/2020", ["floor": "10天"], by: "620000.gov") }
            try one.at("lxx") { try $0.state(grain, ["floor": "8天"], by: "622921.gov") }
        } check: { (_, office) throws in
            let floor = try office.explain(grain, field: "floor")
            #expect(floor.value == "10")
            #expect(floor.ownValue == "8")
            #expect(floor.decidingPlace?.id == "620000")
            #expect(try office.kept(place: "622921").map(told) == ["inert 622921.gov floor 8 against 10"])
            #expect(try office.history(grain).map { "\($0.unit.id) \($0.person) \($0.fields[0].value ?? "")" } == ["622921.gov 622921.gov.p1 8"])
        }
    }

    @Test func r2c02theStricterOfCityAndCountyIsInForceAndTheChainIsDated() throws {
        let target = "target 620724/grainReserveDays/2020"
        try Case.play(["gs", "zy", "gt"], on: "2020-08-12") { one in
            try one.at("gt") { try $0.state(target, ["floor": "15天"], by: "620724.gov") }
            try one.at("zy", on: "2020-08-14") { try $0.state("target 620700/grainReserveDays/2020", ["floor": "12天"], by: "620700.gov") }
            try one.at("zy", on: "2020-08-20") { try $0.state("target 620700/grainReserveDays/2020", ["floor": "20天"], by: "620700.gov") }
        } check: { (_, office) throws in
            let floor = try office.explain(target, field: "floor")
            #expect(floor.value == "20")
            #expect(floor.bound?.steps.map { "\($0.place.id) \($0.value) \($0.standing)" } == ["620700 20 effective", "620724 15 inert"])
            #expect(try office.kept(place: "620724").map(told) == ["inert 620724.gov floor 15 against 20"])
            let days = try office.bounds(place: "620724", indicator: "grainReserveDays", on: try office.day("2020-08-21"))
            #expect(days.flatMap(\.changes).map { "\($0.since) \($0.value ?? "")" } == ["2020-08-12 15", "2020-08-20 20"])
            #expect(try office.bounds(place: "620724", indicator: "grainReserveDays", on: try office.day("2020-08-15")).first?.bounds.first?.value == "15")
        }
    }

    @Test func r2c03theLowestCeilingIsInForceAndAnotherOfficesWordIsAnObjection() throws {
        let target = "target 620724/registeredUnemploymentRate/2020"
        try Case.play(["zy", "gt", "gt2"], on: "2020-08-01") { one in
            try one.at("zy") { try $0.state("target 620700/registeredUnemploymentRate/2020", ["ceiling": "4.5%"], by: "620700.gov") }
            try one.at("gt", on: "2020-08-10", after: [0]) { try $0.state(target, ["ceiling": "4.2%"], by: "620724.gov") }
            try one.at("zy", on: "2020-08-11") { try $0.state("target 620700/registeredUnemploymentRate/2020", ["ceiling": "4%"], by: "620700.gov") }
            try one.at("gt2", on: "2020-08-12") { try $0.state(target, ["ceiling": "5%"], by: "620724.hrss") }
        } check: { (_, office) throws in
            let ceiling = try office.explain(target, field: "ceiling")
            #expect(ceiling.value == "4")
            #expect(try office.explain("target 620700/registeredUnemploymentRate/2020", field: "ceiling").value == "4")
            #expect(
                try office.kept(place: "620724").map(told) == [
                    "inert 620724.gov ceiling 4.2 against 4", "objection 620724.hrss ceiling 5 against 4.2",
                ])
            let days = try office.bounds(place: "620724", indicator: "registeredUnemploymentRate", on: try office.day("2020-08-12"))
            #expect(days.flatMap(\.changes).map { "\($0.since) \($0.value ?? "")" } == ["2020-08-01 4.5", "2020-08-10 4.2", "2020-08-11 4"])
        }
    }

    @Test func r3c04anExactStandardIsNeitherRaisedNorExtended() throws {
        try Case.play(["gs", "zy", "gt", "lx", "lxx"]) { one in
            try one.at("gs") {
                try $0.state(
                    "standard 620000/priceSubsidyRaise/2020/620000.civil", ["value": "1倍", "termFrom": "2020-03-01", "termTo": "2020-06-30"], by: "620000.civil")
            }
            try one.at("gt") {
                try $0.state(
                    "standard 620724/priceSubsidyRaise/2020/620724.civil", ["value": "1.5倍", "termFrom": "2020-03-01", "termTo": "2020-06-30"], by: "620724.civil")
            }
            try one.at("lxx") {
                try $0.state(
                    "standard 622921/priceSubsidyRaise/2020/622921.gov", ["value": "1倍", "termFrom": "2020-03-01", "termTo": "2020-07-31"], by: "622921.gov")
            }
        } check: { (node, office) throws in
            #expect(try office.show("standard 620000/priceSubsidyRaise/2020/620000.civil").judgement == "stands")
            if ["gs", "zy", "gt"].contains(node) {
                #expect(try office.show("standard 620724/priceSubsidyRaise/2020/620724.civil").judgement == "refused")
                #expect(try office.kept(place: "620724").map(told) == ["refused 620724.civil value 1.5 against 1"])
                #expect(try office.history("standard 620724/priceSubsidyRaise/2020/620724.civil").map(\.person) == ["620724.civil.p1"])
            }
            if ["gs", "lx", "lxx"].contains(node) {
                #expect(try office.show("standard 622921/priceSubsidyRaise/2020/622921.gov").judgement == "refused")
            }
        }
    }

    @Test func r3s15aClauseThatSaysMayOpensARangeAndOneThatSaysMustDoesNot() throws {
        let own = "standard 620724/priceSubsidyRaise/2020/620724.civil"
        for (word, judgement) in [("may", "withinDiscretion"), ("must", "refused")] {
            try Case.play(["gs", "zy", "gt"]) { one in
                try one.at("gs") { try $0.state("standard 620000/priceSubsidyRaise/2020/620000.civil", ["value": "1倍", "discretion": word], by: "620000.civil") }
                try one.at("gt") { try $0.state(own, ["value": "1.5倍"], by: "620724.civil") }
            } check: { (_, office) throws in
                #expect(try office.show(own).judgement == judgement)
                #expect(try office.explain("standard 620000/priceSubsidyRaise/2020/620000.civil", field: "discretion").value == word)
            }
        }
    }

    @Test func r4c06theSuperiorsNewAllocationStandsAndWhatIsNotPassedOnIsShown() throws {
        try Case.play(
            ["gs", "zy", "gt"], on: "2020-05-20", before: { try $0["zy"].state("allocation:620700/newUrbanJobs/2020/620724", ["value": "2600人"], by: "620700.gov") }
        ) { one in
            try one.at("zy", on: "2020-08-01") { try $0.state("allocation:620700/newUrbanJobs/2020/620724", ["value": "2800人"], by: "620700.gov") }
            try one.at("gt", on: "2020-08-02") {
                try $0.state("allocation:620724/newUrbanJobs/2020/620724100", ["value": "1600人"], by: "620724.gov")
                try $0.state("allocation:620724/newUrbanJobs/2020/620724101", ["value": "1000人"], by: "620724.gov")
            }
            try one.at("gt") { try $0.state("620724/newUrbanJobs/2020-07", ["value": "1318人"], by: "620724.hrss") }
        } check: { (_, office) throws in
            let row = try #require(try office.allocations(to: "620724").first)
            #expect(row.value == "2800")
            #expect(row.parts.map { "\($0.to.id) \($0.value)" } == ["620724100 1600", "620724101 1000"])
            #expect(row.unallocated == "200")
            #expect(row.changes.map { "\($0.since) \($0.value) \($0.unit.id)" } == ["2020-05-20 2600 620700.gov", "2020-08-01 2800 620700.gov"])
            #expect(try office.explain("620724/newUrbanJobs/2020-07", field: "value").value == "1318")
        }
    }

    @Test func r21c50standardsOfTwoGuaranteesThatOverlapAreNobodysUntilTheyAreSettled() throws {
        try Case.play(
            ["zy", "gt", "gt2"],
            before: {
                try $0["gt"].state(
                    "indicator:620724/guaranteeFee", ["title": "担保费率", "measure": "%", "direction": "ceiling", "line": "finance", "nature": "rate", "frequency": "yearly"],
                    by: "620724.gov")
            }
        ) { one in
            try one.at("gt") { try $0.state("standard 620724/guaranteeFee/2020/620724.samr", ["value": "1", "condition": "信誉良好且正常纳税"], by: "620724.samr") }
            try one.at("gt2") { try $0.state("standard 620724/guaranteeFee/2020/620724.hrss", ["value": "1.5", "condition": "生活服务业"], by: "620724.hrss") }
        } check: { (_, office) throws in
            for unit in ["samr", "hrss"] { #expect(try office.show("standard 620724/guaranteeFee/2020/620724.\(unit)").judgement == "undecided") }
            #expect(try office.kept(place: "620724").map { "\($0.standing) \($0.unit.id) \($0.value ?? "")" } == ["undecided 620724.hrss 1.5", "undecided 620724.samr 1"])
            // Which is the more favourable is the indicator's to say; a proposal is in use nowhere.
            #expect(try office.kept(place: "620724").map(\.proposal) == ["1", "1"])
        }
    }
}
