package dev.understudy.model;

import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Device;
import dev.understudy.gan.Generator;
import dev.understudy.gan.Safetensors;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file of a served version: the generator's weights, and in the metadata all that is needed to make records with them.
 *
 * <p>Keys: {@code understudy.format} ({@value #FORMAT}), {@code understudy.model}, {@code understudy.version},
 * {@code understudy.layout} (which holds the schema); the generator adds its own.
 */
public final class ModelFile {
    /** Written to every file; a file of another format is refused. */
    public static final String FORMAT = "1";

    private ModelFile() {}

    /** Writes a version to a new file. */
    public static void write(Path file, String model, int version, RecordLayout layout, Generator generator) {
        generator.save(
                file,
                Map.of(
                        "understudy.format",
                        FORMAT,
                        "understudy.model",
                        model,
                        "understudy.version",
                        Integer.toString(version),
                        "understudy.layout",
                        layout.toJson()));
    }

    /**
     * Reads a version; the caller closes it.
     *
     * @param device on which it makes rows
     * @throws CorruptFileException if the file is no such file
     */
    public static LoadedModel read(Path file, Device device) {
        Map<String, String> metadata = Safetensors.metadata(file);
        if (!FORMAT.equals(metadata.get("understudy.format"))) {
            throw new CorruptFileException("understudy.format of a model file must be " + FORMAT + ", got "
                    + metadata.get("understudy.format"));
        }
        RecordLayout layout = RecordLayout.fromJson(metadata.get("understudy.layout"));
        return new LoadedModel(
                metadata.get("understudy.model"),
                Integer.parseInt(metadata.get("understudy.version")),
                new RecordCodec(layout),
                Generator.load(file, device));
    }
}
