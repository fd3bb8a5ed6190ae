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
        var hash = NameHash()
        var bytes: [UInt8] = []
        hash.appendSixteen(of: Array(message.utf8), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == name)
    }

    @Test("chains of nftables carry the service's name, and a long one is cut")
    func nftables() {
        var names = NFTNames()
        var service = ServicePort(
            name: "ns1/svc1:p80", clusterIP: IPv4Address(number: 1), port: 80,
            endpoints: [ServiceEndpoint(address: IPv4Address(number: 0x0AB4_0001), port: 80)])
        names.take(service, withEndpoints: true)
        #expect(String(decoding: names.base, as: UTF8.self) == "ULMVA6XW-ns1/svc1/tcp/p80")
        #expect(
            names.endpoints.map { String(decoding: $0, as: UTF8.self) } == ["5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80"])
        service.name = "ns1/svc1"
        names.take(service, withEndpoints: false)
        #expect(String(decoding: names.base, as: UTF8.self).hasSuffix("-ns1/svc1/tcp/"))
        #expect(names.endpoints.isEmpty)
        service.name = "ns1/" + String(repeating: "x", count: 300)
        names.take(service, withEndpoints: false)
        #expect(names.base.count == 240)
        #expect(names.base.suffix(3) == [46, 46, 46])
    }

    @Test("probabilities have ten decimals and are rounded as printf rounds")
    func probabilities() {
        let texts = Probabilities(upTo: 2048)
        for (count, text) in [(1, "1.0000000000"), (3, "0.3333333333"), (7, "0.1428571429"), (2048, "0.0004882812")] {
            #expect(String(decoding: texts.text(of: count), as: UTF8.self) == text)
        }
    }

    @Test("numbers and addresses are written as they are printed elsewhere")
    func numbers() {
        for number in [0, 7, 10, 99, 100, 65_535, 4_294_967_295] {
            var buffer = TextBuffer()
            buffer.append(number: number)
            let address = IPv4Address(number: UInt32(number))
            buffer.append(address)
            buffer.append(IPv4Range(address, prefixLength: 24))
            #expect(
                String(decoding: buffer.bytes, as: UTF8.self)
                    == "\(number)\(address)\(IPv4Range(address, prefixLength: 24))")
        }
    }
}
