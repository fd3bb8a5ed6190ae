import Contract
import Foundation
import LinuxHost
import Probes
import TestSupport
import Testing

@Suite(
    "Operations on pods", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .enabled(
        if: ContainerNetworkingBench.arePluginsPresent,
        Comment(rawValue: ContainerNetworkingBench.pluginsReason)
    ),
    .leavesNothing("cniops")
)
struct CNIOperationsTests {
    private static let ipam =
        #""ipam":{"type":"host-local","dataDir":"LEASES","ranges":[[{"subnet":"10.244.0.0/20"}]],"routes":[{"dst":"0.0.0.0/0"}]}"#
    private static let bridge = #"{"type":"bridge","bridge":"cni0","isGateway":true,\#(ipam)}"#

    static let networks: [(String, String?)] = [
        ("the floor", nil), ("bridge", bridge), ("ptp", #"{"type":"ptp",\#(ipam)}"#),
        ("macvlan", #"{"type":"macvlan","master":"eth0",\#(ipam)}"#),
        ("bridge and tuning", #"\#(bridge),{"type":"tuning","sysctl":{"net.core.somaxconn":"1024"}}"#),
    ]

    @Test("pods are added until a packet comes through, checked, and deleted without a trace", arguments: networks)
    func lifecycle(_ name: String, _ plugins: String?) async throws {
        try await CNIOperationsBench.with { bench in
            let before = try bench.links()
            let events = try await bench.run(
                .lifecycle, plugins.map { bench.conflist($0) }, standing: 3, measured: 4, concurrency: 2)
            #expect(events.failure == nil, "\(name): \(events.failure?.message ?? "")")
            #expect(events.last == .done)
            for metric in [
                "add_latency_p50", "check_latency_p50", "delete_latency_p99", "first_packet_p50", "pods_per_second",
                "add_cpu", "delete_cpu", "fill_rate", "drain_rate",
            ] {
                #expect((events.value(metric) ?? 0) > 0, "\(name): \(metric)")
            }
            if plugins != nil {
                // The plugin itself and its IPAM plugin.
                #expect((events.value("plugin_processes") ?? 0) >= 2)
                #expect((events.value("plugin_peak_memory") ?? 0) > 1_000_000)
            }
            let histograms = events.filter { if case .histogram = $0 { true } else { false } }
            #expect(histograms.count == 4)
            #expect(try bench.links() == before)
        }
    }

    @Test(
        "pods with IPv6 addresses alone, or with both, are measured like others",
        arguments: [
            (#"[[{"subnet":"fd00:10:244::/64"}]]"#, "::/0"),
            (#"[[{"subnet":"10.244.0.0/20"}],[{"subnet":"fd00:10:244::/64"}]]"#, "0.0.0.0/0"),
        ]
    )
    func families(_ ranges: String, _ route: String) async throws {
        try await CNIOperationsBench.with { bench in
            try Sysctl.write("net.ipv6.conf.all.forwarding", "1", in: NetworkNamespace.open(named: bench.node))
            let ipam =
                #""ipam":{"type":"host-local","dataDir":"LEASES","ranges":\#(ranges),"routes":[{"dst":"\#(route)"}]}"#
            for work in [CNIOperations.Work.lifecycle, .restartStorm, .exhaustion] {
                let events = try await bench.run(work, bench.conflist(#"{"type":"ptp",\#(ipam)}"#))
                #expect(events.failure == nil, "\(work): \(events.failure?.message ?? "")")
                switch work {
                case .lifecycle:
                    for metric in ["add_latency_p50", "check_latency_p50", "delete_latency_p50", "first_packet_p50"] {
                        #expect((events.value(metric) ?? 0) > 0, "\(metric)")
                    }
                case .restartStorm: #expect((events.value("storm_duration") ?? 0) > 0)
                case .exhaustion, .conformance:
                    // IPv6 has no broadcast address to leave out.
                    #expect(events.value("usable_addresses") == (ranges.contains("10.244") ? 13 : 14))
                }
            }
        }
    }

    @Test(
        "an operation that a plugin fails is a finding with its words, and the others are measured all the same",
        arguments: [
            ("CHECK", "check", ["add", "delete"]), ("DEL", "delete", ["add", "check"]),
            ("STATUS", "status", ["add", "check", "delete", "gc"]), ("GC", "gc", ["add", "check", "delete", "status"]),
        ]
    )
    func failedOperation(_ command: String, _ metric: String, _ measured: [String]) async throws {
        try await CNIOperationsBench.with { bench in
            try writeNewer(bench, failing: command)
            let list = bench.conflist(#"{"type":"newer",\#(Self.ipam)}"#, version: "1.1.0")
            let events = try await bench.run(.lifecycle, list, standing: 2, measured: 3)
            #expect(events.failure == nil, "\(events.failure?.message ?? "")")
            #expect(events.value("\(metric)_latency_p50") == nil)
            for metric in measured { #expect((events.value("\(metric)_latency_p50") ?? 0) > 0, "\(metric)") }
            let remark = try #require(
                events.compactMap { if case .remark(let words) = $0 { words } else { nil } }.first)
            #expect(remark.contains("\(command) with the plugin newer failed: it is broken"), "\(remark)")
            let findings = try #require(
                events.compactMap { event -> [ConformanceFinding]? in
                    guard case .artifact(let artifact) = event, artifact.name == ConformanceFinding.name
                    else { return nil }
                    return try? ConformanceFinding.list(json: artifact.text)
                }.first)
            #expect(findings.map(\.check) == ["\(command) as part of the lifecycle"])
            #expect(findings.first?.verdict == .deviates)
        }
    }

    @Test("GC is not called where the list leaves it out, nor is CHECK", arguments: ["disableGC", "disableCheck"])
    func disabled(_ member: String) async throws {
        try await CNIOperationsBench.with { bench in
            let command = member == "disableGC" ? "GC" : "CHECK"
            try writeNewer(bench, failing: command)
            let list = bench.conflist(#"{"type":"newer",\#(Self.ipam)}"#, version: "1.1.0")
                .replacing(#""name":"#, with: #""\#(member)":true,"name":"#)
            let events = try await bench.run(.lifecycle, list)
            #expect(events.failure == nil, "\(events.failure?.message ?? "")")
            #expect(!events.contains { if case .remark = $0 { true } else { false } })
            #expect(events.value("\(command.lowercased())_latency_p50") == nil)
            let conformance = try await bench.run(.conformance, list)
            #expect(conformance.failure == nil, "\(conformance.failure?.message ?? "")")
            #expect(!conformance.words.contains("it is broken"), "\(conformance.words)")
        }
    }

    @Test("pods that get one address between them are named before anything is measured")
    func sharedAddress() async throws {
        try await CNIOperationsBench.with { bench in
            let ipam = #""ipam":{"type":"static","addresses":[{"address":"10.244.0.9/24"}]}"#
            let events = try await bench.run(
                .lifecycle, bench.conflist(#"{"type":"bridge","bridge":"cni0","isGateway":true,\#(ipam)}"#))
            #expect(events.failure?.code == FailureCode.sharedAddress.rawValue)
            for words in ["pods 0 and 1", "10.244.0.9", "nmx-net"] {
                #expect(events.failure?.message.contains(words) == true, "\(events.failure?.message ?? "")")
            }
            #expect(events.value("add_latency_p50") == nil)
        }
    }

    /// A plugin of version 1.1.0 that is `ptp`, but for one command that it fails; Debian's plugins speak up to 1.0.0.
    private func writeNewer(_ bench: CNIOperationsBench, failing command: String) throws {
        let real = try #require(
            ContainerNetworkingBench.plugins.first { FileManager.default.fileExists(atPath: "\($0)/ptp") })
        try bench.write(
            plugin: "newer",
            """
            case $CNI_COMMAND in
            \(command)) cat >/dev/null; echo '{"cniVersion":"1.1.0","code":999,"msg":"it is broken"}'; exit 1 ;;
            STATUS|GC) cat >/dev/null ;;
            VERSION) cat >/dev/null; echo '{"cniVersion":"1.1.0","supportedVersions":["1.0.0","1.1.0"]}' ;;
            *) sed 's/"1.1.0"/"1.0.0"/g' | \(real)/ptp >'\(bench.directory)/'$$; status=$?
               sed 's/"1.0.0"/"1.1.0"/g' '\(bench.directory)/'$$; exit $status ;;
            esac
            """
        )
    }

    @Test("a network that has CHECK disabled is measured without it, and not with a CHECK that took no time")
    func disabledCheck() async throws {
        try await CNIOperationsBench.with { bench in
            let list = bench.conflist(#"{"type":"ptp",\#(Self.ipam)}"#)
                .replacing(#""name":"#, with: #""disableCheck":true,"name":"#)
            let events = try await bench.run(.lifecycle, list)
            #expect(events.failure == nil, "\(events.failure?.message ?? "")")
            #expect((events.value("add_latency_p50") ?? 0) > 0)
            #expect(events.value("check_latency_p50") == nil)
            #expect(events.value("check_cpu") == nil)
        }
    }

    @Test("a network of version 1.1.0 is asked for its STATUS and its GC, with all its pods to keep")
    func newerCommands() async throws {
        try await CNIOperationsBench.with { bench in
            let real = try #require(
                ContainerNetworkingBench.plugins.first { FileManager.default.fileExists(atPath: "\($0)/ptp") })
            // Debian's plugins speak up to 1.0.0, so this one translates.
            try bench.write(
                plugin: "newer",
                """
                case $CNI_COMMAND in
                STATUS) cat >/dev/null ;;
                GC) cat >'\(bench.directory)/garbage' ;;
                VERSION) cat >/dev/null; echo '{"cniVersion":"1.1.0","supportedVersions":["1.0.0","1.1.0"]}' ;;
                *) sed 's/"1.1.0"/"1.0.0"/g' | \(real)/ptp >'\(bench.directory)/'$$; status=$?
                   sed 's/"1.0.0"/"1.1.0"/g' '\(bench.directory)/'$$; exit $status ;;
                esac
                """
            )
            let list = bench.conflist(#"{"type":"newer",\#(Self.ipam)}"#, version: "1.1.0")
            let events = try await bench.run(.lifecycle, list, standing: 2, measured: 3)
            #expect(events.failure == nil, "\(events.failure?.message ?? "")")
            for metric in ["status_latency_p50", "status_latency_p99", "gc_latency_p50", "gc_latency_p99"] {
                #expect((events.value(metric) ?? 0) > 0, "\(metric)")
            }
            let garbage = try String(contentsOfFile: "\(bench.directory)/garbage", encoding: .utf8)
            #expect(garbage.components(separatedBy: #""containerID""#).count - 1 == 5)
            let conformance = try await bench.run(.conformance, list)
            let findings = try JSONDecoder().decode([ConformanceFinding].self, from: Data(conformance.words.utf8))
            for command in ["STATUS", "GC"] {
                #expect(findings.first { $0.check == command }?.verdict == .conforms)
            }
        }
    }

    @Test("after a restart storm all pods are there again, and then gone", arguments: networks.prefix(2))
    func restartStorm(_ name: String, _ plugins: String?) async throws {
        try await CNIOperationsBench.with { bench in
            let before = try bench.links()
            let events = try await bench.run(
                .restartStorm, plugins.map { bench.conflist($0) }, standing: 6, concurrency: 4)
            #expect(events.failure == nil, "\(name): \(events.failure?.message ?? "")")
            #expect((events.value("storm_duration") ?? 0) > 0)
            #expect((events.value("storm_rate") ?? 0) > 0)
            #expect(try bench.links() == before)
        }
    }

    @Test("13 pods use a range of 16 addresses up, and after DEL they can be had again")
    func exhaustion() async throws {
        try await CNIOperationsBench.with { bench in
            let events = try await bench.run(.exhaustion, bench.conflist(Self.bridge))
            #expect(events.failure == nil, "\(events.failure?.message ?? "")")
            #expect(events.value("usable_addresses") == 13)
            #expect((events.value("refusal_latency") ?? 0) > 0)
        }
    }

    @Test("pods without plugins have no range to use up and nothing to conform to")
    func notApplicable() async throws {
        try await CNIOperationsBench.with { bench in
            for work in [CNIOperations.Work.exhaustion, .conformance] {
                let events = try await bench.run(work, nil)
                #expect(events.failure?.code == FailureCode.notApplicable.rawValue)
            }
        }
    }

    @Test("the reference plugins are asked everything that the specification has an answer to")
    func conformance() async throws {
        try await CNIOperationsBench.with { bench in
            let before = try bench.links()
            let events = try await bench.run(.conformance, bench.conflist(Self.bridge))
            #expect(events.failure == nil, "\(events.failure?.message ?? "")")
            let findings = try JSONDecoder().decode([ConformanceFinding].self, from: Data(events.words.utf8))
            let verdicts = Dictionary(findings.map { ($0.check, $0.verdict) }, uniquingKeysWith: { first, _ in first })
            #expect(verdicts.count == findings.count)
            for check in ["VERSION", "ADD", "CHECK after ADD", "DEL a second time", "ADD in an unknown version"] {
                #expect(verdicts[check] == .conforms, "\(check)")
            }
            #expect(verdicts["CHECK after somebody removed the interface"] == .conforms)
            #expect(verdicts["after DEL of everything"] == .conforms, "\(findings.last?.found ?? "")")
            #expect(Double(findings.count { $0.verdict == .deviates }) == events.value("deviations"))
            #expect(try bench.links() == before)
        }
    }
}
