import Contract
import LinuxHost
import Netlink
import Processes
import Quantities
import Statistics
import TrafficShaping

/// What was asked of a link beside what packets met there, by our own netlink and by `tc` with the same settings.
///
/// It takes a kernel with `netem`. Where the host's has none, it is measured in a kernel guest, and left out without one.
struct ShapingTopic {
    let options: Options

    private enum Maker: String, CaseIterable {
        case ours = "netmachinery"
        case tc
    }

    func run() async throws {
        for program in ["tc", "nsenter"] where Programs.find(program) == nil {
            throw LeftOut("there is no \(program); \(Programs.hint(forMissing: program))")
        }
        if case .no = KernelFeature.netem.isAvailable() {
            try await TopicGuest(
                topic: .shaping, lacking: "netem", modules: [KernelFeature.netem.module], options: options
            ).run()
            return
        }
        BenchmarkNamespaces.sweep()
        defer { BenchmarkNamespaces.sweep() }
        let pair = try VethPair()
        var random = SeededGenerator(seed: options.seed)
        var found: [String: [Maker: Series]] = [:]
        for block in 0..<options.blocks {
            StandardError.print("shaping: block \(block + 1) of \(options.blocks)")
            for setting in random.shuffled(ShapingCase.all) {
                for maker in random.shuffled(Maker.allCases) {
                    try Task.checkCancellation()
                    let value = try await measure(setting, by: maker, on: pair)
                    found[setting.name, default: [:]][maker, default: Series()].append(value)
                }
            }
        }
        table(found).print()
    }

    private func measure(_ setting: ShapingCase, by maker: Maker, on pair: VethPair) async throws -> Double {
        let near = try NetworkNamespace.open(named: VethPair.End.client.namespace)
        let far = try NetworkNamespace.open(named: VethPair.End.server.namespace)
        let path = try DatagramPath(from: near, at: pair.clientAddress, to: far, at: pair.serverAddress)
        switch maker {
        case .ours:
            let usual = try Self.usual(setting, path)
            let shaper = try InterfaceShaper(LinkShaping(setting.impairment), in: near)
            defer { try? shaper.undo() }
            _ = try shaper.apply()
            return try Self.value(setting, path, usual: usual)
        case .tc:
            let usual = try Self.usual(setting, path)
            try await Self.tc("replace dev eth0 root netem \(setting.words)")
            do {
                let value = try Self.value(setting, path, usual: usual)
                try await Self.tc("delete dev eth0 root")
                return value
            } catch {
                try? await Self.tc("delete dev eth0 root")
                throw error
            }
        }
    }

    /// Round trips without the setting, after as long a pause: what was idle is slower.
    private static func usual(_ setting: ShapingCase, _ path: DatagramPath) throws -> Double {
        guard case .delay(let count) = setting.measure else { return try path.roundTrip(1) }
        return try path.roundTrip(count, pause: setting.asked)
    }

    private static func value(_ setting: ShapingCase, _ path: DatagramPath, usual: Double) throws -> Double {
        switch setting.measure {
        case .delay(let count): return try path.roundTrip(count) - usual
        case .loss(let count, let bytes):
            return 1 - Double(path.flow(count, bytes: bytes).arrived.count) / Double(count)
        case .copies(let count): return Double(path.flow(count).arrived.count) / Double(count) - 1
        case .overtaking(let count): return Double(try path.early(count, within: 500)) / Double(count)
        case .rate(let count):
            let flow = path.flow(count, bytes: 1_400, patience: 500)
            guard flow.arrived.count == count else { throw BenchmarkError("datagrams got lost at \(setting.name)") }
            return Double(count) * 1_442 * 8 / flow.seconds / 1e6
        case .bursts(let count):
            let arrived = Set(path.flow(count).arrived)
            let lost = (0..<UInt32(count)).map { !arrived.contains($0) }
            let bursts = lost.indices.count { lost[$0] && ($0 == 0 || !lost[$0 - 1]) }
            guard bursts > 0 else { throw BenchmarkError("nothing was lost at \(setting.name)") }
            return Double(lost.count { $0 }) / Double(bursts)
        }
    }

    private static func tc(_ words: String) async throws {
        let path = NetworkNamespace.path(named: VethPair.End.client.namespace)
        let arguments = ["--net=\(path)", "--", "tc", "qdisc"] + words.split(separator: " ").map(String.init)
        try await ProcessRunner.run(Command(executable: "nsenter", arguments: arguments), deadline: .seconds(30))
            .requireSuccess()
    }

    private func table(_ found: [String: [Maker: Series]]) -> MarkdownTable {
        var table = MarkdownTable(
            "Links that are worse on purpose: asked and measured",
            columns: ["setting", "asked", "netmachinery", "spread", "tc", "spread", "netmachinery / tc", "n"],
            notes: [
                "Delays in ms, rates in Mbit/s, bursts in packets, shares of packets. A guest's timers are late on a busy machine, "
                    + "alike for both."
            ])
        for setting in ShapingCase.all {
            let ours = found[setting.name]?[.ours] ?? Series()
            let tc = found[setting.name]?[.tc] ?? Series()
            table.add([
                setting.name, Figure.text(setting.asked), Figure.text(ours.median), Figure.percent(ours.spread),
                Figure.text(tc.median), Figure.percent(tc.spread), ours.ratio(to: tc, seed: options.seed), "\(ours.n)",
            ])
        }
        return table
    }
}
