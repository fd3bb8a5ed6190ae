import Foundation
import Fuzzing

/// Tries inputs at the entrances of the program; see docs/testing.md.
@main
struct FuzzProgram {
    static func main() {
        do {
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
            if let file = arguments.replay {
                try Replay(arguments: arguments, file: file).run()
            } else if let recorder = arguments.recorder {
                try Worker(arguments: arguments, recorder: recorder).run()
            } else {
                let clean = try arguments.names.map { try Supervisor(arguments: arguments, entrance: $0).run() }
                exit(clean.allSatisfy(\.self) ? 0 : 1)
            }
        } catch {
            Console.say("\(error)")
            exit(2)
        }
    }
}
