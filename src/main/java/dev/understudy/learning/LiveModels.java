package dev.understudy.learning;

import dev.understudy.codec.RecordLayout;
import dev.understudy.model.CorruptFileException;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelFile;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.Verdict;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Finds the model that a candidate is to replace. */
final class LiveModels {
    private LiveModels() {}

    /**
     * The newest promoted version that makes records of the layout's schema and can still be read; the caller closes it. A
     * file that is lost or corrupt leaves the one before it to compare with.
     */
    static Optional<LoadedModel> of(Workshop workshop, RecordLayout layout, String model) {
        return workshop.catalog().versions(model).stream()
                .filter(version -> version.getVerdict() == Verdict.PROMOTED)
                .flatMap(version -> load(workshop, version).stream())
                .filter(loaded -> fits(loaded, layout))
                .findFirst();
    }

    private static Optional<LoadedModel> load(Workshop workshop, ModelAnnouncement version) {
        try {
            return Optional.of(ModelFile.read(workshop.store().get(version.getSha256())));
        } catch (CorruptFileException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(LoadedModel loaded, RecordLayout layout) {
        boolean fits = loaded.codec().layout().schema().equals(layout.schema());
        if (!fits) {
            loaded.close();
        }
        return fits;
    }
}
