extension ExternalSuite {
    /// One for each folder of vectors.
    static let all: [ExternalSuite] = [
        CBORSuites.examples, CBORSuites.strict, COSEExamples.suite, Gluecose.suite, ReceiptExamples.suite, ScittVectors.suite,
        WycheproofPrimitives.suite, CornerCases.suite, NationalSuites.standards, EVPTests.suite, HPKESuite.suite, COSEHPKE.suite,
        MerkleSuites.transparencyDev, MerkleSuites.reference, TesseraLog.suite,
    ]
}
