import Foundation
import Synchronization
import TiaokuaiNode
import TiaokuaiToken
import TiaokuaiTrust
import TiaokuaiWording

/// Where a command gets what opens its node's keys: a file that an option names, the environment, or a person at the terminal.
/// Nobody is asked twice in one run, and nothing is an argument, which others on the machine could see.
final class Secrets: Sendable {
    private let passphraseFile, pinFile: String?
    private let asked = Mutex(Asked())

    private struct Asked {
        var passphrase: String?
        var pin: String?
    }

    static let passphraseVariable = "TIAOKUAI_PASSPHRASE"
    static let newPassphraseVariable = "TIAOKUAI_NEW_PASSPHRASE"
    static let pinVariable = "TIAOKUAI_PIN"
    /// Longest secret in a file, in bytes.
    private static let fileBytes = 4_096
    /// A guess costs half a second: eight letters at random stand for centuries, four digits for an hour.
    static let leastCharacters = 8

    init(passphraseFile: String?, pinFile: String?) {
        self.passphraseFile = passphraseFile
        self.pinFile = pinFile
    }

    /// What a node asks.
    var opener: KeyOpener {
        KeyOpener(
            passphrase: { [self] file, urgency in try passphrase(file, urgency) },
            signer: { [self] key, urgency in try signer(key, urgency) })
    }

    /// The passphrase of a locked key file; nil when there is none and nobody to be asked.
    func passphrase(_ file: String, _ urgency: KeyOpener.Urgency) throws -> String? {
        try asked.withLock { asked in
            if let known = asked.passphrase { return known }
            asked.passphrase =
                try Secrets.given(passphraseFile, Secrets.passphraseVariable)
                ?? (urgency == .needed ? Terminal.ask(say("\(file) 的口令:", "Passphrase of \(file): ")) : nil)
            return asked.passphrase
        }
    }

    /// What shall lock key files that lie open; asked for twice. Throws `noNewPassphrase`, `passphraseShort`, `passphrasesDiffer`.
    func firstPassphrase() throws -> String {
        let passphrase = try Secrets.new(passphraseFile, option: "--passphrase-file", Secrets.passphraseVariable)
        asked.withLock { $0.passphrase = passphrase }
        return passphrase
    }

    /// What shall take the old one's place; from the file, the environment, or asked for twice.
    static func newPassphrase(_ file: String?) throws -> String { try new(file, option: "--new-passphrase-file", newPassphraseVariable) }

    private static func new(_ file: String?, option: String, _ variable: String) throws -> String {
        let given = try given(file, variable)
        guard let passphrase = given ?? Terminal.ask(say("新口令:", "New passphrase: ")) else {
            throw CommandError(.noNewPassphrase, ["option": option, "variable": variable])
        }
        guard passphrase.count >= leastCharacters else { throw CommandError(.passphraseShort, ["least": "\(leastCharacters)"]) }
        guard given ?? Terminal.ask(say("再输一次:", "Once more: ")) == passphrase else { throw CommandError(.passphrasesDiffer) }
        return passphrase
    }

    private func signer(_ key: TokenKey, _ urgency: KeyOpener.Urgency) throws -> (any Signer)? {
        do {
            guard try TokenSigner.wantsPIN(key) else { return urgency == .needed ? try TokenSigner(key, pin: nil) : nil }
            guard let pin = try pin(of: key, urgency) else {
                guard urgency == .needed else { return nil }
                throw TokenError(.pinMissing)
            }
            return try TokenSigner(key, pin: pin)
        } catch let error as TokenError where urgency == .ifAtHand && (error.code == .tokenMissing || error.code == .moduleUnreadable) {
            return nil
        }
    }

    private func pin(of key: TokenKey, _ urgency: KeyOpener.Urgency) throws -> String? {
        try asked.withLock { asked in
            if let known = asked.pin { return known }
            asked.pin =
                try Secrets.given(pinFile, Secrets.pinVariable)
                ?? (urgency == .needed ? Terminal.ask(say("签名卡“\(key.token)”的 PIN:", "PIN of the token \(key.token): ")) : nil)
            return asked.pin
        }
    }

    /// A file's first line, else the environment's word; an empty one is none.
    private static func given(_ file: String?, _ variable: String) throws -> String? {
        guard let file else {
            let word = ProcessInfo.processInfo.environment[variable] ?? ""
            return word.isEmpty ? nil : word
        }
        let bytes = try DurableFile.read(file, limit: fileBytes)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard let word = String(validating: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self), !word.isEmpty else {
            throw CommandError(.malformedFile, ["path": file, "reason": say("第一行应是口令或 PIN", "its first line should be the passphrase or the PIN")])
        }
        return word
    }
}
