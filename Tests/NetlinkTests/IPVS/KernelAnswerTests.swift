import Testing

@testable import Netlink

@Suite("What the kernel answers to a request")
struct KernelAnswerTests {
    private func answer(_ text: String) throws -> (Int32, String) {
        var answer: (Int32, String)?
        Bytes.parse(text).withUnsafeBytes { buffer in
            answer = MessageReader(buffer).makeIterator().first { _ in true }.map(\.answer)
        }
        return try #require(answer)
    }

    @Test("done is 0, a refusal is its errno value")
    func numbers() throws {
        let done = try answer("24000000 0200 0001 07000000 00000000 00000000 14000000 1b00 0500 07000000 00000000")
        #expect(done.0 == 0)
        let exists = try answer("24000000 0200 0001 07000000 00000000 efffffff 14000000 1b00 0500 07000000 00000000")
        #expect(exists.0 == 17)
        #expect(exists.1.isEmpty)
    }

    @Test("the kernel's sentence stands behind the request, whether that was cut or not")
    func sentence() throws {
        // NLM_F_CAPPED | NLM_F_ACK_TLVS, "no".
        let capped = try answer(
            "2c000000 0200 0003 07000000 00000000 eaffffff 64000000 1b00 0500 07000000 00000000 0700 0100 6e6f00 00")
        #expect(capped.0 == 22)
        #expect(capped.1 == "no")
        // NLM_F_ACK_TLVS, 4 bytes of the request repeated.
        let whole = try answer(
            "30000000 0200 0002 07000000 00000000 eaffffff 14000000 1b00 0500 07000000 00000000 11010000 0700 0100 6e6f00 00"
        )
        #expect(whole.1 == "no")
    }

    @Test("an answer that is too short is bad, and no sentence is read behind its end")
    func short() throws {
        #expect(try answer("14000000 0200 0003 07000000 00000000 eaffffff").0 != 0)
        let lying = try answer(
            "24000000 0200 0002 07000000 00000000 eaffffff ff000000 1b00 0500 07000000 00000000")
        #expect(lying.1.isEmpty)
    }
}
