/**
 * Faults, one after the other, under load: processes killed, a broker that comes and goes, replicas that do, versions that change,
 * records nobody can read, a store that vanishes, a full disk, a clock that jumps. After each a subscriber must have every sample
 * of every accepted request once, equal to the byte to what an undisturbed sampler makes. Not part of the tests; {@code -Pfaults}
 * runs it.
 */
package dev.understudy.faults;
