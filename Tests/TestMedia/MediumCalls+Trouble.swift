import TestKit
import TiaokuaiNode

// The media of TestKit, in the place of the system's calls.

extension MediumCalls {
    /// A disk of real files whose power goes.
    package init(_ disk: CutDisk) {
        self.init(
            open: { disk.open($0, $1, $2) }, write: { disk.write($0, $1, $2) }, read: { disk.read($0, $1, $2) }, sync: { disk.sync($0) },
            close: { disk.close($0) },
            rename: { from, to, isExclusive in disk.rename(from, to) { MediumCalls.system.rename($0, $1, isExclusive) } },
            remove: { disk.remove($0) }, removeAll: { disk.removeAll($0) })
    }

    /// A stick that is pulled, fails or lies.
    package init(_ stick: PulledStick) {
        self.init(
            open: { path, flags, _ in stick.open(path, flags) }, write: { stick.write($0, $1, $2) }, read: { stick.read($0, $1, $2) }, sync: { stick.sync($0) },
            close: { stick.close($0) }, rename: { stick.rename($0, $1, exclusively: $2) }, remove: { stick.remove($0) })
    }
}
