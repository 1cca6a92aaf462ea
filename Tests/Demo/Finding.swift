/// The first thing that did not come out as the table says: the only way in which a run fails.
struct Finding: Error {
    let step: String
    let line: Int
    let what: String
    let expected: String
    let found: String
    var complaint = ""
}
