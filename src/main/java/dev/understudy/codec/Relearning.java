package dev.understudy.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns some fields of a layout anew and leaves the others as they are. Not thread-safe. */
final class Relearning {
    private final RecordLayout former;
    private final Map<String, FieldLearner> learners;
    private final Map<String, FollowerField> followers;
    private final Map<String, LearnedField> next = new LinkedHashMap<>();
    private final List<FieldProblem> problems = new ArrayList<>();

    /**
     * @param learners by field, used up by what is relearned
     * @param followers what was found to follow another field, by field
     */
    Relearning(RecordLayout former, Map<String, FieldLearner> learners, Map<String, FollowerField> followers) {
        this.former = former;
        this.learners = learners;
        this.followers = followers;
        former.fields().forEach(field -> next.put(field.source().name(), field));
    }

    /** Lays out a field by what its learner has seen, unless it keeps its form. */
    void relearn(String name) {
        Optional<FieldProblem> problem = learners.get(name).problem();
        problem.ifPresent(problems::add);
        if (problem.isEmpty()) {
            next.computeIfPresent(name, this::relearned);
        }
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
