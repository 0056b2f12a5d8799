package dev.understudy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What the README tells a newcomer to type, and data for it. */
final class Readme {
    /** Pixels of a side of the images. */
    static final int SIDE = 8;

    static final int IMAGES = 400;

    private Readme() {}

    /** The README's curl lines on the packaged application, in order. */
    static List<String> commands() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("curl ") && !line.contains("PUT"))
                .toList();
    }

    /** A script whose output the README sends to a topic by a console producer. */
    record ConsoleInput(String topic, String script) {}

    static List<ConsoleInput> consoleInputs() throws IOException {
        return Pattern.compile("```\\n([^`]*?)\\|\\s*kafka-console-producer\\.sh[^`]*?--topic (\\S+)")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(match -> new ConsoleInput(match.group(2), match.group(1)))
                .toList();
    }

    /** A table with the last two columns following from the first two. */
    static byte[] table() {
        Random random = new Random(5);
        return Stream.generate(() -> {
                    int age = 17 + (int) Math.abs(random.nextGaussian() * 18);
                    int hours = random.nextInt(3) == 0 ? 40 : 20 + random.nextInt(40);
                    String income = age > 35 && hours >= 40 ? "high" : "low";
                    return age + ", " + hours + ", " + (random.nextBoolean() ? "Male" : "Female") + ", " + income;
                })
                .limit(2_000)
                .collect(Collectors.joining("\n", "age,hours-per-week,sex,income\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Bars, whose place is the label. */
    static byte[] images() throws IOException {
        Random random = new Random(6);
        return idx(new int[] {IMAGES, SIDE, SIDE}, out -> {
            for (int i = 0; i < IMAGES; i++) {
                for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                    boolean on = pixel % SIDE == i % 5 + 1;
                    out.writeByte(on ? 200 + random.nextInt(56) : random.nextInt(30));
                }
            }
        });
    }

    static byte[] labels() throws IOException {
        return idx(new int[] {IMAGES}, out -> {
            for (int i = 0; i < IMAGES; i++) {
                out.writeByte(i % 5);
            }
        });
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] idx(int[] sides, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeInt(0x0800 + sides.length);
            for (int side : sides) {
                out.writeInt(side);
            }
            body.write(out);
        }
        return bytes.toByteArray();
    }
}
