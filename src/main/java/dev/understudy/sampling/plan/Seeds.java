package dev.understudy.sampling.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Draws seeds that a replay draws again. */
public final class Seeds {
    private Seeds() {}

    /**
     * A seed that follows from what names a record, and from nothing else.
     *
     * @param id of the request
     * @param place topic and partition it came from
     * @param offset it has there
     */
    public static long drawn(String id, String place, long offset) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
            digest.update((place + '\n' + id).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
