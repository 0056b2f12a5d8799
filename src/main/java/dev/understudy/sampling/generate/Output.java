package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Where samples and the ends of batches go. */
public interface Output {

    /** A sample of a batch, made for the counter {@code index}. */
    void sample(NoiseBatch noise, long index, GenericRecord sample);

    /**
     * A batch will give no more samples.
     *
     * @param delivered samples it gave
     * @param fault why not all; empty if all
     */
    void settled(NoiseBatch noise, int delivered, Optional<Fault> fault);
}
