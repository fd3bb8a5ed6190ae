import Glibc
import LinuxHost

/// What a reader of the tables has to know.
enum Preface {
    /// From so many values on, an interval of their median reaches 95 %.
    private static let enoughBlocks = 6

    static func print(_ options: Options) {
        let facts = Facts.environment()
        let machine = ["cpu.model", "cpu.count", "kernel.release", "os.name"].compactMap { key in
            facts[key].map { key == "cpu.count" ? "\($0) processors" : key == "kernel.release" ? "Linux \($0)" : $0 }
        }
        Swift.print(
            """
            # Benchmarks

            \(machine.joined(separator: ", ")); \(options.blocks) blocks, seed \(options.seed).

            In every block each tool takes one turn, in random order. Given are the median over the blocks and the distance
            of the quartiles as a share of it (spread). A ratio is the median of the blocks' ratios, with its bootstrap
            interval at 95 %; n is the number of blocks.

            """
        )
        if options.blocks < enoughBlocks {
            Swift.print("With fewer than \(enoughBlocks) blocks the intervals show a spread, not a confidence.\n")
        }
        fflush(nil)
    }
}
