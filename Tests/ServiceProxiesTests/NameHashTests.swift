import Testing

@testable import ServiceProxies

@Suite("Names of chains")
struct NameHashTests {
    @Test(
        "names are those of every cluster",
        arguments: [
            ("default/kubernetes:httpstcp", "NPX46M4PTMTKRN6Y"),
            ("kube-system/kube-dns:dnsudp", "TCOU7JCQXEZGVUNU"),
            ("ns1/svc1:p80tcp10.180.0.1:80", "SXIVWICOYRO3J4NJ"),
        ])
    func known(_ message: String, _ name: String) {
        var text = TextBuffer()
        text.append(text: message)
        #expect(written("\(NameHash.long(of: text))") == name)
        #expect(written("\(NameHash.short(of: text))") == name.prefix(8))
    }

    @Test("chains of nftables carry the service's name, and a long one is cut")
    func nftables() {
        var names = NFTNames()
        var words = Words()
        func text(_ word: Word) -> String { String(decoding: words.bytes(of: word), as: UTF8.self) }
        var service = ServicePort(
            name: "ns1/svc1:p80", clusterIP: IPv4Address(number: 1), port: 80,
            endpoints: [ServiceEndpoint(address: IPv4Address(number: 0x0AB4_0001), port: 80)])
        names.take(service, withEndpoints: true, in: &words)
        #expect(text(names.base) == "ULMVA6XW-ns1/svc1/tcp/p80")
        #expect(
            names.endpoints.map(text) == ["5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80"])
        service.name = "ns1/svc1"
        names.take(service, withEndpoints: false, in: &words)
        #expect(text(names.base).hasSuffix("-ns1/svc1/tcp/"))
        #expect(names.endpoints.isEmpty)
        service.name = "ns1/" + String(repeating: "x", count: 300)
        names.take(service, withEndpoints: false, in: &words)
        #expect(text(names.base).utf8.count == 240)
        #expect(text(names.base).hasSuffix("xxx..."))
    }

    @Test("probabilities have ten decimals and are rounded as printf rounds")
    func probabilities() {
        var words = Words()
        let probabilities = Probabilities(upTo: 2048, in: &words)
        for (count, text) in [(1, "1.0000000000"), (3, "0.3333333333"), (7, "0.1428571429"), (2048, "0.0004882812")] {
            #expect(String(decoding: words.bytes(of: probabilities.word(of: count)), as: UTF8.self) == text)
        }
    }

    private func written(_ text: RuleText) -> String {
        var buffer = TextBuffer()
        buffer.append(text)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}
