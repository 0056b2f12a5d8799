package dev.understudy.kafka;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro makes instances of those classes alone that it is told to trust: this tells it to trust the ones generated from
 * {@code schemas/}. Whoever builds or reads one before there is a {@link WireFormat} calls {@link #trust}.
 */
public final class WireRecords {
    private static final String PACKAGE = "dev.understudy.wire.";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGE)));
    }

    private WireRecords() {}

    /** Trusts the generated classes in this process; once is enough, more do no harm. */
    public static void trust() {
        // Loading this class has done it.
    }
}
