import TiaokuaiOffice
import TiaokuaiWording

// What this node saw: when things came, what its log is, what it lacks.
extension Page {
    var late: [Markup] {
        guard !report.late.isEmpty else { return [] }
        let rows = report.late.map { row in
            let made = row.daysMadeLate.map { say(ReportWords.madeLate, ["days": "\($0)"]) }
            let received = row.daysReceivedLate.map { say(ReportWords.receivedLate, ["days": "\($0)"]) }
            return [
                shown(row.place.name), shown(named(row.record)) + mark(row.isSample), shown(row.unit.name), row.deadline, Page.day(row.written),
                row.received.map(Page.day) ?? "—", [made, received].compactMap { $0 }.joined(),
            ]
        }
        return [
            table(
                [
                    (ReportWords.place, 11), (ReportWords.figure, 20), (ReportWords.unit, 13), (ReportWords.due, 13), (ReportWords.written, 13), (ReportWords.received, 13),
                    (ReportWords.days, 17),
                ], rows)
        ]
    }

    /// The report is of a part of what the node is for.
    private var isPart: Bool { report.place != report.held.place }

    var carriage: [Markup] {
        (isPart ? [tag("p", say(ReportWords.wholeNode))] : [])
            + terms.carriage(report.carriage).flatMap { part -> [Markup] in
                let heading = tag("h3", say(ReportWords.counted, ["heading": part.title, "count": "\(part.lines.count)"]))
                return [heading] + (part.lines.isEmpty ? [tag("p", say(ReportWords.none))] : part.lines.map { tag("p", shown($0)) })
            }
    }

    var log: [Markup] {
        let held = report.held
        let findings = held.logFindings.isEmpty ? say(ReportWords.verified) : say(ReportWords.notVerified, ["findings": shown(terms.list(held.logFindings))])
        let size = tag("p", say(ReportWords.logLine, ["size": "\(held.log)", "findings": findings]))
        guard let checkpoint = report.checkpoint else { return [size, tag("p", say(ReportWords.noCheckpoint))] }
        var facts = ["node": shown(checkpoint.nodeName), "written": Page.minute(checkpoint.written), "size": "\(checkpoint.size)"]
        if checkpoint.entriesSince > 0 { facts["since"] = "\(checkpoint.entriesSince)" }
        return [
            size, tag("p", say(ReportWords.checkpoint, facts)), tag("p", [("class", "digest")], say(ReportWords.phone, ["digest": checkpoint.phoneDigest])),
            tag("p", say(ReportWords.phoneNote, ["size": "\(checkpoint.size)"])), tag("p", [("class", "hash")], say(ReportWords.root, ["root": checkpoint.root])),
        ] + (checkpoint.sm3Root.map { [tag("p", [("class", "hash")], say(ReportWords.sm3Root, ["root": $0]))] } ?? [])
    }

    var unknown: [Markup] {
        let unknown = report.unknown
        let counts = [
            (ReportWords.placesWithoutNode, unknown.placesWithoutNode), (ReportWords.waiting, unknown.waiting), (ReportWords.pendingCitations, unknown.pendingCitations),
            (ReportWords.withoutForm, unknown.withoutForm), (ReportWords.unsealed, unknown.unsealed),
        ].filter { $0.1 > 0 }.map { say($0.0, ["count": "\($0.1)"]) }
        let lines = unknown.lines.map { [say(ReportWords.lines, ["lines": shown(terms.list($0))])] } ?? []
        let rows = unknown.nodes.map { node in
            [
                shown(node.nodeName), shown(node.place.name), "\(node.changesets)", node.lastMade.map(Page.day) ?? say(ReportWords.neverHeard),
                node.lastReceived.map(Page.day) ?? say(ReportWords.neverHeard),
            ]
        }
        let table = table(
            [(ReportWords.nodeColumn, 22), (ReportWords.place, 23), (ReportWords.changesets, 17), (ReportWords.newestMade, 19), (ReportWords.newestReceived, 19)], rows)
        return [tag("p", say(ReportWords.unknownNote))] + (counts + lines).map { tag("p", $0) } + (rows.isEmpty ? [] : [table])
    }
}
