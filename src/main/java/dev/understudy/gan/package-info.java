/**
 * Networks, objective and optimizer. What enters is the shape of a row, a recipe, rows of real records and noise; what leaves
 * is rows, losses and weights. It must never know what a row means, where rows come from, or what time it is.
 *
 * <p>It exists to keep the tensor engine behind one wall: {@code float[]}, and {@code byte[]} for pixels, stand at the border,
 * and no native array outlives a call, except the weights, which have one owner each ({@link dev.understudy.gan.Trainer} or
 * {@link dev.understudy.gan.Generator}) and lie on the {@link dev.understudy.gan.Device} that this was made for.
 *
 * <h2>How a step runs</h2>
 *
 * {@code Script} is a pencil: heads and towers are written down layer by layer as TorchScript, once, for the shape of the row at
 * hand. The engine then runs a whole step (both networks, double backward, both optimizers, the weight average) as one
 * call. A network's weights are one flat array; the script cuts it into its parameters.
 *
 * <h2>How a layout may change</h2>
 *
 * A variable of a script knows what its features mean (a float of the row, a field that is given, a latent), and a parameter what
 * it reads and makes. So what was learned goes on in a layout that has grown, whatever has moved
 * ({@link dev.understudy.gan.Trainer#rebased}).
 */
package dev.understudy.gan;
