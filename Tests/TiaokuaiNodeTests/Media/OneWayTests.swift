import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

@testable import TiaokuaiSync

/// Where nobody answers: repeats that end, a heartbeat, what is missing by it, and an operator's word.
@Suite struct OneWayTests {
    @Test func whatWasSentGoesAlongInTheNextKHandOversAndThenNoMore() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            let enrolment = try scene.export("all.tkb", repeats: 0).changesets
            try scene.write(1)
            let counts = try (1...4).map { try scene.export("\($0).tkb", repeats: 2).changesets }
            // What the enrolment brought was in one file more; of the figure there are three copies.
            #expect(counts == [enrolment + 1, enrolment + 1, 1, 0])
            try scene.write(2)
            #expect(try scene.export("5.tkb", repeats: 2).changesets == 1)
            try scene.write(3)
            #expect(try scene.export("6.tkb", repeats: 2).changesets == 2)
            #expect(try scene.export("7.tkb", repeats: 0).changesets == 0)
            // Without the switch the law holds as ever: nothing was acknowledged, so everything goes.
            #expect(try scene.export("8.tkb").changesets == enrolment + 3)
        }
    }

    @Test func anyTwoOfThreeSticksMayBeLostWithTwoRepeats() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try scene.export("0.tkb", repeats: 2)
            try scene.import("0.tkb")
            for number in 1...9 {
                try scene.write(number)
                try scene.export("\(number).tkb", repeats: 2)
            }
            for number in [3, 6, 9] { try scene.import("\(number).tkb") }
            #expect(try scene.held() == Array(1...9))
            #expect(try scene.province.ask { try $0.gaps() } == [])
        }
    }

    @Test func whatTheHeartbeatNamesAndDidNotComeIsListedAndAskedForAgain() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            for number in 0...5 {
                if number > 0 { try scene.write(number) }
                try scene.export("\(number).tkb", repeats: 0)
            }
            for number in [0, 1, 4] { try scene.import("\(number).tkb") }
            let first = try scene.province.ask { try $0.gaps() }
            #expect(first.map { [$0.from, $0.to] } == [[2, 3]])
            #expect(first.map(\.namedBy) == [scene.countyID])
            #expect(first.allSatisfy { $0.feed.node == scene.countyID && $0.feed.partition == .work("620724", nil) })

            // The last stick is lost, and the next one has nothing new: the heartbeat tells all the same.
            try scene.export("6.tkb", repeats: 0)
            try scene.import("6.tkb")
            let gaps = try scene.province.ask { try $0.gaps(namedBy: scene.countyID) }
            #expect(gaps.map { [$0.from, $0.to] } == [[2, 3], [5, 5]])
            #expect(gaps[0].since == first[0].since)
            #expect(gaps[1].since > gaps[0].since)
            #expect(try scene.held() == [1])

            let again = try gaps.map { try #require(FeedRange($0.range)) }
            #expect(try scene.export("7.tkb", repeats: 0, again: again).changesets == 3)
            try scene.import("7.tkb")
            #expect(try scene.province.ask { try $0.gaps() } == [])
            #expect(try scene.held() == [1, 2, 3, 4, 5])
        }
    }

    @Test func askingForWhatNobodyHasIsToldByName() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            let range = try #require(FeedRange("00000000:1-2"))
            #expect { try scene.export("x.tkb", repeats: 0, again: [range]) } throws: { error in
                (error as? NodeError) == NodeError(.unknownItem, ["item": "00000000:1-2"])
            }
        }
    }

    @Test(arguments: ["", "3f2a91c0", "3f2a91c:1", "3f2a91c0:", "3f2a91c0:0-2", "3f2a91c0:3-2", "3f2a91c0:1-2-3", "gggggggg:1", "3f2a91c0:-1", "3f2a91c0:1:2"])
    func aRangeIsWrittenOneWayOnly(text: String) { #expect(FeedRange(text) == nil) }

    @Test func anOperatorsWordEndsRepeatsAndIsNoReceipt() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try scene.write(1)
            let sent = try scene.export("1.tkb", repeats: 5)
            let vouched = try scene.county.ask { try $0.acknowledgedDigest(by: scene.provinceID) }
            try scene.import("1.tkb", handler: Handler(unit: nil, person: "wang"))
            let slip = try scene.province.slip(ofFileWith: sent.phoneDigest)
            let code = try #require(slip.code)
            #expect(slip.heads.allSatisfy(\.isHeld) && slip.sender == scene.countyID)
            #expect(slip.entry.row.person == "wang")

            // The file's own code tells which it is, and records nothing.
            let found = try scene.county.confirm(code: sent.phoneDigest, by: Handler(unit: nil, person: "li"))
            #expect(found.meaning == .file && found.entries.map(\.row.note) == ["1.tkb"])
            #expect(found.entries.allSatisfy { $0.confirmation == nil })
            #expect(try scene.export("2.tkb", repeats: 5).changesets == sent.changesets)

            // As it is typed: with other dashes, blanks and capitals.
            let typed = " " + code.uppercased().replacingOccurrences(of: "-", with: " – ")
            let confirmed = try scene.county.confirm(code: typed, by: Handler(unit: TestNetwork.countyFood, person: "li"))
            #expect(confirmed.meaning == .received)
            let word = try #require(confirmed.entries[0].confirmation)
            #expect(word.person == "li" && word.unit == TestNetwork.countyFood)
            #expect(confirmed.entries[0].isAcknowledged == false)
            #expect(try scene.export("3.tkb", repeats: 5).changesets == 0)
            #expect(try scene.county.ask { try $0.acknowledgedDigest(by: scene.provinceID) } == vouched)
            #expect(try scene.export("4.tkb").changesets == sent.changesets)
            // The first word stands.
            let again = try scene.county.confirm(code: code, by: Handler(unit: nil, person: "zhao"))
            #expect(again.entries[0].confirmation == word)
        }
    }

    @Test func aWordWithoutAPersonIsNotTaken() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            let sent = try scene.export("1.tkb", repeats: 5)
            try scene.import("1.tkb")
            let code = try #require(try scene.province.slip(ofFileWith: sent.digest.hex).code)
            #expect { _ = try scene.county.confirm(code: code, by: nil) } throws: { ($0 as? NodeError)?.code == .noPerson }
            for wrong in ["", "123", "zzzz-zzzz-zzzz", "0000-0000-0000", code + "0"] {
                #expect { _ = try scene.county.confirm(code: wrong, by: nil) } throws: { ($0 as? NodeError)?.code == .unknownItem }
            }
        }
    }

    @Test func aSlipHasItsCodeOnlyWhenEverythingInTheFileIsHeld() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            let first = try scene.export("0.tkb", repeats: 0)
            try scene.write(1)
            _ = try scene.export("1.tkb", repeats: 0)
            try scene.write(2)
            let second = try scene.export("2.tkb", repeats: 0)
            try scene.import("0.tkb")
            #expect(try scene.province.slip(ofFileWith: first.phoneDigest).code != nil)
            try scene.import("2.tkb")
            let waiting = try scene.province.slip(ofFileWith: second.phoneDigest)
            #expect(waiting.code == nil)
            #expect(waiting.heads.map(\.waitsFor) == ["predecessor"])
            try scene.import("1.tkb")
            #expect(try scene.province.slip(ofFileWith: second.phoneDigest).code != nil)
        }
    }

    @Test func aDamagedFileHasNoCodeWhateverIsHeld() throws {
        try withTemporaryFolder { folder in
            let scene = try MediaScene(in: folder)
            try scene.write(1)
            try scene.export("1.tkb", isSealed: false)
            var bytes = try DurableFile.read(scene.path("1.tkb"), limit: 1 << 20)
            bytes[bytes.count - 20] ^= 1
            try DurableFile.write(bytes, to: scene.path("bad.tkb"))
            try scene.import("1.tkb")
            #expect(try scene.import("bad.tkb").fault != nil)
            let rows = try scene.province.ask { try $0.register() }
            #expect(rows.prefix(2).map(\.row.note) == ["bad.tkb", "1.tkb"])
            let digest = try #require(rows[0].phoneDigest)
            #expect(try scene.province.slip(ofFileWith: digest).code == nil)
        }
    }
}
