import Contract
import Foundation
import Probes
import TestSupport
import Testing

@Suite(
    "Bad plugins", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .enabled(
        if: ContainerNetworkingBench.arePluginsPresent,
        Comment(rawValue: ContainerNetworkingBench.pluginsReason)
    ),
    .leavesNothing("cniops")
)
struct BadPluginTests {
    struct Plugin: Sendable, CustomTestStringConvertible {
        let name: String
        let script: String
        let code: FailureCode
        let message: String
        var words = "boom"
        var testDescription: String { name }
    }

    private static let result = """
        {"cniVersion":"1.0.0","interfaces":[{"name":"eth0","sandbox":"'"$CNI_NETNS"'"}],\
        "ips":[{"address":"10.244.0.9/20","interface":0}]}
        """

    static let plugins = [
        Plugin(name: "crashes", script: "echo boom >&2; kill -SEGV $$", code: .toolFailed, message: "signal 11"),
        Plugin(name: "hangs", script: "echo boom >&2; exec sleep 60", code: .timedOut, message: "did not end within"),
        Plugin(
            name: "prints rubbish", script: "cat >/dev/null; echo boom >&2; echo Segmentation {fault", code: .rubbish,
            message: "something else than a result"),
        Plugin(
            name: "ends with 0 and no result", script: "cat >/dev/null; echo boom >&2", code: .rubbish,
            message: "wrote no result"),
        Plugin(
            name: "fails without an error object", script: "cat >/dev/null; echo boom >&2; exit 3", code: .toolFailed,
            message: "without an error object"),
        Plugin(
            name: "makes its interface in the node's namespace",
            script: """
                cat >/dev/null
                [ "$CNI_COMMAND" = ADD ] || exit 0
                ip link add eth9 type veth peer name eth10
                echo '\(result)'
                """,
            code: .misplaced, message: "made it elsewhere", words: ""),
    ]

    @Test("each is a failure in its own words, and the node is as it was", arguments: plugins)
    func isFailure(plugin: Plugin) async throws {
        try await CNIOperationsBench.with { bench in
            let before = try bench.links()
            try bench.write(plugin: "bad", plugin.script)
            let events = try await bench.run(
                .lifecycle, bench.conflist(#"{"type":"bad"}"#), timeout: .milliseconds(700))
            let failure = try #require(events.failure)
            #expect(failure.code == plugin.code.rawValue)
            #expect(failure.message.contains(plugin.message), "\(failure.message)")
            #expect(events.words.contains(plugin.words) || plugin.words.isEmpty)
            #expect(events.last == .done)
            #expect(try bench.links() == before)
        }
    }

    @Test("what DEL leaves behind is listed, and the trial has failed")
    func leaks() async throws {
        try await CNIOperationsBench.with { bench in
            let before = try bench.links()
            let real = try #require(
                ContainerNetworkingBench.plugins.first { FileManager.default.fileExists(atPath: "\($0)/ptp") })
            try bench.write(
                plugin: "leaky",
                """
                if [ "$CNI_COMMAND" = DEL ]; then
                    ip link add leak0 type veth peer name leak1 2>/dev/null
                    ip address add 192.0.2.7/32 dev lo 2>/dev/null
                    ip route add 198.51.100.0/24 dev eth0 2>/dev/null
                    ip rule add from 192.0.2.7 lookup 77 2>/dev/null
                    ip route add blackhole 203.0.113.0/24 table 78 2>/dev/null
                    ip neighbour add 192.0.2.9 lladdr 02:00:00:00:00:09 dev eth0 nud permanent 2>/dev/null
                    tc qdisc add dev eth0 root handle 7: pfifo 2>/dev/null
                    echo 1 >/proc/sys/net/ipv4/conf/eth0/proxy_arp
                    nft add table ip leak; nft add chain ip leak c0; nft add rule ip leak c0 tcp dport 7 accept
                    nft add chain ip leak bare; nft add set ip leak s '{ type ipv4_addr; }'
                    nft add element ip leak s '{ 192.0.2.1 }'
                    touch '\(bench.directory)/site/leak'
                fi
                exec \(real)/ptp
                """
            )
            let ipam = #""ipam":{"type":"host-local","dataDir":"LEASES","ranges":[[{"subnet":"10.244.0.0/20"}]]}"#
            let list = bench.conflist(#"{"type":"leaky",\#(ipam)}"#)
            let events = try await bench.run(.lifecycle, list)
            #expect(events.failure?.code == FailureCode.leaked.rawValue, "\(events.failure?.message ?? "none")")
            for thing in [
                "link leak0 of kind veth", "link leak1 of kind veth", "address 192.0.2.7/32 on lo",
                "route 198.51.100.0/24", "ipv4 from 192.0.2.7/32 lookup 77", "tcp dport 7 accept",
                "route blackhole 203.0.113.0/24 table 78", "neighbour 192.0.2.9 at 02:00:00:00:00:09 on eth0",
                "queue pfifo 7: on eth0", "sysctl net/ipv4/conf/eth0/proxy_arp = 1", "table ip leak",
                "chain bare of table ip leak", "set s of table ip leak", "element 192.0.2.1 of set s",
                "file \(bench.directory)/site/leak",
            ] {
                #expect(events.words.contains(thing), "\(thing) is not in:\n\(events.words)")
            }
            #expect(try bench.links() == before)
        }
    }

    @Test(
        "tables that come into being when DEL looks at them are no leak, of either kind of iptables and either family")
    func emptyTables() async throws {
        try await CNIOperationsBench.with { bench in
            let real = try #require(
                ContainerNetworkingBench.plugins.first { FileManager.default.fileExists(atPath: "\($0)/ptp") })
            // Each kind makes its table when it is first asked for.
            try bench.write(
                plugin: "curious",
                """
                if [ "$CNI_COMMAND" = DEL ]; then
                    for tool in iptables-nft ip6tables-nft iptables-legacy ip6tables-legacy; do
                        $tool -t nat -S >/dev/null 2>&1
                        $tool -t mangle -N CURIOUS >/dev/null 2>&1 && $tool -t mangle -X CURIOUS
                    done
                fi
                exec \(real)/ptp
                """
            )
            let ipam = #""ipam":{"type":"host-local","dataDir":"LEASES","ranges":[[{"subnet":"10.244.0.0/20"}]]}"#
            let events = try await bench.run(.lifecycle, bench.conflist(#"{"type":"curious",\#(ipam)}"#))
            #expect(events.failure == nil, "\(events.failure?.message ?? "") \(events.words)")
        }
    }

    @Test("an address that DEL did not give back is a leak with its lease, wherever the leases are")
    func leakedLease() async throws {
        try await CNIOperationsBench.with { bench in
            let real = try #require(
                ContainerNetworkingBench.plugins.first { FileManager.default.fileExists(atPath: "\($0)/ptp") })
            try bench.write(
                plugin: "forgetful",
                """
                if [ "$CNI_COMMAND" != DEL ]; then exec \(real)/ptp; fi
                cat >/dev/null
                """
            )
            for leases in ["LEASES", "\(bench.directory)/elsewhere"] {
                let range = #""ranges":[[{"subnet":"10.244.0.0/20"}]]"#
                let ipam = #""ipam":{"type":"host-local","dataDir":"\#(leases)",\#(range)}"#
                let events = try await bench.run(.lifecycle, bench.conflist(#"{"type":"forgetful",\#(ipam)}"#))
                #expect(events.failure?.code == FailureCode.leaked.rawValue, "\(events.failure?.message ?? "none")")
                #expect(events.words.contains("/nmx-net/10.244.0."), "\(events.words)")
            }
        }
    }

    @Test("an IPAM plugin that keeps addresses is found out when they are used up")
    func keepsAddresses() async throws {
        try await CNIOperationsBench.with { bench in
            let real = try #require(
                ContainerNetworkingBench.plugins.first { FileManager.default.fileExists(atPath: "\($0)/ptp") })
            // Only the interface goes with DEL; host-local is never asked.
            try bench.write(
                plugin: "forgetful",
                "if [ \"$CNI_COMMAND\" = DEL ]; then cat >/dev/null; exit 0; fi\nexec \(real)/ptp"
            )
            let ipam = #""ipam":{"type":"host-local","dataDir":"LEASES","ranges":[[{"subnet":"10.244.0.0/20"}]]}"#
            let events = try await bench.run(.exhaustion, bench.conflist(#"{"type":"forgetful",\#(ipam)}"#))
            #expect(events.failure?.code == FailureCode.leaked.rawValue)
            #expect(events.failure?.message.contains("DEL keeps addresses") == true)
        }
    }
}
