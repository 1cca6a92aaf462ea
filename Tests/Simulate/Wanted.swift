/// What a thousand lives must have met, each at least once. What stays at zero was never tried.
let wanted =
    [
        "R1 another unit's word on an issuer's field is an objection", "R2 a looser bound is kept without effect",
        "R2 bounds of several tiers are joined: ceiling", "R2 bounds of several tiers are joined: deadline",
        "R2 bounds of several tiers are joined: floor", "R3 a standard stands as issued", "R4 an allocation stands as its parent made it",
        "R5 a determination stands beside a report", "R7 a statistical figure is disputed", "R8 a decision holds", "R8 a decision is taken back",
        "R10 two holders named", "R11 a person without a post is refused", "R12 equal claims of several units agree",
        "R13 an act under a version that was superseded", "R14 an operation waits for one that has not come",
        "R15 a figure or bound of a place that changed hands",
        "R15 a figure or bound of a place that another took over", "R15 what has no period of a place that another took over",
        "R15 a figure or bound of a place that several took over", "R15 what has no period of a place that several took over",
        "a machine gets a newer region table", "R16 a personal field is refused", "R16 named people stay in their store",
        "R17 a vertical unit's record", "R18 an objection at the unit's own place", "R18 the losing side acknowledges",
        "R19 a unit differs with itself", "R20 a forked feed is shown, both branches admitted", "R21 an issuer's later word replaces its own",
    ]
    + ["lineFirst", "blockFirst", "unspecified"].flatMap { ["R6 \($0), a value in use", "R6 \($0), blank"] }
    + ["inProgress", "resolvedClaimed", "returned", "verified", "closed", "reopened", "escalated"].map { "R9 ledgerItem is \($0)" }
    + ["cell.value", "ledgerItem.department", "ledgerItem.state", "document.title"].map { "dispute over \($0)" }
    + [
        "a wire is cut", "a wire delivers twice", "a stick is lost", "a stick is damaged", "a stick goes to the wrong office", "an empty medium",
        "power cut, nothing survives", "power cut, some survives", "power cut, torn sectors", "process killed",
        "the disk is gone in the middle of a write", "a write stands whose answer was lost", "restored from a backup",
        "R20 a disk image is put back", "a clock jumps", "a key is stolen", "the power goes at a file beside the store",
        "a stick is pulled while it is written", "a beginning lies under another name", "a backup is cut", "a backup that was cut is whole",
        "the making of a node is cut", "the asking for new keys is cut", "the adoption of new keys is cut",
    ].map { "fault: \($0)" }
    + ["a key is cut", "a key is replaced", "a sealed stick", "an open stick", "a stick is handed in again", "two machines with the same items"]
