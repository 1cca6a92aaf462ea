import ArgumentParser
import TiaokuaiWording

/// Every command, in the order of a node's life.
let commandGroups: [CommandGroup] = [
    CommandGroup(name: say("建立节点", "Setting up"), subcommands: [NodeCommands.self, EnrollCommands.self, RootCommands.self, ConfigCommands.self]),
    CommandGroup(
        name: say("办理", "Working"),
        subcommands: [
            Publish.self, ReportCommands.self, Review.self, LedgerCommands.self, CaseCommands.self, EscalationCommands.self, Claim.self, Raise.self, Withdraw.self,
            Decide.self, AppealCommands.self, Acknowledge.self, Object.self, Circular.self,
        ]),
    CommandGroup(
        name: say("查看", "Looking"),
        subcommands: [
            List.self, Show.self, Search.self, TodoCommand.self, Disputes.self, Kept.self, Citations.self, Alerts.self, Bounds.self, Allocations.self, MadeUnderCommand.self,
            ResponsibilityCommands.self,
            Explain.self, WhatIfCommand.self, History.self,
            Unseal.self,
        ]),
    CommandGroup(
        name: say("交换与核对", "Exchanging and checking"),
        subcommands: [BundleCommands.self, SnapshotCommands.self, Drop.self, Sync.self, Serve.self, Status.self, Digest.self, LogCommands.self, AuditCommands.self, Doctor.self]),
    CommandGroup(name: say("其他", "Other"), subcommands: [BenchCommands.self, Version.self]),
]
