package dev.understudy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.wire.FieldHint;
import dev.understudy.wire.HintKind;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionChangeTest {
    static {
        WireRecords.trust();
    }

    private static final String COUNT = field("count", "\"int\"");

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    private static ModelDefinition definition(String... fields) {
        return ModelDefinition.newBuilder()
                .setName("m")
                .setTopic("m")
                .setRecordSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + String.join(",", fields) + "]}")
                .setSettings(ModelSettings.newBuilder().build())
                .build();
    }

    private static FieldHint hint(HintKind kind) {
        return FieldHint.newBuilder().setKind(kind).build();
    }

    private static SchemaChange.Difference only(DefinitionChange change) {
        assertThat(change).isInstanceOf(DefinitionChange.Incompatible.class);
        assertThat(((DefinitionChange.Incompatible) change).differences()).hasSize(1);
        return ((DefinitionChange.Incompatible) change).differences().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"int\" | \"int\"",
                "\"int\" | \"long\"",
                "\"int\" | \"float\"",
                "\"long\" | \"double\"",
                "\"float\" | \"double\"",
                "\"int\" | [\"null\",\"long\"]",
                "[\"null\",\"int\"] | [\"long\",\"null\"]",
                "{\"type\":\"array\",\"items\":\"int\"} | {\"type\":\"array\",\"items\":\"double\"}",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}"
                        + " | {\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"B\",\"A\"]}",
            })
    void aTypeMayGrow(String before, String after) {
        assertThat(DefinitionChange.between(definition(field("n", before)), definition(field("n", after))))
                .isEqualTo(new DefinitionChange.Compatible());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"long\" | \"int\" | int",
                "\"double\" | \"float\" | float",
                "\"int\" | \"string\" | string",
                "\"string\" | \"bytes\" | bytes",
                "[\"null\",\"int\"] | \"int\" | int",
                "{\"type\":\"int\",\"logicalType\":\"date\"} | \"long\" | long",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}"
                        + " | {\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":3}"
                        + " | bytes decimal(9, 3)",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}"
                        + " | {\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"],\"default\":\"A\"}"
                        + " | enum E of 1 symbols",
                "{\"type\":\"bytes\",\"shape\":[8,8,1]} | {\"type\":\"bytes\",\"shape\":[16,16,1]}"
                        + " | of shape [16, 16, 1]",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":4} | {\"type\":\"fixed\",\"name\":\"F\",\"size\":8}"
                        + " | fixed F of 8 bytes",
            })
    void otherTypesAreIncompatible(String before, String after, String text) {
        SchemaChange.Difference difference =
                only(DefinitionChange.between(definition(field("n", before)), definition(field("n", after))));
        assertThat(difference.field()).isEqualTo("n");
        assertThat(difference.after()).isEqualTo(text);
        assertThat(difference.remedy()).isNotBlank();
    }

    @Test
    void newFieldsNeedADefault() {
        String optional = "{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}";
        String nested = "{\"name\":\"at\",\"type\":{\"type\":\"record\",\"name\":\"P\",\"fields\":[" + COUNT
                + "]},\"default\":{\"count\":3}}";
        assertThat(DefinitionChange.between(definition(COUNT), definition(optional, COUNT, nested)))
                .isEqualTo(new DefinitionChange.Compatible());
        SchemaChange.Difference difference =
                only(DefinitionChange.between(definition(COUNT), definition(COUNT, field("note", "\"string\""))));
        assertThat(difference.sentence())
                .isEqualTo("field 'note' was missing and is string: give it a default, such as null");
    }

    @Test
    void whatIsOnlyWordsOrOrderIsCompatible() {
        String told = "{\"name\":\"count\",\"type\":\"int\",\"doc\":\"pieces\",\"default\":1,\"aliases\":[\"n\"]}";
        String price = field("price", "\"double\"");
        assertThat(DefinitionChange.between(definition(COUNT, price), definition(price, told)))
                .isEqualTo(new DefinitionChange.Compatible());
    }

    @Test
    void aFieldThatIsGoneOrRenamedIsIncompatibleEvenIfAvroCanSkipIt() {
        String renamed = "{\"name\":\"pieces\",\"type\":\"int\",\"aliases\":[\"count\"]}";
        assertThat(only(DefinitionChange.between(definition(COUNT), definition(renamed)))
                        .sentence())
                .isEqualTo("field 'count' was int and is missing: put it back under its name");
    }

    @Test
    void topicSeedSettingsAndHintsOfKnownFieldsStartOver() {
        ModelDefinition before = definition(COUNT);
        ModelDefinition after = ModelDefinition.newBuilder(before)
                .setTopic("t")
                .setSeed(1)
                .setSettings(ModelSettings.newBuilder().setBatch(64).build())
                .setHints(Map.of("count", hint(HintKind.CATEGORY)))
                .build();
        assertThat(DefinitionChange.between(before, after))
                .isEqualTo(new DefinitionChange.Reset(List.of("topic", "seed", "settings", "the hint for 'count'")));
    }

    @Test
    void hintsOfNewFieldsAndHintsThatSayNothingDoNot() {
        String id = "{\"name\":\"id\",\"type\":\"string\",\"default\":\"\"}";
        ModelDefinition after = ModelDefinition.newBuilder(definition(COUNT, id))
                .setHints(Map.of("id", hint(HintKind.OMIT), "count", hint(HintKind.AUTO)))
                .build();
        assertThat(DefinitionChange.between(definition(COUNT), after)).isEqualTo(new DefinitionChange.Compatible());
    }

    @Test
    void whatIsLeftOutMayChangeAsFarAsAvroGoes() {
        ModelDefinition before = ModelDefinition.newBuilder(definition(COUNT, field("id", "\"string\"")))
                .setHints(Map.of("id", hint(HintKind.OMIT)))
                .build();
        ModelDefinition bytes = ModelDefinition.newBuilder(before)
                .setRecordSchema(definition(COUNT, field("id", "\"bytes\"")).getRecordSchema())
                .build();
        ModelDefinition number = ModelDefinition.newBuilder(before)
                .setRecordSchema(definition(COUNT, field("id", "\"int\"")).getRecordSchema())
                .build();
        assertThat(DefinitionChange.between(before, bytes)).isEqualTo(new DefinitionChange.Compatible());
        assertThat(only(DefinitionChange.between(before, number)).field()).isEqualTo("id");
    }
}
