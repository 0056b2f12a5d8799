/**
 * A stream worth learning, for whoever has none at hand: drawings of digits with their label, and two numbers that depend
 * on both.
 *
 * <p>In goes a seed; out go a model definition and real records, on the public topics, at a steady rate. It must know
 * nothing of learning or sampling: it is one more producer, like anybody else's. It exists so that a newcomer has something
 * to look at within minutes, and so that drift has a source.
 */
package dev.understudy.demo;
