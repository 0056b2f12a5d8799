package dev.understudy.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known of a model.
 *
 * @param name its name
 * @param topic the real topic it learns from
 * @param syntheticTopic where its samples go
 * @param state of its learner: waiting, learning, resting, refused or failed
 * @param reason one sentence on the state
 * @param liveVersion what requests get now; null until the first is live
 * @param latent latent width of the live version; null until there is one
 * @param recordsSeen real records taken so far
 * @param recordsRejected real records that could not be taken
 * @param laidOut records among those taken that came since the present layout was learned or refreshed
 * @param unknownValues values of these that the layout does not know, by field; fields without any are left out
 * @param drift by field, how far the last two thousand records are from those the layout was learned from, 0 to 1
 * @param rounds rounds of learning so far
 * @param steps training steps behind the live version, or so far if none is live
 * @param trainingCpuSeconds CPU seconds of the learner behind the live version, or so far if none is live
 * @param scores of the live version on held-out records, or of the latest candidate if none is live
 * @param losses means over the latest round
 * @param preset sizes and hyperparameters it was started from
 * @param schema Avro schema of its records, real and synthetic
 * @param versions the newest versions, newest first
 */
public record ModelView(
        String name,
        String topic,
        String syntheticTopic,
        String state,
        String reason,
        Integer liveVersion,
        Integer latent,
        long recordsSeen,
        long recordsRejected,
        long laidOut,
        Map<String, Long> unknownValues,
        Map<String, Double> drift,
        long rounds,
        long steps,
        double trainingCpuSeconds,
        Map<String, Double> scores,
        Map<String, Double> losses,
        String preset,
        @JsonRawValue String schema,
        List<Version> versions) {

    /** A version that went through the gate. */
    public record Version(
            int version, String verdict, String reason, long steps, Map<String, Double> scores, Instant at) {
        static Version of(ModelAnnouncement announcement) {
            return new Version(
                    announcement.getVersion(),
                    ModelViews.lower(announcement.getVerdict()),
                    announcement.getReason(),
                    announcement.getSteps(),
                    announcement.getScores(),
                    announcement.getAt());
        }
    }

    /** What defining a model and giving it records leads to. */
    public record Taken(
            String model,
            String topic,
            long accepted,
            long rejected,
            List<RejectedRow> errors,
            @JsonRawValue String schema) {
        static Taken of(ModelDefinition definition, long accepted, long rejected, List<RejectedRow> errors) {
            return new Taken(
                    definition.getName(),
                    definition.getTopic(),
                    accepted,
                    rejected,
                    errors,
                    definition.getRecordSchema());
        }
    }

    /** A row that was not taken: its number from 1 (headers not counted) and why. */
    public record RejectedRow(long row, String reason) {}
}
