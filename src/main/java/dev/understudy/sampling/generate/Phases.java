package dev.understudy.sampling.generate;

/** Is told how long the parts of generation took. */
public interface Phases {

    /** The generator ran for this long over this many samples. */
    void forward(long nanos, int samples);

    /** Rows were read as records for this long. */
    void decode(long nanos, int samples);

    /** Records were written as the bytes of a topic for this long. */
    void serialize(long nanos, int samples);

    /** Bytes were handed to Kafka for this long. */
    void produce(long nanos, int samples);

    /** Tells nobody. */
    static Phases untold() {
        return new Phases() {
            @Override
            public void forward(long nanos, int samples) {}

            @Override
            public void decode(long nanos, int samples) {}

            @Override
            public void serialize(long nanos, int samples) {}

            @Override
            public void produce(long nanos, int samples) {}
        };
    }
}
