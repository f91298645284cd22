package dev.lockstep.flow.trust;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The fields that are signed, one after the other. Each is framed as a netstring, {@code 5:hello,}, so no byte can move from one field to
 * the next without being seen.
 */
final class Framed {

    private static final String ALGORITHM = "HmacSHA256";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Framed add(String field) {
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes((text.length + ":").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(text);
        bytes.write(',');
        return this;
    }

    byte[] mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(bytes.toByteArray());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
