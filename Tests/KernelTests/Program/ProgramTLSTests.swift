import Contract
import Foundation
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Requests through TLS")
    struct TLS {
        /// A server of its own for each certificate, all at one address.
        private static let servers: [(port: Int, certificate: String)] = [
            (8441, "good"), (8442, "expired"), (8443, "other"), (8444, "untrusted"),
        ]

        @Test("an answer through TLS is one, and none with a certificate that is old, another's, or not trusted")
        func certificates() async throws {
            try await StandingLab.with("tls", pods: 1) { lab in
                let directory = lab.bench.directory
                for (name, subject) in [
                    ("good", "web.example"), ("expired", "web.example"), ("other", "mail.example"),
                    ("untrusted", "web.example"),
                ] {
                    try await lab.run(Self.certificate(name, subject, in: directory), in: "node1/pod0")
                }
                try await lab.run(Self.aging("expired", in: directory), in: "node1/pod0")
                let trusted = try ["good", "expired", "other"].map {
                    try String(contentsOfFile: "\(directory)/\($0).pem", encoding: .utf8)
                }
                let bundle = try lab.bench.write(trusted.joined(), to: "trusted.pem")
                var running: [RunningProgram] = []
                for (port, name) in Self.servers {
                    running.append(
                        try lab.start(
                            [
                                "openssl", "s_server", "-www", "-accept", "\(port)", "-cert",
                                "\(directory)/\(name).pem",
                                "-key", "\(directory)/\(name).key",
                            ], in: "node1/pod0"))
                }
                for server in running {
                    // What it says when it listens.
                    let end = ContinuousClock.now + .seconds(10)
                    while !server.standardOutput.contains("ACCEPT") {
                        try #require(ContinuousClock.now < end && !server.hasEnded, "\(server.standardError)")
                        try await Task.sleep(for: .milliseconds(10))
                    }
                }
                let result = try await lab.measure(Self.yaml(trusted: bundle, at: "\(lab.address(of: "node1/pod0"))"))
                for server in running {
                    server.signal(SIGTERM)
                    _ = try await server.end(within: .seconds(5))
                }
                #expect(result.exitCode == 1, "\(result.standardError)\n\(result.standardOutput)")
                let found = try lab.bench.findings(by: "destination")
                #expect(found["web.example:8441"]?.found == "reached", "\(found)")
                for (port, words) in [(8442, "expired"), (8443, "subject name"), (8444, "self-signed")] {
                    let finding = try #require(found["web.example:\(port)"])
                    #expect(finding.found == "TLS failed" && finding.verdict == .failed, "\(finding)")
                    #expect(finding.detail.contains(words), "\(finding)")
                }
                let samples = try lab.bench.store().samples(runID: try lab.bench.lastRun().id)
                let times = Dictionary(grouping: samples, by: \.metric).mapValues { $0.map(\.value) }
                #expect(times["http_tls"]?.count == 1 && times["http_tls"]?.allSatisfy { $0 > 0 } == true, "\(times)")
                #expect(times["http_total"]?.count == 1)
            }
        }

        /// The words that make a certificate which is its own issuer.
        private static func certificate(_ name: String, _ subject: String, in directory: String) -> [String] {
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                "2", "-subj", "/CN=\(subject)", "-addext", "subjectAltName=DNS:\(subject)", "-keyout",
                "\(directory)/\(name).key", "-out", "\(directory)/\(name).pem",
            ]
        }

        /// The words that make one end a day before it began.
        private static func aging(_ name: String, in directory: String) -> [String] {
            let (certificate, key) = ("\(directory)/\(name).pem", "\(directory)/\(name).key")
            return ["openssl", "x509", "-in", certificate, "-signkey", key, "-days", "-1", "-out", certificate]
        }

        private static func yaml(trusted: String, at address: String) -> String {
            """
            apiVersion: networkmachinery.io/v1alpha1
            kind: NetworkConnectivityTest
            metadata: {name: tls}
            spec:
              layer: 7
              protocol: https
              trusted: \(trusted)
              source: {name: node0-pod0}
              destinations:
            \(servers.map { "  - {kind: name, name: web.example, port: \($0.port)}" }.joined(separator: "\n"))
              count: 2
              timeout: 2s
              local: {names: {web.example: \(address)}}

            """
        }
    }
}
