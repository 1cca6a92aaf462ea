import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiSeal
import TiaokuaiTrust

/// What our code made of one vector.
enum Verdict: Hashable {
    case accepted
    /// Refused, with the code that the caller is given.
    case refused(String)

    static func accepted(_ holds: Bool, orRefused code: String = "wrongSignature") -> Verdict { holds ? .accepted : .refused(code) }

    /// Runs `body`; an error of one of our domains is a refusal with its code, any other is thrown on.
    static func of(_ body: () throws -> Void) throws -> Verdict {
        do {
            try body()
            return .accepted
        } catch let error as FormatError {
            return .refused(error.code.rawValue)
        } catch let error as TrustError {
            return .refused(error.code.rawValue)
        } catch let error as LogError {
            return .refused(error.code.rawValue)
        } catch let error as SealError {
            return .refused(error.code.rawValue)
        }
    }

    var isAccepted: Bool { self == .accepted }

    var code: String? { if case .refused(let code) = self { code } else { nil } }
}

/// What a suite, read by the rules of our formats, asks for.
enum Demand: Hashable {
    case accept
    /// The suite says that it is wrong.
    case refuse
    /// The suite says that it is right and our profile refuses it on purpose, with one of these codes.
    case refuseByProfile(Set<String>)

    static func profile(_ codes: String...) -> Demand { .refuseByProfile(Set(codes)) }

    /// A suite's own verdict, where no rule of ours is stricter.
    static func accept(if isValid: Bool) -> Demand { isValid ? .accept : .refuse }

    func isMet(by verdict: Verdict) -> Bool {
        switch self {
        case .accept: verdict == .accepted
        case .refuse: !verdict.isAccepted
        case .refuseByProfile(let codes): verdict.code.map { codes.contains($0) } ?? false
        }
    }
}
