package dev.understudy.learning;

import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Device;
import dev.understudy.gan.Safetensors;
import dev.understudy.gan.Trainer;
import dev.understudy.learning.replay.Memory;
import dev.understudy.learning.train.Pace;
import dev.understudy.model.CorruptFileException;
import dev.understudy.model.DefinitionChange;
import dev.understudy.model.Definitions;
import dev.understudy.model.ModelStore;
import dev.understudy.model.SchemaChange;
import dev.understudy.wire.ModelDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Saves and restores one model's checkpoint. It is two files in the store: the memory, and the trainer's file, whose metadata
 * hold the rest and name the memory by its SHA-256. The pointer {@code checkpoints/<model>} moves to the new trainer's file
 * when both are safe; the old ones go after that, so a crash leaves at most an orphan.
 *
 * <p>A checkpoint of another definition counts as none and learning starts anew, unless the definition has only grown: then
 * what was learned is put onto its schema.
 *
 * <p><em>Thread safety</em>: one owner.
 */
final class Checkpoints {
    private static final String FORMAT = "1";

    /** Differences that a message names. */
    private static final int MOST_TOLD = 5;

    private final ModelStore store;
    private final String pointer;
    private final ModelDefinition definition;
    private final String fingerprint;
    private String savedMemory = "";
    private long savedMemoryRecords = -1;
    private String damage;

    Checkpoints(ModelStore store, ModelDefinition definition) {
        this.store = store;
        this.pointer = "checkpoints/" + definition.getName();
        this.definition = definition;
        this.fingerprint = fingerprint(definition);
    }

    /** Next offset by partition, as of the checkpoint; empty if there is none. */
    Map<Integer, Long> offsets() {
        return metadata()
                .map(metadata ->
                        Progress.fromJson(metadata.get("learning.progress")).offsets())
                .orElse(Map.of());
    }

    /**
     * The whole checkpoint, if there is one of this definition or of one that it has grown out of.
     *
     * @param device on which it is trained from now on
     */
    Optional<Checkpoint> load(Device device) {
        return metadata().flatMap(metadata -> intact(metadata.get("learning.memory"))
                .map(memory -> checkpoint(metadata, Memory.load(memory), device)));
    }

    private Checkpoint checkpoint(Map<String, String> metadata, Memory memory, Device device) {
        RecordLayout layout = RecordLayout.fromJson(metadata.get("learning.layout"));
        if (!isOfThis(metadata)) {
            Evolution evolution = new Evolution(definition);
            evolution.reencode(memory, layout.schema());
            layout = evolution.layout(layout);
        }
        return new Checkpoint(
                layout,
                Trainer.restore(store.get(current()), device),
                memory,
                Progress.fromJson(metadata.get("learning.progress")),
                Pace.parse(metadata.get("learning.pace")));
    }

    /** The trainer alone, if there is a checkpoint: to go back to after a round that diverged. */
    Optional<Trainer> trainer(Device device) {
        return metadata().map(metadata -> Trainer.restore(store.get(current()), device));
    }

    /** Saves a checkpoint in place of the one before. */
    void save(Checkpoint checkpoint) {
        Optional<String> before = store.pointer(pointer);
        Optional<String> memoryBefore = before.flatMap(this::intact).map(Checkpoints::memoryOf);
        String memory = saveMemory(checkpoint);
        String trainer = put(".checkpoint", file -> checkpoint.trainer().save(file, describe(checkpoint, memory)));
        store.point(pointer, trainer);
        before.filter(old -> !old.equals(trainer)).ifPresent(store::delete);
        memoryBefore.filter(old -> !old.equals(memory)).ifPresent(store::delete);
    }

    /** The memory is by far the larger part, and unchanged for as long as the topic is quiet. */
    private String saveMemory(Checkpoint checkpoint) {
        if (savedMemoryRecords != checkpoint.progress().seen()) {
            savedMemory = put(".memory", checkpoint.memory()::save);
            savedMemoryRecords = checkpoint.progress().seen();
        }
        return savedMemory;
    }

    private Map<String, String> describe(Checkpoint checkpoint, String memory) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("learning.format", FORMAT);
        metadata.put("learning.definition", fingerprint);
        metadata.put("learning.definition.whole", SavedDefinition.write(definition));
        metadata.put("learning.layout", checkpoint.layout().toJson());
        metadata.put("learning.memory", memory);
        metadata.put("learning.progress", checkpoint.progress().toJson());
        metadata.put("learning.pace", checkpoint.pace().text());
        return metadata;
    }

    private interface Writer {
        void write(Path file);
    }

    private String put(String suffix, Writer writer) {
        Path staged = store.stage(suffix);
        try {
            writer.write(staged);
            return store.put(staged);
        } finally {
            deleteIfLeft(staged);
        }
    }

    private static void deleteIfLeft(Path staged) {
        try {
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            throw new UncheckedIOException("a staged file cannot be removed", e);
        }
    }

    /** Why the checkpoint that is there cannot be used, if it cannot: it counts as none. */
    Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    private Optional<Map<String, String>> metadata() {
        return store.pointer(pointer)
                .flatMap(this::intact)
                .map(Safetensors::metadata)
                .filter(metadata -> FORMAT.equals(metadata.get("learning.format")))
                .filter(this::goesOn);
    }

    private boolean isOfThis(Map<String, String> metadata) {
        return fingerprint.equals(metadata.get("learning.definition"));
    }

    /** A definition that cannot be learned is left to the learner to refuse. */
    private boolean goesOn(Map<String, String> metadata) {
        String before = metadata.get("learning.definition.whole");
        return isOfThis(metadata)
                || (before != null && Definitions.problems(definition).isEmpty() && hasGrownOutOf(before));
    }

    private boolean hasGrownOutOf(String before) {
        try {
            DefinitionChange change = DefinitionChange.between(SavedDefinition.read(before), definition);
            if (change instanceof DefinitionChange.Incompatible incompatible) {
                damage = "learning starts over, the definition has changed incompatibly: "
                        + told(incompatible.differences());
            }
            return change instanceof DefinitionChange.Compatible;
        } catch (IllegalArgumentException e) {
            return damaged("it is of " + e.getMessage()).isPresent();
        }
    }

    private static String told(List<SchemaChange.Difference> differences) {
        String told = differences.stream()
                .limit(MOST_TOLD)
                .map(SchemaChange.Difference::sentence)
                .collect(Collectors.joining("; "));
        int more = differences.size() - MOST_TOLD;
        return told + (more > 0 ? "; and " + more + " more" : "");
    }

    /** A file that is there but wrong will not get better; a disk that does not answer may, so that is thrown. */
    private Optional<Path> intact(String sha256) {
        try {
            return store.contains(sha256) ? Optional.of(store.get(sha256)) : damaged(sha256 + " is missing");
        } catch (CorruptFileException e) {
            return damaged(e.getMessage());
        }
    }

    private Optional<Path> damaged(String how) {
        damage = "the checkpoint counts as none: " + how;
        return Optional.empty();
    }

    private static String memoryOf(Path trainer) {
        return Safetensors.metadata(trainer).get("learning.memory");
    }

    private String current() {
        return store.pointer(pointer).orElseThrow();
    }

    private static String fingerprint(ModelDefinition definition) {
        try {
            byte[] text = definition.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
