package dev.understudy.learning;

import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelFile;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Publishes what passed the gate: the file first, the announcement after it, so that no announced version lacks its weights.
 * Retires old versions the other way round. <em>Thread safety</em>: one owner per model.
 */
final class Publisher {
    /** Announcements kept of a model, retired ones included: the compacted topic must not grow for ever. */
    private static final int MOST_ANNOUNCEMENTS = 1_000;

    private final Workshop workshop;
    private final String model;

    Publisher(Workshop workshop, String model) {
        this.workshop = workshop;
        this.model = model;
    }

    /** Number of the next version. */
    int nextVersion() {
        List<ModelAnnouncement> known = workshop.catalog().versions(model);
        return known.isEmpty() ? 1 : known.get(0).getVersion() + 1;
    }

    /**
     * Publishes a candidate.
     *
     * @param candidate under its version
     * @param announcement of it, without weights
     */
    void publish(LoadedModel candidate, ModelAnnouncement.Builder announcement) {
        Path staged = workshop.store().stage(".safetensors");
        try {
            ModelFile.write(
                    staged, model, candidate.version(), candidate.codec().layout(), candidate.generator());
            announcement.setBytes(Files.size(staged));
            String sha256 = workshop.store().put(staged);
            announcement.setSha256(sha256).setWeights("blobs/" + sha256.substring(0, 2) + "/" + sha256);
        } catch (IOException e) {
            throw new UncheckedIOException("version " + candidate.version() + " of " + model + " cannot be stored", e);
        } finally {
            deleteIfLeft(staged);
        }
        announce(announcement.build());
    }

    /** Retires what is beyond the number of versions to keep, and forgets what was retired long ago. */
    void retire() {
        List<ModelAnnouncement> known = workshop.catalog().versions(model);
        known.stream()
                .filter(version -> version.getVerdict() == Verdict.PROMOTED)
                .skip(workshop.settings().keepVersions())
                .forEach(this::retire);
        known.stream().skip(MOST_ANNOUNCEMENTS).forEach(version -> {
            workshop.outlet().forget(model, version.getVersion());
            workshop.catalog().forget(model, version.getVersion());
        });
    }

    private void retire(ModelAnnouncement version) {
        announce(ModelAnnouncement.newBuilder(version)
                .setVerdict(Verdict.RETIRED)
                .setReason("Older than the newest " + workshop.settings().keepVersions() + " versions.")
                .setWeights(null)
                .setSha256(null)
                .build());
        boolean shared = workshop.catalog().versions(model).stream()
                .anyMatch(other -> version.getSha256().equals(other.getSha256()));
        if (!shared) {
            workshop.store().delete(version.getSha256());
        }
    }

    private void announce(ModelAnnouncement announcement) {
        workshop.outlet().announce(announcement);
        // The topic tells us too, but later: the next version's number must not wait for that.
        workshop.catalog().announce(announcement);
    }

    private static void deleteIfLeft(Path staged) {
        try {
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            throw new UncheckedIOException("a staged file cannot be removed", e);
        }
    }
}
