/**
 * Records become a picture: real ones beside synthetic ones.
 *
 * <p><em>Enters</em>: a layout, real and synthetic records. <em>Leaves</em>: one image of bounded size. <em>Must never
 * know</em>: HTTP, Kafka, networks, rows; it looks at the values of records, as who uses them does.
 *
 * <p><em>Why</em>: whether samples are any good is seen sooner than it is measured. Each kind of field is one class that draws a
 * {@link dev.understudy.api.gallery.Panel}; {@link dev.understudy.api.gallery.Gallery} stacks them.
 */
package dev.understudy.api.gallery;
