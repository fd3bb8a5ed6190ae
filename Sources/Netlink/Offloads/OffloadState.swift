/// What an interface leaves to its device, by the kernel's names, such as `tx-tcp-segmentation`.
public struct OffloadState: Sendable, Hashable {
    /// All that this kernel knows, whether the device has it or not.
    public var known: Set<String>
    /// Those that can be changed for this device.
    public var changeable: Set<String>
    /// Those that were asked for.
    public var wanted: Set<String>
    /// Those that are in use.
    public var active: Set<String>

    /// A state.
    public init(known: Set<String>, changeable: Set<String>, wanted: Set<String>, active: Set<String>) {
        self.known = known
        self.changeable = changeable
        self.wanted = wanted
        self.active = active
    }
}
