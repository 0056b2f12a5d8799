package dev.understudy.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Everything that can be configured. The README's table is checked against this tree by a test. */
@StaticInitSafe
@ConfigMapping(prefix = "understudy")
public interface UnderstudyConfig {

    /** Where the embedded broker, the model store, local schema ids and checkpoints lie. */
    @WithDefault("data")
    Path dataDirectory();

    /** Name of this process, unique among those that share a role: it keeps its partitions over a restart. */
    @WithDefault("local")
    String instance();

    /**
     * Where networks are trained and run: {@code cpu}, {@code gpu:0}, {@code gpu:1} and so on, or {@code auto}, the first GPU if
     * there is one.
     */
    @WithDefault("auto")
    String device();

    /** Where Kafka is. */
    Kafka kafka();

    /** Kafka topics. */
    Topics topics();

    /** The embedded broker, which runs only if no bootstrap servers are configured. */
    Broker broker();

    /** The generation role. */
    Sampling sampling();

    /** The learning role. */
    Learning learning();

    /** The HTTP interface. */
    Http http();

    /** The demo stream. */
    Demo demo();

    /** Where Kafka is. */
    interface Kafka {
        /** Brokers, {@code host:port,...}; unset starts the embedded broker. */
        Optional<String> bootstrapServers();

        /** Schema registry (Apicurio API v3); unset keeps schema ids in the data directory. */
        Optional<String> registryUrl();

        /** Further properties for every Kafka client, such as {@code security.protocol}. */
        Map<String, String> properties();
    }

    /** Kafka topics. */
    interface Topics {
        /** Before the names of the service's own topics. */
        @WithDefault("understudy.")
        String prefix();

        /** Partitions of a topic that has to be made. */
        @WithDefault("4")
        int partitions();

        /** Replication factor of a topic that has to be made; -1 takes the broker's default. */
        @WithDefault("-1")
        short replication();
    }

    /** The embedded broker. */
    interface Broker {
        /** Port on the loopback interface; 0 picks a free one. */
        @WithDefault("9092")
        int port();
    }

    /** The generation role. */
    interface Sampling {
        /** Whether this process generates. */
        @WithDefault("true")
        boolean enabled();

        /** Stream threads: they take requests and publish samples. */
        @WithDefault("1")
        int threads();

        /** Model threads: forward passes at a time. A GPU wants one; more than cores are of no use. */
        @WithDefault("1")
        int modelThreads();

        /** Samples in a full batch: one forward pass. */
        @WithDefault("256")
        int batchSize();

        /** How long a part of a batch waits for company. */
        @WithDefault("20ms")
        Duration batchAge();

        /** How often results are committed, and so become visible: latency against throughput. */
        @WithDefault("100ms")
        Duration commitInterval();

        /** Whether each sample is seen exactly once; else it is seen sooner, and after a failure perhaps again. */
        @WithDefault("true")
        boolean exactlyOnce();

        /** Samples of a request that may be under way at once while it is alone; several share it, by priority. */
        @WithDefault("16384")
        int window();

        /** Samples of a tenant that may be under way at once in one partition; its other requests wait. */
        @WithDefault("65536")
        int tenantQuota();

        /** Largest count of a request. */
        @WithDefault("100000000")
        long maxCount();

        /** Requests that may be open at once in a partition; what they have given may be 64 MB together. */
        @WithDefault("10000")
        int maxOpenRequests();

        /** Idle model versions kept loaded. */
        @WithDefault("4")
        int loadedModels();

        /**
         * What matrix products and convolutions are computed in, {@code single} or {@code half}: faster, for versions whose
         * samples it hardly changes.
         */
        @WithDefault("single")
        Precision precision();

        /** Numbers that networks compute with: of 32 bits, or of 16. */
        enum Precision {
            SINGLE,
            HALF
        }
    }

    /** The learning role. */
    interface Learning {
        /** Whether this process learns. */
        @WithDefault("true")
        boolean enabled();

        /** Compute threads; each trains one model at a time. */
        @WithDefault("1")
        int threads();

        /** Threads that share each training step of a model. With another number it goes on, but with other roundings. */
        @WithDefault("1")
        int coresPerModel();

        /** Memory for real records to train on, per model, in bytes. */
        @WithDefault("67108864")
        long replayBytes();

        /** Least training steps between two looks at the scores; a maturing model takes up to a tenth of its horizon. */
        @WithDefault("250")
        int roundSteps();

        /** Least time between two checkpoints: what a crash costs. */
        @WithDefault("30s")
        Duration checkpointInterval();

        /** Promoted versions whose weights are kept. */
        @WithDefault("20")
        int keepVersions();

        /** Real records from which the layout of a model is learned. */
        @WithDefault("1000")
        int warmUpRecords();

        /** Real records from which it is learned if no more come for a while ({@code quiet}). */
        @WithDefault("200")
        int leastRecords();

        /**
         * How long a topic must be silent to count as quiet; one that comes in a rush is waited for twice as long, so that
         * a layout is learned from many records.
         */
        @WithDefault("5s")
        Duration quiet();
    }

    /** The HTTP interface. */
    interface Http {
        /** Sample streams that may be open at once. */
        @WithDefault("16")
        int maxStreams();

        /** How long a stream waits for the next sample, or an upload for the broker, before it gives up. */
        @WithDefault("60s")
        Duration patience();
    }

    /** The demo stream. */
    interface Demo {
        /** Whether drawings of digits are fed to the topic {@code digits}. */
        @WithDefault("false")
        boolean enabled();

        /** Records a second, after the first few thousand. */
        @WithDefault("20")
        int recordsPerSecond();
    }
}
