import Foundation
import KernelGuest

/// Takes a topic into a kernel guest, where the host's kernel lacks something for it.
struct TopicGuest {
    let topic: Topic
    /// What the host's kernel lacks, in words.
    let lacking: String
    /// The modules that the guest has to have.
    let modules: [String]
    let options: Options
    /// Everything takes longer without KVM.
    var mostBlocks = 6

    /// The longest that the guest is there.
    var limit = Duration.seconds(1_800)

    /// Boots, runs this program inside, and passes its tables on.
    func run() async throws {
        let name = topic.rawValue
        let parts: GuestParts
        do throws(GuestError) {
            parts = try GuestParts.find()
        } catch {
            throw LeftOut("this kernel has no \(lacking), and there is no kernel guest: \(error)")
        }
        let accelerator = try await AcceleratorProbe(parts: parts).run()
        StandardError.print("\(name): in a kernel guest, Linux \(parts.image.release), \(accelerator)")
        let scratch = try ScratchDirectory()
        let guest = Guest(
            parts: parts, accelerator: accelerator, directory: scratch.path, limits: GuestLimits(total: limit))
        let variables = ProcessInfo.processInfo.environment.filter { GuestRequest.inherited.contains($0.key) }
        var words = [try Options.own(), name, "--seed", "\(options.seed)", "--program", options.program]
        if let blocks = options.asked ?? (mostBlocks < .max ? options.blocks : nil) {
            words += ["--blocks", "\(min(blocks, mostBlocks))"]
        }
        if accelerator.kind == .tcg { words.append("--slow") }
        let request = GuestRequest(
            words: words,
            environment: variables,
            directory: FileManager.default.currentDirectoryPath,
            modules: parts.image.having(modules)
        )
        let status = try await guest.run(request, talk: { StandardError.print($0) }, line: { print($0) })
        guard status == 0 else { throw BenchmarkError("the benchmark in the kernel guest ended with \(status)") }
    }
}
