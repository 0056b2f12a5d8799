package dev.understudy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's configuration table says what the tree says, leaf by leaf. */
class ConfigurationTableTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/understudy/config/UnderstudyConfig.java");
    private static final Pattern TABLE =
            Pattern.compile("<!-- configuration:.*?-->\n(.*?)<!-- end of configuration -->", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile(
            "interface (?<type>\\w+) \\{|/\\*\\*\\s+(?:\\* )?(?<doc>(?:(?!\\*/).)*?)\\s+\\*/\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*[\\w<>, ]+ (?<name>\\w+)\\(\\);",
            Pattern.DOTALL);

    @Test
    void theReadmeListsEveryLeaf() throws IOException {
        Matcher table = TABLE.matcher(Files.readString(Path.of("README.md")));
        assertThat(table.find()).as("the README has a configuration table").isTrue();

        StringBuilder expected = new StringBuilder("| property | default | |\n|---|---|---|\n");
        rows().values().forEach(expected::append);

        assertThat(table.group(1)).isEqualTo(expected.toString());
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        collect("understudy", UnderstudyConfig.class, documentation(), rows);
        return rows;
    }

    private static void collect(String prefix, Class<?> tree, Map<String, String> docs, Map<String, String> rows)
            throws IOException {
        Map<String, Method> methods = new HashMap<>();
        for (Method method : tree.getDeclaredMethods()) {
            methods.put(method.getName(), method);
        }
        for (String key : docs.keySet()) {
            if (key.startsWith(tree.getSimpleName() + ".")) {
                Method method = methods.get(key.substring(key.indexOf('.') + 1));
                String property = prefix + "." + name(method);
                if (method.getReturnType().getEnclosingClass() == UnderstudyConfig.class) {
                    collect(property, method.getReturnType(), docs, rows);
                } else {
                    rows.put(property, row(property, method, docs.get(key)));
                }
            }
        }
    }

    private static String row(String property, Method method, String doc) {
        String name = method.getReturnType() == Map.class ? property + ".*" : property;
        String value = Optional.ofNullable(method.getAnnotation(WithDefault.class))
                .map(annotation -> "`" + annotation.value() + "`")
                .orElse("");
        return "| `" + name + "` | " + value + " | "
                + doc.replace("{@code ", "`").replace("}", "`") + " |\n";
    }

    private static String name(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithName.class))
                .map(WithName::value)
                .orElseGet(() -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    /** By {@code Type.method}, in the order of the source; an accessor of a subtree comes before the subtree. */
    private static Map<String, String> documentation() throws IOException {
        Map<String, String> docs = new LinkedHashMap<>();
        Matcher members = MEMBER.matcher(Files.readString(SOURCE));
        String type = "";
        while (members.find()) {
            if (members.group("type") != null) {
                type = members.group("type");
            } else {
                docs.put(
                        type + "." + members.group("name"), members.group("doc").replaceAll("\\s*\n\\s*\\*\\s*", " "));
            }
        }
        return docs;
    }
}
