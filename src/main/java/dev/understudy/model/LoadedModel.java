package dev.understudy.model;

import dev.understudy.codec.FieldProblem;
import dev.understudy.codec.Given;
import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.UnsuitableValueException;
import dev.understudy.gan.Generator;
import java.util.Map;

/**
 * One version in memory: the generator and the codec that reads its rows as records.
 *
 * <p><em>Ownership</em>: whoever read it closes it, which frees the generator's native memory.
 */
public record LoadedModel(String model, int version, RecordCodec codec, Generator generator) implements AutoCloseable {
    /** What is given rides in a header of every sample, and a record has its limit too: a megabyte, if nobody changed it. */
    private static final long MOST_GIVEN_BYTES = 131_072;

    /**
     * Reads what a requester wants every sample to have.
     *
     * @throws UnsuitableValueException as {@link RecordCodec#given}; also if it is too large, or an image is given and this version was not
     *     learned to complete images
     */
    public Given given(Map<String, ?> values) {
        long bytes = Given.bytes(values);
        if (bytes > MOST_GIVEN_BYTES) {
            throw new UnsuitableValueException(new FieldProblem(
                    "",
                    "too-large",
                    "What is given must be at most " + MOST_GIVEN_BYTES + " bytes, names and values together; it is "
                            + bytes + " bytes."));
        }
        Given given = codec.given(values);
        if (!generator.completes()) {
            given.images().stream().findFirst().ifPresent(field -> {
                throw new UnsuitableValueException(new FieldProblem(
                        field,
                        "not-givable",
                        "Field '" + field + "' is an image, and this version was not learned to complete images: set"
                                + " \"completion\" in the definition to the share of training that is to go into it, such as"
                                + " 0.5, or leave the image out."));
            });
        }
        return given;
    }

    @Override
    public void close() {
        generator.close();
    }
}
