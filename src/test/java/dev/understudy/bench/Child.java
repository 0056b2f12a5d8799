package dev.understudy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process with this one's class path, which answers lines with lines. It ends when its input does. */
final class Child implements AutoCloseable {
    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    private Child(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * @param log where its errors go
     * @param flags of its virtual machine
     */
    static Child start(Class<?> main, Path log, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /** What it says next that begins with a word, without that. */
    String await(String word) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(word + " ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("a child ended that should have said " + word);
        }
        return line.substring(word.length() + 1);
    }

    /** Tells it something, and waits for its answer. */
    String ask(String line, String word) throws IOException {
        in.println(line);
        return await(word);
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        in.close();
        process.waitFor();
    }
}
