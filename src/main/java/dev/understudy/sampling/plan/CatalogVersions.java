package dev.understudy.sampling.plan;

import dev.understudy.codec.UnsuitableValueException;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.model.ServedModels;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The versions that were announced and can be loaded. <em>Thread safety</em>: share freely. */
public final class CatalogVersions implements Versions {
    private final ModelCatalog catalog;
    private final ServedModels served;

    public CatalogVersions(ModelCatalog catalog, ServedModels served) {
        this.catalog = catalog;
        this.served = served;
    }

    @Override
    public boolean defined(String model) {
        return catalog.definition(model).isPresent();
    }

    @Override
    public OptionalInt live(String model) {
        return served.live(model);
    }

    @Override
    public Optional<Refusal> objection(String model, int version, Map<String, Object> given) {
        try (ServedModels.Lease lease = served.lease(model, version)) {
            lease.model().given(given);
            return Optional.empty();
        } catch (ModelUnavailableException e) {
            return Optional.of(new Refusal(e.code(), e.getMessage()));
        } catch (UnsuitableValueException e) {
            return Optional.of(new Refusal(e.problem().code(), e.getMessage()));
        }
    }
}
