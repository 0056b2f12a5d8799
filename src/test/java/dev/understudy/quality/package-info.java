/**
 * The figures of merit, measured through the packaged application: real records go in over the real topic, samples come
 * out over the sample topic, and the Python scripts of the evaluation score them as files. Not a part of the normal
 * build: {@code ./mvnw -B -Pquality verify} runs it.
 */
package dev.understudy.quality;
