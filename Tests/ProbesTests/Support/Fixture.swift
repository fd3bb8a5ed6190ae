import Foundation

/// Recorded output of real tools: iperf3 3.12 and netperf 2.7.0 over a veth pair, with `--interval 0` over loopback.
enum Fixture {
    static func text(_ name: String) throws -> String {
        try String(contentsOf: url(name), encoding: .utf8)
    }

    /// Where the file is.
    static func path(_ name: String) -> String { url(name).path }

    private static func url(_ name: String) -> URL {
        Bundle.module.bundleURL.appendingPathComponent("Fixtures").appendingPathComponent(name)
    }
}
