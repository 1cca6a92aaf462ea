import Testing
import TiaokuaiModel
import TiaokuaiWording
import TiaokuaiWork

@Suite struct SheetWordsTests {
    @Test(arguments: Citation.Relation.allCases) func everyRelationOfDocumentsIsAWord(relation: Citation.Relation) {
        #expect(SheetWords.relation(relation.rawValue).zh != relation.rawValue)
    }

    @Test(arguments: [Partition.policy("620724"), .work("620724", nil), .work("620724", "hrss"), .local]) func everyPartitionIsInWords(partition: Partition) {
        let words = SheetWords.partition(partition.description)
        #expect(words.zh != partition.description && words.en != partition.description && !words.zh.contains("(") && !words.en.contains("("))
        if let place = partition.place { #expect(words.zh.contains(place.text) && words.en.contains(place.text)) }
    }

    @Test func whatTheTablesDoNotKnowIsShownAsItIs() {
        #expect(SheetWords.relation("repeals").zh == "repeals" && SheetWords.partition("other(1)").en == "other(1)" && SheetWords.partition("x").zh == "x")
    }
}
