import Foundation

/// Recorded output of real tools: iperf3 3.12 and netperf 2.7.0 over a veth pair.
enum Fixture {
    static func text(_ name: String) throws -> String {
        let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures").appendingPathComponent(name)
        return try String(contentsOf: url, encoding: .utf8)
    }
}
