package dev.understudy.bench;

import dev.understudy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, as where it is put to use. It ends with its parent. */
final class BrokerProcess implements AutoCloseable {
    private final Child child;
    private final String bootstrap;

    private BrokerProcess(Child child, String bootstrap) {
        this.child = child;
        this.bootstrap = bootstrap;
    }

    static BrokerProcess start(Path directory) throws IOException {
        Child child = Child.start(
                BrokerProcess.class, directory.resolveSibling("broker.log"), List.of("-Xmx512m"), directory.toString());
        return new BrokerProcess(child, child.await("bootstrap"));
    }

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0)) {
            System.out.println("bootstrap " + broker.bootstrap());
            System.in.read();
        }
    }

    String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() throws InterruptedException {
        child.close();
    }
}
