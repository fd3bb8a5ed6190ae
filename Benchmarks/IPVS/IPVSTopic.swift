import Contract
import LinuxHost
import Netlink
import Processes
import Statistics

/// Programming IPVS from nothing, beside `ipvsadm -R` with the same input.
///
/// It takes a kernel with `ip_vs`. Where the host's has none, it is measured in a kernel guest, and left out without one.
struct IPVSTopic {
    let options: Options

    private static let services = 10_000
    private static let destinations = 2

    func run() async throws {
        for program in ["ipvsadm", "nsenter"] where Programs.find(program) == nil {
            throw LeftOut("there is no \(program); \(Programs.hint(forMissing: program))")
        }
        if case .no = KernelFeature.ipvs.isAvailable() {
            // Each block takes one to two minutes without KVM, and what is looked for is a factor of ten.
            try await TopicGuest(
                topic: .ipvs, lacking: "ip_vs", modules: ["ip_vs", "ip_vs_rr", "dummy"], options: options
            ).run()
            return
        }
        BenchmarkNamespaces.sweep()
        defer { BenchmarkNamespaces.sweep() }
        try await runProxy()
        let tables = IPVSTables(services: Self.services, destinations: Self.destinations)
        var times: [IPVSMaker: Series] = [:]
        var random = SeededGenerator(seed: options.seed)
        // The first block is not kept: it loads modules and meets a kernel without memory for the tables.
        for block in -1..<options.blocks {
            StandardError.print("ipvs: block \(block + 1) of \(options.blocks)")
            for maker in random.shuffled(IPVSMaker.allCases) {
                try Task.checkCancellation()
                let seconds = try await measure(maker, tables)
                if block >= 0 { times[maker, default: Series()].append(seconds) }
            }
        }
        table(times).print()
    }

    private func runProxy() async throws {
        var rounds = IPVSProxyRounds(services: Self.services, destinations: Self.destinations)
        for block in 0..<options.blocks {
            try Task.checkCancellation()
            StandardError.print("ipvs, the proxy: block \(block + 1) of \(options.blocks)")
            try await rounds.run(in: BenchmarkNamespaces.name("proxy"))
        }
        rounds.table(destinations: Self.destinations).print()
    }

    private func measure(_ maker: IPVSMaker, _ tables: IPVSTables) async throws -> Double {
        let name = BenchmarkNamespaces.name("ipvs")
        let namespace = try NetworkNamespace.create(named: name)
        defer { try? NetworkNamespace.remove(named: name) }
        // Before there is any local address every destination is taken for a broadcast address, and refused.
        try NetlinkSocket(in: namespace).setUp("lo")
        let measured = try await Stopwatch.time { try await maker.make(tables, in: name) }
        let socket = try IPVSSocket(in: namespace)
        let found = try socket.services()
        let last = try socket.destinations(of: tables.keys[tables.keys.count - 1])
        guard found.count == Self.services, last.count == Self.destinations else {
            throw BenchmarkError(
                "\(maker.rawValue) made \(found.count) of \(Self.services) services, the last with \(last.count) destinations"
            )
        }
        // Emptied before it goes, so that the kernel does not do it in the background while the next one is measured.
        try socket.perform(.flush)
        return measured.seconds
    }

    private func table(_ times: [IPVSMaker: Series]) -> MarkdownTable {
        var table = MarkdownTable(
            "IPVS, \(Self.services) services with \(Self.destinations) destinations each, from nothing (s)",
            columns: ["maker", "seconds", "spread", "it / ours", "n"],
            notes: ["Each in a network namespace of its own; starting the process is a part of ipvsadm's time."])
        let ours = times[.pipelined] ?? Series()
        for maker in IPVSMaker.allCases {
            let series = times[maker] ?? Series()
            table.add([
                maker.rawValue, Figure.text(series.median), Figure.percent(series.spread),
                maker == .pipelined ? "1" : series.ratio(to: ours, seed: options.seed), "\(series.n)",
            ])
        }
        return table
    }
}
