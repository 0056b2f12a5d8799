package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** A data set: what of it is learned, and how samples are held against the rest. */
interface Subject {

    /**
     * The real records, in a format that the service takes.
     *
     * @param type media type of the body
     */
    record Upload(String type, byte[] body) {}

    /** Real records to learn from. */
    Upload upload() throws IOException;

    /** Draws samples, and writes them as the files that are scored. */
    void sample(Samples samples) throws IOException, InterruptedException;

    /** Scores of the files. */
    JsonNode score() throws IOException, InterruptedException;

    /**
     * The subject of a data set.
     *
     * @param directory for its files
     */
    static Subject of(String data, Path directory, Scripts scripts) throws IOException {
        return switch (data) {
            case "fashion" -> new Fashion(directory, scripts, Fashion.Labels.LEARNED);
            case "fashion-unlabelled" -> new Fashion(directory, scripts, Fashion.Labels.OMITTED);
            case "adult" ->
                new Table(
                        directory,
                        scripts,
                        scripts.data("splits/adult_train.csv"),
                        scripts.data("splits/adult_holdout.csv"),
                        "income");
            case "taxis" -> Taxis.split(directory, scripts);
            case "names" -> new Strings(directory, scripts, "name", "names");
            case "dna-orf" -> new Strings(directory, scripts, "sequence", "orf");
            case "stock" -> new Stock(directory, scripts);
            case "completion" -> new Completion(directory, scripts);
            default -> throw new IllegalArgumentException("there is no data set '" + data + "'");
        };
    }
}
