import Contract
import Foundation
import LinuxHost
import TestSupport
import Testbed
import Testing

@testable import LocalTestbed

@Suite("What the plugins of a list need")
struct ListedPluginsTests {
    @Test("types are read before placeholders are filled in, wherever these stand")
    func types() {
        let text = """
            {"cniVersion": "1.0.0", "name": "{{name}}", "plugins": [
              {"type": "ipvlan", "mtu": {{mtu}}, "ipam": {"type": "host-local", "ranges": [[{"subnet": "{{podCIDR}}"}]]}},
              {"type": "tuning"}]}
            """
        #expect(ListedPlugins.types(in: text) == ["ipvlan", "host-local", "tuning"])
        #expect(ListedPlugins.types(in: "rubbish").isEmpty)
        #expect(ListedPlugins.types(inListAt: "/nowhere/at.all").isEmpty)
    }

    @Test("a plugin needs the same of the kernel in a preset and in a user's list")
    func features() throws {
        #expect(ListedPlugins.kernelFeatures(of: .ipvlan) == [.ipvlan])
        #expect(ListedPlugins.kernelFeatures(of: .macvlan) == [.macvlan])
        #expect(ListedPlugins.kernelFeatures(of: .bridge).isEmpty)
        try ScratchDirectory.with("listed") { directory in
            let path = "\(directory)/mine.conflist"
            try #"{"cniVersion": "1.0.0", "name": "{{name}}", "plugins": [{"type": "ipvlan"}]}"#
                .write(toFile: path, atomically: true, encoding: .utf8)
            #expect(ListedPlugins.kernelFeatures(of: .conflist(path: path)) == [.ipvlan])
        }
    }
}
