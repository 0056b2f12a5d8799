package dev.understudy.model;

import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Remembers the latest definition of each model and the announcements of its versions.
 *
 * <p>As large as the compacted topics it is fed from: the learner retires old versions and forgets the oldest.
 *
 * <p><em>Thread safety</em>: safe; a reader sees each change as soon as it is made.
 */
public final class ModelCatalog {
    private final Map<String, ModelDefinition> definitions = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<Integer, ModelAnnouncement>> announcements = new ConcurrentHashMap<>();

    /** Takes a new or changed definition. */
    public void define(ModelDefinition definition) {
        definitions.put(definition.getName(), definition);
    }

    /** Forgets a definition. */
    public void undefine(String model) {
        definitions.remove(model);
    }

    /** Takes a new or changed announcement. */
    public void announce(ModelAnnouncement announcement) {
        announcements
                .computeIfAbsent(
                        announcement.getModel(), model -> new ConcurrentSkipListMap<>(Comparator.reverseOrder()))
                .put(announcement.getVersion(), announcement);
    }

    /** Forgets a version. */
    public void forget(String model, int version) {
        Optional.ofNullable(announcements.get(model)).ifPresent(versions -> versions.remove(version));
    }

    /** The definition of a model, if there is one. */
    public Optional<ModelDefinition> definition(String model) {
        return Optional.ofNullable(definitions.get(model));
    }

    /** All definitions, by name. */
    public List<ModelDefinition> definitions() {
        return definitions.values().stream()
                .sorted(Comparator.comparing(ModelDefinition::getName))
                .toList();
    }

    /** What was announced of a version, if anything. */
    public Optional<ModelAnnouncement> announcement(String model, int version) {
        return Optional.ofNullable(announcements.get(model)).map(versions -> versions.get(version));
    }

    /** All announcements of a model, newest version first. */
    public List<ModelAnnouncement> versions(String model) {
        NavigableMap<Integer, ModelAnnouncement> versions = announcements.get(model);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }
}
