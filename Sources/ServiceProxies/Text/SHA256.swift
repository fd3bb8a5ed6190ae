/// SHA-256 (FIPS 180-4): names of chains are made of it, one for each endpoint.
///
/// An own one because no library of ours has it, and a planner that is to cost a tenth of the loader needs 100,000 of them
/// without an allocation each.
struct SHA256 {
    private var schedule = [UInt32](repeating: 0, count: 64)
    private var block = [UInt8](repeating: 0, count: 64)

    /// The digest as eight words in order.
    mutating func digest(of message: [UInt8]) -> [UInt32] {
        var state = Self.start
        var next = 0
        while message.count - next >= 64 {
            message[next..<next + 64].withUnsafeBufferPointer { compress($0, into: &state) }
            next += 64
        }
        let rest = message.count - next
        for index in 0..<64 { block[index] = index < rest ? message[next + index] : 0 }
        block[rest] = 0x80
        if rest >= 56 {
            compressBlock(into: &state)
            for index in 0..<64 { block[index] = 0 }
        }
        let bits = UInt64(message.count) * 8
        for index in 0..<8 { block[56 + index] = UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * index)) }
        compressBlock(into: &state)
        return [state.0, state.1, state.2, state.3, state.4, state.5, state.6, state.7]
    }

    /// The first 80 bits of the digest, which is what names are made of, in the low bits of two numbers of 40 bits.
    mutating func prefix(of message: [UInt8]) -> (UInt64, UInt64) {
        let (first, second, third) = head(of: message)
        return (
            UInt64(first) << 8 | UInt64(second >> 24),
            UInt64(second & 0xFF_FFFF) << 16 | UInt64(third >> 16)
        )
    }

    private mutating func head(of message: [UInt8]) -> (UInt32, UInt32, UInt32) {
        guard message.count < 56 else {
            let words = digest(of: message)
            return (words[0], words[1], words[2])
        }
        // Names of usual length fit one block.
        var state = Self.start
        block.withUnsafeMutableBufferPointer { block in
            for index in 0..<message.count { block[index] = message[index] }
            block[message.count] = 0x80
            for index in message.count + 1..<64 { block[index] = 0 }
            let bits = message.count * 8
            block[62] = UInt8(truncatingIfNeeded: bits >> 8)
            block[63] = UInt8(truncatingIfNeeded: bits)
        }
        compressBlock(into: &state)
        return (state.0, state.1, state.2)
    }

    private typealias State = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

    private static let start: State = (
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
    )

    private mutating func compressBlock(into state: inout State) {
        let copy = block
        copy.withUnsafeBufferPointer { compress($0, into: &state) }
    }

    private mutating func compress(_ bytes: UnsafeBufferPointer<UInt8>, into state: inout State) {
        schedule.withUnsafeMutableBufferPointer { words in
            Self.roundConstants.withUnsafeBufferPointer { constants in
                for index in 0..<16 {
                    let at = index * 4
                    words[index] =
                        UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
                        | UInt32(bytes[at + 3])
                }
                for index in 16..<64 {
                    let early = words[index - 15]
                    let late = words[index - 2]
                    let small = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
                    let large = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
                    words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
                }
                var (a, b, c, d, e, f, g, h) = state
                for index in 0..<64 {
                    let upper = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
                    let choice = e & f ^ ~e & g
                    let first = h &+ upper &+ choice &+ constants[index] &+ words[index]
                    let lower = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
                    let majority = a & b ^ a & c ^ b & c
                    (h, g, f, e) = (g, f, e, d &+ first)
                    (d, c, b, a) = (c, b, a, first &+ lower &+ majority)
                }
                state.0 &+= a
                state.1 &+= b
                state.2 &+= c
                state.3 &+= d
                state.4 &+= e
                state.5 &+= f
                state.6 &+= g
                state.7 &+= h
            }
        }
    }

    private static let roundConstants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

@inline(__always)
private func rotated(_ word: UInt32, _ by: UInt32) -> UInt32 {
    word >> by | word << (32 &- by)
}
