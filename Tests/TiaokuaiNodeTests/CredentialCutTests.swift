import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A cut against whoever has the key: what the thief signs elsewhere, in what order it comes, and who may cut at all.
@Suite struct CredentialCutTests {
    /// The thief goes on in the county's feed, opens another partition, and a new epoch.
    private func thiefsWork(_ network: TestNetwork) throws -> [ChangesetItem] {
        var feed = try Forger(network["gt"], .work("620724", nil))
        let further = try feed.changeset([try feed.operation(TestNetwork.grainKey, TestNetwork.countyFood, [try TestNetwork.figure("99")])])
        let other = Partition.work("620724", "ndrc")
        var elsewhere = try Forger(network["gt"], other)
        let key = RecordKey(other, CellKind.table.name, ["grainReserveDays", "2020-09"])
        let beside = try elsewhere.changeset([try elsewhere.operation(key, TestNetwork.countyFood, [try TestNetwork.figure("98")])])
        // A copy of the folder, put back elsewhere, signs in an epoch of its own.
        let copy = try network.replica("gt", "thief")
        try copy.write([TestNetwork.draft("97", key: TestNetwork.september)])
        try copy.seal()
        let held = Set(try network.items(network["gt"]))
        return [further, beside] + (try network.items(copy).filter { !held.contains($0) })
    }

    @Test func aThiefsLaterWorkCountsInNoPartitionAndNoEpochWhateverComesFirst() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let stolen = try thiefsWork(network)
            #expect(stolen.count == 3)
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network["zy"].seal()
            let cut = try network.missing(network["gs"], than: network["zy"])
            #expect(cut.count == 1)
            let digests = try network.inEveryOrder(stolen + cut, to: "gs") { (copy, _) throws in
                #expect(try network.value(copy) == TestNetwork.days("14.2"))
                #expect(try network.value(copy, TestNetwork.september) == nil)
                let elsewhere = RecordKey(.work("620724", "ndrc"), CellKind.table.name, ["grainReserveDays", "2020-09"])
                #expect(try network.value(copy, elsewhere) == nil)
                // Nothing is thrown away: it is on record, with the reason.
                #expect(try copy.store.read { try $0.changesets().count } == network.items(network["gs"]).count + 4)
                #expect(try copy.ask { try $0.reader.waiting() }.isEmpty)
            }
            #expect(digests.count == 24)
            for digest in digests { #expect(digest.input == digests[0].input && digest.derived == digests[0].derived) }
            let last = try Node(opening: network.path("gs-order23"), surroundings: network.surroundings)
            #expect(try last.replayFindings() == [])
        }
    }

    @Test func ofSeveralCutsOnlyWhatEachLeavesCounts() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network.carry("gt", to: "zy")
            // The province has heard of August only, the city of September too; each cuts at what it holds.
            try network.cut("gt", by: "gs", as: TestNetwork.province)
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            try network["zy"].seal()
            try network["gs"].seal()
            let city = try network.missing(network["gs"], than: network["zy"])
            let province = try network.missing(network["zy"], than: network["gs"])
            #expect(city.count == 2 && province.count == 1)
            let digests = try network.inEveryOrder(city, to: "gs") { (copy, _) throws in
                #expect(try network.value(copy) == TestNetwork.days("14.2"))
                #expect(try network.value(copy, TestNetwork.september) == nil)
                #expect(try copy.replayFindings() == [])
            }
            for digest in digests { #expect(digest.derived == digests[0].derived) }
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gs")
            try network.expectAgreement(["gs", "zy"])
            #expect(try network.value(network["zy"], TestNetwork.september) == nil)
        }
    }

    @Test func aCutByASiblingOrAnInferiorEndsNothing() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            try network.enrol("lz", region: "620723", units: [.init("620723.gov", "620723", isGovernment: true)], by: "zy", as: TestNetwork.city)
            try network.carry("zy", to: "gs")
            let (county, city) = (try network.node("gt"), try network.node("zy"))
            var sibling = try Forger(network["lz"], .policy("620724"))
            var inferior = try Forger(network["gt"], .policy("620724"))
            // A sibling has no word at all in that place's partition; an inferior may speak there and ends nothing.
            let spite = try sibling.changeset([
                try network.cutOperation(CutContent(credential: .zero, subject: county, heads: [], reason: "spite"), at: "620724", by: "620723.gov", with: &sibling)
            ])
            guard case .refused(_, NodeError.Code.outsidePartition.rawValue, _) = try network["gs"].receive(spite)[0] else {
                Issue.record("the sibling's cut was not refused")
                return
            }
            let revolt = try inferior.changeset([
                try network.cutOperation(CutContent(credential: .zero, subject: city, heads: [], reason: "spite"), at: "620724", by: TestNetwork.county, with: &inferior)
            ])
            guard case .accepted = try network["gs"].receive(revolt)[0] else {
                Issue.record("the inferior's cut was not taken in")
                return
            }
            #expect(try network["gs"].ask { $0.trust?.cuts } == [:])
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.2"))
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    /// Anybody can write a credential that grants nothing; its key must not speak for the node that it names.
    @Test func theKeyOfACredentialThatGrantsNothingSignsNothingThatCounts() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let thief = try SigningKey.generate(.ed25519)
            var content = try network.content(of: "gt", at: "gs")
            content.signingKey = thief.verifyingKey.coseKey
            // The city's key is stolen: it grants the county another key, without the county's word.
            var forger = try Forger(network["zy"], .policy("620724"))
            let grant = try network.credential(content, by: TestNetwork.city, number: 7, with: &forger)
            _ = try network["gs"].receive(try forger.changeset([grant]))
            #expect(try network["gs"].ask { $0.trust?.faults[grant.id] } == .keyNotAgreed)

            let settings = try network["gt"].settings()
            var forged = try Forger(network["gt"], .work("620724", nil))
            let claim = try forged.operation(TestNetwork.september, TestNetwork.countyFood, [try TestNetwork.figure("99")])
            let epoch = Epoch(high: 7, low: 7)
            var body = BodyEncoder(epoch: epoch)
            body.append(claim)
            let header = ChangesetHeader(
                network: try #require(settings.network), feed: Feed(node: settings.node, epoch: epoch, partition: .work("620724", nil)), sequence: 1,
                predecessor: nil, bodyLength: 0, count: 1, credential: grant.id.hash, rootStatement: 1, checkpoint: nil, isRehearsal: true)
            let signed = try SignedChangeset.sign(
                header: header, body: body.finish(salt: network.surroundings.randomBytes(16)), sealed: network.surroundings.now(), key: thief)
            let reception = try network["gs"].receive(signed.item)
            guard case .accepted(_, operations: 1) = reception[0] else { Issue.record("\(reception)"); return }
            #expect(try network.verdict(network["gs"], claim.id, of: TestNetwork.september) == .void(.unitNotGranted))
            #expect(try network.value(network["gs"], TestNetwork.september) == nil)
            // The county's own key goes on as before.
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.2"))
            try network.report("gt", TestNetwork.countyFood, "14.6")
            try network.carry("gt", to: "gs")
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.6"))
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    @Test func aCutKeysConsentIsRefusedByAnHonestGranterAndStandsWhereItCameBefore() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork.reported(in: folder)
            let units: [CredentialContent.WrittenUnit] = [.init(TestNetwork.countyFood, "620724")]
            // The county agreed to a second machine; later its key is stolen and cut.
            try network.enrol("gt2", region: "620724", units: units, by: "zy", as: TestNetwork.city, lineage: .joins, agreeing: "gt")
            try network.cut("gt", by: "zy", as: TestNetwork.city)
            #expect {
                try network.enrol("gt3", region: "620724", units: units, by: "zy", as: TestNetwork.city, lineage: .joins, agreeing: "gt")
            } throws: {
                ($0 as? NodeError)?.code == .mayNotIssue && ($0 as? NodeError)?.facts["reason"] == "consentCut"
            }
            // The second machine is none the worse for it.
            try network.report("gt2", TestNetwork.countyFood, "15.1", key: TestNetwork.september)
            try network.carry("gt2", to: "zy")
            try network.carry("zy", to: "gs")
            #expect(try network.value(network["gs"], TestNetwork.september) == TestNetwork.days("15.1"))

            // A city's program that looks away grants it all the same: what was cut in the grant's own past has no voice.
            let third = try Node.create(at: network.path("gt4"), plan: NodePlan(name: "gt4", region: "620724", units: units), surroundings: network.surroundings)
            let request = try Node.readRequest(try third.makeRequest(plan: NodePlan(name: "gt4", region: "620724", units: units), depth: nil, lineage: .joins))
            var content = try network.content(of: "gt2", at: "zy")
            content.subject = request.subject
            content.signingKey = request.request.signingKey
            content.consents = [try network["gt"].consent(to: request)]
            var forger = try Forger(network["zy"], .policy("620724"))
            let grant = try network.credential(content, by: TestNetwork.city, number: 1, with: &forger)
            let reception = try network["gs"].receive(try forger.changeset([grant]))
            guard case .accepted = reception[0] else { Issue.record("\(reception)"); return }
            #expect(try network["gs"].ask { $0.trust?.faults[grant.id] } == .unitTaken)
            #expect(try network["gs"].replayFindings() == [])
        }
    }
}
