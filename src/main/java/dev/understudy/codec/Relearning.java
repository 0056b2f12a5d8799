package dev.understudy.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Learns some fields of a layout anew and leaves the others as they are. Not thread-safe. */
final class Relearning {
    private final RecordLayout former;
    private final Map<String, FieldLearner> learners;
    private final Map<String, FollowerField> followers;
    private final TwinLearner twins;
    private final Map<String, LearnedField> next = new LinkedHashMap<>();
    private final List<FieldProblem> problems = new ArrayList<>();

    /**
     * @param learners by field, used up by what is relearned
     * @param followers what was found to follow another field, by field
     * @param twins that has seen what they have
     */
    Relearning(
            RecordLayout former,
            Map<String, FieldLearner> learners,
            Map<String, FollowerField> followers,
            TwinLearner twins) {
        this.former = former;
        this.learners = learners;
        this.followers = followers;
        this.twins = twins;
        former.fields().forEach(field -> next.put(field.source().name(), field));
    }

    /** Lays out fields by what their learners have seen, unless they keep their form, and twins of what has another form then. */
    void relearn(Set<String> names) {
        Set<String> known = new TreeSet<>(names);
        known.retainAll(learners.keySet());
        known.stream().filter(name -> !(next.get(name) instanceof TwinField)).forEach(this::relearn);
        former.fields().forEach(field -> {
            if (field instanceof TwinField twin
                    && (known.contains(field.source().name()) || hasOtherOriginal(twin))) {
                next.put(field.source().name(), relearned(twin));
            }
        });
    }

    private void relearn(String name) {
        if (!hasProblem(name)) {
            next.computeIfPresent(name, this::relearned);
        }
    }

    private boolean hasProblem(String name) {
        Optional<FieldProblem> problem = learners.get(name).problem();
        problem.ifPresent(problems::add);
        return problem.isPresent();
    }

    private LearnedField relearned(String name, LearnedField before) {
        FollowerField follower = followers.get(name);
        LearnedField learned = follower != null && closesNoCircle(name, follower) ? follower : plain(name, before);
        return learned.isNewsTo(before) ? learned : before;
    }

    /** Fields that are left as they are may follow one that is learned anew. */
    private boolean closesNoCircle(String name, FollowerField follower) {
        FollowerField link = follower;
        while (!link.reference().equals(name) && next.get(link.reference()) instanceof FollowerField further) {
            link = further;
        }
        return !link.reference().equals(name);
    }

    /** The twin with what is new, or by itself if that contradicts it; if it cannot be learned so, with the classes that it had. */
    private LearnedField relearned(TwinField before) {
        String name = before.source().name();
        Optional<TwinField> now = next.get(before.reference()) instanceof CategoryField original
                ? twins.pairs(before.reference(), name).flatMap(seen -> before.with(seen, original))
                : Optional.empty();
        if (now.isPresent()) {
            return now.get();
        }
        CategoryField alone = before.alone(original(before));
        return hasProblem(name) ? alone : plain(name, alone);
    }

    @SuppressWarnings("ReferenceEquality") // a field that was not learned anew is the very same
    private boolean hasOtherOriginal(TwinField twin) {
        return original(twin) != next.get(twin.reference());
    }

    private CategoryField original(TwinField twin) {
        return former.fields().stream()
                .filter(field -> field.source().name().equals(twin.reference()))
                .map(CategoryField.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private LearnedField plain(String name, LearnedField before) {
        FieldLearner learner = learners.get(name);
        before.landmarks().forEach(learner::observe);
        LearnedField learned = learner.learn();
        return learned instanceof CategoryField category && before instanceof CategoryField old
                ? category.inOrderOf(old)
                : learned;
    }

    RefreshedLayout layout() {
        return new RefreshedLayout(
                former, new RecordLayout(former.schema(), List.copyOf(next.values())), List.copyOf(problems));
    }
}
