package dev.understudy.learning;

import dev.understudy.wire.LearningReport;
import dev.understudy.wire.ModelAnnouncement;

/** Where a learner tells the world. What is announced must be kept before the call returns. */
interface Outlet {

    /** Tells where the learner stands. */
    void report(LearningReport report);

    /** Announces a version, or what became of it. */
    void announce(ModelAnnouncement announcement);

    /** Takes an announcement back for good. */
    void forget(String model, int version);

    /** Returns when all that was refused so far is kept elsewhere: only then may a checkpoint count it as consumed. */
    void settle();
}
