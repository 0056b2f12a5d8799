package dev.understudy.gan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Sizes of the networks, by part of a row.
 *
 * @param latent width of the latent that all separate values share, 1 to 4,096
 * @param dense of the choices and scalars
 * @param image of each image and video
 * @param text of each string
 * @param series of each series
 */
public record Sizes(int latent, Dense dense, Image image, Text text, Series series) {

    public Sizes {
        Range.check("latent", latent, 1, 4_096);
    }

    /**
     * Networks of the choices and scalars.
     *
     * @param latent width of its latent, 1 to 4,096
     * @param generator layers of the generator
     * @param critic layers of the critic
     * @param temperature of the Gumbel softmax, above 0 to 10. Colder: sharper choices, noisier gradients
     */
    public record Dense(int latent, Trunk generator, Trunk critic, double temperature) {

        public Dense {
            Range.check("dense.latent", latent, 1, 4_096);
            Range.check("dense.temperature", temperature, 0.01, 10);
        }
    }

    /**
     * Dense layers, then residual blocks at the width of the last.
     *
     * @param layers their widths, 1 to 16 of them of 1 to 8,192
     * @param blocks number of residual blocks, 0 to 64
     */
    public record Trunk(List<Integer> layers, int blocks) {

        public Trunk {
            layers = List.copyOf(layers);
            Range.check("number of layers", layers.size(), 1, 16);
            layers.forEach(width -> Range.check("layer width", width, 1, 8_192));
            Range.check("blocks", blocks, 0, 64);
        }
    }

    /**
     * Networks of an image or a video.
     *
     * @param body the kind of network
     * @param hidden width of the generator's first layer
     * @param generatorChannels channels at the base of a 28×28 image; larger images have more
     * @param criticChannels channels after the critic's first layer
     * @param features width of the features that are scored
     */
    public record Image(Body body, int hidden, int generatorChannels, int criticChannels, int features) {

        public Image {
            Range.check("image.hidden", hidden, 1, 8_192);
            Range.check("image.generatorChannels", generatorChannels, 2, 512);
            Range.check("image.criticChannels", criticChannels, 1, 512);
            Range.check("image.features", features, 1, 8_192);
        }
    }

    /** Kinds of image network. */
    public enum Body {
        /** Residual blocks on a small base and sub-pixel convolutions, in the sizes of the recipe. */
        @JsonProperty("sub-pixel")
        SUB_PIXEL,
        /** Dense generator and strided convolutional critic, in fixed sizes. */
        @JsonProperty("textbook")
        TEXTBOOK
    }

    /**
     * Networks of a string.
     *
     * @param latent latent numbers for each frame of places, beside those that all separate values share, 0 to 256
     * @param channels of the residual blocks of both networks
     * @param features channels of the critic's first convolution
     * @param window places that it looks at, odd; in a string with frames it looks at one frame
     * @param blocks number of residual blocks
     */
    public record Text(int latent, int channels, int features, int window, int blocks) {

        public Text {
            Range.check("text.latent", latent, 0, 256);
            Range.check("text.channels", channels, 1, 1_024);
            Range.check("text.features", features, 1, 4_096);
            Range.check("text.window", window, 1, 15);
            Range.check("text.blocks", blocks, 0, 64);
        }
    }

    /**
     * Networks of a series.
     *
     * @param generator layers of the generator
     * @param critic layers of the critic
     */
    public record Series(Trunk generator, Trunk critic) {}
}
