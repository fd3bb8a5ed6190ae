import Testing

@testable import LocalTestbed

@Suite("Where CNI plugins are looked for")
struct PluginDirectoriesTests {
    @Test(
        "CNI_PATH names directories separated by colons, in their order; without any the usual ones count",
        arguments: [
            (nil, ["/usr/lib/cni", "/opt/cni/bin"]),
            ("", ["/usr/lib/cni", "/opt/cni/bin"]),
            (":", ["/usr/lib/cni", "/opt/cni/bin"]),
            ("/opt/mine", ["/opt/mine"]),
            ("/b:/a::/c", ["/b", "/a", "/c"]),
        ] as [(String?, [String])]
    )
    func parse(_ path: String?, _ directories: [String]) {
        #expect(PluginDirectories.parse(path) == directories)
    }
}
