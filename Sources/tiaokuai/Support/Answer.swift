import Foundation
import TiaokuaiWording

/// What a command has to say: for people, for programs, and for the shell.
struct Answer {
    let payload: any Encodable
    var lines: [String]
    /// The lines are a sheet for another program, byte for byte.
    var isSheet = false
    /// What was done stands, and yet something must be said about it: a damaged place, a finding.
    var failure: Failure?

    init(_ payload: any Encodable, _ lines: [String] = [], failure: Failure? = nil) {
        self.payload = payload
        self.lines = lines
        self.failure = failure
    }

    func json() throws -> String { try Answer.text(Reply(payload: payload, error: failure)) }

    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// The payload's own keys, and `error` beside them when there is one.
private struct Reply: Encodable {
    let payload: any Encodable
    let error: Failure?

    private enum CodingKeys: String, CodingKey { case error }

    func encode(to encoder: any Encoder) throws {
        try payload.encode(to: encoder)
        guard let error else { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(error, forKey: .error)
    }
}

/// An error and nothing else.
struct ErrorReply: Encodable {
    let error: Failure
}

/// Several of something, under one key.
struct Rows<Row: Encodable>: Encodable {
    let rows: [Row]
    init(_ rows: [Row]) { self.rows = rows }
}
