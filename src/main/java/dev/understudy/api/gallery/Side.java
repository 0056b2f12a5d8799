package dev.understudy.api.gallery;

import java.awt.Color;
import java.util.Locale;

/** Which records are meant; everywhere in the picture real ones come first and each side has its colour. */
enum Side {
    REAL(new Color(0x2F6DB5)),
    SYNTHETIC(new Color(0xE0742B));

    private final Color color;

    Side(Color color) {
        this.color = color;
    }

    Color color() {
        return color;
    }

    /** Its colour mixed with white: 0 is white, 1 the colour. */
    Color tint(double share) {
        return new Color(mix(color.getRed(), share), mix(color.getGreen(), share), mix(color.getBlue(), share));
    }

    private static int mix(int level, double share) {
        return (int) Math.round(255 + share * (level - 255));
    }

    /** Its colour so faint that what lies below shines through, from 0 (not seen) to 255. */
    Color color(int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
