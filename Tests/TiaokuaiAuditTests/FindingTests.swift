import Foundation
import Testing
import TiaokuaiAudit

@Suite struct FindingTests {
    @Test func faultsComeBeforeWhatIsToBeKnown() {
        var place = AuditPlace()
        place.sequence = 2
        let found = [AuditFinding(.waiting, place, isFault: false), AuditFinding(.wrongSignature, place), AuditFinding(.bytesDiffer, place)]
        #expect(found.sorted(by: AuditFinding.precedes).map(\.code) == [.bytesDiffer, .wrongSignature, .waiting])
    }

    @Test func aFindingIsTheSameAfterItWasKept() throws {
        var place = AuditPlace(file: "a.tkb", offset: 7)
        place.field = 16
        let finding = AuditFinding(.personalField, place, fact: "x")
        #expect(try JSONDecoder().decode(AuditFinding.self, from: JSONEncoder().encode(finding)) == finding)
    }
}
