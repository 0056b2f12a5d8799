package dev.understudy.api.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Avro names from whatever files and models are called. */
final class Names {
    private Names() {}

    /** A valid Avro name that resembles the text. */
    static String avro(String text) {
        String name = text.strip().replaceAll("[^A-Za-z0-9_]+", "_");
        if (name.isEmpty() || name.chars().allMatch(letter -> letter == '_')) {
            return "field";
        }
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    /** Valid Avro names in the order of the texts, each once: a repeated one gets a number. */
    static List<String> unique(List<String> texts) {
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (String text : texts) {
            String name = avro(text);
            String free = name;
            for (int number = 2; !used.add(free); number++) {
                free = name + "_" + number;
            }
            names.add(free);
        }
        return names;
    }
}
