/// Every order of the elements, first the one given; at most 8 elements (40,320 orders).
///
/// Equal elements are told apart by position, so duplicates give equal orders.
public func permutations<Element>(of elements: [Element]) -> [[Element]] {
    precondition(elements.count <= 8, "\(elements.count)! orders are too many: shuffle instead")
    guard let first = elements.first else { return [[]] }
    if elements.count == 1 { return [[first]] }
    return elements.indices.flatMap { index -> [[Element]] in
        var rest = elements
        let chosen = rest.remove(at: index)
        return permutations(of: rest).map { [chosen] + $0 }
    }
}
