/// The scripts of Tests/Verifier, which share no line with us.
public enum PythonVerifier {
    /// Runs `run.sh` with these arguments; nil, with a printed note, where Python or its packages can't be had.
    public static func run(_ arguments: [String]) throws -> Child.Outcome? {
        let outcome = try Child.run([packageRoot.appendingPathComponent("Tests/Verifier/run.sh").path] + arguments)
        guard outcome.status != 77 else {
            print("left out: Tests/Verifier/run.sh \(arguments.first ?? "")")
            return nil
        }
        return outcome
    }
}
