package dev.understudy.sampling;

import dev.understudy.wire.NoiseBatch;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A sample's recipe, in the headers of its record: from it the sample can be made again. Not thread-safe. */
final class Provenance {
    static final String REQUEST = "understudy-request";
    static final String INDEX = "understudy-index";
    static final String MODEL = "understudy-model";
    static final String VERSION = "understudy-version";
    static final String SEED = "understudy-seed";

    private NoiseBatch last;
    private byte[] request;
    private byte[] model;
    private byte[] version;
    private byte[] seed;

    /** Headers of the sample of a batch with this index. */
    Headers of(NoiseBatch noise, long index) {
        if (noise != last) {
            remember(noise);
        }
        return new RecordHeaders()
                .add(REQUEST, request)
                .add(INDEX, bytes(Long.toString(index)))
                .add(MODEL, model)
                .add(VERSION, version)
                .add(SEED, seed);
    }

    /** All samples of a batch have most of it in common. */
    private void remember(NoiseBatch noise) {
        last = noise;
        request = bytes(noise.getRequest());
        model = bytes(noise.getModel());
        version = bytes(Integer.toString(noise.getVersion()));
        seed = bytes(Long.toString(noise.getSeed()));
    }

    /** The model that headers name. */
    static String model(Headers headers) {
        return new String(headers.lastHeader(MODEL).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
