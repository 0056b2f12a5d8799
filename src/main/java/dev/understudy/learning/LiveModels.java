package dev.understudy.learning;

import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.model.CorruptFileException;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelFile;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.Verdict;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Finds the model that a candidate is to replace. */
final class LiveModels {
    private LiveModels() {}

    /**
     * The newest promoted version that makes records of the layout's schema, or of one that the definition's has grown out of,
     * and can still be read; it makes records of the layout's schema from now on, and the caller closes it. A file that is
     * lost or corrupt leaves the one before it to compare with.
     */
    static Optional<LoadedModel> of(Workshop workshop, RecordLayout layout, ModelDefinition definition) {
        Evolution evolution = new Evolution(definition);
        return workshop.catalog().versions(definition.getName()).stream()
                .filter(version -> version.getVerdict() == Verdict.PROMOTED)
                .flatMap(version -> load(workshop, version).stream())
                .flatMap(loaded -> fitting(loaded, layout, evolution).stream())
                .findFirst();
    }

    private static Optional<LoadedModel> load(Workshop workshop, ModelAnnouncement version) {
        try {
            return Optional.of(ModelFile.read(
                    workshop.store().get(version.getSha256()),
                    workshop.settings().device()));
        } catch (CorruptFileException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<LoadedModel> fitting(LoadedModel loaded, RecordLayout layout, Evolution evolution) {
        RecordLayout own = loaded.codec().layout();
        if (own.schema().equals(layout.schema())) {
            return Optional.of(loaded);
        }
        if (evolution.follows(own.schema())) {
            RecordCodec grown = new RecordCodec(evolution.layout(own));
            return Optional.of(new LoadedModel(loaded.model(), loaded.version(), grown, loaded.generator()));
        }
        loaded.close();
        return Optional.empty();
    }
}
