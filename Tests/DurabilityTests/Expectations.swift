import TestKit
import Testing

/// Plays the path with every fault.
func expectEveryFault(_ path: WritePath, perFault: Int = 4) throws {
    let player = try PathPlayer(path)
    expectEveryFault(path.name, try player.play(FaultSample(perFault: perFault, seed: 20_200_812)))
}

/// Prints how often each fault struck; each did.
func expectEveryFault(_ name: String, _ played: [Fault: Int]) {
    print("\(name): \(played.values.reduce(0, +)) faults;", Fault.allCases.map { "\($0) \(played[$0] ?? 0)" }.joined(separator: ", "))
    for fault in Fault.allCases { #expect(played[fault, default: 0] > 0, "\(name): \(fault)") }
}
