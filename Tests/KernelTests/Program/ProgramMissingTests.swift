import Foundation
import Processes
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("What is missing")
    struct Missing {
        private static let ordinaryUser = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

        @Test("a missing CNI plugin is named before anything is made, and CNI_PATH says where they are")
        func plugin() async throws {
            try await Workbench.with("plugin") { bench in
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let directory = "\(bench.directory)/cni"
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
                let environment = ["CNI_PATH": directory]
                let result = try await bench.startRun(file, environment: environment).end()
                #expect(result.exitCode == 3)
                #expect(result.standardError.contains("the CNI plugin bridge is not in \(directory)"))
                #expect(result.standardError.contains("apt install containernetworking-plugins"))
                #expect(try Store.open(at: bench.database).runs(matching: RunFilter()).isEmpty)
                let diagnosis = try await bench.run(["doctor", "--output", "json"], environment: environment)
                #expect(diagnosis.exitCode == 3)
                let missing = try diagnosis.objects().filter { $0["isHere"] as? Bool == false }
                #expect(missing.contains { $0["what"] as? String == "CNI plugin ptp" })

                for name in ["bridge", "host-local"] {
                    let plugin = try #require(
                        ContainerNetworkingBench.plugins.lazy.compactMap { Programs.find("\($0)/\(name)") }.first)
                    try FileManager.default.createSymbolicLink(
                        atPath: "\(directory)/\(name)", withDestinationPath: plugin)
                }
                #expect(try await bench.startRun(file, environment: environment).end().exitCode == 0)
            }
        }

        @Test("a missing iperf3 is named with its package when a test needs it, and not otherwise")
        func iperf3() async throws {
            try await Workbench.with("iperf3") { bench in
                try await bench.hide(try #require(Programs.find("iperf3")))
                let file = try bench.write(Scenario(tests: [Scenario.stream]).yaml, to: "stream.yaml")
                let result = try await bench.startRun(file).end()
                #expect(result.exitCode == 3)
                #expect(result.standardError.contains("iperf3 is not installed"))
                #expect(result.standardError.contains("apt-get install iperf3"))
                #expect(try await bench.run(["doctor"]).exitCode == 3)
                let other = try bench.write(Scenario().yaml, to: "latency.yaml")
                #expect(try await bench.startRun(other).end().exitCode == 0)
            }
        }

        @Test("a missing libcurl is named with its package where requests are made by HTTP, and not otherwise")
        func libcurl() async throws {
            try await Workbench.with("libcurl") { bench in
                for directory in ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"] {
                    let library = "\(directory)/libcurl.so.4"
                    if FileManager.default.fileExists(atPath: library) { try await bench.hide(library) }
                }
                let yaml = """
                    apiVersion: networkmachinery.io/v1alpha1
                    kind: NetworkConnectivityTest
                    metadata: {name: pages}
                    spec:
                      layer: 7
                      protocol: http
                      source: {name: a}
                      destinations: [{kind: pod, name: b, port: 80}]
                      count: 1

                    """
                let file = try bench.write(yaml, to: "http.yaml")
                let refused = try await bench.startRun(file).end()
                #expect(refused.exitCode == 3, "\(refused.standardError)")
                #expect(refused.standardError.contains("libcurl cannot be loaded"), "\(refused.standardError)")
                #expect(refused.standardError.contains("apt install libcurl4"))
                let doctor = try await bench.run(["doctor", "--output", "json"])
                let row = try #require(try doctor.objects().first { $0["what"] as? String == "libcurl" })
                #expect(row["isHere"] as? Bool == false && row["isOptional"] as? Bool == true)
                #expect(row["purpose"] as? String == "NetworkConnectivityTest: protocol: http and https")
                #expect(row["wayOut"] as? String == "apt install libcurl4")
                let other = yaml.replacing("layer: 7", with: "layer: 4").replacing("  protocol: http\n", with: "")
                #expect(try await bench.startRun(try bench.write(other, to: "tcp.yaml")).end().exitCode == 0)
            }
        }

        @Test("an ordinary user is told to use sudo, before anything is made")
        func root() async throws {
            try await Workbench.with("nobody") { bench in
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                // The build may lie where an ordinary user may not look.
                let program = try bench.write("", to: "netmachinery", executable: true)
                try await bench.mount("--bind", try BuiltProgram.path(), program)
                let results = URL(fileURLWithPath: bench.database).deletingLastPathComponent().path
                try FileManager.default.createDirectory(
                    atPath: results, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
                let result = try await bench.startRun(file, through: Self.ordinaryUser, program: program).end()
                #expect(result.exitCode == 3)
                #expect(result.standardError.contains("namespaces need root"))
                #expect(result.standardError.contains("sudo"))
                for command in [["cleanup"], ["lab", "down"], ["lab", "ps"], ["lab", "up"], ["doctor"]] {
                    let store = ["ps", "doctor"].contains(command.last) ? [] : ["--database", bench.database]
                    let result = try await bench.run(
                        command + store, through: Self.ordinaryUser, program: program)
                    #expect(result.exitCode == 3, "\(command): \(result.standardError)")
                    let words = result.standardError + result.standardOutput
                    #expect(words.contains("sudo"), "\(command)")
                }
                #expect(try Store.open(at: bench.database).runs(matching: RunFilter()).isEmpty)
            }
        }
    }
}
