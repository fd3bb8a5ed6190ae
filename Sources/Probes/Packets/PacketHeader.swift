/// What a datagram begins with: the token of its run and the number of its step, as one word that is compared at once.
struct PacketHeader: Sendable, Equatable {
    let word: UInt64

    /// The header of a step; the token's upper 48 bits count.
    init(token: UInt64, step: UInt16) {
        // Never 0, which stands for no step at all.
        word = (token | 1 << 63) & ~0xFFFF | UInt64(step)
    }
}
