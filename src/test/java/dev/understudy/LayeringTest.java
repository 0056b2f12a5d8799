package dev.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may import whom, default-deny: what is not in the table is forbidden. */
class LayeringTest {
    private static final String ROOT = "dev.understudy";
    private static final Set<String> LANGUAGE = Set.of("java", "javax");

    /** Row: a package of ours. Entry: our packages it may use, then the libraries it may use, by prefix. */
    private record Allowed(Set<String> ours, Set<String> libraries) {}

    private static final Map<String, Allowed> TABLE = Map.ofEntries(
            Map.entry("wire", allow(Set.of(), "org.apache.avro")),
            Map.entry("wire.internal", allow(Set.of("wire"), "org.apache.avro")),
            Map.entry("noise", allow(Set.of(), "org.apache.commons.rng", "org.apache.commons.statistics")),
            Map.entry(
                    "codec",
                    allow(
                            Set.of(),
                            "org.apache.avro",
                            "org.apache.commons.rng",
                            "org.apache.commons.statistics",
                            "org.apache.commons.numbers",
                            "org.apache.datasketches",
                            "com.fasterxml.jackson")),
            Map.entry(
                    "gan",
                    allow(
                            Set.of("codec", "noise"),
                            "ai.djl",
                            "com.sun.jna",
                            "org.apache.commons.rng",
                            "org.apache.commons.statistics",
                            "com.fasterxml.jackson")),
            Map.entry("model", allow(Set.of("codec", "gan", "wire"), "org.apache.avro")),
            Map.entry(
                    "kafka",
                    allow(
                            Set.of("wire", "wire.internal"),
                            "org.apache.kafka",
                            "org.apache.avro",
                            "io.apicurio",
                            "com.fasterxml.jackson",
                            "org.jboss.logging")),
            Map.entry("broker", allow(Set.of(), "org.apache.kafka", "kafka", "scala", "org.jboss.logging")),
            Map.entry("config", allow(Set.of(), "io.smallrye.config", "io.quarkus.runtime")),
            Map.entry("sampling.fair", allow(Set.of("wire"))),
            Map.entry("sampling.plan", allow(Set.of("sampling.fair", "codec", "model", "wire", "wire.internal"))),
            Map.entry(
                    "sampling.generate",
                    allow(
                            Set.of("sampling.fair", "codec", "gan", "noise", "model", "wire", "wire.internal"),
                            "org.apache.avro")),
            Map.entry(
                    "sampling",
                    allow(
                            Set.of("sampling.plan", "sampling.generate", "kafka", "model", "wire", "wire.internal"),
                            "org.apache.kafka",
                            "org.apache.avro",
                            "io.micrometer",
                            "org.jboss.logging")),
            Map.entry("learning.replay", allow(Set.of("noise"), "org.apache.avro", "org.apache.commons.rng")),
            Map.entry(
                    "learning.train",
                    allow(
                            Set.of("learning.replay", "codec", "gan", "noise"),
                            "org.apache.avro",
                            "org.apache.commons.rng")),
            Map.entry(
                    "learning.evaluate",
                    allow(Set.of("codec", "gan", "noise"), "org.apache.avro", "org.apache.commons")),
            Map.entry(
                    "learning",
                    allow(
                            Set.of(
                                    "learning.replay",
                                    "learning.train",
                                    "learning.evaluate",
                                    "codec",
                                    "gan",
                                    "noise",
                                    "kafka",
                                    "model",
                                    "wire"),
                            "org.apache.kafka",
                            "org.apache.avro",
                            "org.apache.commons.rng",
                            "com.fasterxml.jackson",
                            "io.micrometer",
                            "org.jboss.logging")),
            Map.entry(
                    "demo",
                    allow(
                            Set.of("kafka", "noise", "wire"),
                            "org.apache.kafka",
                            "org.apache.avro",
                            "org.jboss.logging",
                            "org.apache.commons.rng")),
            Map.entry(
                    "api.format",
                    allow(Set.of("codec"), "org.apache.avro", "com.fasterxml.jackson", "de.siegmar.fastcsv")),
            Map.entry("api.gallery", allow(Set.of("codec"), "org.apache.avro", "org.knowm.xchart")),
            Map.entry(
                    "api",
                    allow(
                            Set.of(
                                    "api.format",
                                    "api.gallery",
                                    "codec",
                                    "config",
                                    "gan",
                                    "kafka",
                                    "model",
                                    "noise",
                                    "sampling.generate",
                                    "wire"),
                            "jakarta",
                            "org.apache.avro",
                            "org.apache.kafka",
                            "com.fasterxml.jackson",
                            "io.micrometer",
                            "io.quarkus",
                            "io.quarkiverse",
                            "io.smallrye.common",
                            "io.vertx.core.http",
                            "org.eclipse.microprofile",
                            "org.jboss")),
            Map.entry(
                    "",
                    allow(
                            Set.of(
                                    "api",
                                    "broker",
                                    "config",
                                    "demo",
                                    "gan",
                                    "kafka",
                                    "learning",
                                    "model",
                                    "sampling",
                                    "sampling.generate",
                                    "sampling.plan",
                                    "wire"),
                            "jakarta",
                            "org.apache.kafka",
                            "io.micrometer",
                            "io.quarkus",
                            "org.eclipse.microprofile",
                            "org.jboss.logging")));

    private static Allowed allow(Set<String> ours, String... libraries) {
        return new Allowed(ours, Set.of(libraries));
    }

    private static final ArchRule RULE = ArchRuleDefinition.classes()
            .that(DescribedPredicate.describe(
                    "are ours", (JavaClass type) -> ours(type).isPresent()))
            .should(onlyImportWhatTheTableAllows());

    @Test
    void everyImportIsInTheTable() {
        JavaClasses production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
        assertThat(production).isNotEmpty();
        RULE.check(production);
    }

    @Test
    void anOffenderIsCaught() {
        JavaClasses offender = new ClassFileImporter().importClasses(dev.understudy.codec.OffendingImport.class);
        assertThatThrownBy(() -> RULE.check(offender))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("codec must not use dev.understudy.model")
                .hasMessageContaining("codec must not use org.apache.kafka");
    }

    private static ArchCondition<JavaClass> onlyImportWhatTheTableAllows() {
        return new ArchCondition<>("import only what the table allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String from = ours(type).orElseThrow();
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!allowed(from, target)) {
                        events.add(SimpleConditionEvent.violated(
                                type,
                                from + " must not use " + target.getPackageName() + ": "
                                        + dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean allowed(String from, JavaClass target) {
        String name = target.getPackageName();
        if (target.isPrimitive() || LANGUAGE.stream().anyMatch(prefix -> within(name, prefix))) {
            return true;
        }
        Allowed row = TABLE.get(from);
        if (row == null) {
            return false;
        }
        return ours(target)
                .map(to -> to.equals(from) || row.ours().contains(to))
                .orElseGet(() -> row.libraries().stream().anyMatch(prefix -> within(name, prefix)));
    }

    /** The package of a class of ours below the root, or empty for anybody else's. */
    private static Optional<String> ours(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(ROOT)) {
            return Optional.of("");
        }
        return name.startsWith(ROOT + ".") ? Optional.of(name.substring(ROOT.length() + 1)) : Optional.empty();
    }

    private static boolean within(String name, String prefix) {
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }
}
