import Testing

@testable import ServiceProxies

@Suite("Names of chains")
struct NameHashTests {
    @Test(
        "a digest is that of the standard, at every length of a last block",
        arguments: [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
            (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
            (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
            (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
            (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
            (1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
        ])
    func digest(_ count: Int, _ expected: String) {
        var hash = SHA256()
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: count)
        let words = hash.digest(of: message)
        let text = words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }
        #expect(text.joined() == expected)
        let (high, low) = hash.prefix(of: message)
        let start = String(high << 24 | low >> 16, radix: 16)
        #expect(expected.drop { $0 == "0" }.hasPrefix(start))
    }

    @Test("the digest of abc is the standard's example")
    func example() {
        var hash = SHA256()
        #expect(hash.digest(of: Array("abc".utf8))[0] == 0xba78_16bf)
    }

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
