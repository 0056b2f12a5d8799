/**
 * Keeps a model of each defined topic up to date: records &rarr; replay &rarr; train &rarr; evaluate &rarr; publish.
 *
 * <p>In come definitions and the real records of their topics; out go weights into the model store, announcements of
 * versions that passed the gate, reports of every round, dead letters for what could not be read, and checkpoints. It must
 * never know who serves a model, nor learn from a synthetic record. It exists apart from sampling because a round takes
 * seconds and memory, and an answer must not wait for either.
 *
 * <p>One thread reads the topics, others compute; a bounded mailbox lies between them, and a full one pauses its topic. All
 * partitions of a topic go to one member of the group; when it dies, another resumes from the checkpoint.
 */
package dev.understudy.learning;
