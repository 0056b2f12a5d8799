package dev.understudy.bench;

import dev.understudy.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, as where it is put to use. It ends with its parent. */
public final class BrokerProcess implements AutoCloseable {
    private final Path directory;
    private Process process;
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
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BrokerProcess.class.getName(),
                        directory.toString(),
                        bootstrap.substring(bootstrap.indexOf(':') + 1)))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolveSibling("broker.log").toFile()))
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith("bootstrap ")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("the broker did not start");
        }
        bootstrap = line.substring("bootstrap ".length());
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
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process.isAlive()) {
            process.getOutputStream().close();
        }
        process.waitFor();
    }
}
