/// What a command tells the shell: sysexits where they fit, so that a script can act on it without reading sentences.
public enum CommandStatus: Int32, CaseIterable, Hashable, Sendable {
    case ok = 0
    /// What was asked to be checked was checked, and something is wrong.
    case findings = 1
    case usage = 64
    case refused = 65
    case missing = 66
    case remote = 69
    case `internal` = 70
    case cannotCreate = 73
    case busy = 75
    case notPermitted = 77
    case configuration = 78

    public var words: Words {
        switch self {
        case .ok: Words("办好了", "done")
        case .findings: Words("检查完毕,发现问题", "checked, and something is wrong")
        case .usage: Words("命令写法不对", "the command is not written correctly")
        case .refused: Words("内容不被接受", "the input is refused")
        case .missing: Words("缺少文件夹、文件或记录", "a folder, file or record is missing")
        case .remote: Words("对方连不上或拒绝", "the other side can't be reached or refuses")
        case .internal: Words("程序自身的问题", "a fault of this program or machine")
        case .cannotCreate: Words("文件写不进去", "a file can't be written")
        case .busy: Words("正忙,稍后再试", "busy: try again later")
        case .notPermitted: Words("无权办理", "not permitted")
        case .configuration: Words("节点或设置不可用", "the node or its settings can't be used")
        }
    }

    /// The status for an error's code: the codes below, else the domain's own.
    public static func of(_ domain: ErrorDomain, _ code: String) -> CommandStatus {
        exceptions[domain]?[code] ?? domain.usualStatus
    }

    private static let exceptions: [ErrorDomain: [String: CommandStatus]] = [
        .node: [
            "folderMissing": .missing, "fileUnreadable": .missing, "unknownRecord": .missing, "unknownNode": .missing, "unknownItem": .missing, "neverTakenIn": .missing,
            "beyondLog": .missing, "noReceipt": .missing,
            "folderNotEmpty": .cannotCreate, "fileExists": .cannotCreate, "fileUnwritable": .cannotCreate, "readBackDiffers": .cannotCreate,
            "diskFull": .cannotCreate, "volumeTooSmall": .usage, "folderInUse": .busy,
            "folderUnsafe": .configuration, "folderNewer": .configuration, "markerMissing": .configuration, "clonedFolder": .configuration, "rootStatementBehind": .configuration,
            "outsideValidity": .configuration, "noRotation": .configuration,
            "keyMissing": .configuration, "keysLocked": .configuration, "keysOpen": .configuration, "keyNotOnToken": .configuration, "alreadyEnrolled": .configuration, "notEnrolled": .configuration,
            "noUnit": .configuration,
            "noPerson": .configuration, "rehearsalOnly": .configuration,
            "mayNotIssue": .notPermitted, "unitNotWritten": .notPermitted, "personHoldsNoPost": .notPermitted, "outsidePartition": .notPermitted,
            "notYourFigure": .notPermitted, "receiverUnknown": .missing, "receiverOutside": .notPermitted, "personalUpward": .notPermitted,
        ],
        .store: [
            "busy": .busy, "diskFull": .cannotCreate, "readOnly": .cannotCreate, "missing": .missing, "newerVersion": .configuration, "otherBuild": .configuration, "strangeSchema": .configuration,
            "notAStore": .configuration,
        ],
        .trust: [
            "libcrypto": .internal, "malformedKeyFile": .configuration, "keyFileVersion": .configuration, "keyFileSealed": .configuration,
            "keyOnToken": .configuration, "signerFailed": .configuration, "wrongPassphrase": .notPermitted,
        ],
        .token: ["pinWrong": .notPermitted, "pinLocked": .notPermitted, "moduleFailed": .internal],
        .seal: ["crypto": .internal, "tooLong": .internal, "messageLimit": .internal, "noReceiver": .usage, "valueForAnotherKey": .notPermitted],
        .command: [
            "usage": .usage, "noFolder": .missing, "nodeAmbiguous": .usage, "wrongInstant": .usage, "unknownSetting": .usage,
            "missingReason": .usage, "notTogether": .usage, "notAQuestion": .usage, "toItself": .usage, "passphraseShort": .usage, "passphrasesDiffer": .usage, "noNewPassphrase": .usage,
            "benchDiffers": .findings, "checkFailed": .findings, "logBroken": .findings,
            "internal": .internal, "notRehearsal": .configuration, "noPlan": .configuration, "noBrowser": .configuration, "browserFailed": .cannotCreate,
            "browserTooSlow": .cannotCreate,
        ],
        .audit: [
            "noCheckpoint": .missing, "notLogged": .missing, "changesetUnknown": .missing, "nothingThere": .missing, "changesetAmbiguous": .usage,
            "otherNetwork": .refused, "notAState": .cannotCreate, "stateOfAnother": .cannotCreate, "folderNotEmpty": .cannotCreate, "notANote": .refused, "noteNotOurs": .refused,
            "notSeen": .notPermitted, "ownNote": .notPermitted,
            "archiveExists": .cannotCreate, "nothingInYear": .missing, "notAnArchive": .refused, "unsignedHere": .missing,
        ],
        .snapshot: ["notBelow": .notPermitted, "noInstant": .busy, "historyLacking": .missing],
        .office: [
            "unknownUnit": .missing, "unknownPlace": .missing, "unknownIndicator": .missing, "unknownOperation": .missing, "unknownReference": .missing,
            "notYourFigure": .notPermitted, "wouldBeVoid": .notPermitted, "nothingSealed": .missing, "sealedToOthers": .notPermitted, "unknownEvent": .usage, "unknownField": .usage,
        ],
        .wire: [
            "malformedURL": .usage, "plainRefused": .configuration, "certificateUnreadable": .configuration, "bindFailed": .cannotCreate,
            "notEnrolled": .configuration, "tooManyRequests": .busy, "tooManySessions": .busy, "busy": .busy,
        ],
    ]
}

extension ErrorDomain {
    var usualStatus: CommandStatus {
        switch self {
        case .token: .configuration
        case .node, .office, .trust, .seal, .format, .log, .snapshot, .entry, .model, .command: .refused
        case .audit: .findings
        case .store: .internal
        case .wire: .remote
        }
    }
}
