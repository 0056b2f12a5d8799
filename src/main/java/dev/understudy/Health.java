package dev.understudy;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Red as soon as a feed or a role says that something is wrong, with what it says. */
@Readiness
@Singleton
public class Health implements HealthCheck {
    private final Foundation foundation;
    private final Roles roles;

    Health(Foundation foundation, Roles roles) {
        this.foundation = foundation;
        this.roles = roles;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("understudy");
        List<String> problems = roles.problems();
        problems.addAll(foundation.problems());
        for (int i = 0; i < problems.size(); i++) {
            response.withData("problem-" + (i + 1), problems.get(i));
        }
        return response.status(problems.isEmpty()).build();
    }
}
