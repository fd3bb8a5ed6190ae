import ContainerNetworking
import Testing

@Suite("What is known of plugins that get an operation wrong")
struct KnownFaultTests {
    private func error(
        _ plugin: String, _ command: CNICommand?, _ message: String, details: String = "",
        kind: CNIError.Kind = .refused
    ) -> CNIError {
        CNIError(plugin: plugin, command: command, kind: kind, code: 999, msg: message, details: details)
    }

    @Test(
        "CHECK of portmap is known by its words, of either family, in every list that has it",
        arguments: [
            "could not check ipv6 dnat: chain CNI-DN-1 not found in iptables table nat",
            "could not check ipv4 dnat: rule [-p tcp] in chain CNI-DN-1 not found in table nat",
        ]
    )
    func portmap(_ words: String) {
        let text = error("portmap", .check, words).description
        #expect(text.contains("up to version 1.1.1"))
        #expect(text.contains(#""disableCheck": true"#))
        #expect(!text.contains("documentation"))
        #expect(KnownFault.explaining(error("portmap", .check, "see details", details: words)) != nil)
    }

    @Test("the same words of another plugin or operation, and other words, are not taken for it")
    func others() {
        let words = "could not check ipv6 dnat: chain CNI-DN-1 not found in iptables table nat"
        #expect(KnownFault.explaining(error("mymap", .check, words)) == nil)
        #expect(KnownFault.explaining(error("portmap", .add, words)) == nil)
        #expect(KnownFault.explaining(error("portmap", .check, "permission denied")) == nil)
        #expect(KnownFault.explaining(error("portmap", nil, words)) == nil)
    }

    @Test("a CHECK or a GC that fails names the member that leaves it out; other operations have none")
    func ways() {
        #expect(error("x", .check, "broken").description.contains(#""disableCheck": true in the list"#))
        #expect(error("x", .collectGarbage, "broken").description.contains(#""disableGC": true in the list"#))
        for command in [CNICommand.add, .delete, .status] {
            #expect(!error("x", command, "broken").description.contains("disable"))
        }
        for kind in [CNIError.Kind.cancelled, .pluginNotFound] {
            #expect(!error("x", .check, "broken", kind: kind).description.contains("disable"))
        }
    }

    @Test("lists with such a plugin are better off without CHECK")
    func spoils() {
        #expect(KnownFault.spoilsCheck(ofPlugins: ["bridge", "portmap"]))
        #expect(!KnownFault.spoilsCheck(ofPlugins: ["bridge", "tuning"]))
    }
}
