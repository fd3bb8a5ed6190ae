import KernelGuest
import LinuxHost
import Results

/// Executes the plan of a guest: directory, accelerator, boot, and what only the process outside knows of it.
enum GuestExecution {
    /// Boots and runs until the command has ended; returns its exit code.
    ///
    /// Each line is taken before the next is read.
    typealias Run =
        @Sendable (
            _ plan: GuestPlan,
            _ observer: any RunObserver,
            _ stop: @escaping @Sendable () async -> Bool,
            _ line: @escaping @Sendable (ArchiveLine) async throws -> Void
        ) async throws -> Int32

    @Sendable static func run(
        _ plan: GuestPlan,
        _ observer: any RunObserver,
        _ stop: @escaping @Sendable () async -> Bool,
        _ line: @escaping @Sendable (ArchiveLine) async throws -> Void
    ) async throws -> Int32 {
        try RunDirectory.make(plan.directory)
        let accelerator = try await AcceleratorProbe(parts: plan.parts).run()
        observer.observe(
            .remark("booting Linux \(plan.parts.image.release) in a kernel guest, accelerator \(accelerator)")
        )
        let facts = await facts(plan, accelerator)
        let guest = Guest(
            parts: plan.parts,
            accelerator: accelerator,
            directory: plan.directory,
            limits: plan.limits
        )
        return try await guest.run(
            plan.request,
            talk: { observer.observe(.remark($0)) },
            stop: stop,
            line: { text in try await line(try ArchiveLine(parsing: text).adding(facts)) }
        )
    }

    /// What only the process outside knows; the rest comes from inside.
    private static func facts(_ plan: GuestPlan, _ accelerator: Accelerator) async -> [String: String] {
        let host = Facts.environment()
        var facts = await plan.parts.facts()
        facts[KernelFacts.place] = "guest"
        facts[KernelFacts.accelerator] = accelerator.kind.rawValue
        // What is taken from the emulator is taken from the guest, which cannot see it.
        for (key, value) in host where key.hasPrefix("cgroup.") || key.hasPrefix("cpu.allowed") {
            facts["guest.host.\(key)"] = value
        }
        facts["guest.host_cpu"] = host["cpu.model"]
        facts["guest.host_kernel"] = host["kernel.release"]
        return facts
    }
}

extension ArchiveLine {
    /// The line with more facts when it is about the environment.
    func adding(_ facts: [String: String]) -> ArchiveLine {
        guard case .environment(let runID, let inside) = self else { return self }
        return .environment(runID: runID, facts: inside.merging(facts) { _, outside in outside })
    }
}
