package dev.understudy.api.gallery;

import java.awt.Graphics2D;

/** A strip across the picture. */
interface Panel {
    /** Pixels from its top to its bottom. */
    int height();

    /** Draws it with its top left corner at the origin, {@value Style#WIDTH} pixels wide. */
    void draw(Graphics2D canvas);
}
