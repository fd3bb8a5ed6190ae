import Foundation
import Fuzzing

/// Tries one input in this process, so that a debugger or a backtrace shows where it ends.
struct Replay {
    let arguments: Arguments
    let file: String

    func run() throws {
        guard let entrance = try Entrances.make(arguments.entrance) else { return }
        let input = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let (result, time) = Campaign(entrance, corpus: [], seed: 0).attempt(input)
        switch result {
        case .success(let answer): Console.print("\(answer), in \(time / 1_000) µs")
        case .failure(let violation):
            Console.print("\(violation)")
            exit(1)
        }
    }
}
