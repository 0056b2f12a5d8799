package dev.understudy.sampling.plan;

import dev.understudy.codec.Given;
import dev.understudy.wire.internal.OpenRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps count of open requests, and of which need a look: those whose deadline has passed, and those whose progress nobody was
 * told of. As large as the number of open requests. Not thread-safe.
 */
public final class Agenda {
    private static final Comparator<Due> ORDER = Comparator.comparing(Due::at).thenComparing(Due::id);

    private final TreeSet<Due> deadlines = new TreeSet<>(ORDER);
    private final Set<String> moved = new LinkedHashSet<>();
    private int open;
    private long givenBytes;

    private record Due(Instant at, String id) {}

    /** Takes a request that is now open. */
    public void opened(OpenRequest request) {
        open++;
        givenBytes += Given.bytes(request.getGiven());
        if (request.getDeadline() != null) {
            deadlines.add(due(request));
        }
    }

    /** Notes that a request has progressed. */
    public void moved(OpenRequest request) {
        moved.add(request.getId());
    }

    /** Forgets a request that is over. */
    public void closed(OpenRequest request) {
        open--;
        givenBytes -= Given.bytes(request.getGiven());
        moved.remove(request.getId());
        if (request.getDeadline() != null) {
            deadlines.remove(due(request));
        }
    }

    /** What is open now. */
    public Load load() {
        return new Load(open, givenBytes);
    }

    /** Takes off the ids of at most {@code limit} requests whose deadline has passed. */
    public List<String> takeExpired(Instant now, int limit) {
        List<String> ids = new ArrayList<>();
        while (ids.size() < limit
                && !deadlines.isEmpty()
                && !deadlines.first().at().isAfter(now)) {
            ids.add(deadlines.pollFirst().id());
        }
        return ids;
    }

    /** Takes off the ids of at most {@code limit} requests that have progressed. */
    public List<String> takeMoved(int limit) {
        List<String> ids = new ArrayList<>();
        for (Iterator<String> next = moved.iterator(); ids.size() < limit && next.hasNext(); ) {
            ids.add(next.next());
            next.remove();
        }
        return ids;
    }

    private static Due due(OpenRequest request) {
        return new Due(request.getDeadline(), request.getId());
    }
}
