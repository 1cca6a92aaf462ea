import CPKCS11
import Glibc
import Synchronization

/// A PKCS#11 module: the shared library that a token's maker ships, loaded and initialised. Its functions may be called by many threads,
/// because `CKF_OS_LOCKING_OK` was asked for; hence `@unchecked`.
///
/// A module is loaded once and stays for the life of the process: to finalise it would end every session that others have with it.
/// At `exit` it is finalised first of all: its own destructors may run after those of libraries that it stands on.
final class TokenModule: @unchecked Sendable {
    let functions: CK_FUNCTION_LIST
    /// False when something else in this process had started the module.
    private let isOurs: Bool

    private static let loaded = Mutex<[String: TokenModule]>([:])
    /// Registered after the first module has started, hence run before anything that it registered itself.
    private static let atExit: Void = {
        atexit { TokenModule.loaded.withLock { modules in modules.values.forEach { $0.finalise() } } }
    }()

    /// The module at this path. Throws `moduleUnreadable` for a file that is no module, `moduleFailed` when it doesn't start.
    static func at(_ path: String) throws(TokenError) -> TokenModule {
        try loaded.withLock { modules throws(TokenError) in
            if let module = modules[path] { return module }
            let module = try TokenModule(loading: path)
            modules[path] = module
            return module
        }
    }

    private init(loading path: String) throws(TokenError) {
        var reason = [CChar](repeating: 0, count: 200)
        guard let list = tk_load_module(path, &reason, reason.count) else {
            throw TokenError(.moduleUnreadable, String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        functions = list.pointee
        var arguments = CK_C_INITIALIZE_ARGS()
        arguments.flags = CKF_OS_LOCKING_OK
        let result = functions.C_Initialize(&arguments)
        // Something else in this process may use the same module.
        isOurs = result != CKR_CRYPTOKI_ALREADY_INITIALIZED
        if isOurs { try check("C_Initialize", result) }
        _ = TokenModule.atExit
    }

    private func finalise() {
        if isOurs { _ = functions.C_Finalize(nil) }
    }

    /// The slot with the one token of this label. Throws `tokenMissing`, which lists the labels that are there.
    func slot(label: String) throws(TokenError) -> CK_SLOT_ID {
        var found: [CK_SLOT_ID] = []
        var labels: [String] = []
        for slot in try slots() {
            var info = CK_TOKEN_INFO()
            // A slot whose token was just pulled is passed over.
            guard functions.C_GetTokenInfo(slot, &info) == CKR_OK else { continue }
            let padded = withUnsafeBytes(of: info.label) { Array($0) }
            let name = String(decoding: padded, as: UTF8.self).trimmedOfSpaces
            labels.append(name)
            if name == label { found.append(slot) }
        }
        guard found.count == 1, let slot = found.first else { throw TokenError(.tokenMissing, labels.joined(separator: ", ")) }
        return slot
    }

    /// Whether the token in a slot wants its PIN from the program; one with a keypad asks for it itself.
    func wantsPIN(_ slot: CK_SLOT_ID) throws(TokenError) -> Bool {
        var info = CK_TOKEN_INFO()
        try check("C_GetTokenInfo", functions.C_GetTokenInfo(slot, &info))
        return info.flags & CKF_PROTECTED_AUTHENTICATION_PATH == 0
    }

    private func slots() throws(TokenError) -> [CK_SLOT_ID] {
        var count: CK_ULONG = 0
        try check("C_GetSlotList", functions.C_GetSlotList(1, nil, &count))
        var slots = [CK_SLOT_ID](repeating: 0, count: Int(min(count, 256)))
        count = CK_ULONG(slots.count)
        try check("C_GetSlotList", functions.C_GetSlotList(1, &slots, &count))
        return Array(slots.prefix(Int(count)))
    }

    func check(_ function: String, _ result: CK_RV) throws(TokenError) {
        switch result {
        case CKR_OK: return
        case CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_PRESENT, CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED, CKR_USER_NOT_LOGGED_IN:
            throw TokenError(.tokenRemoved, "\(function) \(String(result, radix: 16))")
        default: throw TokenError(.moduleFailed, "\(function) \(String(result, radix: 16))")
        }
    }
}

extension String {
    /// Labels on tokens are filled up with spaces.
    fileprivate var trimmedOfSpaces: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
