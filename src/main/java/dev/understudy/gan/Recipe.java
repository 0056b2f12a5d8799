package dev.understudy.gan;

/** Sizes and hyperparameters: a preset (data, in presets.json) with what a definition overrides. */
public record Recipe(String preset) {}
