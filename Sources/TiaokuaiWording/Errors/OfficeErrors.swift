/// Codes of the offices' work.
let officeErrors: [String: ErrorWords] = [:]
