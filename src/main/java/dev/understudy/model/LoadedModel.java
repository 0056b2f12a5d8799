package dev.understudy.model;

import dev.understudy.codec.RecordCodec;
import dev.understudy.gan.Generator;

/**
 * One version in memory: the generator and the codec that reads its rows as records.
 *
 * <p><em>Ownership</em>: whoever read it closes it, which frees the generator's native memory.
 */
public record LoadedModel(String model, int version, RecordCodec codec, Generator generator) implements AutoCloseable {
    @Override
    public void close() {
        generator.close();
    }
}
