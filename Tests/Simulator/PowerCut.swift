import Foundation
import TestKit
import TestMedia
import TiaokuaiNode

/// When the power goes, and what that leaves: at a call of SQLite's in one folder, or at one to the files beside it; for both at once.
struct PowerCut {
    let cut: FaultVFS.Cut
    let survival: PulledStick.Survival
    /// Nil: it goes at one of the other kind.
    let storeCall, callBeside: Int?

    /// Draws one; `beside`: of a hundred, how many strike at the files beside the store.
    init(store: ClosedRange<Int>, beside share: Int, of files: ClosedRange<Int>, using random: inout SplitMix64) {
        let cuts: [FaultVFS.Cut] = [.nothingSurvives, .someSurvives(seed: random.next()), .tornSectors(seed: random.next()), .processKilled]
        cut = cuts.randomElement(using: &random) ?? .nothingSurvives
        switch cut {
        case .nothingSurvives: survival = .nothing
        case .someSurvives, .tornSectors: survival = PulledStick.Survival.allCases.randomElement(using: &random) ?? .half
        case .processKilled: survival = .everything
        }
        let isBeside = random.percent(share)
        storeCall = isBeside ? nil : Int.random(in: store, using: &random)
        callBeside = isBeside ? Int.random(in: files, using: &random) : nil
    }

    var name: String {
        switch cut {
        case .nothingSurvives: "power cut, nothing survives"
        case .someSurvives: "power cut, some survives"
        case .tornSectors: "power cut, torn sectors"
        case .processKilled: "process killed"
        }
    }
}

/// A folder while its power may go. Databases in it are opened after this and closed before `end`.
final class CutFolder {
    let disk: CutDisk
    private let vfs: FaultVFS
    private let power: PowerCut

    init(_ path: String, attic: String, _ power: PowerCut) throws {
        for folder in [path, attic] { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        let vfs = try FaultVFS(watching: URL(fileURLWithPath: path))
        self.power = power
        self.vfs = vfs
        disk = CutDisk(attic: attic, cutAt: power.callBeside ?? .max, power.survival, isPowerGone: { vfs.failures > 0 }, cutPower: { vfs.losePower() })
    }

    /// From here on calls are counted.
    func arm() {
        vfs.count(only: .thatChange)
        if let call = power.storeCall { vfs.losePower(at: call) }
    }

    /// Some call failed, at the store or beside it.
    var isGone: Bool { disk.isCut || vfs.failures > 0 }

    /// The power goes now, if it has not; `close` closes what is open.
    func end(_ close: () -> Void) throws {
        disk.losePower()
        vfs.losePower()
        close()
        try vfs.cutPower(power.cut)
    }
}

extension Life {
    /// Does something at a machine whose power goes meanwhile, or right afterwards, and starts the machine again; true when it was
    /// done before the power went.
    @discardableResult
    func suffer(_ power: PowerCut, at machine: Machine, _ body: () throws -> Void) throws -> Bool {
        try machine.close()
        var isDone = false
        do {
            let folder = try CutFolder(machine.path, attic: path("attic-\(next())"), power)
            machine.disk = folder.disk
            defer { machine.disk = nil }
            try machine.reopen()
            folder.arm()
            do {
                try body()
                isDone = true
            } catch  where folder.isGone {
                reached.note(folder.disk.isCut && power.callBeside != nil ? "fault: the power goes at a file beside the store" : "fault: the disk is gone in the middle of a write")
            } catch is NodeError {}
            try folder.end { try? machine.close() }
            reached.note("fault: \(power.name)")
        }
        try machine.reopen()
        return isDone
    }
}
