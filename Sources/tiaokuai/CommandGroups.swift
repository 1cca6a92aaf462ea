import ArgumentParser
import TiaokuaiWording

/// Every command, in the order of a node's life.
let commandGroups: [CommandGroup] = [
    CommandGroup(name: say("建立节点", "Setting up"), subcommands: [NodeCommands.self, EnrollCommands.self, ConfigCommands.self]),
    CommandGroup(name: say("交换与核对", "Exchanging and checking"), subcommands: [BundleCommands.self, Status.self, Digest.self, LogCommands.self, Doctor.self]),
    CommandGroup(name: say("其他", "Other"), subcommands: [Version.self]),
]
