/// Codes of the wire between two nodes.
let wireErrors: [String: ErrorWords] = [:]
