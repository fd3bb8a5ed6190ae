import Foundation
import KernelGuest

/// Takes the topic `ipvs` into a kernel guest, where the host's kernel has no `ip_vs`.
struct IPVSGuest {
    let options: Options

    /// Each block takes one to two minutes without KVM, and what is looked for is a factor of ten.
    private static let mostBlocks = 6
    private static let limit = Duration.seconds(1_800)

    /// Boots, runs this program inside, and passes its tables on.
    func run() async throws {
        let parts: GuestParts
        do throws(GuestError) {
            parts = try GuestParts.find()
        } catch {
            throw LeftOut("this kernel has no ip_vs, and there is no kernel guest: \(error)")
        }
        let accelerator = try await AcceleratorProbe(parts: parts).run()
        StandardError.print("ipvs: in a kernel guest, Linux \(parts.image.release), \(accelerator)")
        let scratch = try ScratchDirectory()
        let guest = Guest(
            parts: parts, accelerator: accelerator, directory: scratch.path, limits: GuestLimits(total: Self.limit))
        let variables = ProcessInfo.processInfo.environment.filter { GuestRequest.inherited.contains($0.key) }
        let words = [
            try Options.own(), "ipvs", "--blocks", "\(min(options.blocks, Self.mostBlocks))", "--seed",
            "\(options.seed)",
        ]
        let request = GuestRequest(
            words: words,
            environment: variables,
            directory: FileManager.default.currentDirectoryPath,
            modules: ["ip_vs", "ip_vs_rr", "dummy"]
        )
        let status = try await guest.run(request, talk: { StandardError.print($0) }, line: { print($0) })
        guard status == 0 else { throw BenchmarkError("the benchmark in the kernel guest ended with \(status)") }
    }
}
