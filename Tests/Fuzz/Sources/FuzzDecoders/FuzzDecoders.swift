import Foundation

// libFuzzer over one decoder, named by FUZZ_DECODER. `--list` prints the decoders with their longest inputs, `--seeds VECTORS CORPUS` writes what they start from;
// everything else is libFuzzer's.

private let decoder = Decoder.all.first { $0.name == ProcessInfo.processInfo.environment["FUZZ_DECODER"] }

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    decoder?.read(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ argc: UnsafeMutablePointer<CInt>, _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

@main
struct FuzzDecoders {
    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.dropFirst().first == "--list" {
            for decoder in Decoder.all { print(decoder.name, decoder.longest) }
        } else if arguments.dropFirst().first == "--seeds", arguments.count == 4 {
            print("fuzz: \(try Seeds.write(from: URL(filePath: arguments[2]), to: URL(filePath: arguments[3]))) seeds")
        } else if decoder == nil {
            print("FUZZ_DECODER names no decoder; --list prints them")
            exit(64)
        } else {
            var argc = CommandLine.argc
            var argv: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
            exit(runDriver(&argc, &argv) { testOneInput($0, $1) })
        }
    }
}
