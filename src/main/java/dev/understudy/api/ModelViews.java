package dev.understudy.api;

import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ServedModels;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts definition, announcements and reports together as what a reader of HTTP sees. */
@ApplicationScoped
public class ModelViews {
    private static final int VERSIONS = 20;

    private final ModelCatalog catalog;
    private final ServedModels served;
    private final ReportBoard reports;

    ModelViews(ModelCatalog catalog, ServedModels served, ReportBoard reports) {
        this.catalog = catalog;
        this.served = served;
        this.reports = reports;
    }

    /** All models, by name. */
    List<ModelView> all() {
        return catalog.definitions().stream().map(this::view).toList();
    }

    /** One model. */
    ModelView view(ModelDefinition definition) {
        String name = definition.getName();
        OptionalInt live = served.live(name);
        Optional<ModelAnnouncement> announced =
                live.isPresent() ? catalog.announcement(name, live.getAsInt()) : Optional.empty();
        Optional<LearningReport> report = reports.report(name);
        return new ModelView(
                name,
                definition.getTopic(),
                Topics.syntheticName(name),
                report.map(LearningReport::getState).map(ModelViews::lower).orElse("waiting"),
                report.map(LearningReport::getReason).orElse("no learner has reported on it yet"),
                live.isPresent() ? live.getAsInt() : null,
                announced.map(ModelAnnouncement::getLatent).orElse(null),
                report.map(LearningReport::getRecordsSeen).orElse(0L),
                report.map(LearningReport::getRecordsRejected).orElse(0L),
                report.map(LearningReport::getLaidOut).orElse(0L),
                report.map(LearningReport::getUnknownValues).orElse(Map.of()),
                report.map(LearningReport::getDrift).orElse(Map.of()),
                report.map(LearningReport::getRound).orElse(0L),
                announced
                        .map(ModelAnnouncement::getSteps)
                        .orElse(report.map(LearningReport::getSteps).orElse(0L)),
                announced
                        .map(ModelAnnouncement::getTrainingCpuSeconds)
                        .orElse(report.map(LearningReport::getTrainingCpuSeconds)
                                .orElse(0.0)),
                announced
                        .map(ModelAnnouncement::getScores)
                        .orElse(report.map(LearningReport::getScores).orElse(Map.of())),
                report.map(LearningReport::getLosses).orElse(Map.of()),
                definition.getSettings().getPreset(),
                definition.getRecordSchema(),
                versions(name));
    }

    private List<ModelView.Version> versions(String model) {
        return catalog.versions(model).stream()
                .limit(VERSIONS)
                .map(ModelView.Version::of)
                .toList();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
