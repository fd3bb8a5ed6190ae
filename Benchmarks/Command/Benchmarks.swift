import Glibc
import LinuxHost

/// `benchmarks [TOPIC…] [--blocks N] [--seed N] [--program PATH]`: our figures beside other tools', in one run.
@main
enum Benchmarks {
    static func main() async {
        do {
            let options = try Options(arguments: Array(CommandLine.arguments.dropFirst()))
            exit(await run(options))
        } catch {
            StandardError.print("\(error)\n\n\(Options.usage)")
            exit(2)
        }
    }

    private static func run(_ options: Options) async -> Int32 {
        if options.topics.contains(where: \.needsRoot), !Identity.isRoot {
            StandardError.print("network namespaces need root: run `sudo make benchmark`, or choose store or report")
            return 3
        }
        let ending = Interruption()
        // Whichever ends first ends the other: a signal cancels the measurement, which then removes what it made.
        return await withTaskGroup(of: Int32?.self) { group in
            group.addTask { await measure(options) }
            group.addTask {
                guard let signal = await ending.wait() else { return nil }
                StandardError.print("\(signal): removing what was made")
                return 130
            }
            var code: Int32?
            for await result in group {
                code = code ?? result
                group.cancelAll()
            }
            return code ?? 4
        }
    }

    private static func measure(_ options: Options) async -> Int32 {
        Preface.print(options)
        var code: Int32 = 0
        var leftOut = 0
        for topic in options.topics {
            do {
                try await topic.run(options)
            } catch is CancellationError {
                return 130
            } catch let reason as LeftOut {
                StandardError.print("\(topic.rawValue) is left out: \(reason)")
                leftOut += 1
            } catch {
                guard !Task.isCancelled else { return 130 }
                StandardError.print("\(topic.rawValue): \(error)")
                code = 4
            }
        }
        // A topic that this machine cannot have does not spoil the others; nothing at all is no success.
        return leftOut == options.topics.count ? 3 : code
    }
}
