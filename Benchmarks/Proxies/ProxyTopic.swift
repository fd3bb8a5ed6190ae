import Contract
import Glibc
import LinuxHost
import Processes
import ServiceProxies
import Statistics

/// What planning a service proxy's rules costs, beside what the loading program takes for them.
struct ProxyTopic {
    let options: Options

    private static let endpoints = 10

    /// `iptables-nft-restore` needs more than four minutes for 10,000, and so gets fewer.
    private static func services(_ mode: ProxyMode) -> Int { mode == .iptablesNFT ? 2_000 : 10_000 }

    /// The kernel's work on nftables grows with the square of the services: one load takes half a minute.
    private static let fewerBlocks: [ProxyMode: Int] = [.nftables: 3]
    private static let modes: [ProxyMode] = [.iptablesLegacy, .iptablesNFT, .nftables]

    private struct Row {
        var planner = Series()
        var loader = Series()
        var readBack = Series()
        var bytes = 0
        var peak: UInt64 = 0
    }

    func run() async throws {
        try memoryTable().print()
        var modes: [ProxyMode] = []
        for mode in Self.modes {
            if let missing = await proxy(mode, in: nil)?.shortcoming() {
                StandardError.print("proxies: \(mode.rawValue) is left out: \(missing)")
            } else {
                modes.append(mode)
            }
        }
        guard !modes.isEmpty else { throw LeftOut("no mode can be programmed here") }
        var rows: [ProxyMode: Row] = [:]
        var random = SeededGenerator(seed: options.seed)
        for block in 0..<options.blocks {
            StandardError.print("proxies: block \(block + 1) of \(options.blocks)")
            for mode in random.shuffled(modes) where block < Self.fewerBlocks[mode] ?? options.blocks {
                try Task.checkCancellation()
                StandardError.print("proxies: \(mode.rawValue)")
                try await measure(
                    mode, SyntheticServices.make(Self.services(mode), endpoints: Self.endpoints),
                    &rows[mode, default: Row()])
            }
        }
        table(rows).print()
    }

    private func proxy(_ mode: ProxyMode, in namespace: String?) -> (any ServiceProxy)? {
        var configuration = SyntheticServices.configuration
        configuration.namespacePath = namespace
        configuration.deadline = .seconds(600)
        return ServiceProxyFactory.proxy(for: mode, configuration: configuration)
    }

    private func measure(_ mode: ProxyMode, _ services: [ServicePort], _ row: inout Row) async throws {
        let namespace = try NetworkNamespace.createUnnamed()
        guard let proxy = proxy(mode, in: "/proc/\(getpid())/fd/\(namespace.descriptor)") else { return }
        let cost = try await proxy.load(services)
        let (counts, reading) = try await proxy.readBack()
        let expected = proxy.expectedCounts(for: services)
        guard counts == expected else {
            throw BenchmarkError("\(mode.rawValue): there are \(counts), and not \(expected)")
        }
        StandardError.print("proxies: \(mode.rawValue): \(cost)")
        row.planner.append(Double(cost.plannerNanoseconds) / 1e6)
        row.loader.append(Double(cost.wallNanoseconds) / 1e6)
        row.readBack.append(Double(reading.wallNanoseconds) / 1e6)
        row.bytes = cost.inputBytes
        row.peak = max(row.peak, cost.peakMemoryBytes)
        // The tables go with the namespace, and that with its descriptor, which has to last until here.
        _ = namespace.inode
    }

    private func table(_ rows: [ProxyMode: Row]) -> MarkdownTable {
        var table = MarkdownTable(
            "Planning and loading services with \(Self.endpoints) endpoints each (ms)",
            columns: [
                "mode", "services", "planner", "loader", "spread", "planner / loader", "read-back", "input MB",
                "loader MiB", "n",
            ],
            notes: [
                "The loader is everything that is started for a full sync into an empty namespace: programs for "
                    + "chains and jump rules (iptables), a listing, then the load."
            ]
        )
        for mode in Self.modes {
            guard let row = rows[mode] else { continue }
            table.add([
                mode.rawValue, "\(Self.services(mode))", Figure.text(row.planner.median),
                Figure.text(row.loader.median),
                Figure.percent(row.loader.spread), row.planner.ratio(to: row.loader, seed: options.seed),
                Figure.text(row.readBack.median), Figure.text(Double(row.bytes) / 1e6),
                Figure.text(Double(row.peak) / 1_048_576), "\(row.loader.n)",
            ])
        }
        return table
    }

    /// What planning needs of memory beside the services themselves; nothing is loaded.
    private func memoryTable() throws -> MarkdownTable {
        var table = MarkdownTable(
            "Memory of planning, 2 endpoints a service",
            columns: ["mode", "services", "bytes a service", "input MB", "peak MiB of the process"])
        let modes: [ProxyMode] = [.iptablesLegacy, .nftables, .nftablesEndpointChains]
        for mode in modes {
            for count in [5_000, 50_000] {
                let services = SyntheticServices.make(count, endpoints: 2)
                guard ProcessStatus.startPeakAnew(), let before = ProcessStatus.ownPeakBytes(),
                    let input = LoaderInput.fullSync(
                        of: services, mode: mode, configuration: SyntheticServices.configuration),
                    let after = ProcessStatus.ownPeakBytes()
                else { throw BenchmarkError("this kernel does not say what a process needed of memory") }
                table.add([
                    mode.rawValue, "\(count)", Figure.text(Double(after - min(before, after)) / Double(count)),
                    Figure.text(Double(input.count) / 1e6), Figure.text(Double(after) / 1_048_576),
                ])
            }
        }
        return table
    }
}
