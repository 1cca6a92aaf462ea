import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

// The messages of Wire.md; which one a file holds is `given`.
extension Maker {
    mutating func makeWire() throws {
        let (clientNonce, serverNonce, token) = (sha256([1]), sha256([2]), sha256([3]))
        func valid(_ message: String, _ name: String, _ fact: String, _ bytes: [UInt8], _ given: [String: String] = [:]) {
            add("wire", name, fact, bytes, given: given.merging(["message": message]) { old, _ in old })
        }
        func wrong(_ message: String, _ name: String, _ fact: String, _ code: FormatError.Code, _ bytes: [UInt8]) {
            add("wire", name, fact, bytes, given: ["message": message], refused: code)
        }

        let challenge = Challenge(network: scene.network, node: scene.countyNode, nonce: clientNonce).explicitForm
        valid("challenge", "challenge", "Who asks, and a nonce.", challenge)
        wrong("challenge", "challenge-version-two", "Another version is another format.", .unsupported, edited(challenge) { $0[1] = 2 })
        wrong("challenge", "challenge-short-nonce", "A nonce has 32 bytes.", .wrongCount, edited(challenge) { $0[4] = .bytes([1, 2, 3]) })
        wrong("challenge", "challenge-leftover", "Nothing follows.", .leftover, challenge + [0])
        wrong("challenge", "challenge-as-session", "The name says which message it is.", .unsupported, edited(challenge) { $0[0] = "tk-session" })

        let (binding, state) = (sha256([4]), sha256([5]))
        let greeting = Greeting(
            role: .server, network: scene.network, client: scene.countyNode, server: scene.provinceNode, clientNonce: clientNonce, serverNonce: serverNonce,
            binding: binding, rootStatement: 0)
        let answer = ChallengeAnswer(
            node: scene.provinceNode, nonce: serverNonce, binding: binding,
            signature: try Statement.signature(over: greeting.explicitForm, as: .greeting, key: scene.province))
        let form = answer.explicitForm
        valid(
            "answer", "answer", "The server names itself and signs; the greeting that it signs both know.", form,
            ["greeting": greeting.explicitForm.hex, "key": scene.province.verifyingKey.coseKey.hex])
        valid("answer", "answer-on-plain-http", "On plain HTTP there is no certificate to bind to.", edited(form) { $0[4] = .bytes([]) })
        wrong("answer", "answer-short-binding", "A binding is a digest or nothing.", .wrongCount, edited(form) { $0[4] = .bytes([1]) })
        wrong("answer", "answer-short-signature", "A signature has 64 bytes.", .wrongCount, edited(form) { $0[5] = .bytes([1]) })
        wrong("answer", "answer-leftover", "Nothing follows.", .leftover, form + [0])

        var clients = greeting
        (clients.role, clients.rootStatement, clients.state) = (.client, 1, state)
        let request = SessionRequest(
            serverNonce: serverNonce, rootStatement: 1, state: state,
            signature: try Statement.signature(over: clients.explicitForm, as: .greeting, key: scene.county)
        ).explicitForm
        valid(
            "request", "greet", "The client signs in turn, and says in one digest what it has to say.", request,
            ["greeting": clients.explicitForm.hex, "key": scene.county.verifyingKey.coseKey.hex])
        valid("request", "greet-without-state", "A client that has something to tell names no digest.", edited(request) { $0[4] = .bytes([]) })
        wrong("request", "greet-short-state", "A state is a digest or nothing.", .wrongCount, edited(request) { $0[4] = .bytes([1]) })
        wrong("request", "greet-long-signature", "A signature has 64 bytes.", .limitExceeded, edited(request) { $0[5] = .bytes(Array(repeating: 0, count: 65)) })
        wrong("request", "greet-leftover", "Nothing follows.", .leftover, request + [0])

        let session = SessionAnswer(rootStatement: 1, token: token).explicitForm
        valid("session", "session", "A token for what follows.", session)
        valid("session", "session-quiet", "No token: neither has anything to tell the other.", SessionAnswer(rootStatement: 1, token: nil).explicitForm)
        wrong("session", "session-short-token", "A token has 32 bytes.", .wrongCount, edited(session) { $0[3] = .bytes([1]) })
        wrong("session", "session-leftover", "Nothing follows.", .leftover, session + [0])

        let feed = Feed(node: scene.countyNode, epoch: scene.countyEpoch, partition: Scene.work)
        let heads = Heads((1...2).map { Heads.Head(feed: feed, sequence: 7, id: ChangesetID(sha256([UInt8($0)]))) })
        let message = HeadsMessage(heads: heads, acknowledged: .zero, heard: sha256([3])).explicitForm
        valid("heads", "heads", "What is held, what is known of the other's receipts, and what was heard.", message)
        wrong(
            "heads", "heads-unsorted", "The heads in it ascend.", .unsortedKeys,
            edited(message) { $0[2] = .bytes(edited(heads.explicitForm) { $0.reverse() }) })
        wrong("heads", "heads-leftover", "Nothing follows the heads in it.", .leftover, edited(message) { $0[2] = .bytes(heads.explicitForm + [0]) })
        wrong("heads", "heads-short-heard", "What was heard is a digest.", .wrongCount, edited(message) { $0[4] = .bytes([1]) })
        wrong("heads", "heads-end", "Nothing follows the message.", .leftover, message + [0])

        for (name, fact) in [(WireCount.plan, "How many frames there are."), (WireCount.from, "The position from which to go on.")] {
            let word = String(name.dropFirst(3))
            let form = WireCount(70_000).explicitForm(name)
            valid(word, word, fact, form)
            wrong(word, "\(word)-beyond", "A count is below 2³¹.", .outOfRange, edited(form) { $0[2] = .integer(1 << 31) })
            wrong(word, "\(word)-negative", "A count is none below zero.", .wrongType, edited(form) { $0[2] = -1 })
            wrong(word, "\(word)-leftover", "Nothing follows.", .leftover, form + [0])
        }
        wrong("plan", "plan-as-from", "One count is not the other.", .unsupported, WireCount(1).explicitForm(WireCount.from))
        makeAnswers()
    }

    /// What a server says of a page, and of what it refuses.
    private mutating func makeAnswers() {
        func wrong(_ message: String, _ name: String, _ fact: String, _ code: FormatError.Code, _ bytes: [UInt8]) {
            add("wire", name, fact, bytes, given: ["message": message], refused: code)
        }
        var outcome = PageOutcome()
        (outcome.accepted, outcome.duplicates, outcome.waiting, outcome.refused) = (300, 2, 1, 1)
        outcome.notes = [
            .init(kind: .waiting, item: sha256([1]), code: "credential", fact: sha256([2]).hex),
            .init(kind: .refused, item: sha256([3]), code: "wrongSignature", fact: ""),
        ]
        let page = outcome.explicitForm
        add("wire", "page", "What became of a page, and by name what was not simply accepted.", page, given: ["message": "page"])
        func notes(_ change: (inout [CBORItem]) -> Void) -> [UInt8] {
            edited(page) { items in
                var notes = items[9].array ?? []
                change(&notes)
                items[9] = .array(notes)
            }
        }
        func note(_ place: Int, _ item: CBORItem) -> [UInt8] {
            notes { notes in
                var note = notes[0].array ?? []
                note[place] = item
                notes[0] = .array(note)
            }
        }
        wrong("page", "page-note-of-one", "A note is about what waits, is void or was refused.", .reserved, note(0, 1))
        wrong("page", "page-long-code", "A code has at most 64 bytes.", .limitExceeded, note(2, .text(String(repeating: "x", count: 65))))
        wrong("page", "page-long-fact", "A fact has at most 1,024 bytes.", .limitExceeded, note(3, .text(String(repeating: "x", count: 1_025))))
        wrong("page", "page-65-notes", "At most 64 are named.", .limitExceeded, notes { $0 = Array(repeating: $0[1], count: 65) })
        wrong("page", "page-beyond", "A count is below 2³¹.", .outOfRange, edited(page) { $0[2] = .integer(1 << 31) })
        wrong("page", "page-leftover", "Nothing follows.", .leftover, page + [0])

        let refusal = WireRefusal(code: "bodyTooLarge", facts: ["limit": "16384", "path": "/v1/session"]).explicitForm
        add("wire", "error", "A code, and facts by name.", refusal, given: ["message": "error"])
        func facts(_ change: (inout [CBORItem]) -> Void) -> [UInt8] {
            edited(refusal) { items in
                var facts = items[3].array ?? []
                change(&facts)
                items[3] = .array(facts)
            }
        }
        wrong("error", "error-facts-unsorted", "Facts ascend by name.", .unsortedKeys, facts { $0.reverse() })
        wrong("error", "error-fact-twice", "A name stands once.", .unsortedKeys, facts { $0[1] = $0[0] })
        wrong("error", "error-nine-facts", "At most eight facts.", .limitExceeded, facts { $0 = (0..<9).map { [.text("a\($0)"), ""] } })
        wrong("error", "error-long-name", "A name has at most 64 bytes.", .limitExceeded, facts { $0 = [[.text(String(repeating: "x", count: 65)), ""]] })
        wrong("error", "error-long-value", "A value has at most 1,024 bytes.", .limitExceeded, facts { $0 = [["x", .text(String(repeating: "x", count: 1_025))]] })
        wrong("error", "error-leftover", "Nothing follows.", .leftover, refusal + [0])
    }
}
