package dev.bellhop.gateway.delivery;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Which addresses a webhook may go to: public unicast only, whatever form the address is written in. */
final class AddressGuard {

    /** From IANA's special-purpose registry for IPv4, multicast and reserved space. */
    private static final List<Network> SPECIAL_4 = List.of(
            new Network("00", 8), // this network
            new Network("0a", 8), // private
            new Network("6440", 10), // carrier-grade NAT
            new Network("7f", 8), // loopback
            new Network("a9fe", 16), // link-local, cloud metadata
            new Network("ac10", 12), // private
            new Network("c00000", 24), // protocol assignments
            new Network("c00002", 24), // documentation
            new Network("c05863", 24), // 6to4 relay
            new Network("c0a8", 16), // private
            new Network("c612", 15), // benchmarks
            new Network("c63364", 24), // documentation
            new Network("cb0071", 24), // documentation
            new Network("e0", 3)); // multicast, reserved, broadcast

    private static final Network GLOBAL_6 = new Network("20", 3);
    private static final Network NAT_64 = new Network("0064ff9b0000000000000000", 96);
    private static final Network SIX_TO_FOUR = new Network("2002", 16);

    private static final List<Network> SPECIAL_6 = List.of(
            new Network("20010000", 23), // Teredo and other protocol assignments
            new Network("20010db8", 32), // documentation
            new Network("3fff00", 20)); // documentation

    private AddressGuard() {}

    /** An IPv4-mapped IPv6 address is an {@code Inet4Address} already. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] address) {
        return SPECIAL_4.stream().noneMatch(network -> network.holds(address));
    }

    /** What embeds an IPv4 address is as good as that address. */
    private static boolean isPublic6(byte[] address) {
        if (NAT_64.holds(address)) {
            return isPublic4(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return isPublic4(Arrays.copyOfRange(address, 2, 6));
        }
        return GLOBAL_6.holds(address) && SPECIAL_6.stream().noneMatch(network -> network.holds(address));
    }

    /** A prefix, in hexadecimal, of which {@code length} bits count. */
    private record Network(String prefix, int length) {

        boolean holds(byte[] address) {
            byte[] start = HexFormat.of().parseHex(prefix);
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
