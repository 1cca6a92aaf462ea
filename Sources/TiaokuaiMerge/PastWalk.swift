/// Goes through a record's graph so that at each operation exactly its causal past and itself are marked.
///
/// Depth first, each operation after its latest parent: what the others had seen besides is marked in addition, and all of it is
/// taken back on the way out. A chain of any length costs its length, a fork each branch once; the whole costs what each
/// operation had seen beyond its latest parent.
struct PastWalk {
    let graph: RecordGraph

    /// - Parameters:
    ///   - enter: a position, and what came into the past there, itself included; ascending.
    ///   - leave: the last position entered that was not left; what came in there goes.
    func go(enter: (Int, ArraySlice<Int>) -> Void, leave: (Int) -> Void) {
        let (roots, firstChild, nextSibling) = forest()
        var isMarked = [Bool](repeating: false, count: graph.count)
        var log: [Int] = []
        var starts: [Int] = []
        // A position to enter, or the complement of one to leave.
        var open = Array(roots.reversed())
        while let next = open.popLast() {
            if next < 0 {
                leave(~next)
                let start = starts.removeLast()
                for position in log[start...] { isMarked[position] = false }
                log.removeSubrange(start...)
                continue
            }
            let start = log.count
            starts.append(start)
            var rest = [next]
            while let position = rest.popLast() {
                if isMarked[position] { continue }
                isMarked[position] = true
                log.append(position)
                rest += graph.parents[position]
            }
            if log.count - start > 1 { log[start...].sort() }
            enter(next, log[start...])
            open.append(~next)
            var child = firstChild[next]
            while child >= 0 {
                open.append(child)
                child = nextSibling[child]
            }
        }
    }

    /// Each position under its latest parent.
    private func forest() -> (roots: [Int], firstChild: [Int], nextSibling: [Int]) {
        var roots: [Int] = []
        var firstChild = [Int](repeating: -1, count: graph.count)
        var nextSibling = firstChild
        for (position, parents) in graph.parents.enumerated() {
            guard let parent = parents.max() else {
                roots.append(position)
                continue
            }
            nextSibling[position] = firstChild[parent]
            firstChild[parent] = position
        }
        return (roots, firstChild, nextSibling)
    }
}
