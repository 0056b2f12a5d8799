package dev.understudy.model;

import dev.understudy.gan.Device;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.Verdict;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The versions loaded for serving, at most {@code limit} idle ones beside those in use.
 *
 * <p>A version is loaded at its first lease and closed when it is neither leased nor among the most recently used: a swap of
 * the live model destroys the old one at its last lease, and never under a running forward pass.
 *
 * <p><em>Thread safety</em>: safe. Loading holds the lock, so that a version is never loaded twice.
 *
 * <p><em>Ownership</em>: owns every loaded model; {@link #close} frees all, after the last lease was closed.
 */
public final class ServedModels implements AutoCloseable {
    private final ModelCatalog catalog;
    private final ModelStore store;
    private final int limit;
    private final Function<Path, LoadedModel> reader;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(String model, int version, String sha256) {}

    /** Either a loaded model with its leases, or why it never can be loaded. */
    private static final class Entry {
        private final LoadedModel loaded;
        private final ModelUnavailableException failure;
        private int leases;

        Entry(LoadedModel loaded, ModelUnavailableException failure) {
            this.loaded = loaded;
            this.failure = failure;
        }
    }

    /** The right to use a version until it is closed. */
    public final class Lease implements AutoCloseable {
        private final Entry entry;
        private boolean closed;

        private Lease(Entry entry) {
            this.entry = entry;
        }

        /** The version leased. */
        public LoadedModel model() {
            return entry.loaded;
        }

        @Override
        public void close() {
            synchronized (ServedModels.this) {
                if (!closed) {
                    closed = true;
                    entry.leases--;
                    evict();
                }
            }
        }
    }

    /** For versions on the CPU, in single precision. */
    public ServedModels(ModelCatalog catalog, ModelStore store, int limit) {
        this(catalog, store, limit, file -> ModelFile.read(file, Device.CPU));
    }

    /**
     * @param limit idle versions to keep loaded, at least 1
     * @param reader of a version's file, onto a device and in a precision of its choice
     */
    public ServedModels(ModelCatalog catalog, ModelStore store, int limit, Function<Path, LoadedModel> reader) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + limit);
        }
        this.catalog = catalog;
        this.store = store;
        this.limit = limit;
        this.reader = reader;
    }

    /**
     * The live version: the newest promoted one that can be loaded, or if none can, the newest, whose lease then says why. Empty if
     * none was promoted.
     */
    public synchronized OptionalInt live(String model) {
        OptionalInt newest = OptionalInt.empty();
        for (ModelAnnouncement announcement : catalog.versions(model)) {
            if (announcement.getVerdict() == Verdict.PROMOTED) {
                OptionalInt version = OptionalInt.of(announcement.getVersion());
                if (entry(announcement).failure == null) {
                    return version;
                }
                newest = newest.isPresent() ? newest : version;
            }
        }
        return newest;
    }

    /**
     * Leases a version, loading it if need be.
     *
     * @throws ModelUnavailableException if it was never promoted, is retired, or its file is corrupt or out of reach
     */
    public synchronized Lease lease(String model, int version) {
        Entry entry = entry(promoted(model, version));
        if (entry.failure != null) {
            throw entry.failure;
        }
        entry.leases++;
        return new Lease(entry);
    }

    private ModelAnnouncement promoted(String model, int version) {
        ModelAnnouncement announcement = catalog.announcement(model, version)
                .orElseThrow(() -> new ModelUnavailableException(
                        "unknown-version", "model '" + model + "' has no version " + version));
        return switch (announcement.getVerdict()) {
            case PROMOTED -> announcement;
            case RETIRED ->
                throw new ModelUnavailableException(
                        "retired-version", "version " + version + " of model '" + model + "' is retired");
            case HELD ->
                throw new ModelUnavailableException(
                        "unknown-version", "version " + version + " of model '" + model + "' never went live");
        };
    }

    private Entry entry(ModelAnnouncement announcement) {
        Key key = new Key(announcement.getModel(), announcement.getVersion(), announcement.getSha256());
        Entry known = entries.get(key);
        if (known != null) {
            return known;
        }
        Entry loaded = load(announcement);
        if (loaded.failure == null || loaded.failure.getCause() instanceof CorruptFileException) {
            entries.put(key, loaded);
            evict();
        }
        return loaded;
    }

    /** A corrupt file stays corrupt; any other failure (a store out of reach) may pass, and is tried again. */
    private Entry load(ModelAnnouncement announcement) {
        try {
            return new Entry(reader.apply(store.get(announcement.getSha256())), null);
        } catch (CorruptFileException e) {
            return failure("corrupt-weights", announcement, e);
        } catch (RuntimeException e) {
            return failure("unavailable-weights", announcement, e);
        }
    }

    private static Entry failure(String code, ModelAnnouncement announcement, RuntimeException e) {
        String message = "version " + announcement.getVersion() + " of model '" + announcement.getModel()
                + "' cannot be loaded: " + e.getMessage();
        return new Entry(null, new ModelUnavailableException(code, message, e));
    }

    /** Closes the least recently used idle versions beyond the limit. */
    private void evict() {
        long idle = entries.values().stream().filter(ServedModels::idle).count();
        for (Iterator<Entry> oldest = entries.values().iterator(); idle > limit && oldest.hasNext(); ) {
            Entry entry = oldest.next();
            if (idle(entry)) {
                oldest.remove();
                entry.loaded.close();
                idle--;
            }
        }
    }

    private static boolean idle(Entry entry) {
        return entry.loaded != null && entry.leases == 0;
    }

    @Override
    public synchronized void close() {
        entries.values().stream().filter(entry -> entry.loaded != null).forEach(entry -> entry.loaded.close());
        entries.clear();
    }
}
