import Testing

@testable import KernelGuest

@Suite("the kernel inside its image")
struct PlainKernelTests {
    @Test("a payload is found by the header, without the size that is appended to xz")
    func payload() throws {
        let xz: [UInt8] = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] + [UInt8](repeating: 7, count: 20)
        let found = try #require(PlainKernel.payload(of: Self.image(xz + [1, 2, 3, 4])))
        #expect(Array(found.bytes) == xz)
        #expect(found.ending == "xz")
        let gzip: [UInt8] = [0x1f, 0x8b] + [UInt8](repeating: 7, count: 20)
        #expect(PlainKernel.payload(of: Self.image(gzip)).map { Array($0.bytes) } == gzip)
    }

    @Test("what is packed otherwise, cut, or no image at all is left alone")
    func others() {
        #expect(PlainKernel.payload(of: []) == nil)
        #expect(PlainKernel.payload(of: [UInt8](repeating: 0, count: 5000)) == nil)
        #expect(
            PlainKernel.payload(of: Self.image([0x28, 0xb5, 0x2f, 0xfd] + [UInt8](repeating: 7, count: 20))) == nil)
        let whole = Self.image([0x1f, 0x8b] + [UInt8](repeating: 7, count: 20))
        #expect(PlainKernel.payload(of: Array(whole.dropLast())) == nil)
    }

    /// A header of one sector of set-up, sixteen bytes, and the payload.
    private static func image(_ payload: [UInt8]) -> [UInt8] {
        var image = [UInt8](repeating: 0, count: 1024 + 16)
        image[0x1f1] = 1
        image.replaceSubrange(0x202..<0x206, with: Array("HdrS".utf8))
        image[0x206] = 0x0f
        image[0x207] = 0x02
        image[0x248] = 16
        image[0x24c] = UInt8(payload.count)
        return image + payload
    }
}
