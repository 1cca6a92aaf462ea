import CPKCS11

/// One session with a token, logged in. It does one thing at a time: the caller sees to that.
final class TokenSession {
    let module: TokenModule
    private let handle: CK_SESSION_HANDLE

    /// - Parameter pin: nil where the token has a keypad of its own.
    ///
    /// Throws `pinWrong`, `pinLocked` or `moduleFailed`.
    init(_ module: TokenModule, slot: CK_SLOT_ID, pin: String?) throws(TokenError) {
        var handle: CK_SESSION_HANDLE = 0
        try module.check("C_OpenSession", module.functions.C_OpenSession(slot, CKF_SERIAL_SESSION, nil, nil, &handle))
        self.module = module
        self.handle = handle
        let digits = pin.map { Array($0.utf8) }
        let result =
            digits.map { module.functions.C_Login(handle, CKU_USER, $0, CK_ULONG($0.count)) }
            ?? module.functions.C_Login(handle, CKU_USER, nil, 0)
        do throws(TokenError) {
            try TokenSession.checkLogin(result, module)
        } catch {
            _ = module.functions.C_CloseSession(handle)
            throw error
        }
    }

    private static func checkLogin(_ result: CK_RV, _ module: TokenModule) throws(TokenError) {
        switch result {
        // Another session of this process has logged in: the login is the token's, not the session's.
        case CKR_USER_ALREADY_LOGGED_IN: return
        case CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE: throw TokenError(.pinWrong)
        case CKR_PIN_LOCKED, CKR_PIN_EXPIRED: throw TokenError(.pinLocked)
        default: try module.check("C_Login", result)
        }
    }

    deinit { _ = module.functions.C_CloseSession(handle) }

    /// The one object of this class (`CKO_…`) and label; `keyMissing` or `keyAmbiguous`.
    func object(_ kind: CK_ULONG, label: String) throws(TokenError) -> CK_OBJECT_HANDLE {
        var kind = kind
        var text = Array(label.utf8)
        var found = [CK_OBJECT_HANDLE](repeating: 0, count: 2)
        var count: CK_ULONG = 0
        let started = withUnsafeMutablePointer(to: &kind) { kindPlace in
            text.withUnsafeMutableBufferPointer { textPlace in
                let wanted = [
                    CK_ATTRIBUTE(type: CKA_CLASS, pValue: kindPlace, ulValueLen: CK_ULONG(MemoryLayout<CK_ULONG>.size)),
                    CK_ATTRIBUTE(type: CKA_LABEL, pValue: textPlace.baseAddress, ulValueLen: CK_ULONG(textPlace.count)),
                ]
                return module.functions.C_FindObjectsInit(handle, wanted, CK_ULONG(wanted.count))
            }
        }
        try module.check("C_FindObjectsInit", started)
        let searched = module.functions.C_FindObjects(handle, &found, 2, &count)
        _ = module.functions.C_FindObjectsFinal(handle)
        try module.check("C_FindObjects", searched)
        guard count > 0 else { throw TokenError(.keyMissing, label) }
        guard count == 1 else { throw TokenError(.keyAmbiguous, label) }
        return found[0]
    }

    /// An attribute (`CKA_…`) of an object, at most 256 bytes.
    func attribute(_ type: CK_ULONG, of object: CK_OBJECT_HANDLE) throws(TokenError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        var length: CK_ULONG = 0
        let result = bytes.withUnsafeMutableBufferPointer { place in
            var wanted = CK_ATTRIBUTE(type: type, pValue: place.baseAddress, ulValueLen: CK_ULONG(place.count))
            defer { length = wanted.ulValueLen }
            return module.functions.C_GetAttributeValue(handle, object, &wanted, 1)
        }
        try module.check("C_GetAttributeValue", result)
        guard length <= bytes.count else { throw TokenError(.moduleFailed, "an attribute of \(length) bytes") }
        return Array(bytes.prefix(Int(length)))
    }

    /// A signature of at most 256 bytes by a mechanism (`CKM_…`) without parameters.
    func sign(_ bytes: [UInt8], mechanism: CK_ULONG, key: CK_OBJECT_HANDLE) throws(TokenError) -> [UInt8] {
        var mechanism = CK_MECHANISM(mechanism: mechanism, pParameter: nil, ulParameterLen: 0)
        try module.check("C_SignInit", module.functions.C_SignInit(handle, &mechanism, key))
        var out = [UInt8](repeating: 0, count: 256)
        var length = CK_ULONG(out.count)
        try module.check("C_Sign", module.functions.C_Sign(handle, bytes, CK_ULONG(bytes.count), &out, &length))
        guard length <= out.count else { throw TokenError(.moduleFailed, "a signature of \(length) bytes") }
        return Array(out.prefix(Int(length)))
    }
}
