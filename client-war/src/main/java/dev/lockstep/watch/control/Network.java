package dev.lockstep.watch.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Where a client is, as precisely as it makes sense to count by. Whoever has one address of IPv6 has 2^64 of them, so these are one network;
 * an address of IPv4 is one of its own.
 *
 * @param prefix what its addresses have in common, never null
 */
public record Network(String prefix) {

    private static final int PREFIX_BYTES = 8;

    /**
     * Tells a client's network.
     *
     * @param address the client's, as its request tells it
     * @return the network
     */
    public static Network of(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return new Network(HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, PREFIX_BYTES)));
        } catch (UnknownHostException e) {
            return new Network(address); // an address of a form that Java does not know is still an address
        }
    }
}
