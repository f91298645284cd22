package dev.lockstep.flow.trust;

import dev.lockstep.flow.trust.NotTrustedException.Reason;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Lockstep-Signature}: {@code node=product; time=1795887224000; nonce=‹22›; mac=‹43›}.
 *
 * @param node who signed
 * @param time when, in milliseconds since 1970 by the signer's clock
 * @param nonce of the request: 16 random bytes in Base64url; an answer repeats it
 * @param mac 32 bytes in Base64url
 */
record Signature(String node, long time, String nonce, String mac) {

    private static final int NONCE_BYTES = 16;
    private static final Pattern HEADER = Pattern.compile(
            "node=([A-Za-z0-9._-]{1,32}); time=([0-9]{1,15}); nonce=([A-Za-z0-9_-]{22}); mac=([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static Signature in(Map<String, String> headers) throws NotTrustedException {
        String header = headers.get(Signatures.HEADER);
        if (header == null) {
            throw new NotTrustedException(Reason.UNSIGNED, "The header " + Signatures.HEADER + " is missing");
        }
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new NotTrustedException(
                    Reason.MALFORMED,
                    "The header " + Signatures.HEADER + " must be"
                            + " 'node=<name>; time=<milliseconds>; nonce=<22 of Base64url>; mac=<43 of Base64url>'");
        }
        return new Signature(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3), matcher.group(4));
    }

    static String newNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Signature with(String newMac) {
        return new Signature(node, time, nonce, newMac);
    }

    @Override
    public String toString() {
        return "node=" + node + "; time=" + time + "; nonce=" + nonce + "; mac=" + mac;
    }
}
