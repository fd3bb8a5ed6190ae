import Testing

@testable import ServiceProxies

@Suite("Texts of rules")
struct RuleTextTests {
    @Test(
        "values are written as they are printed elsewhere",
        arguments: [0, 7, 10, 99, 100, 999, 1_000, 65_535, 4_294_967_295, Int.max])
    func values(_ number: Int) {
        let address = IPv4Address(number: UInt32(truncatingIfNeeded: number))
        let range = IPv4Range(address, prefixLength: 24)
        let endpoint = ServiceEndpoint(address: address, port: UInt16(truncatingIfNeeded: number))
        #expect(
            written("\(number) \(address) \(range) \(endpoint) \(endpoint.port) \(ServiceProtocol.udp)")
                == "\(number) \(address) \(range) \(address):\(endpoint.port) \(endpoint.port) udp")
    }

    @Test("words and parts are put in, and a line ends")
    func words() {
        var words = Words()
        let first = words.put(text: "KUBE-SVC")
        let second = words.put("\(first)-\(7)")
        let part: RuleText = " -j \(second)"
        let nothing: RuleText = ""
        var buffer = TextBuffer()
        buffer.appendLine("-A \(first)\(nothing)\(part)", words)
        buffer.appendLine("COMMIT")
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == "-A KUBE-SVC -j KUBE-SVC-7\nCOMMIT\n")
        words.forget(from: second)
        #expect(words.count == 8)
        let mark = words.put("!")
        #expect(words.bytes(of: mark) == [33])
    }

    @Test("words of one length that were put aside together are reached by number")
    func rows() {
        var words = Words()
        let start = words.put("ab")
        _ = words.put("cdef")
        #expect(words.bytes(of: start.advanced(by: 2)) == Array("ef".utf8))
    }

    @Test("what is written is the same whatever room there was, and can be taken back or away")
    func room() {
        for capacity in [0, 1, 5_000] {
            var buffer = TextBuffer(capacity: capacity)
            var expected = ""
            for number in 0..<3_000 {
                buffer.append("\(number),")
                expected += "\(number),"
                if number.isMultiple(of: 700) {
                    let bytes = [UInt8](repeating: 65, count: number * 3)
                    buffer.append(bytes)
                    expected += String(decoding: bytes, as: UTF8.self)
                }
            }
            #expect(String(decoding: buffer.bytes, as: UTF8.self) == expected)
            buffer.removeAll(behind: 2)
            buffer.append("x")
            #expect(buffer.takeBytes() == Array("0,x".utf8))
            #expect(buffer.count == 0)
        }
    }

    private func written(_ text: RuleText) -> String {
        var buffer = TextBuffer()
        buffer.append(text)
        return String(decoding: buffer.takeBytes(), as: UTF8.self)
    }
}
