/// English names of record kinds and of their fields; the Chinese ones stand in the kinds' own tables.
public enum KindWords {
    /// Nil for a kind that this version does not know.
    public static func english(kind: String) -> String? { kinds[kind] }

    /// A field's English title: the kind's own word for it, else the word that every kind uses. Nil when there is none.
    public static func english(field: String, of kind: String) -> String? { particular[kind]?[field] ?? common[field] }

    private static let kinds = [
        "acknowledgement": "acknowledgement", "allocation": "allocation", "auditReading": "reading of the audit",
        "appeal": "appeal", "caseRecord": "case", "casePart": "case part", "cell": "figure",
        "circular": "circular", "credential": "credential", "cut": "revocation", "decisionMinute": "minute", "document": "document",
        "escalation": "escalation", "forkRepair": "fork repair", "form": "form", "indicator": "indicator", "ledgerItem": "ledger item",
        "matrix": "responsibility",
        "measure": "measure", "objection": "objection", "post": "post", "procedure": "procedure", "progress": "progress", "realNameEntry": "real-name entry",
        "standard": "standard", "target": "target", "unit": "unit", "warning": "warning",
    ]

    private static let particular: [String: [String: String]] = [
        "caseRecord": ["title": "subject"],
        "casePart": ["title": "subject"],
        "decisionMinute": ["title": "subject", "text": "agreed"],
        "indicator": ["title": "name", "measure": "unit of measure", "reporter": "reporting line", "line": "leading line"],
        "ledgerItem": ["title": "problem", "measure": "measure", "subject": "concerning", "department": "department"],
        "standard": ["value": "standard value"],
        "allocation": ["value": "allocated"],
        "realNameEntry": ["name": "name"],
        "auditReading": ["reader": "read by", "question": "asked", "position": "entries of the log"],
        "form": ["title": "name", "key": "key", "fields": "fields", "line": "leading line"],
    ]

    private static let common = [
        "acknowledgeWithin": "days to acknowledge", "address": "address", "addressees": "addressees", "aliases": "aliases", "amount": "amount (yuan)",
        "answer": "answer",
        "appealWithin": "days to appeal", "approval": "approval",
        "attachments": "attachments", "attendees": "attendees", "blanket": "units of every entry", "branches": "branches", "choices": "choices",
        "category": "category", "cause": "cause",
        "ceiling": "ceiling",
        "cites": "citations", "claims": "claims", "clause": "clause", "collective": "groups of units", "comparator": "comparison", "condition": "condition",
        "confidentialTo": "confidential to", "consultation": "consultation", "content": "content", "cooperating": "cooperating units", "deadline": "deadline",
        "definition": "definition", "department": "department", "description": "description", "direction": "direction", "discretion": "discretion",
        "disputes": "disputes", "document": "document", "english": "English name", "events": "events", "evidence": "evidence", "field": "field",
        "figures": "figures used", "filedOn": "filed on",
        "firmness": "firmness",
        "floor": "floor", "formula": "formula", "frequency": "frequency", "frozenOn": "as of", "ground": "ground", "handler": "handled by",
        "heldOn": "held on", "household": "household", "identityNumber": "identity number", "inForceFrom": "in force from", "issuer": "issuer",
        "indicator": "indicator",
        "indicators": "indicators", "isGovernment": "is the government", "isOpenEnded": "and others", "isStatistical": "statistical",
        "isTruncated": "text incomplete", "item": "ledger item", "items": "items here", "leader": "leader", "leads": "leading units",
        "ledgerMark": "ledger mark", "line": "line", "linkingGround": "linking ground", "links": "linked items", "management": "management",
        "measure": "measure", "members": "members", "mode": "mode", "name": "name", "nature": "nature", "newFact": "new fact", "note": "note",
        "observers": "observers", "per": "per", "percentOfTarget": "percent of the year's target", "period": "period", "person": "held by",
        "proposal": "proposed value", "publicity": "publicity", "publishedOn": "published on", "readOn": "read on", "reason": "reason",
        "relativeTo": "relative to", "remark": "remark", "renditions": "renditions", "reporter": "reporter", "responsible": "responsible units",
        "review": "review", "route": "route", "sample": "made-up figures", "signedOn": "signed on", "signsFor": "signs for", "state": "state",
        "states": "states", "stream": "stream",
        "status": "status", "statusOn": "status on", "subject": "subject", "telephone": "telephone", "termFrom": "from", "termTo": "until",
        "text": "text", "textHash": "text digest", "texts": "text", "title": "title", "to": "sent to", "topic": "topic",
        "unitsAsPrinted": "units as printed", "until": "until", "value": "value",
    ]
}
