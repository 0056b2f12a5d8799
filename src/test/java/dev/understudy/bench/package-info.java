/**
 * What generating costs beside what it cannot cost less than: the bare forward pass, the bare producer. Not part of the tests;
 * {@code -Pbench} runs it.
 */
package dev.understudy.bench;
