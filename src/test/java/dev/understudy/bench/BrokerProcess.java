package dev.understudy.bench;

import dev.understudy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, as where it is put to use. It ends with its parent. */
public final class BrokerProcess implements AutoCloseable {
    private final Path directory;
    private Child child;
    private String bootstrap = "any:0";

    private BrokerProcess(Path directory) {
        this.directory = directory;
    }

    /** Starts a broker on a free port, and returns when it answers. */
    public static BrokerProcess start(Path directory) throws IOException {
        BrokerProcess broker = new BrokerProcess(directory);
        broker.start();
        return broker;
    }

    /** Starts it again on the data and the port that it had. */
    public void start() throws IOException {
        child = Child.start(
                BrokerProcess.class,
                directory.resolveSibling("broker.log"),
                List.of("-Xmx512m"),
                directory.toString(),
                bootstrap.substring(bootstrap.indexOf(':') + 1));
        bootstrap = child.await("bootstrap");
    }

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println("bootstrap " + broker.bootstrap());
            System.in.read();
        }
    }

    public String bootstrap() {
        return bootstrap;
    }

    /** Ends it as a power cut would. */
    public void kill() throws InterruptedException {
        child.kill();
    }

    @Override
    public void close() throws InterruptedException {
        child.close();
    }
}
